"""How slips are written down: groups of them, each a name and lines of words and values."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
_ESCAPE = re.compile(r"\{([0-9A-F]{2,6})\}")


class Slip(NamedTuple):
    """What an editor does, and what must come of it, line by line."""

    name: str
    lines: tuple[tuple[str, str], ...]
    """Word and value."""

    @property
    def told(self) -> int:
        """How many problems are told."""
        return sum(word == "报" for word, _ in self.lines)


class Told(NamedTuple):
    """What must be told: `code`, `code@词`, `code@第3行`, `code@词：话` or `code 在 topics.yaml@词：话`."""

    code: str
    file: str
    at: str
    """Words of the line, or its number; nothing for the slip's own line."""
    says: str
    """Words of the message."""

    @classmethod
    def of(cls, value: str) -> "Told":
        where, _, says = value.partition("：")
        where, _, at = where.partition("@")
        code, _, file = where.partition(" 在 ")
        return cls(code, file, at, says)

    def line_in(self, text: str, start: int = 0) -> int:
        """The line that is meant: the first with these words, from a place in the text on or else from its start."""
        if match := re.fullmatch("第([0-9]+)行", self.at):
            return int(match[1])
        place = text.find(self.at, text.rfind("\n", 0, start) + 1)
        return text.count("\n", 0, place if place >= 0 else text.index(self.at)) + 1


def slips(folder: str) -> Iterator[Slip]:
    for file in sorted((FOLDER / folder).glob("*.txt")):
        yield from _slips_of(file.read_text(encoding="utf-8"))


def _slips_of(text: str) -> Iterator[Slip]:
    group = name = ""
    lines: list[tuple[str, str]] = []
    good = ("原", "")
    for line in [*text.splitlines(), ""]:
        if line.startswith("  "):
            word, _, value = line[2:].partition("：")
            if word == "误" and not any(said == "原" for said, _ in lines):
                lines.append(good)
            lines.append((word, _unescaped(value)))
            if word == "原":
                good = lines[-1]
            continue
        if name:
            yield Slip(f"{group} {name}", tuple(lines))
            name, lines = "", []
        if line.startswith("== "):
            group = line[3:]
        else:
            name = line


def _unescaped(value: str) -> str:
    value = value.replace("⏎", "\n").replace("⇥", "\t")
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
