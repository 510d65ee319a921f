"""A faster way for plain paragraphs and plain fields: most of a newspaper is Chinese text on one line, without mark-up.

markdown-it tries every rule on every line and every character. These three rules make the same tokens at once for such
a paragraph, and for the fields under a headline, and leave the rest to markdown-it. A test compares the two ways.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_OPENING = re.compile(r"[^\x00-\x7f\s]")
"""What begins a line of text and can begin no block: 汉字 and Chinese punctuation."""
_FIELD = re.compile(r":([^:\n]*[^:\s][^:\n]*): +[^\x00-`{-\x7f\s].*")
"""A whole line, `:slug: linli-zhongxin`, whose value begins with one of these or a small letter, so with no block."""
_MARKUP = re.compile(r"[\n\\`*_\[\]!<&]")
"""What any inline rule of the paper's Markdown acts on."""


def plain_paragraphs(md: MarkdownIt) -> None:
    """Plugin of MarkdownIt."""
    md.block.ruler.before("table", "plain_paragraph", _paragraph)
    md.block.ruler.before("table", "plain_fields", _fields)
    md.core.ruler.at("inline", _inline)


def _paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    if silent or not _OPENING.match(state.src, start) or (line + 1 < state.lineMax and not state.isEmpty(line + 1)):
        return False
    state.line = line + 1
    _push_paragraph(state, line, start)
    return True


def _push_paragraph(state: StateBlock, line: int, start: int) -> None:
    """The tokens of a paragraph on one line, from a position in the text."""
    token = state.push("paragraph_open", "p", 1)
    token.map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.src[start : state.eMarks[line]])
    token.map = [line, line + 1]
    token.children = []
    state.push("paragraph_close", "p", -1)


def _fields(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Fields, a line each, then a blank line, then neither a field nor an indented line: as fieldlist_plugin does."""
    if silent or state.level or state.src[state.bMarks[line]] != ":":
        return False
    fields: list[re.Match[str]] = []
    last = line
    while last < end and (field := _FIELD.fullmatch(state.src, state.bMarks[last], state.eMarks[last])):
        fields.append(field)
        last += 1
    if not fields or (last < end and not state.isEmpty(last)):
        return False
    following = state.skipEmptyLines(last)
    if following < end and (state.tShift[following] or state.src[state.bMarks[following]] == ":"):
        return False
    token = state.push("field_list_open", "dl", 1)
    token.attrSet("class", "field-list")
    token.map = [line, following]
    for at, field in enumerate(fields, line):
        token = state.push("fieldlist_name_open", "dt", 1)
        token.map = [at, at]
        token = state.push("inline", "", 0)
        token.map = [at, at]
        token.content = field[1]
        token.children = []
        state.push("fieldlist_name_close", "dt", -1)
        token = state.push("fieldlist_body_open", "dd", 1)
        token.map = [at, at + 1 if at + 1 < last else following]
        _push_paragraph(state, at, field.end(1) + 1)
        state.push("fieldlist_body_close", "dd", -1)
    state.push("field_list_close", "dl", -1)
    state.line = following
    return True


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            if token.children is None:
                token.children = []
            if token.content and not _MARKUP.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
