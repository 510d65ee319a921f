"""Token stream → the ear, the banners (##) and the stories (###) under them, each with its fields and body tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from plugins.newspaper.fields import STORY, english_key, known_words
from plugins.newspaper.problems import Problem, nearest

_FULL_WIDTH_FIELD = re.compile(r"\s*(?:：\s*(\S{1,12}?)\s*[:：]|:\s*([^\s:：]{1,12})\s*：)")


@dataclass(slots=True)
class RawStory:
    """A story as its tokens say it, before it is an Article."""

    line: int
    banner: str
    heading: str
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Value and line by English key."""
    body: list[Token] = field(default_factory=list)


def read_sections(tokens: Sequence[Token], source: str) -> tuple[list[Token], list[RawStory], list[Problem]]:
    """The ear's tokens (报眼), the stories in order, and what is wrong with how they stand."""
    ear: list[Token] = []
    stories: list[RawStory] = []
    problems: list[Problem] = []
    banner, banner_line, story = "", 0, None

    def problem(line: int, code: str, message: str) -> None:
        problems.append(Problem(source, line, code, message))

    for block in _blocks(tokens):
        first = block[0]
        line = first.map[0] + 1 if first.map else 1
        heading = block[1].content.strip() if first.type == "heading_open" else ""
        if first.type == "heading_open" and first.tag == "h1":
            problem(line, "heading-one", "一个“#”的标题不用：栏目或通栏题用“##”，每篇稿件的标题用“###”")
        elif first.type == "heading_open" and first.tag == "h2":
            if banner_line and (not story or story.line < banner_line):
                problem(banner_line, "banner-without-story", f"“{banner}”下面没有稿件（###）")
            banner, banner_line, story = heading, line, None
            if not heading:
                problem(line, "no-headline", "“##”后面没有文字")
        elif first.type == "heading_open" and first.tag == "h3":
            if not heading:
                problem(line, "no-headline", "这篇稿件没有标题，请写在“###”后面")
            story = RawStory(line, banner, heading)
            stories.append(story)
        elif first.type == "field_list_open":
            if story is None or story.body:
                problem(line, "stray-field", "“:键: 值”要紧跟在稿件标题（###）下面")
            else:
                problems.extend(_read_fields(block, story, source))
        elif story is not None:
            if not story.body and (match := _FULL_WIDTH_FIELD.match(block[1].content if len(block) > 1 else "")):
                word = match[1] or match[2]
                message = f"“{word}”两边的冒号是全角的；请改成半角，写成“:{word}: 值”"
                problem(line, "full-width-colon", message)
            story.body.extend(block)
        elif not banner_line:
            ear.extend(block)
        else:
            problem(line, "text-without-story", f"这段文字在“{banner}”之下，却不属于哪一篇；请在它前面写“### 标题”")

    if banner_line and (not story or story.line < banner_line):
        problem(banner_line, "banner-without-story", f"“{banner}”下面没有稿件（###）")
    return ear, stories, problems


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
    word, line = "", story.line
    depth = 0
    for token in block:
        if token.type == "fieldlist_name_open":
            word, depth = "", depth + 1
            line = token.map[0] + 1 if token.map else line
        elif token.type == "inline" and depth:
            word, depth = token.content.strip(), 0
            key = english_key(word, STORY)
            if key is None:
                hint = nearest(word, known_words(STORY))
                yield Problem(source, line, "unknown-field", f"稿件没有“{word}”这一项{hint}")
            elif key in story.fields:
                yield Problem(source, line, "repeated-field", f"“{word}”写了两次，请留下一个")
            else:
                story.fields[key] = ("", line)
        elif token.type == "inline":
            key = english_key(word, STORY)
            value = token.content.strip()
            if match := re.search(r"\n\s*[:：]\s*(\S{1,12}?)\s*[:：]", value):
                at = line + value[: match.start()].count("\n") + 1
                message = f"“{match[1]}”两边的冒号要用半角，写成“:{match[1]}: 值”"
                yield Problem(source, at, "full-width-colon", message)
            elif "\n" in value:
                yield Problem(source, line + 1, "field-then-text", "“:键: 值”和正文之间要空一行")
            if key and story.fields.get(key, ("", 0))[1] == line:
                story.fields[key] = (value.partition("\n")[0], line)
        elif token.type == "field_list_close":
            break
    for key, (value, at) in story.fields.items():
        if not value:
            yield Problem(source, at, "empty-field", f"“{key}”后面是空的；请写上值，或删去这一行")
