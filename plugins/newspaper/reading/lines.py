"""The lines of a text while its form is put right, with what was done to each."""

from typing import NamedTuple

BLANK = " \t\u3000\xa0\u2002\u2003\u2009"
"""Spaces that a line may begin with; they say nothing."""


class Change(NamedTuple):
    """A line that was rewritten, and in Chinese what was done."""

    line: int
    what: str


class Fault(NamedTuple):
    """A line whose form is not unmistakable: code and message of a problem."""

    line: int
    code: str
    message: str


class Lines:
    """A text line by line; the first line has the number `first` in its file."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.changes: list[Change] = []
        self.faults: list[Fault] = []

    def rewrite(self, at: int, line: str, what: str) -> None:
        if line != self.lines[at]:
            self.lines[at] = line
            self.changes.append(Change(self.first + at, what))

    def fault(self, at: int, code: str, message: str) -> None:
        self.faults.append(Fault(self.first + at, code, message))

    def after(self, at: int) -> str:
        """The line below; empty at the end."""
        return self.lines[at + 1] if at + 1 < len(self.lines) else ""
