"""Token stream → the ear, the banners (##) and the stories (###) under them, each with its fields and body tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token

from plugins.newspaper.fields import REPEATED, STORY, english_key, known_words
from plugins.newspaper.problems import Problem, nearest
from plugins.newspaper.reading.blocks import FIELD
from plugins.newspaper.reading.byline import read_byline

_FULL_WIDTH_FIELD = re.compile(r"\s*(?:：\s*(\S{1,12}?)\s*[:：]|:\s*([^\s:：]{1,12})\s*：)")
_LINES = re.compile(r" *\| *")
_BOLD_LINE = re.compile(r"\*\*([^*]+)\*\*")
_ENDS_BANNER = "----"
"""The mark-up of the token of `---`; that of a longer rule is longer."""
LONGEST_HEADLINE = 60
"""Characters of a line that may have been meant as a headline."""


def one_line(text: str) -> str:
    """A banner, kicker or deck in one line: where the paper breaks it, a clause ends."""
    return _LINES.sub(" ", text).strip() if "|" in text else text


class Banner(NamedTuple):
    """A banner (通栏题、栏目) where it stands in the file."""

    text: str
    line: int


class RawNotice(NamedTuple):
    """A field that says what became of a story since, as its editor wrote it."""

    key: str
    word: str
    text: str
    line: int


@dataclass(slots=True)
class RawStory:
    """A story as its tokens say it, before it is an Article."""

    line: int
    banner: str
    heading: str
    fields: dict[str, str] = field(default_factory=dict)
    """Value by English key."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each field."""
    notices: list[RawNotice] = field(default_factory=list)
    """Its status and its corrections."""
    body: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Sections:
    """The parts of a file's text in order, and problems of what belongs to none of them."""

    source: str
    ear: list[Token] = field(default_factory=list)
    """The text before the first heading (报眼)."""
    banners: list[Banner] = field(default_factory=list)
    stories: list[RawStory] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    story: RawStory | None = None
    """The story that the next block belongs to."""
    banner: str = ""
    """The banner that the next story stands under."""
    last: Sequence[Token] = ()
    """The block before."""
    fields_line: int = 0
    """The last line of a headline and its fields, also of a field that cannot be read."""
    lost_line: int = 0
    """The last line of a field that is not below a headline."""
    told_under: int = 0
    """How many banners there were when text without a story was told."""
    rule: Sequence[Token] = ()
    """`---`, until it is known what follows."""

    def add(self, block: Sequence[Token]) -> None:
        first = block[0]
        line = first.map[0] + 1 if first.map else 1
        if first.tag in ("h1", "h2", "h3") and first.type == "heading_open":
            self._add_heading(first.tag, block[1].content.strip(), line)
        elif first.type == "field_list_open":
            self._add_fields(block)
        elif first.type == "hr" and first.markup == _ENDS_BANNER:
            self._end_rule()
            self.rule = block
        else:
            self._end_rule()
            self._add_text(block, line)
        self.last = block

    def _end_rule(self) -> None:
        """A `---` with text after it is a rule within the text."""
        if self.rule:
            rule, self.rule = self.rule, ()
            self._add_text(rule, rule[0].map[0] + 1 if rule[0].map else 1)

    def _add_heading(self, tag: str, heading: str, line: int) -> None:
        if self.rule:
            self.banner, self.rule = "", ()
        if tag == "h1":
            self._problem(line, "heading-one", "一个“#”的标题不用：栏目或通栏题用“##”，每篇稿件的标题用“###”")
        elif tag == "h2":
            self.banner, self.story = one_line(heading), None
            self.banners.append(Banner(self.banner, line))
        else:
            self.story = RawStory(line, self.banner, heading)
            self.stories.append(self.story)
            self.fields_line = line

    def _add_fields(self, block: Sequence[Token]) -> None:
        if self.story is not None and block[0].map:
            self.problems.extend(_read_fields(block, self.story, self.source))
            self.fields_line = block[0].map[1]

    def _add_text(self, block: Sequence[Token], line: int) -> None:
        content = block[1].content if len(block) > 1 else ""
        if content[:1] in (":", "：") and self._is_lost_field(content, line):
            return
        if self.story is not None:
            if (content[:1] == "*" or block[0].type == "heading_open") and self._is_lost_headline(block, content):
                self._tell_lost_headline(block, "上一行是署名", "；若是这一篇的小标题，请把署名移到这一篇的最后")
            self.story.body.extend(block)
        elif not self.banners:
            self.ear.extend(block)
        else:
            if self.told_under != len(self.banners):  # several in a row are told once
                message = f"这段文字在“{self.banners[-1].text}”之下，却不属于哪一篇；请在它前面写“### 标题”"
                self._problem(line, "text-without-story", message)
            self.told_under = len(self.banners)

    def _is_lost_field(self, content: str, line: int) -> bool:
        """Whether a line is a field that cannot be read: with full-width colons, or not right below a headline.

        Its value is taken nevertheless, so that nothing else is told as missing.
        """
        wide = _FULL_WIDTH_FIELD.match(content)
        match = wide or FIELD.match(content)
        if not match:
            return False
        word = (wide[1] or wide[2]) if wide else match[1].strip()
        key = english_key(word, STORY)
        in_place = line == self.fields_line + 1 and (not wide or key or nearest(word, known_words(STORY)))
        if key and self.story is not None and not self.story.body:
            self.story.fields.setdefault(key, content[match.end() :].strip())
            self.story.lines.setdefault(key, line)
        if in_place:
            if wide:  # others are below one with full-width colons, which is told
                self._problem(line, "full-width-colon", f"“{word}”两边的冒号是全角的；请改成半角，写成“:{word}: 值”")
            self.fields_line = line
        elif key and content.count(":") > 1 and self._is_right_below("h2", line):
            return self._read_banner_as_headline(key, content, line)
        elif key:
            if line == self.lost_line + 1 or self._is_right_below("h1", line):  # told once
                pass
            elif self.last and self._is_line_above(line):
                self._tell_lost_headline(self.last, f"下一行是“{word}”")
            else:
                self._problem(line, "stray-field", f"“:{word}: 值”要紧跟在稿件标题（###）下面，中间不空行")
            self.lost_line = line
        return bool(in_place)

    def _is_right_below(self, tag: str, line: int) -> bool:
        heading = self.last[0] if self.last else None
        return heading is not None and heading.tag == tag and heading.map is not None and heading.map[1] == line - 1

    def _read_banner_as_headline(self, key: str, content: str, line: int) -> bool:
        """A `##` with a field below it was meant as a story: it is told, and what follows is read as that story's."""
        meant = self.banners.pop()
        self.banner = self.banners[-1].text if self.banners else ""
        self._problem(
            meant.line, "lost-headline", f"“{meant.text}”下面有字段，像是一篇稿件的标题；请写成“### {meant.text}”"
        )
        self.story = RawStory(meant.line, self.banner, meant.text)
        self.stories.append(self.story)
        self.story.fields[key], self.story.lines[key] = content.split(":", 2)[2].strip(), line
        self.fields_line = line
        return True

    def _is_line_above(self, line: int) -> bool:
        """Whether the block before stands right above a line and may be a headline."""
        above = self.last[0]
        short = len(self.last) == 3 and len(self.last[1].content) <= LONGEST_HEADLINE
        return short and above.map is not None and above.map[1] == line - 1 and above.tag in ("p", "h4", "h5", "h6")

    def _is_lost_headline(self, block: Sequence[Token], content: str) -> bool:
        """Whether a line looks like a headline whose mark is wrong, because the story above has its byline already."""
        if block[0].type != "heading_open" and not _BOLD_LINE.fullmatch(content):
            return False
        above = self.last[1].content if len(self.last) == 3 and self.last[0].tag == "p" else ""
        return above[:1] in ("（", "(") and above[-1] in "）)" and read_byline(above[1:-1]) is not None

    def _tell_lost_headline(self, block: Sequence[Token], sign: str, otherwise: str = "") -> None:
        text = block[1].content.strip()
        bold = _BOLD_LINE.fullmatch(text)
        text = bold[1].strip() if bold else text
        line = block[0].map[0] + 1 if block[0].map else 1
        if (line, "lost-headline") in [(problem.line, problem.code) for problem in self.problems[-1:]]:
            return
        self._problem(line, "lost-headline", f"“{text}”像是一篇稿件的标题（{sign}）；请写成“### {text}”{otherwise}")

    def _problem(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.source, line, code, message))


def read_sections(tokens: Sequence[Token], source: str) -> Sections:
    """Put each block where it belongs."""
    sections = Sections(source)
    for block in _blocks(tokens):
        sections.add(block)
    return sections


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Top-level blocks, each with all its tokens."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _read_fields(block: Sequence[Token], story: RawStory, source: str) -> Iterator[Problem]:
    """Give a story the fields of a list; yield problems of those that cannot be read."""
    word, line, key = "", story.line, None
    in_name = False
    for token in block:
        if token.type == "fieldlist_name_open":
            word, key, in_name = "", None, True
            line = token.map[0] + 1 if token.map else line
        elif token.type == "inline" and in_name:
            word, in_name = token.content.strip(), False
            key = english_key(word, STORY)
            if key is None:
                hint = nearest(word, known_words(STORY))
                yield Problem(source, line, "unknown-field", f"稿件没有“{word}”这一项{hint}")
            elif key in story.fields and key not in REPEATED:
                yield Problem(source, line, "repeated-field", f"“{word}”写了两次，请留下一个")
            else:
                if story.fields.get(key) == "":
                    yield _empty_field(key, story.lines[key], source)
                story.fields[key], story.lines[key] = "", line
        elif token.type == "inline":
            value = token.content.strip()
            if key and story.lines.get(key) == line:
                story.fields[key] = value
                if key in ("status", "correction"):
                    story.notices.append(RawNotice(key, word, value, line))
        elif token.type == "field_list_close":
            break
    for key, value in story.fields.items():
        if not value:
            yield _empty_field(key, story.lines[key], source)


def _empty_field(key: str, line: int, source: str) -> Problem:
    return Problem(source, line, "empty-field", f"“{key}”后面是空的；请写上值，或删去这一行")
