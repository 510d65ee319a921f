"""The press: prints the groups that are due, each by the pages and files that its values give."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.gathering.issues import IssueRef, Issues
from plugins.newspaper.making.derived import ROOT_KIND
from plugins.newspaper.making.files import Materials
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.printing.record import Printing, Record, Rows, is_known_as_ours
from plugins.newspaper.store import Store
from plugins.newspaper.workers import Workers


class UndeclaredAddress(Exception):
    """A kind of page prints other addresses than its groups declare, so the ledger could not guard them."""


class StrayFile(Exception):
    """A kind of page or file prints where nobody would know it as ours; it belongs into one of addresses.FOLDERS."""


class Due(NamedTuple):
    """A group to be printed, and what is known of its files."""

    group: PageGroup
    known: Rows

    @property
    def source(self) -> str | None:
        """The issue that it is of, if it is of one: whoever has read that issue prints it."""
        return next((value.source for value in self.group.values if isinstance(value, IssueRef)), None)


class Printed(NamedTuple):
    """What the printing of a group gave."""

    rows: Rows
    pages: int
    """Pages printed, that is written: they came out other than they were."""
    written: int
    """Files written, pages and others."""


class Press(NamedTuple):
    """All that printing needs besides the groups."""

    issues: Issues
    materials: Materials
    store: Store
    recipe: str
    """Digest of what all pages come from: code, theme, settings."""
    output: Path

    def print_groups(self, record: Record, groups: Iterable[PageGroup], workers: Workers) -> None:
        """Print what is due, turn by turn; the workers have learnt to `print`."""
        marked = [(group, f"{self.recipe} {group.mark}") for group in groups]
        due = [(group, mark) for group, mark in marked if record.is_due(group.name, mark)]
        for turn in sorted({group.turn for group, _ in due}):
            self._print_turn(record, [(group, mark) for group, mark in due if group.turn == turn], workers)

    def _print_turn(self, record: Record, due: list[tuple[PageGroup, str]], workers: Workers) -> None:
        work = [Due(group.declared(), record.rows(group.name)) for group, _ in due]
        for (group, mark), printed in zip(due, workers.each("print", work, lambda one: one.source), strict=True):
            record.enter(group.name, mark, printed.rows)
            record.pages += printed.pages
            record.written += printed.written

    def print_group(self, due: Due) -> Printed:
        """Print one group. A page that comes out as it was is left alone, a file from the same is not made again."""
        group = due.group
        printing = Printing(self.output, due.known)
        values = group.opened(self.issues)
        printed = 0
        declared = group.addresses()
        for page in group.pages(*values) if group.pages else ():
            if page.file.endswith("/index.html") and page.url not in declared:
                raise UndeclaredAddress(f"{group.name}: {page.url}")
            printed += _write(printing, page.file, self.materials.render(page))
        for name, file in group.files(self.materials, *values) if group.files else ():
            mark = file.name
            if not printing.is_current(name, mark):
                _write(printing, name, file.content(self.store), mark)
                if name in printing.known:  # what still shows the file it was makes that again
                    self.store.drop(printing.known[name][0])
        return Printed(printing.rows, printed, printing.written)


def _write(printing: Printing, name: str, content: bytes, mark: str = "") -> bool:
    if not (is_known_as_ours(name, content) or mark.startswith(f"{ROOT_KIND}/")):
        raise StrayFile(name)
    return printing.write(name, content, mark)
