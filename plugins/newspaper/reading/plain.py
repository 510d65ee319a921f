"""The short way for plain paragraphs: most of a newspaper is Chinese text on one line, without mark-up.

markdown-it asks every rule about every line and every character; these two rules give its own tokens for such a
paragraph at once, and leave all others to it. That they give the same is a test.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_OPENING = re.compile(r"[一-鿿“《（【]")
"""What begins a line of text and can begin no block."""
_MARKUP = re.compile(r"[\n\\`*_\[\]!<&]")
"""What any inline rule of the paper's Markdown acts on."""


def plain_paragraphs(md: MarkdownIt) -> None:
    """Plugin of MarkdownIt."""
    md.block.ruler.before("table", "plain_paragraph", _paragraph)
    md.core.ruler.at("inline", _inline)


def _paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    if silent or not _OPENING.match(state.src, start) or (line + 1 < state.lineMax and not state.isEmpty(line + 1)):
        return False
    state.line = line + 1
    token = state.push("paragraph_open", "p", 1)
    token.map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.src[start : state.eMarks[line]])
    token.map = [line, line + 1]
    token.children = []
    state.push("paragraph_close", "p", -1)
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
