"""The lines of a file held against what is shown of them: which words are lost, which are shown that no line has."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from plugins.newspaper.checking.shown import Shown, squeezed

NARROW = str.maketrans(
    "＃＊＿｀［］（）＜＞｜－—─━：！／，；＂“”「」『』〝〞‘’＇【】", "#*_`[]()<>|----:!/,;" + '"' * 9 + "''" + "'[]"
)
"""Marks of the form as a Chinese keyboard writes them, and as they are meant."""
PROBE = 12
"""So many characters that agree are no chance."""
LEAST = 4
STRIDE = 16
AHEAD = 40
"""So many lines are looked at for the one that goes on where the page does."""
MOST = 50
"""Differences of one story; a file with more has one cause, and the first ones tell it."""

_RULE = re.compile(r"[-*_~—─━－＊＿～ 　]{3,}")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,31};")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(slots=True)
class Comparison:
    """Where lines and page differ."""

    lost: list[tuple[int, str]] = field(default_factory=list)
    """Line and words."""
    extra: list[tuple[int, str]] = field(default_factory=list)
    """Words of the page that no line has, and the line they stand at."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """Where on the page each line begins."""

    def line_at(self, place: int) -> int:
        """The line that a character of the page comes from."""
        return self.places[max(0, bisect_right(self.places, (place, 1 << 60)) - 1)][1] if self.places else 1


def compared(lines: Iterable[tuple[int, str]], page: Shown) -> Comparison:
    """Hold lines, each with its number, against what is shown of them, in this order."""
    found = Comparison()
    said = [(number, text) for number, line in lines if (text := _said(line, page.targets))]
    at = 0
    number = said[0][0] if said else 1
    for index, (number, text) in enumerate(said):
        found.places.append((at, number))
        start, at = _agreed(text, 0, page, at)
        while start < len(text):
            if len(found.lost) + len(found.extra) > MOST:
                return found
            again = _again(text, start, page, at)
            if again < len(text) or any(_agrees(later, 0, page, at) for _, later in said[index + 1 : index + AHEAD]):
                found.lost.append((number, text[start:again]))
                start, at = _agreed(text, again, page, at)
                continue
            probe = text[start : start + PROBE]
            place = page.text.find(probe, at) if len(probe) >= LEAST else -1
            if place < 0:
                found.lost.append((number, text[start:]))
                break
            found.extra.append((number, page.text[at:place]))
            start, at = _agreed(text, start, page, place)
    at = page.repeated.get(at, at)
    if at < len(page.text):
        found.extra.append((number, page.text[at:]))
    return found


def _said(line: str, targets: Mapping[str, str]) -> str:
    """What a line says to readers, with its marks, less what it says to the press: targets of links and pictures."""
    if _RULE.fullmatch(line.strip()):
        return ""
    if "&" in line:
        line = _ENTITY.sub(lambda match: unescape(match[0]), line)
    if targets and re.search(r"[\]］】]\s*[(（]", line):
        for target, ends in sorted(targets.items(), key=lambda target: len(target[0]), reverse=True):
            written = re.escape(target)
            # With its brackets, which would be taken for those of (a remark) right behind the link.
            line = re.sub(rf"([\]］】])[(（]{written}[)）](?=[(（])", r"\1", line)
            line = re.sub(rf"([\]］】]\s*[(（]\s*<?){written}(?={ends})", r"\1", line)
    return squeezed(line.replace("\0", "\ufffd"))


def _agreed(text: str, start: int, page: Shown, at: int) -> tuple[int, int]:
    """How far a line and the page agree from here: the next place in each."""
    if page.text.startswith(text[start:], at):
        return len(text), at + len(text) - start
    best = _along(text, start, page, at, len(page.text))
    for place, end in page.repeated.items():
        if best[0] < len(text) and at <= place <= best[1]:
            # Perhaps the line says no more than the picture, or the caption goes on with other words.
            before, _ = _along(text, start, page, at, place)
            # What was taken for marks before the caption may be its brackets.
            best = max(
                [best, *(_agreed(text, after, page, end) for after in range(max(start, before - LEAST), before + 1))]
            )
    return best


def _along(text: str, start: int, page: Shown, at: int, end: int) -> tuple[int, int]:
    """The same, by strides and then by characters, not further on the page than its end."""
    while start < len(text):
        if at + STRIDE <= end and page.text.startswith(text[start : start + STRIDE], at):
            stride = min(STRIDE, len(text) - start)
            start, at = start + stride, at + stride
            continue
        character = text[start]
        if text.startswith("\\\\", start) and page.text[at : at + 2] != "\\\\":
            start += 1  # the first keeps the second from being a mark
        if at < end and page.text[at] == character:
            at += 1
        else:
            narrow = character.translate(NARROW)
            escapes = character == "\\" and text[start + 1 : start + 2] in _ESCAPED
            shown = page.text[at:end][:1]
            # In "“甲”乙" the first is a mark.
            is_mark = narrow in page.marks.get(at, "") and shown in text[start + 1 : start + 4]
            if shown.translate(NARROW) == narrow and not is_mark:
                at += 1
            elif narrow not in page.marks.get(at, "") and not escapes:
                break
        start += 1
    return start, at


def _agrees(text: str, start: int, page: Shown, at: int) -> bool:
    """Whether they agree in some words from here; marks alone prove nothing."""
    until, reached = _agreed(text[: start + PROBE], start, page, at)
    return until == min(len(text), start + PROBE) and reached > at


def _again(text: str, start: int, page: Shown, at: int) -> int:
    """Where the line agrees with the page again, some words later; its end if nowhere."""
    return next((later for later in range(start + 1, len(text)) if _agrees(text, later, page, at)), len(text))
