"""Groups of pages (页组): what is printed together, from which values.

A group is given exactly the values that its pages and files show, and its mark is the digest of these: nobody writes
down what a page depends on. A large value is given by a reference, which has the value's digest and is opened only when
the group must be printed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from plugins.newspaper.addresses import output_file
from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.issues import Opener, References


class Page(NamedTuple):
    """A page to print: address (no leading slash), template's name, and what the template sees."""

    url: str
    template: str
    context: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it is written, relative to the output folder."""
        return output_file(self.url)


def no_addresses() -> dict[str, str]:
    return {}


@dataclass(frozen=True, eq=False)
class PageGroup:
    """What is printed together: pages, files, or both, each made by a pure function of the values."""

    name: str
    values: tuple[object, ...]
    pages: Callable[..., Iterator[Page]] | None = None
    """Called with the values, references opened. Like `files` a function of a module: workers know it by its name."""
    files: Callable[..., Iterator[Any]] | None = None
    """Called with the materials (making/files.py) and the values; yields names and derived files."""
    addresses: Callable[[], Mapping[str, str]] = no_addresses
    """Gives the address of each page that the ledger keeps, with the source file it comes from."""
    turn: int = 0
    """In which round it is printed: what must lie there before others do, or after them."""

    @cached_property
    def mark(self) -> str:
        """Digest of the values."""
        return fingerprint(self.values)

    def declared(self) -> "PageGroup":
        """The same group, its addresses looked up, so that it can be sent to a worker."""
        return replace(self, addresses=partial(dict, self.addresses()))

    def opened(self, issues: Opener) -> tuple[Any, ...]:
        """The values, each reference replaced by what it stands for."""
        return tuple(_opened(value, issues) for value in self.values)


def _opened(value: Any, issues: Opener) -> Any:
    if isinstance(value, References):
        return value.open(issues)
    if type(value) is tuple and value and isinstance(value[0], References):
        return tuple(reference.open(issues) for reference in value)
    return value
