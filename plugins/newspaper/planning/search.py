"""The page of the search (检索), and how the index that its script reads is cut.

Issues are cut by their running numbers, so that a new one changes few files: blocks of 256 that are full, then what is
full of the sixteens, then the rest. docs/search.md tells why, and what each build writes.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from plugins.newspaper.addresses import SEARCH
from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Entry, Masthead, Topic
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import list_page

FORM = 1
"""Of the index: raised when its files mean something else."""
FINEST = 11
"""Bits of a key that choose the shard, in the largest segments."""
STORIES = 8
"""So many stories of an issue share a column of the index."""
_BLOCK, _PART = 256, 16
BEFORE, AFTER, LAST = -1, 1, 2
"""The page is printed first, the shards when all texts are, the mark last: it says what the page says only when the
whole index is what the page takes it for."""


class Segment(NamedTuple):
    """Issues whose postings lie in the same files."""

    name: str
    """Its folder: the first and the last running number that it may have, 0-239."""
    entries: tuple[Entry, ...]

    @property
    def bits(self) -> int:
        """Of a key: how many choose the shard. Half as many issues have half as many shards."""
        return min(3 + (len(self.entries) - 1).bit_length(), FINEST)

    @property
    def mark(self) -> str:
        """Digest of what it is made from."""
        return fingerprint(FORM, [(entry.total_issue, columns_of(entry), entry.searched) for entry in self.entries])[:8]


class SegmentPlan(NamedTuple):
    """A segment as the page tells of it to the script."""

    name: str
    bits: int
    mark: str
    columns: str
    """The running numbers of its issues in runs, 1-7 9; 8*2 where an issue has two columns."""


def searched(archive: Archive) -> tuple[Entry, ...]:
    """What the index knows, the preview's too: no drafts. Of what was withdrawn it has an empty column."""
    return tuple(entry for entry in archive.every if entry.status in ("published", "withdrawn"))


def segments(archive: Archive) -> list[Segment]:
    entries = searched(archive)
    newest = entries[-1].total_issue + 1 if entries else 0
    return [Segment(name, tuple(some)) for name, some in groupby(entries, lambda one: _name(one.total_issue, newest))]


def _name(number: int, end: int) -> str:
    """The segment of an issue, where `end` is the first number that is not there yet."""
    block = number - number % _BLOCK
    if block + _BLOCK <= end:
        return f"{block}-{block + _BLOCK - 1}"
    part = end - end % _PART
    return f"{block}-{part - 1}" if number < part else f"{part}-{part + _PART - 1}"


def index_mark(marks: Iterator[str]) -> str:
    return fingerprint(*marks)[:16]


def columns_of(entry: Entry) -> int:
    return max(1, -(-len(entry.slugs.split()) // STORIES))


def search_groups(archive: Archive) -> Iterator[PageGroup]:
    if not archive.every:
        return
    planned = tuple(SegmentPlan(one.name, one.bits, one.mark, _runs(one.entries)) for one in segments(archive))
    years = " ".join(f"{number}:{year}" for year, (number, *_) in _by_year(searched(archive)))
    topics = tuple(topic for name, topic in archive.topics.items() if archive.topic_years[name])
    values = (archive.masthead, planned, years, topics)
    yield PageGroup("search", values, search_pages, addresses=lambda: {SEARCH: ""}, turn=BEFORE)


def _by_year(entries: tuple[Entry, ...]) -> Iterator[tuple[int, list[int]]]:
    """Runs of issues of one year, in the order of their numbers."""
    for year, some in groupby(entries, lambda entry: entry.year):
        yield year, [entry.total_issue for entry in some]


def _runs(entries: tuple[Entry, ...]) -> str:
    runs: list[list[int]] = []
    for entry in entries:
        number, columns = entry.total_issue, columns_of(entry)
        if runs and runs[-1][1:] == [number - 1, columns]:
            runs[-1][1] = number
        else:
            runs.append([number, number, columns])
    return " ".join(
        (f"{first}-{last}" if first < last else f"{first}") + (f"*{columns}" if columns > 1 else "")
        for first, last, columns in runs
    )


def search_pages(
    masthead: Masthead, planned: tuple[SegmentPlan, ...], years: str, topics: tuple[Topic, ...]
) -> Iterator[Page]:
    mark = index_mark(one.mark for one in planned)
    offered = sorted({int(run.partition(":")[2]) for run in years.split()}, reverse=True)
    yield list_page(
        masthead, SEARCH, "search", segments=planned, mark=mark, years=years, offered=offered, topics=topics
    )
