"""What stands within a line: emphasis beside Chinese punctuation, addresses that become links of themselves."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, escape
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from plugins.newspaper.surnames import SURNAMES

_ADDRESS = re.compile(
    r"(?<![\w@/.-])(?:https?://[\w!#$%&'()*+,\-./:;=?@~]+|www\.[\w-]+\.[\w!#$%&'()*+,\-./:;=?@~]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.ASCII | re.IGNORECASE,
)
_MARKS = frozenset('*_[](){}|!<>&`#+-.:"')
_OPENING, _CLOSING = frozenset("“‘（《〈「『【〔"), frozenset("、，。；：！？”’）》〉」』】〕")
MAY_BE_ADDRESS = re.compile("[:@w]", re.IGNORECASE)
"""What the text of an address has; few lines of Chinese do."""


def paper_inlines(md: MarkdownIt) -> None:
    """Plugin of MarkdownIt: no code, and `_` marks nothing, because it stands in names of files."""
    md.disable(["backticks"])
    md.inline.ruler.at("escape", _escape)
    md.inline.ruler.at("emphasis", _emphasis)
    md.core.ruler.after("inline", "addresses", _addresses)


def _escape(state: StateInline, silent: bool) -> bool:
    """A backslash makes a mark of this Markdown a character, and is one itself elsewhere: C:\\\\文件."""
    return state.src[state.pos + 1 : state.pos + 2] in _MARKS and escape(state, silent)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """`**` beside Chinese text: the amendment that markdown-cjk-friendly proposes for CommonMark.

    In CommonMark a mark that has punctuation on its inner side needs a space or punctuation on its outer side:
    行动**“一餐热饭”**开始 stays raw. Here a Chinese character on that side is as good. A single `*` marks nothing: it
    multiplies (长度*宽度) or refers to a note (带*的为必填项).
    """
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    if end - start == 1:
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens = not after.isspace() and after not in _CLOSING and (not _is_latin_mark(after) or not _is_latin_word(before))
    closes = (
        not before.isspace() and before not in _OPENING and (not _is_latin_mark(before) or not _is_latin_word(after))
    )
    if _hides(state.src, start, end):
        opens = closes = False
    for _ in range(start, end):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(marker=42, length=end - start, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos = end
    return True


def _hides(text: str, start: int, end: int) -> bool:
    """Whether asterisks hide a part of a number or of a name: 138****1234, 张**."""
    before, after = text[:start][-1:], text[end : end + 1]
    if end - start > 3 or (_is_latin_word(before) and _is_latin_word(after)):
        return before != "" and before.isalnum()
    boundary = text[: start - 1][-1:]
    return before in SURNAMES and boundary != "*" and (not boundary.isalnum() or boundary in "和与及跟同")


def _is_latin_mark(character: str) -> bool:
    return character < "\x7f" and not character.isalnum()


def _is_latin_word(character: str) -> bool:
    return character < "\x7f" and character.isalnum()


def _addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(with_links(state.md, token.children or []))


def with_links(md: MarkdownIt, tokens: list[Token]) -> Iterator[Token]:
    """The tokens of a line, each bare address of the web or of mail in them a link."""
    within = 0
    for token in tokens:
        within += token.nesting if token.tag == "a" else 0
        if within or token.type != "text":
            yield token
            continue
        place = 0
        for match in _ADDRESS.finditer(token.content):
            text = _without_closing_marks(match[0])
            if match.start() > place:
                yield token.copy(content=token.content[place : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": md.normalizeLink(_target(text))})
            yield token.copy(content=text)
            yield Token("link_close", "a", -1)
            place = match.start() + len(text)
        if place < len(token.content) or not place:
            yield token.copy(content=token.content[place:]) if place else token


def _target(text: str) -> str:
    if "@" in text and "/" not in text:
        return f"mailto:{text}"
    return f"http://{text}" if text[:4].lower() == "www." else text


def _without_closing_marks(text: str) -> str:
    """An address less what ends the sentence or the bracket that it stands in."""
    while text[-1] in ".,:;!?'*" or (text[-1] == ")" and text.count(")") > text.count("(")):
        text = text[:-1]
    return text
