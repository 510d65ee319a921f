"""The proof (一字不漏，一字不添): every character of a source is in the file or among what was left out, and none besides.

It looks at the source, the file's text and the report, and knows nothing of how one was made from the other. Marks of
the form, front matter, slugs, topics and doubts are no text of the source. Widths of punctuation are taken as one, and
so are radicals and the characters they stand for, because these are what is mended.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plugins.importing.masthead import Fact
from plugins.importing.neutral import Left, Paragraph
from plugins.newspaper import characters
from plugins.newspaper.fields import STORY, english_key
from plugins.newspaper.problems import Halt
from plugins.newspaper.reading.blocks import row_cells
from plugins.newspaper.reading.front_matter import split_front_matter
from plugins.newspaper.reading.to_verify import doubt_in

_FOLDED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("“”„〝〞＂", '"')
    | dict.fromkeys("‘’＇", "'")
    | {"。": ".", "—": "-", "―": "-", "…": ".", "〔": "[", "〕": "]"}
)
_RUNS = re.compile(r"([.-])\1+")
_FIELD = re.compile(r":([^:]+):\s*(.*)")
_PRINTED = ("kicker", "deck", "byline")
"""Fields whose words are the source's."""
_PICTURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?:<[^<>]*>|[^()\s"]*)(?:\s+"(?P<title>.*)")?\)')
_LEAST = 5
"""Characters of a piece that may stand apart from what stood beside it."""
_SHOWN = 20


class Unproven(Halt):
    """A file that would lose or make up something; it is not written."""


class _Said(NamedTuple):
    """What a file says, line by line, and where it may have brackets that the source has not, or lack them."""

    lines: list[str]
    signed: int
    """Bylines, each with or without its brackets."""


def prove(
    paragraphs: Sequence[Paragraph], text: str, facts: Iterable[Fact], left: Iterable[Left], title: str = ""
) -> None:
    """Raise Unproven where the text of the file is not what the paragraphs say, less what was left out."""
    said = _said(text)
    apart: dict[str, list[str]] = {}
    for place, words in [*((fact.place, fact.printed) for fact in facts), *((each.place, each.text) for each in left)]:
        apart.setdefault(place, []).append(folded(words))
    source = [folded(each.text) for each in paragraphs if each.kind != "rule"] + ([folded(title)] if title else [])
    given = Counter("".join(source))
    taken = Counter("".join([folded(line) for line in said.lines] + [each for many in apart.values() for each in many]))
    lost, made = given - taken, taken - given
    for counter in (lost, made):
        for bracket in "()":
            counter[bracket] -= said.signed
    lost, made = +lost, +made
    if lost or made:
        raise Unproven(_counted(lost, made, paragraphs))
    whole = "\n".join(folded(line) for line in said.lines)
    for paragraph, words in ((each, words) for each in paragraphs for words in _pieces(each)):
        if piece := _torn(folded(words), whole, apart.get(paragraph.place, [])):
            message = f"{paragraph.place}的“{piece[:_SHOWN]}”在稿件里没有连在一起；什么也没有写，请把原件交给技术员"
            raise Unproven(message)


def _pieces(paragraph: Paragraph) -> list[str]:
    """What of a paragraph must stay together: of a table each cell, of a picture its words and its caption."""
    if paragraph.kind in ("table", "picture"):
        return [words for words in re.split(r"[\t\n]", paragraph.text) if words]
    return [] if paragraph.kind == "rule" else [paragraph.text]


def folded(text: str) -> str:
    """A text as the proof compares it: no white space, one width, radicals as characters."""
    squeezed = "".join(characters.mended(text).split()).replace("**", "")
    return _RUNS.sub(r"\1", squeezed.translate(_FOLDED))


def _counted(lost: Counter[str], made: Counter[str], paragraphs: Sequence[Paragraph]) -> str:
    message = "对不上原件："
    if lost:
        character = next(iter(lost))
        place = next((each.place for each in paragraphs if character in folded(each.text)), "")
        message += f"漏了 {lost.total()} 个字（如“{''.join(lost)[:_SHOWN]}”，{place}等处）"
    if made:
        message += f"{'，' if lost else ''}多了 {made.total()} 个字（如“{''.join(made)[:_SHOWN]}”）"
    return f"{message}；什么也没有写，请把原件交给技术员"


def _torn(text: str, whole: str, apart: list[str]) -> str:
    """A piece of a paragraph that is nowhere; empty if all pieces are, and none is too small."""
    at = 0
    while at < len(text):
        if text.startswith("\n", at):
            at += 1
            continue
        rest = text[at:]
        if rest in whole:
            return ""
        beside = max((piece for piece in apart if piece and rest.startswith(piece)), key=len, default="")
        length = _longest(rest, whole)
        if beside and length < max(_LEAST, len(beside)):
            length = len(beside)
        elif not length and rest[0] in "()":  # round a byline; they have been counted
            length = 1
        elif length < _LEAST and not (length and (rest[0] in "()[]" or _is_followed(rest[length:], apart))):
            return rest
        at += length
    return ""


def _is_followed(rest: str, apart: list[str]) -> bool:
    """Whether what follows was left out, so that what stands before it may be short."""
    return not rest or rest[0] in "()\n" or any(piece and rest.startswith(piece) for piece in apart)


def _longest(text: str, whole: str) -> int:
    """How many of its first characters are somewhere as they stand."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text[:middle] in whole:
            low = middle
        else:
            high = middle - 1
    return low


def _said(text: str) -> _Said:
    """The words of an issue's file, less its marks."""
    _, body, _ = split_front_matter(text)
    lines: list[str] = []
    signed = 0
    in_fields = False
    for line in body.split("\n"):
        field = _FIELD.fullmatch(line) if in_fields else None
        if doubt_in(line) is not None:
            continue
        if field:
            key = english_key(field[1], STORY)
            if key in _PRINTED:
                lines.append(field[2])
                signed += key == "byline"
            continue
        in_fields = line == "###" or line.startswith("### ")
        lines += _words(line)
        signed += line.startswith("（") and line.endswith("）")
    return _Said(lines, signed)


def _words(line: str) -> Iterator[str]:
    """The words of one line."""
    if heading := re.fullmatch(r"#{2,4}(?: (.*)|$)", line):
        words = heading[1] or ""
        yield words if line.startswith("####") else words.replace("|", "")
    elif picture := _PICTURE.fullmatch(line):
        yield picture["alt"]
        yield picture["title"] or ""
    elif line.startswith("|"):
        if not re.fullmatch(r"[|:\- ]+", line):
            yield from (cell.replace("\\|", "|") for cell in row_cells(line))
    elif line.startswith(">"):
        yield line[1:].strip()
    elif line not in ("---", "***"):
        yield line[1:] if re.match(r"\\[#>|*_-]", line) else line
