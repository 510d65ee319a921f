"""The steps of a build in order. The modules that speak to Pelican, and `invoke check`, call these functions."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.checking import PREVIEWED, check_archive, check_plan
from plugins.newspaper.checking.ledger import LEDGER, check_published, headline_at, lines_of, with_lines
from plugins.newspaper.checking.links import Plan
from plugins.newspaper.gathering.archive import Archive, gather
from plugins.newspaper.gathering.library import Begun, read_library
from plugins.newspaper.gathering.pages import other_pages
from plugins.newspaper.gathering.root import root_files
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


def read_and_check(
    begun: Begun, masthead: Masthead, today: date, site: str = "", *, published: bool = False
) -> Gathered:
    """Read, gather and check the content folder; reading has begun. `site` is the site's own address, if known.

    With `published`, published addresses too must stand, and nothing be left to verify, as for the public site.
    """
    content = begun.issues.content
    library = read_library(begun)
    archive = gather(library, begun.issues, masthead, today)
    found: list[Problem] = []
    pages = other_pages(content, begun.issues, found)
    root_files(content, found)
    problems = {*library.problems, *found, *check_archive(archive)}
    has_unread = _has_unread(archive, content, problems)
    problems |= {*check_plan(archive, Plan(pages, planned_addresses, site, has_unread))}
    if published:
        unfit = {problem.source for problem in problems}
        public = site_addresses(archive.public()) | {page.address: page.source for page in pages if page.address}
        text = _read_ledger(content, found)
        problems |= {*found, *check_published(text, public, archive, _ledger_name(content), unfit, has_unread)}
    else:
        problems = {problem for problem in problems if problem.code not in PREVIEWED}
    return Gathered(archive, tuple(sorted(problems)))


def plan(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """Every group of the site: pages first."""
    yield from site_groups(archive)
    yield from site_files(archive, materials)


def ledger_lines(content: Path, archive: Archive, pelican_pages: Mapping[str, str], online: str = "") -> str:
    """The ledger's lines of all addresses of the public site: when it is put online, they are bound.

    `pelican_pages` is the address and title of each page that Pelican prints itself, `online` the lines of what is
    online and may not be entered yet. Raises UnfitToPrint, before anything is written, if a published address would
    vanish.
    """
    problems: list[Problem] = []
    name = _ledger_name(content)
    text, _ = with_lines(_read_ledger(content, problems), online)
    published = site_addresses(archive) | dict.fromkeys(pelican_pages, "content/pages")
    problems += check_published(text, published, archive, name)
    if problems:
        raise UnfitToPrint(problems)
    return lines_of(text, published, lambda url: pelican_pages.get(url) or headline_at(archive, url))


def enter_in_ledger(content: Path, lines: str) -> tuple[str, ...]:
    """Enter the addresses of what is online that the ledger lacks (记入台账), and return their lines.

    Raises UnfitToPrint if the ledger cannot be read.
    """
    problems: list[Problem] = []
    text, new = with_lines(_read_ledger(content, problems), lines)
    if problems:
        raise UnfitToPrint(problems)
    if new:
        write_whole(content / LEDGER, text.encode("utf-8"))
    return new


def _has_unread(archive: Archive, content: Path, problems: Collection[Problem]) -> bool:
    """Whether the file of an issue, by its problems, cannot be read, or is not where it should be."""
    read = {entry.source for entry in archive.every} if problems else ()
    return any(source.startswith(f"{content.name}/issues") and source not in read for source, *_ in problems)


def _ledger_name(content: Path) -> str:
    return f"{content.name}/{LEDGER}"


def _read_ledger(content: Path, problems: list[Problem]) -> str:
    """The ledger's text; empty where there is none yet."""
    try:
        return read_text(content / LEDGER, _ledger_name(content), problems) or ""
    except FileNotFoundError:
        return ""
