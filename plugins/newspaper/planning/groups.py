"""Groups of pages (页组): what is printed together, from which values.

A group is given exactly the values that its pages and files show, and its mark is the digest of these: nobody writes
down what a page depends on. A large value is given by a reference, which has the value's digest and is opened only when
the group must be printed.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from plugins.newspaper.addresses import output_file
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.model import Contents, Entry, Issue, Status


class Page(NamedTuple):
    """A page to print: address (no leading slash), template's name, and what the template sees."""

    url: str
    template: str
    context: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it is written, relative to the output folder."""
        return output_file(self.url)


class Opener(Protocol):
    """What opens references: the archive."""

    def entry(self, total_issue: int) -> Entry: ...

    def issue(self, entry: Entry) -> Issue: ...

    def contents(self, entry: Entry) -> Contents: ...


class IssueRef(NamedTuple):
    """Stands for an Issue with its texts."""

    total_issue: int
    mark: str
    """Digest of the issue's value."""
    status: Status

    @classmethod
    def to(cls, entry: Entry) -> "IssueRef":
        return cls(entry.total_issue, entry.mark, entry.status)

    def open(self, archive: Opener) -> Issue:
        return archive.issue(archive.entry(self.total_issue))


class ContentsRef(NamedTuple):
    """Stands for an issue's Contents, which a mended text leaves as they were."""

    total_issue: int
    mark: str
    status: Status

    @classmethod
    def to(cls, entry: Entry) -> "ContentsRef":
        return cls(entry.total_issue, entry.listed, entry.status)

    def open(self, archive: Opener) -> Contents:
        return archive.contents(archive.entry(self.total_issue))


def no_addresses() -> dict[str, str]:
    return {}


class PageGroup(NamedTuple):
    """What is printed together: pages, files, or both, each made by a pure function of the values."""

    name: str
    values: tuple[object, ...]
    pages: Callable[..., Iterator[Page]] | None = None
    """Called with the values, references opened."""
    files: Callable[..., Iterator[Any]] | None = None
    """Called with the workshop (making/files.py) and the values; yields names and derived files."""
    addresses: Callable[[], Mapping[str, str]] = no_addresses
    """Gives the address of each page that the ledger keeps, with the source file it comes from."""

    def mark(self, recipe: str) -> str:
        """Digest of the values, and of the recipe: code, theme, settings."""
        return digest(f"{recipe}\0{self.values!r}".encode("utf-8", "surrogatepass"))

    def opened(self, archive: Opener) -> tuple[Any, ...]:
        """The values, each reference replaced by what it stands for."""
        return tuple(_opened(value, archive) for value in self.values)


def _opened(value: Any, archive: Opener) -> Any:
    if isinstance(value, IssueRef | ContentsRef):
        return value.open(archive)
    if type(value) is tuple and value and isinstance(value[0], IssueRef | ContentsRef):
        return tuple(reference.open(archive) for reference in value)
    return value
