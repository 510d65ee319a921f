"""The page plan (版面计划): Archive → PageGroups. PAGES lists every kind; a new kind is a module, and its line here."""

from collections.abc import Callable, Iterator

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.planning.corrections import correction_groups
from plugins.newspaper.planning.front import front_groups
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.issues import issue_groups
from plugins.newspaper.planning.lists import archive_groups, topic_groups
from plugins.newspaper.planning.search import search_groups

PAGES: list[Callable[[Archive], Iterator[PageGroup]]] = [
    front_groups,
    topic_groups,
    archive_groups,
    correction_groups,
    search_groups,
    issue_groups,
]
"""Kinds of pages; each yields its groups."""


def site_groups(archive: Archive) -> Iterator[PageGroup]:
    """Every group of pages of the site."""
    for kind in PAGES:
        yield from kind(archive)


def site_pages(archive: Archive) -> Iterator[Page]:
    """Every page of the site."""
    for group in site_groups(archive):
        if group.pages:
            yield from group.pages(*group.opened(archive.issues))


def planned_addresses(archive: Archive) -> Iterator[tuple[str, str]]:
    """Every address that the ledger keeps, with the source file it comes from; opens no issue."""
    for group in site_groups(archive):
        yield from group.addresses().items()


def site_addresses(archive: Archive) -> dict[str, str]:
    """The same, all at once."""
    return dict(planned_addresses(archive))
