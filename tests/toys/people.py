"""A new kind of page: people (记者), each with the stories under that name. Its line is in PAGES.

Who has stories is told without opening an issue: it is found once for each year that has changed, and kept.
"""

from collections.abc import Iterator
from functools import partial

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.issues import ContentsRef
from plugins.newspaper.model import Contents, Entry, Masthead
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import list_page

PEOPLE = "toy-people/"


def people_groups(archive: Archive) -> Iterator[PageGroup]:
    """A group for each person, of the issues that name the person, and one for the list of all."""
    if not archive.entries:
        return
    found: dict[str, list[ContentsRef]] = {}
    for year in archive.years.values():
        find = partial(issues_by_person, archive, year.entries)
        for name, issues in archive.issues.kept(f"toys/{year.number}", year.mark, find).items():
            found.setdefault(name, []).extend(ContentsRef.to(archive.entry(total_issue)) for total_issue in issues)
    for name, references in found.items():
        values = (archive.masthead, name, tuple(reversed(references)))
        yield PageGroup(f"toy person {name}", values, person_pages, addresses=partial(declared, address(name)))
    everybody = (archive.masthead, tuple(sorted(found)))
    yield PageGroup("toy people", everybody, people_pages, addresses=partial(declared, PEOPLE))


def issues_by_person(archive: Archive, entries: tuple[Entry, ...]) -> dict[str, list[int]]:
    """The issues, by running number, in which each person has a story."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        names = [name for byline in archive.contents(entry).bylines for name in byline.names]
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(entry.total_issue)
    return found


def person_pages(masthead: Masthead, name: str, issues: tuple[Contents, ...]) -> Iterator[Page]:
    stories = tuple(
        story
        for issue in issues
        for story, byline in zip(issue.stories, issue.bylines, strict=True)
        if name in byline.names
    )
    yield list_page(masthead, address(name), "toy_person", name=name, stories=stories)


def people_pages(masthead: Masthead, names: tuple[str, ...]) -> Iterator[Page]:
    people = tuple((name, address(name)) for name in names)
    yield list_page(masthead, PEOPLE, "toy_people", people=people)


def declared(url: str) -> dict[str, str]:
    """An address for the ledger; it comes from no single file."""
    return {url: ""}


def address(name: str) -> str:
    """An address is ASCII, and is for ever: the numbers of the characters are never those of another name."""
    return f"{PEOPLE}{'-'.join(f'{ord(character):x}' for character in name)}/"
