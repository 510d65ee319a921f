"""What readers see of HTML, to be held against the file that it came from: the characters, and where marks of the form
may have stood that are seen no more.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

MARKS = {
    "strong": "*_",
    "em": "*_",
    "code": "`",
    "a": "[]()<>",
    "blockquote": ">",
    "li": "-*+.)、",
    "h1": "#",
    "h2": "#",
    "h3": "#",
    "h4": "#",
    "h5": "#",
    "h6": "#",
    "table": "|-:",
    "thead": "|-:",
    "tbody": "|-:",
    "tr": "|-:",
    "th": "|-:",
    "td": "|-:",
    "br": "|\\",
    "figure": "![]()<>\"'",
    "img": "![]()<>\"'",
    "figcaption": "![]()<>\"'",
}
"""The marks of the form: at the borders of these elements they may stand in the file and not on the page. No other
character may go, white space apart."""
_WITHIN = frozenset(["strong", "em", "code", "a", "span", "br", "img", "sup", "sub"])
"""Elements within a block of text; the others begin a new one."""
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_TARGET = re.compile(r'(?:href|src)="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_START = re.compile(r' start="([0-9]+)"')
_FIGURE = re.compile(r"<figure[^>]*>(.*?)</figure>", re.S)
_OURS = re.compile(r"<p>（图片已散失）</p>|（图片已散失：((?:[^（）]|（[^（）]*）)*)）")
"""Words that the paper puts in where a picture is lost; the second has the picture's caption among them."""


class Block(NamedTuple):
    """A paragraph, a cell, a caption: its text as it is, and the place of its first character in the whole."""

    start: int
    text: str


class Shown(NamedTuple):
    """What readers see of a piece of HTML."""

    text: str
    """Its characters, white space left out."""
    marks: Mapping[int, str]
    """Before the character of this place, the marks that may have gone."""
    blocks: tuple[Block, ...]
    targets: frozenset[str]
    """What links and pictures point to, in every form in which a file may say it."""


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def shown(html: str) -> Shown:
    """Take HTML apart."""
    html = _FIGURE.sub(_alt_said_once, _OURS.sub(r"\1", html))
    text: list[str] = []
    length = 0
    marks: dict[int, str] = {}
    blocks: list[Block] = []
    block: list[str] = []
    start = 0
    quoted = "<blockquote" in html
    numbers: list[int] = []
    """Of each list that is open, the number of its next item; 0 where it has none."""
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            seen = unescape(piece)
            block.append(seen)
            seen = squeezed(seen)
            text.append(seen)
            length += len(seen)
            continue
        match = _NAME.match(piece)
        name = match[1] if match else ""
        if name in ("ol", "ul"):
            _open_or_close(piece, numbers)
        allowed = MARKS.get(name, "") + (">" if quoted else "")
        if piece.startswith("<li") and numbers and numbers[-1]:
            allowed += str(numbers[-1])
            numbers[-1] += 1
        if allowed:
            marks[length] = marks.get(length, "") + allowed
        if name == "img" and (alt := _ALT.search(piece)):
            words = unescape(alt[1])
            block.append(words)
            text.append(squeezed(words))
            length += len(text[-1])
            marks[length] = marks.get(length, "") + MARKS["img"]
        elif name not in _WITHIN:
            blocks.append(Block(start, "".join(block)))
            block, start = [], length
    blocks.append(Block(start, "".join(block)))
    filled = tuple(block for block in blocks if block.text.strip())
    return Shown("".join(text), marks, filled, _targets(html))


def _open_or_close(tag: str, numbers: list[int]) -> None:
    if tag.startswith("</"):
        if numbers:
            numbers.pop()
    elif tag.startswith("<ol"):
        start = _START.search(tag)
        numbers.append(int(start[1]) if start else 1)
    else:
        numbers.append(0)


def _alt_said_once(figure: re.Match[str]) -> str:
    """A figure; what its picture says in words is left out where its caption says the same, as the file does once."""
    alt = _ALT.search(figure[0])
    caption = figure[1].partition("<figcaption>")[2]
    same = alt is None or squeezed(alt[1]) == squeezed(_TAG.sub("", caption))
    image = figure[0].partition("<img")[2].partition(">")[0]
    return f"<figure><img{_ALT.sub('', image) if same else image}><figcaption>{caption}</figure>"


def _targets(html: str) -> frozenset[str]:
    found: set[str] = set()
    for target in map(unescape, _TARGET.findall(html)):
        for form in (target, unquote(target)):
            inside = form.removeprefix("{site}")
            bare = re.sub(r"^(?:https?://|mailto:)", "", form)
            found |= {form, inside, bare, inside.rpartition("/")[2]}
    return frozenset(found - {""})
