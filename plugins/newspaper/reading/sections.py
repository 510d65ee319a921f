"""Token stream → the ear, the banners (##) and the stories (###) under them, each with its fields and body tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token

from plugins.newspaper.fields import REPEATED, STORY, english_key, known_words
from plugins.newspaper.problems import Problem, nearest

_FULL_WIDTH_FIELD = re.compile(r"\s*(?:：\s*(\S{1,12}?)\s*[:：]|:\s*([^\s:：]{1,12})\s*：)")
_FULL_WIDTH_LINE = re.compile(r"\n\s*[:：]\s*(\S{1,12}?)\s*[:：]")


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

    def add(self, block: Sequence[Token]) -> None:
        first = block[0]
        line = first.map[0] + 1 if first.map else 1
        if first.tag in ("h1", "h2", "h3") and first.type == "heading_open":
            self._add_heading(first.tag, block[1].content.strip(), line)
        elif first.type == "field_list_open":
            self._add_fields(block, line)
        elif self.story is not None:
            self._add_text(self.story, block, line)
        elif not self.banners:
            self.ear.extend(block)
        else:
            banner = self.banners[-1].text
            message = f"这段文字在“{banner}”之下，却不属于哪一篇；请在它前面写“### 标题”"
            self._problem(line, "text-without-story", message)

    def _add_heading(self, tag: str, heading: str, line: int) -> None:
        if tag == "h1":
            self._problem(line, "heading-one", "一个“#”的标题不用：栏目或通栏题用“##”，每篇稿件的标题用“###”")
        elif tag == "h2":
            self.banners.append(Banner(heading, line))
            self.story = None
        else:
            self.story = RawStory(line, self.banners[-1].text if self.banners else "", heading)
            self.stories.append(self.story)

    def _add_fields(self, block: Sequence[Token], line: int) -> None:
        if self.story is None or self.story.body:
            self._problem(line, "stray-field", "“:键: 值”要紧跟在稿件标题（###）下面")
        else:
            self.problems.extend(_read_fields(block, self.story, self.source))

    def _add_text(self, story: RawStory, block: Sequence[Token], line: int) -> None:
        if not story.body and (match := _FULL_WIDTH_FIELD.match(block[1].content if len(block) > 1 else "")):
            word = match[1] or match[2]
            self._problem(line, "full-width-colon", f"“{word}”两边的冒号是全角的；请改成半角，写成“:{word}: 值”")
        story.body.extend(block)

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
            if "\n" in value:
                yield _text_in_value(value, line, source)
            if key and story.lines.get(key) == line:
                story.fields[key] = value = value.partition("\n")[0]
                if key in ("status", "correction"):
                    story.notices.append(RawNotice(key, word, value, line))
        elif token.type == "field_list_close":
            break
    for key, value in story.fields.items():
        if not value:
            yield _empty_field(key, story.lines[key], source)


def _empty_field(key: str, line: int, source: str) -> Problem:
    return Problem(source, line, "empty-field", f"“{key}”后面是空的；请写上值，或删去这一行")


def _text_in_value(value: str, line: int, source: str) -> Problem:
    """The problem of a value that goes on in the next line: there is a field with full-width colons, or text."""
    if match := _FULL_WIDTH_LINE.search(value):
        at = line + value[: match.start()].count("\n") + 1
        return Problem(source, at, "full-width-colon", f"“{match[1]}”两边的冒号要用半角，写成“:{match[1]}: 值”")
    return Problem(source, line + 1, "field-then-text", "“:键: 值”和正文之间要空一行")
