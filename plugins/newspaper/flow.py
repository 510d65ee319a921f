"""The steps of a build in order. The modules that speak to Pelican, and `invoke check`, call these functions."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.checking import check_archive, check_plan
from plugins.newspaper.checking.ledger import check_ledger, headline_at, with_new_lines
from plugins.newspaper.checking.links import Plan
from plugins.newspaper.gathering.archive import Archive, gather
from plugins.newspaper.gathering.library import Begun, read_library
from plugins.newspaper.gathering.pages import other_pages
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.making import site_files
from plugins.newspaper.making.files import Materials
from plugins.newspaper.model import Masthead
from plugins.newspaper.planning import planned_addresses, site_addresses, site_groups
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.problems import Problem, UnfitToPrint
from plugins.newspaper.whole_files import write_whole


class Gathered(NamedTuple):
    """The archive, drafts included, and every problem in it."""

    archive: Archive
    problems: tuple[Problem, ...]


def read_and_check(begun: Begun, masthead: Masthead, today: date, site: str = "") -> Gathered:
    """Read, gather and check the content folder; reading has begun. `site` is the site's own address, if known."""
    library = read_library(begun)
    archive = gather(library, begun.issues, masthead, today)
    addresses = Plan(other_pages(begun.issues.content, begun.issues), planned_addresses, site)
    problems = {*library.problems, *check_archive(archive), *check_plan(archive, addresses)}
    return Gathered(archive, tuple(sorted(problems)))


def plan(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """Every group of the site: pages first."""
    yield from site_groups(archive)
    yield from site_files(archive, materials)


def keep_ledger(content: Path, archive: Archive, pelican_pages: Mapping[str, str], *, enter: bool) -> tuple[str, ...]:
    """Check the plan against the ledger. With `enter`, add the new addresses to it first, and return their lines.

    `pelican_pages` is the address and title of each page that Pelican prints itself. Raises UnfitToPrint, before
    anything is written, if a published address would vanish.
    """
    path = content / "permalinks.tsv"
    name = f"{content.name}/{path.name}"
    unread: list[Problem] = []
    text = (read_text(path, name, unread) if path.exists() else "") or ""
    if unread:
        raise UnfitToPrint(unread)
    published = site_addresses(archive) | dict.fromkeys(pelican_pages, "content/pages")
    entered: tuple[str, ...] = ()
    if enter:
        text, new = with_new_lines(text, published, lambda url: pelican_pages.get(url) or headline_at(archive, url))
        write_whole(path, text.encode("utf-8"))
        entered = tuple(map(str, new))
    if problems := list(check_ledger(text, published, archive, name)):
        raise UnfitToPrint(problems)
    return entered
