"""What an editor must mend: its place, a code, and a message in Chinese."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend (问题). As text: file, line, and what to do."""

    source: str
    """The file, relative to the project, with forward slashes."""
    line: int
    code: str
    """Stable name of the rule, what `accepted:` refers to."""
    message: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}（{self.code}）"


class Halt(Exception):
    """Stops the build for a reason that whoever reads the message can mend; shown without a traceback."""


class UnfitToPrint(Halt):
    """There are problems. Raised once, with all of them, before anything is written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"有 {len(self.problems)} 处问题，没有付印；原来的网页没有动")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like `word`, or nothing: `；是不是“slug”？`."""
    from difflib import get_close_matches  # imported only when there is a problem

    matches = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"；是不是“{matches[0]}”？" if matches else ""
