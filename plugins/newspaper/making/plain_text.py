"""The text of a story without its mark-up (纯文本)."""

import re
from html import unescape

_FIGURE = re.compile(r"<figure.*?</figure>", re.S)
_CELL = re.compile(r"</t[hd]>\n(?=<t)")
_TAG = re.compile(r"<[^>]*>")


def paragraphs(html: str) -> list[str]:
    """Its paragraphs, crossheads, items, and rows of tables, a tab between cells; pictures are left out."""
    if "<figure" in html:
        html = _FIGURE.sub("", html)
    if "<table" in html:
        html = _CELL.sub("\t", html)
    lines = map(unescape, _TAG.sub("", html.replace("<br>", "\n")).split("\n"))
    return [line for line in lines if line.strip()]
