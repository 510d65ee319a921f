"""Paragraphs → Draft: the ear, and the stories with their headline groups, bylines, captions and crossheads."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import get_args

from plugins.importing.draft import Block, BlockKind, Draft, DraftStory
from plugins.importing.furniture import without_furniture
from plugins.importing.headlines import group_of, headline_size, undecorated
from plugins.importing.heads import Line, told_apart
from plugins.importing.jumps import put_together
from plugins.importing.kinds import byline_in, closing_byline, ends_open, is_caption, names_in
from plugins.importing.marks_of_jumps import cut_back, cut_onward
from plugins.importing.masthead import find_facts
from plugins.importing.neutral import Left, Paragraph, Role, Source

_ATTRIBUTION = re.compile(r"(?:——|--|—|―)\s*\S.{1,40}|[【（(][^】）)]{2,24}(?:摘[编录要]?|语录|报告)[】）)]")
_EDITORS_NOTE = re.compile(r"[【\[（(]?(?:编者按|编者的话|编后)")


_LABEL = re.compile(
    r"[【\[]?(?P<label>(?P<kicker>引题|肩题|眉题)|(?P<headline>主?标题|主题)|(?P<deck>副标?题|子题)"
    r"|(?P<banner>通栏标?题?|栏目|栏题)|(?P<byline>作者|署名))"
    r"(?:[】\]]\s*[:：]?|\s*[:：])\s*(?P<text>\S.{0,60})"
)


def _without_labels(paragraphs: Sequence[Paragraph], draft: Draft) -> list[Paragraph]:
    """标题：… and the like say what a line is; the label itself goes to the report."""
    found = []
    for paragraph in paragraphs:
        match = _LABEL.fullmatch(paragraph.text.strip()) if paragraph.kind == "text" else None
        if match:
            draft.left.append(Left(paragraph.place, paragraph.text[: match.start("text")].strip(), "说明这一行是什么"))
            role = next(role for role in get_args(Role) if role and match[role])
            paragraph = paragraph._replace(text=match["text"], role=role)
        found.append(paragraph)
    return found


def recognised(source: Source, names: Sequence[str]) -> Draft:
    """What a source holds."""
    facts = find_facts(source.paragraphs, names)
    paragraphs, furniture = without_furniture(facts.paragraphs)
    draft = Draft(facts, left=[*facts.rest, *furniture])
    paragraphs = _without_labels(paragraphs, draft)
    if source.title:
        story = DraftStory(paragraphs[0].place, [re.sub(r"\s*[|｜]\s*", "|", source.title)])
        draft.left += [Left("标题", bar, "标题里的竖线") for bar in re.findall("[|｜]", source.title)]
        draft.stories.append(story)
        lines = [Line(each, line.kind) for each, line in zip(paragraphs, told_apart(paragraphs), strict=True)]
        lines = [line._replace(kind="short") if line.kind == "head" else line for line in lines]
        desk = _Desk(draft, story)
        desk.take(lines[desk.below_headline(lines, 0) :])
    else:
        lines = told_apart(paragraphs)
        start = _ear_end(lines)
        _ear(draft, lines[:start])
        _Desk(draft, None).take(lines[start:])
    put_together(draft)
    for story in draft.stories:  # a picture that the source has lost, with nothing said of it
        story.blocks = [block for block in story.blocks if block.kind != "picture" or block.text or block.name]
    return draft


def _ear_end(lines: Sequence[Line]) -> int:
    """Where the text before the first headline ends."""
    first = next((at for at, line in enumerate(lines) if line.starts), len(lines))
    if first == len(lines):
        return 0
    return first


def _ear(draft: Draft, lines: Sequence[Line]) -> None:
    for line in lines:
        if line.kind == "rule":
            continue
        kind: BlockKind = "picture" if line.kind == "picture" else "quote"
        draft.ear.append(
            Block(kind, line.text, line.paragraph.place, name=line.paragraph.name, picture=line.paragraph.picture)
        )
    if draft.ear and not any(_ATTRIBUTION.fullmatch(block.text.strip()) for block in draft.ear):
        draft.ear[0].doubt = "第一个标题之前的文字，当作了报眼"


class _Desk:
    """Puts one line after another where it belongs."""

    def __init__(self, draft: Draft, story: DraftStory | None) -> None:
        self.draft = draft
        self.story = story
        self.banner = ""
        self.headline_size = 0.0

    def take(self, lines: Sequence[Line]) -> None:
        runs = [takewhile(lambda line: line.kind == "head", lines[at:]) for at, line in enumerate(lines) if line.starts]
        self.headline_size = headline_size([[line.paragraph for line in run] for run in runs])
        at = 0
        while at < len(lines):
            line = lines[at]
            if line.starts:
                at = self._headline_group(lines, at)
                continue
            if line.kind == "rule":
                at += 1
                continue
            self._line(lines, at)
            at += 1

    def _headline_group(self, lines: Sequence[Line], at: int) -> int:
        """A headline group with what stands between it and the text; where the text begins."""
        kind = lines[at].kind
        run: list[Paragraph] = []
        doubt = lines[at].doubt
        place = lines[at].paragraph.place
        indented = lines[at].paragraph.indented
        while at < len(lines) and lines[at].kind == kind and (not run or not lines[at].starts or kind == "head"):
            if run and lines[at].paragraph.indented and not indented:
                break
            if run and kind == "short" and _is_named_below(lines, at):
                break  # the caption of a picture that is not here
            run.append(lines[at].paragraph)
            at += 1
        back = ""
        texts = []
        for paragraph in run:
            text, mark = cut_back(paragraph.text)
            if not mark and (match := re.search(r"[（(]\s*上接[^（()）]*[）)]\s*$", text)):
                text, mark = text[: match.start()].rstrip(), match[0]
            if mark:
                back = mark
                self.draft.left.append(Left(paragraph.place, mark.strip(), "转版的记号"))
            bars = re.findall("[|｜]", text)
            self.draft.left += [Left(paragraph.place, bar, "标题里的竖线") for bar in bars]
            if text.strip("|｜ 　"):
                texts.append(paragraph._replace(text=text.strip("|｜ 　")))
        group = group_of(texts, self.headline_size) if texts else None
        if group and group.banner:
            names = []
            for text in group.banner:
                name, marks = undecorated(text)
                names.append(name)
                at_place = next((each.place for each in run if each.text == text), place)
                self.draft.left += [Left(at_place, mark, f"栏目“{name}”两边的记号") for mark in marks]
            self.banner = re.sub("[|｜]+", " ", " ".join(names))
        self.story = DraftStory(place, banner=self.banner, comes_from=bool(back))
        self.draft.stories.append(self.story)
        if group:
            said = (*group.kicker, *group.headline, *group.deck)
            self.story.places = [(each.text, each.place) for each in texts if each.text in said]
            self.story.headline = [re.sub("[|｜]+", "|", line) for line in group.headline]
            self.story.kicker = re.sub("[|｜]+", " ", " ".join(group.kicker))
            self.story.deck = re.sub("[|｜]+", " ", " ".join(group.deck))
            self.story.doubts += group.doubts
        if doubt:
            self.story.doubts.append(doubt)
        return self.below_headline(lines, at)

    def below_headline(self, lines: Sequence[Line], at: int) -> int:
        """Deck and byline between the headline and the text."""
        story = self.story
        assert story is not None
        while at < len(lines):
            line = lines[at]
            if line.starts:
                break
            text = line.text.strip()
            below = [other.kind for other in lines[at + 1 : at + 4] if not other.starts]
            signed = ""
            if line.kind == "byline" and below and below[0] != "byline":
                signed = byline_in(text) or names_in(text)
            elif line.kind in ("short", "head") and {"prose", "numbered", "picture"} & set(below):
                signed = names_in(text)
            if signed and not story.byline:
                story.byline, story.signed, story.byline_place = text, True, line.paragraph.place
            elif line.kind == "short" and re.match("——|—|--", text) and not story.deck:
                story.deck = self._without_bars(text, line.paragraph.place)
                story.places.append((text, line.paragraph.place))
            else:
                break
            at += 1
        return at

    def _without_bars(self, text: str, place: str) -> str:
        """A deck in one line; its bars go to the report."""
        self.draft.left += [Left(place, bar, "标题里的竖线") for bar in re.findall("[|｜]", text)]
        return re.sub(r"\s*[|｜]+\s*", " ", text).strip()

    def _line(self, lines: Sequence[Line], at: int) -> None:
        line = lines[at]
        text, back = cut_back(line.text)
        if back:
            self.draft.left.append(Left(line.paragraph.place, back.strip(), "转版的记号"))
            self.story = DraftStory(line.paragraph.place, banner=self.banner, comes_from=True)
            self.draft.stories.append(self.story)
        if self.story is None:
            self.story = DraftStory(line.paragraph.place, doubts=["没有找到标题"])
            self.draft.stories.append(self.story)
        text, onward = cut_onward(text)
        if onward:
            self.draft.left.append(Left(line.paragraph.place, onward.strip(), "转版的记号"))
            self.story.goes_on = True
        if text or line.kind == "picture":
            self._place(lines, at, text)

    def _place(self, lines: Sequence[Line], at: int, text: str) -> None:
        story, line = self.story, lines[at]
        assert story is not None
        paragraph = line.paragraph
        block = Block("text", text, paragraph.place, indented=paragraph.indented)
        if line.kind == "byline":
            if story.byline:
                story.doubts.append(f"有两处署名：{story.byline}、{text}")
                if not story.signed:
                    story.blocks.append(Block("text", story.byline, story.byline_place))
                    story.byline, story.signed, story.byline_place = text, False, paragraph.place
                else:
                    story.blocks.append(block)
            else:
                story.byline, story.signed, story.byline_place = text, False, paragraph.place
            return
        if story.byline and not story.signed and line.kind in ("prose", "short", "numbered") and not story.comes_from:
            story.blocks.append(
                Block("text", story.byline, paragraph.place, doubt="上一行是署名，下面还有文字，像是另一篇，却没有标题")
            )
            story.byline = ""
        if line.kind == "picture":
            block.kind, block.name, block.picture = "picture", paragraph.name, paragraph.picture
            words = text.split("\t")
            block.text, block.caption = words[0], words[1] if len(words) > 1 else ""
        elif line.kind == "table":
            block.kind = "table"
        elif paragraph.boxed:
            block.kind = "text" if _EDITORS_NOTE.match(text) else "quote"
            block.doubt = "文本框里的文字，放在了这里"
        elif paragraph.quoted:
            block.kind = "quote"
        elif line.kind == "caption":
            self._caption(block)
            return
        elif line.kind == "numbered":
            block.kind = "crosshead"
        elif line.kind in ("short", "head"):
            if self._short(lines, at, block):
                return
        else:
            start = closing_byline(text)
            if start >= 0 and not (story.byline and story.signed):
                story.byline, story.signed, story.byline_place = text[start:].strip(), False, paragraph.place
                block.text = text[:start].rstrip()
        story.blocks.append(block)

    def _caption(self, block: Block) -> None:
        """A caption belongs to the picture above it, or to one that the source does not have."""
        story = self.story
        assert story is not None
        above = story.blocks[-1] if story.blocks else None
        if above and _wants_caption(above):
            if above.picture or above.name:
                above.caption = block.text
            else:
                above.text = block.text
            return
        block.kind = "picture"
        story.blocks.append(block)

    def _short(self, lines: Sequence[Line], at: int, block: Block) -> bool:
        """Say what a short line within a story is; True if it has its place already."""
        story = self.story
        assert story is not None
        above = story.blocks[-1] if story.blocks else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        bare = re.sub(r"\s", "", block.text)
        pictured = above is not None and _wants_caption(above)
        if pictured and (
            block.text != ""
            and (lines[at].paragraph.centred or is_caption(block.text) or after is None or len(bare) <= 30)
        ):
            self._caption(block)
            return True
        no_text_yet = not any(each.kind == "text" for each in story.blocks)
        if no_text_yet and (_is_named_below(lines, at) or lines[at].paragraph.gap > 1):
            block.kind = "picture"
            block.doubt = "这一行当作了图注（图片没有），也可能是副题或小标题"
        elif no_text_yet and not story.deck and not story.blocks and after and after.kind == "prose":
            story.deck = self._without_bars(block.text, block.place)
            story.places.append((block.text, block.place))
            story.doubts.append("标题下面的一行当作了副题")
            return True
        elif above and above.kind == "text" and ends_open(above.text) and len(above.text) > 40:
            block.kind = "text"  # the end of a paragraph that was cut
        elif re.match(r"[0-9]{1,3}\s*[.．、)）]|[-*+•·●]", block.text):
            block.kind = "text"  # of a list
        elif after is not None and after.kind in ("prose", "table", "picture") and not after.starts:
            block.kind = "crosshead"
            sure = lines[at].paragraph.bold or lines[at].paragraph.centred or lines[at].paragraph.level
            if not sure:
                block.doubt = "这一行当作了小标题"
        return False


def _is_named_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph below begins with these words, as it does with the name of what a picture shows."""
    bare = re.sub(r"\s", "", lines[at].text)
    return len(bare) > 5 and any(re.sub(r"\s", "", line.text).startswith(bare) for line in lines[at + 1 : at + 12])


def _wants_caption(block: Block) -> bool:
    """Whether it is a picture of which nothing is said yet."""
    return block.kind == "picture" and not block.caption and (bool(block.picture or block.name) or not block.text)
