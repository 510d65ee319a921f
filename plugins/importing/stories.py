"""Paragraphs → Draft: the ear, and the stories with their headline groups, bylines, captions and crossheads."""

import re
from collections.abc import Sequence

from plugins.importing.draft import Block, BlockKind, Draft, DraftStory
from plugins.importing.furniture import without_furniture
from plugins.importing.headlines import group_of
from plugins.importing.heads import Line, told_apart
from plugins.importing.jumps import cut_back, cut_onward, put_together
from plugins.importing.kinds import byline_in, closing_byline, ends_open, is_caption, names_in
from plugins.importing.masthead import find_facts
from plugins.importing.neutral import Left, Paragraph, Source

_ATTRIBUTION = re.compile(r"(?:——|--|—|―)\s*\S.{1,40}|[【（(][^】）)]{2,24}(?:摘[编录要]?|语录|报告)[】）)]")
_EDITORS_NOTE = re.compile(r"[【\[（(]?(?:编者按|编者的话|编后)")


def recognised(source: Source, names: Sequence[str]) -> Draft:
    """What a source holds."""
    facts = find_facts(source.paragraphs, names)
    paragraphs, furniture = without_furniture(facts.paragraphs)
    draft = Draft(facts, left=[*facts.rest, *furniture])
    if source.title:
        story = DraftStory(paragraphs[0].place if paragraphs else "", [source.title])
        draft.stories.append(story)
        lines = [Line(each, line.kind) for each, line in zip(paragraphs, told_apart(paragraphs), strict=True)]
        lines = [line._replace(kind="short") if line.kind == "head" else line for line in lines]
        _Desk(draft, story).take(lines)
    else:
        lines = told_apart(paragraphs)
        start = _ear_end(lines)
        _ear(draft, lines[:start])
        _Desk(draft, None).take(lines[start:])
    put_together(draft)
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

    def take(self, lines: Sequence[Line]) -> None:
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
        while at < len(lines) and lines[at].kind == kind and (not run or not lines[at].starts or kind == "head"):
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
            if text:
                texts.append(paragraph._replace(text=text))
        group = group_of(texts) if texts else None
        if group and group.banner:
            self.banner = " ".join(group.banner)
        self.story = DraftStory(place, banner=self.banner, comes_from=bool(back))
        self.draft.stories.append(self.story)
        if group:
            self.story.headline = list(group.headline)
            self.story.kicker = " ".join(group.kicker)
            self.story.deck = " ".join(group.deck)
            self.story.doubts += group.doubts
        if doubt:
            self.story.doubts.append(doubt)
        return self._below_headline(lines, at, kind)

    def _below_headline(self, lines: Sequence[Line], at: int, kind: str) -> int:
        """Deck and byline between the headline and the text."""
        story = self.story
        assert story is not None
        while at < len(lines):
            line = lines[at]
            if line.starts:
                break
            text = line.text.strip()
            text_follows = any(
                other.kind in ("prose", "numbered") and not other.starts for other in lines[at + 1 : at + 4]
            )
            signed = (
                byline_in(text) if line.kind == "byline" else names_in(text) if line.kind in ("short", "head") else ""
            )
            if signed and text_follows and not story.byline:
                story.byline, story.signed = text, True
            elif line.kind == "short" and re.match("——|—|--", text) and not story.deck:
                story.deck = text
            else:
                break
            at += 1
        return at

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
            if story.byline and story.byline != text:
                story.doubts.append(f"有两处署名：{story.byline}、{text}")
                if not story.signed:
                    story.blocks.append(Block("text", story.byline, paragraph.place))
                    story.byline, story.signed = text, False
                else:
                    story.blocks.append(block)
            else:
                story.byline, story.signed = text, False
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
                story.byline, story.signed = text[start:].strip(), False
                block.text = text[:start].rstrip()
        story.blocks.append(block)

    def _caption(self, block: Block) -> None:
        """A caption belongs to the picture above it, or to one that the source does not have."""
        story = self.story
        assert story is not None
        above = story.blocks[-1] if story.blocks else None
        if above and above.kind == "picture" and not above.caption and (above.picture or above.name):
            above.caption = block.text
            return
        block.kind = "picture"
        story.blocks.append(block)

    def _short(self, lines: Sequence[Line], at: int, block: Block) -> bool:
        """Say what a short line within a story is; True if it has its place already."""
        story = self.story
        assert story is not None
        above = story.blocks[-1] if story.blocks else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        rest = "".join(re.sub(r"\s", "", line.text) for line in lines[at + 1 : at + 12])
        bare = re.sub(r"\s", "", block.text)
        pictured = (
            above is not None and above.kind == "picture" and bool(above.picture or above.name) and not above.caption
        )
        if pictured and (
            block.text != ""
            and (lines[at].paragraph.centred or is_caption(block.text) or after is None or len(bare) <= 30)
        ):
            self._caption(block)
            return True
        no_text_yet = not any(each.kind == "text" for each in story.blocks)
        if no_text_yet and (bare in rest or lines[at].paragraph.gap > 1):
            block.kind = "picture"
            block.doubt = "这一行当作了图注（图片没有），也可能是副题或小标题"
        elif no_text_yet and not story.deck and not story.blocks and after and after.kind == "prose":
            story.deck = block.text
            story.doubts.append("标题下面的一行当作了副题")
            return True
        elif above and above.kind == "text" and ends_open(above.text) and len(above.text) > 40:
            block.kind = "text"  # the end of a paragraph that was cut
        elif after is not None and after.kind in ("prose", "table", "picture") and not after.starts:
            block.kind = "crosshead"
            sure = lines[at].paragraph.bold or lines[at].paragraph.centred or lines[at].paragraph.level
            if not sure:
                block.doubt = "这一行当作了小标题"
        return False
