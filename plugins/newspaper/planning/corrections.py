"""The list of corrections (更正): every one that a story of the paper has, the latest first."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from plugins.newspaper.addresses import CORRECTIONS, article_address
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Masthead
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import list_page


class CorrectionEntry(NamedTuple):
    """A correction in the list: of which story, in which issue."""

    day: date
    text: str
    url: str
    headline: str
    issue: int
    issue_date: date


def correction_groups(archive: Archive) -> Iterator[PageGroup]:
    if not archive.every:
        return
    entries = [
        CorrectionEntry(
            date.fromisoformat(day),
            text,
            article_address(entry.total_issue, slug),
            headline,
            entry.issue,
            date.fromisoformat(entry.day),
        )
        for entry in archive.entries
        for slug, headline, day, text in entry.corrections
    ]
    latest_first = tuple(sorted(entries, key=lambda entry: entry.day)[::-1])
    values = (archive.masthead, latest_first)
    yield PageGroup("corrections", values, correction_pages, addresses=lambda: {CORRECTIONS: ""})


def correction_pages(masthead: Masthead, corrections: tuple[CorrectionEntry, ...]) -> Iterator[Page]:
    yield list_page(masthead, CORRECTIONS, "corrections", corrections=corrections)
