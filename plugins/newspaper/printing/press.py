"""The press: prints the groups that are due, each by the pages and files that its values give; spread over the cores."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from plugins.newspaper.fingerprint import ContextPrints
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making.derived import Derived
from plugins.newspaper.making.files import Workshop
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.printing.record import Printing, Record, Rows, is_known_as_ours
from plugins.newspaper.workers import in_parallel


class UndeclaredAddress(Exception):
    """A kind of page prints other addresses than its groups declare, so the ledger could not guard them."""


class StrayFile(Exception):
    """A kind of page or file prints where nobody would know it as ours; it belongs into one of addresses.FOLDERS."""


class Printed(NamedTuple):
    """What the printing of a group gave."""

    rows: Rows
    rendered: int
    written: int


class Press(NamedTuple):
    """All that printing needs besides the groups."""

    archive: Archive
    workshop: Workshop
    derived: Derived
    recipe: str
    """Digest of what all pages come from: code, theme, settings."""
    render: Callable[[Page], str]

    def print_groups(self, record: Record, groups: Iterable[PageGroup], before: Callable[[int], None]) -> None:
        """Print what is due. `before` is told how many groups are, before the work is spread."""
        marked = [(group, group.mark(self.recipe)) for group in groups]
        due = [(group, mark) for group, mark in marked if record.is_due(group.name, mark)]
        before(len(due))
        for (group, mark), printed in zip(
            due, in_parallel(lambda item: self._print(record, item[0]), due), strict=True
        ):
            record.enter(group.name, mark, printed.rows)
            record.rendered += printed.rendered
            record.written += printed.written

    def _print(self, record: Record, group: PageGroup) -> Printed:
        printing = record.printing(group.name)
        values = group.opened(self.archive)
        rendered = 0
        prints = ContextPrints(self.recipe)
        declared = group.addresses()
        for page in group.pages(*values) if group.pages else ():
            if page.file.endswith("/index.html") and page.url not in declared:
                raise UndeclaredAddress(f"{group.name}: {page.url}")
            mark = prints.of(page.template, page.context)
            if not printing.is_current(page.file, mark):
                _write(printing, page.file, self.render(page).encode("utf-8"), mark)
                rendered += 1
        for name, file in group.files(self.workshop, *values) if group.files else ():
            mark = file.name
            if not printing.is_current(name, mark):
                _write(printing, name, self.derived.get(file), mark)
                if name in printing.known:
                    self.derived.drop(printing.known[name][0])
        return Printed(printing.rows, rendered, printing.written)


def _write(printing: Printing, name: str, content: bytes, mark: str) -> None:
    if not is_known_as_ours(name, content):
        raise StrayFile(name)
    printing.write(name, content, mark)
