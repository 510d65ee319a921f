"""All issues in order: neighbours, years, topics (往期)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Protocol

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.library import Library
from plugins.newspaper.model import Contents, Entry, Folio, Issue, Masthead, Recording, StoryCard, Topic
from plugins.newspaper.pictures import PictureFile

Counts = dict[str, int]
"""How many stories there are of a topic, by its name."""


class Stacks(Protocol):
    """Where the archive takes an issue down from (书库)."""

    def issue(self, entry: Entry) -> Issue: ...

    def contents(self, entry: Entry) -> Contents: ...

    def kept(self, name: str, mark: str, make: Callable[[], Counts]) -> Counts:
        """What `make` gives for this mark, made once."""
        ...


@dataclass(frozen=True)
class Archive:
    """Every issue that this build shows, oldest first, with the ways into it that pages need.

    It holds entries; contents and texts are taken down when a page asks for them.
    """

    entries: tuple[Entry, ...]
    topics: Mapping[str, Topic]
    masthead: Masthead
    stacks: Stacks
    pictures: Mapping[str, tuple[PictureFile, ...]]
    recordings: Mapping[str, tuple[Recording, ...]]
    by_year: dict[int, list[Entry]] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)

    @property
    def newest(self) -> Entry:
        return self.entries[-1]

    def entry(self, total_issue: int) -> Entry:
        return self.entries[self.positions[total_issue]]

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The issue before and the issue after (上一期、下一期), None at the ends."""
        position = self.positions[entry.total_issue]
        return (
            self.entries[position - 1] if position else None,
            self.entries[position + 1] if position + 1 < len(self.entries) else None,
        )

    def issue(self, entry: Entry) -> Issue:
        """The whole issue, with the status this build gives it."""
        issue = self.stacks.issue(entry)
        return replace(issue, folio=_with_status(issue.folio, entry))

    def contents(self, entry: Entry) -> Contents:
        """The issue's contents, with the status this build gives it."""
        listed = self.stacks.contents(entry)
        return listed._replace(folio=_with_status(listed.folio, entry))

    def files_of(self, entry: Entry) -> tuple[PictureFile | Recording, ...]:
        """The files of its own that an issue shows."""
        source = entry.source
        if source not in self.pictures and source not in self.recordings:
            return ()
        return (*self.pictures.get(source, ()), *self.recordings.get(source, ()))

    def masthead_of(self, issue: Issue | Contents) -> Masthead:
        """The paper's masthead with what this issue overrides."""
        return self.masthead._replace(**issue.masthead) if issue.masthead else self.masthead

    @cached_property
    def year_marks(self) -> dict[int, str]:
        """Digest of what each year's lists show."""
        return {
            year: digest("\0".join([f"{entry.listed}\0{entry.status}" for entry in entries]).encode())
            for year, entries in self.by_year.items()
        }

    @cached_property
    def topic_years(self) -> dict[str, dict[int, int]]:
        """How many stories each year has of a topic, by the topic's name, newest year first; told from entries alone."""
        found: dict[str, dict[int, int]] = {name: {} for name in self.topics}
        for year in sorted(self.by_year, reverse=True):
            counts = self.stacks.kept(
                f"topics {year}", self.year_marks[year], partial(_topic_counts, self.by_year[year])
            )
            for name, stories in counts.items():
                found[name][year] = stories
        return found

    def cards_by_topic(self, year: int) -> dict[str, list[tuple[int, StoryCard]]]:
        """Topic's name → running number and card of its stories that year, newest issue first, then in printed order."""
        cards: dict[str, list[tuple[int, StoryCard]]] = {}
        for entry in reversed(self.by_year[year]):
            contents = self.contents(entry)
            for card, topics in zip(contents.cards, contents.topics, strict=True):
                for name in topics:
                    cards.setdefault(name, []).append((entry.total_issue, card))
        return cards


def gather(library: Library, stacks: Stacks, masthead: Masthead, today: date, *, public: bool) -> Archive:
    """Put the issues in order of their running number.

    An issue dated after `today` is embargoed. A public archive leaves drafts and embargoed issues out;
    a preview shows them, marked by their status.
    """
    day = today.isoformat()
    marked = (
        entry._replace(status="embargoed") if entry.day > day and entry.status != "draft" else entry
        for entry in library.entries
    )
    shown = tuple(entry for entry in marked if not public or entry.status == "published")
    archive = Archive(shown, library.topics, masthead, stacks, library.pictures, library.recordings)
    for position, entry in enumerate(shown):
        archive.positions[entry.total_issue] = position
        archive.by_year.setdefault(entry.year, []).append(entry)
    return archive


def _topic_counts(entries: Iterable[Entry]) -> Counts:
    return dict(Counter(" ".join(entry.topics for entry in entries).split()))


def _with_status(folio: Folio, entry: Entry) -> Folio:
    return folio if folio.status == entry.status else folio._replace(status=entry.status)
