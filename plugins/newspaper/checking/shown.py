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
_TARGET = re.compile(r'(href|src)="([^"]*)"')
_FOLLOWS = {"href": r">?\s*(?:[^\s\w].*)?[)）]", "src": r"[\s>)）]|[^\s\w]"}
"""What ends the target of a link: a bracket, with or without a title; of a picture: almost anything."""
_CREDIT = '<span class="credit">'
_HOST = re.compile(r"xn--[a-z0-9-]+")
_ALT = re.compile(r' alt="([^"]*)"')
_START = re.compile(r' start="([0-9]+)"')
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
    repeated: Mapping[int, int]
    """Where a caption begins with what its picture says in words, and where it goes on: a file may say that once."""
    blocks: tuple[Block, ...]
    targets: Mapping[str, str]
    """What links and pictures point to, in every form in which a file may say it, and what follows there."""


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def shown(html: str) -> Shown:
    """Take HTML apart."""
    html = _OURS.sub(r'<img alt="\1">', html)
    text: list[str] = []
    length = 0
    marks: dict[int, str] = {}
    repeated: dict[int, int] = {}
    blocks: list[Block] = []
    block: list[str] = []
    start = 0
    quoted = "<blockquote" in html
    numbers: list[int] = []
    """Of each list that is open, the number of its next item; 0 where it has none."""
    alt = ""
    for piece in _TAG.split(html):
        tag = _NAME.match(piece)
        if not tag:
            seen = unescape(piece)
            block.append(seen)
            text.append(squeezed(seen))
            length += len(text[-1])
            continue
        name = tag[1]
        if name in ("ol", "ul"):
            _open_or_close(piece, numbers)
        # A credit may stand below the picture, on a line of its own.
        allowed = MARKS.get("figcaption" if piece == _CREDIT else name, "") + (">" if quoted else "")
        if piece.startswith("<li") and numbers and numbers[-1]:
            allowed += str(numbers[-1])
            numbers[-1] += 1
        if allowed:
            marks[length] = marks.get(length, "") + allowed
        if name not in _WITHIN:
            blocks.append(Block(start, "".join(block)))
            block, start = [], length
        if name == "figure":
            alt = ""
        elif name == "img":
            words = _ALT.search(piece)
            alt = squeezed(unescape(words[1])) if words else ""
            text.append(alt)
            length += len(alt)
            marks[length] = marks.get(length, "") + MARKS[name]
        elif piece == "<figcaption>" and alt:
            repeated[length] = length + len(alt)
    blocks.append(Block(start, "".join(block)))
    whole = "".join(text)
    repeated = {at: end for at, end in repeated.items() if whole[at:end] == whole[2 * at - end : at]}
    filled = tuple(block for block in blocks if block.text.strip())
    return Shown(whole, marks, repeated, filled, _targets(html))


def _open_or_close(tag: str, numbers: list[int]) -> None:
    if tag.startswith("</"):
        if numbers:
            numbers.pop()
    elif tag.startswith("<ol"):
        start = _START.search(tag)
        numbers.append(int(start[1]) if start else 1)
    else:
        numbers.append(0)


def _in_characters(label: re.Match[str]) -> str:
    """A part of a host's name as its editor wrote it: 中国 for xn--fiqs8s."""
    try:
        return label[0].encode("ascii").decode("idna")
    except UnicodeError:
        return label[0]


def _targets(html: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, written in _TARGET.findall(html):
        target = unescape(written)
        plain = unquote(target)
        for form in (target, plain, plain.replace(" ", "%20"), _HOST.sub(_in_characters, plain)):
            parts = form.removeprefix("{site}").split("/")
            forms = [form, form.removeprefix("mailto:"), *("/".join(parts[at:]) for at in range(len(parts)))]
            found |= dict.fromkeys(filter(None, forms), _FOLLOWS[kind])
    return found
