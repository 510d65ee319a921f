"""Issues by reference: the archive knows of each what it needs, and opens it when its pages are printed."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.model import Contents, Entry, Issue, Status
from plugins.newspaper.problems import Halt, Problem
from plugins.newspaper.reading.segmenter import Segmenter

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading

T = TypeVar("T")

Stat = tuple[int, ...]
"""Size, times and inode of a file; empty where it changed so lately that these may not tell."""

ISSUES_AT_HAND = 2048
"""A process keeps so many of the issues it has read, some 30 KB each, so that it prints them without reading again."""
CONTENTS_AT_HAND = 512
"""A year's lists show the same contents several times."""


Column = tuple[bytes, bytes]
"""What the search index has of eight stories of an issue: postings, and where those of each shard begin."""
Postings = tuple[Column, ...]
"""Those of an issue."""


class Unread(NamedTuple):
    """A file to be read."""

    source: str
    stat: Stat
    known: Entry | None
    """What was known of it before."""


class Read(NamedTuple):
    """What a file gave: an entry with its pickled contents (empty where they are as they were), or problems."""

    source: str
    entry: Entry | None
    contents: bytes
    problems: tuple[Problem, ...]


class Opener(Protocol):
    """What opens references."""

    def issue(self, source: str, mark: str) -> Issue:
        """The issue of this file, with this digest."""
        ...

    def contents(self, source: str, year: int, mark: str) -> Contents:
        """The contents with this digest, of an issue of this year."""
        ...

    def postings(self, source: str, mark: str) -> Postings:
        """What the search index has of this issue."""
        ...

    def kept(self, name: str, mark: str, make: Callable[[], T]) -> T:
        """What `make` gives for this mark, made once: what a kind of page must know of issues without opening them."""
        ...


class Issues:
    """Reads issues, and has at hand those that this process has read; the others it reads again when asked for.

    `checked` holds the paper's rules against a reading (checking/), and gives it with what they find; `indexed` gives
    what the search index has of an issue (making/search/).
    """

    def __init__(
        self,
        content: Path,
        cache: Cache,
        checked: Callable[["Reading"], "Reading"],
        indexed: Callable[[Issue], Postings],
    ) -> None:
        self.content = content
        self.kept = cache.kept
        self.cache = cache
        self.segmenter = Segmenter()
        """Knows the paper's own words, once the reading of the content has begun."""
        self._checked = checked
        self._indexed = indexed
        self._issues: dict[str, Issue] = {}
        """By digest of the value."""
        self._contents: dict[str, Contents] = {}

    def read(self, file: Unread) -> Read:
        """Read a file, unless its bytes are the ones already known."""
        problems: list[Problem] = []
        text = self._text(file.source, problems)
        if text is None:
            return Read(file.source, None, b"", tuple(problems))
        bytes_digest = digest(text.encode("utf-8"))
        words = self.segmenter.mark
        if file.known and (file.known.text, file.known.words) == (bytes_digest, words):
            return Read(file.source, file.known._replace(stat=file.stat), b"", ())
        issue, found = self._parsed(text, file.source)
        if issue is None:
            return Read(file.source, None, b"", found)
        contents = issue.as_contents()
        entry = Entry.of(issue, contents, file.stat, bytes_digest, words)
        if len(self._issues) < ISSUES_AT_HAND:
            self._issues[entry.mark] = issue
        return Read(file.source, entry, pickle.dumps(contents, pickle.HIGHEST_PROTOCOL), found)

    def issue(self, source: str, mark: str) -> Issue:
        """As Opener has it. Raises Halt if the file was changed since the build began."""
        issue = self._issues.get(mark) or self._read_again(source)
        if mark not in self._issues and issue.mark != mark:
            raise _changed(source)
        return issue

    def contents(self, source: str, year: int, mark: str) -> Contents:
        """As Opener has it. Raises Halt as `issue` does."""
        contents = self._contents.get(mark)
        if contents is None:
            contents = self.cache.contents(source, year, mark) or self._read_again(source).as_contents()
            if contents.mark != mark:
                raise _changed(source)
            if len(self._contents) >= CONTENTS_AT_HAND:
                self._contents.clear()
            self._contents[mark] = contents
        return contents

    def postings(self, source: str, mark: str) -> Postings:
        """As Opener has it. Raises Halt as `issue` does."""
        name = source.rpartition("/")[2].removesuffix(".md")
        return self.kept(f"postings/{name}", mark, lambda: self._indexed(self.issue(source, mark)))

    def _read_again(self, source: str) -> Issue:
        issue, _ = self._parsed(self._text(source, []) or "", source)
        if issue is None:
            raise _changed(source)
        return issue

    def _text(self, source: str, problems: list[Problem]) -> str | None:
        try:
            return read_text(self.content / "issues" / source.rpartition("/")[2], source, problems)
        except FileNotFoundError:  # some editors save by putting another file in its place
            raise _changed(source) from None

    def _parsed(self, text: str, source: str) -> tuple[Issue | None, tuple[Problem, ...]]:
        from plugins.newspaper.reading.issue import read_issue  # a parser that an unchanged archive does not need

        reading = self._checked(read_issue(text, source, self.segmenter))
        return reading.issue, reading.problems


class IssueRef(NamedTuple):
    """Stands for an Issue with its texts, among the values of a group."""

    source: str
    mark: str
    """Digest of the issue's value."""
    status: Status
    """The one that this build gives it."""

    @classmethod
    def to(cls, entry: Entry) -> "IssueRef":
        return cls(entry.source, entry.mark, entry.status)

    def open(self, issues: Opener) -> Issue:
        issue = issues.issue(self.source, self.mark)
        return replace(issue, folio=issue.folio.with_status(self.status))


class ContentsRef(NamedTuple):
    """Stands for an issue's Contents, which a mended text leaves as they were."""

    source: str
    year: int
    mark: str
    """Digest of the contents' value."""
    status: Status

    @classmethod
    def to(cls, entry: Entry) -> "ContentsRef":
        return cls(entry.source, entry.year, entry.listed, entry.status)

    def open(self, issues: Opener) -> Contents:
        contents = issues.contents(self.source, self.year, self.mark)
        return contents._replace(folio=contents.folio.with_status(self.status))


class PostingsRef(NamedTuple):
    """Stands for what the search index has of an issue (检索), worked out once for each state of its text."""

    source: str
    mark: str
    """Digest of the issue's value."""

    @classmethod
    def to(cls, entry: Entry) -> "PostingsRef":
        return cls(entry.source, entry.mark)

    def open(self, issues: Opener) -> Postings:
        return issues.postings(self.source, self.mark)


References = IssueRef | ContentsRef | PostingsRef


def _changed(source: str) -> Halt:
    return Halt(f"{source} 刚刚又改过了；请再试一次")
