"""A faster way for plain paragraphs, headlines and fields: most of a newspaper is Chinese text, without mark-up.

markdown-it tries every rule on every line and every character. These rules make the same tokens at once for such lines,
and leave the rest to markdown-it. A test compares the two ways.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from plugins.newspaper.reading.blocks import fields_end, push_line
from plugins.newspaper.reading.inlines import MAY_BE_ADDRESS, with_links

_OPENING = re.compile(r"[^\x00-\x7f\s]")
"""What begins a line of text and can begin no block: 汉字 and Chinese punctuation."""
_HEADING = re.compile(r"(#{1,6}) ([^#]+)")
_FIELD = re.compile(r":([^:\n]*[^:\s][^:\n]*): +[^\x00-`{-\x7f\s].*")
"""A whole line, `:slug: linli-zhongxin`, whose value begins with one of these or a small letter, so with no block."""
_MARKUP = re.compile(r"[\\*\[!<&:@wW]")
"""What any inline rule of the paper's Markdown acts on, and what an address has."""


def plain_paragraphs(md: MarkdownIt) -> None:
    """Plugin of MarkdownIt."""
    md.block.ruler.before("table", "plain_paragraph", _paragraph)
    md.block.ruler.before("table", "plain_heading", _heading)
    md.block.ruler.before("table", "plain_fields", _fields)
    md.core.ruler.at("inline", _inline)
    md.disable("addresses")


def _paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    if silent or not _OPENING.match(state.src, start):
        return False
    state.line = line + 1
    push_line(state, line, start)
    return True


def _heading(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    match = None if silent or state.level else _HEADING.fullmatch(state.src, state.bMarks[line], state.eMarks[line])
    if not match:
        return False
    token = state.push("heading_open", f"h{len(match[1])}", 1)
    token.markup = match[1]
    token.map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = mdTrim(match[2])
    token.map = [line, line + 1]
    token.children = []
    state.push("heading_close", f"h{len(match[1])}", -1).markup = match[1]
    state.line = line + 1
    return True


def _fields(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Fields, a line each, as fieldlist_plugin reads them."""
    if silent or state.src[state.bMarks[line]] != ":":
        return False
    last = fields_end(state, line, end)
    fields = [_FIELD.fullmatch(state.src, state.bMarks[at], state.eMarks[at]) for at in range(line, last)]
    if not fields or None in fields:
        return False
    token = state.push("field_list_open", "dl", 1)
    token.attrSet("class", "field-list")
    token.map = [line, last]
    for at, field in enumerate(fields, line):
        assert field is not None
        token = state.push("fieldlist_name_open", "dt", 1)
        token.map = [at, at]
        token = state.push("inline", "", 0)
        token.map = [at, at]
        token.content = field[1]
        token.children = []
        state.push("fieldlist_name_close", "dt", -1)
        token = state.push("fieldlist_body_open", "dd", 1)
        token.map = [at, at + 1]
        push_line(state, at, field.end(1) + 1)
        state.push("fieldlist_body_close", "dd", -1)
    state.push("field_list_close", "dl", -1)
    state.line = last
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
                if MAY_BE_ADDRESS.search(token.content):
                    token.children[:] = with_links(state.md, token.children)
