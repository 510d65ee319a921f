"""All issues in order: neighbours, years, topics (往期)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import permutations
from typing import Any

from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.issues import ContentsRef, IssueRef, Opener
from plugins.newspaper.gathering.library import Library
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.model import Contents, Entry, Issue, Masthead, Recording, Status, Topic
from plugins.newspaper.problems import nearest

IN_WORDS: Mapping[Status, str] = {"draft": "（草稿）", "embargoed": "（日期未到）", "withdrawn": "（已撤下）"}
"""What keeps an issue from readers."""
Counts = Mapping[Any, int]
"""How many stories there are: of a topic, by its name; or in a year."""


@dataclass(frozen=True, eq=False)
class Year:
    """The issues of a year that stand, oldest first, and those that were withdrawn.

    In the preview, which builds again and again, a year that stays as it was is the same object as before: what was
    worked out of it need not be worked out again.
    """

    number: int
    entries: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...] = ()

    @cached_property
    def mark(self) -> str:
        """Digest of what its lists show."""
        return fingerprint([(entry.listed, entry.status) for entry in self.entries])

    @cached_property
    def topics(self) -> Counts:
        """How many stories there are of each topic, by its name; opens no issue."""
        return Counter(" ".join([entry.topics for entry in self.entries]).split())

    @cached_property
    def companions(self) -> Mapping[tuple[str, str], int]:
        """How many stories name both topics, by their names in either order; opens no issue."""
        found: Counter[tuple[str, str]] = Counter()
        for entry in self.entries:
            for line in entry.topics.split("\n"):
                if " " in line:
                    found.update(permutations(dict.fromkeys(line.split()), 2))
        return found

    @cached_property
    def topics_ever(self) -> set[str]:
        """The topics of these, and those that only a withdrawn story has: their lists keep their addresses."""
        return {*self.topics, *" ".join(entry.withdrawn_topics for entry in (*self.entries, *self.withdrawn)).split()}

    @cached_property
    def listed(self) -> tuple[ContentsRef, ...]:
        """The contents of its issues, newest first."""
        return tuple(map(ContentsRef.to, reversed(self.entries)))


@lru_cache(maxsize=256)
def _year(number: int, entries: tuple[Entry, ...], withdrawn: tuple[Entry, ...]) -> Year:
    return Year(number, entries, withdrawn)


@dataclass(frozen=True)
class Archive:
    """Every issue that stands, oldest first, by number, by year, by topic; and those that were withdrawn.

    It holds entries; contents and texts are opened when a page asks for them.
    """

    entries: tuple[Entry, ...]
    topics: Mapping[str, Topic]
    masthead: Masthead
    issues: Opener
    pictures: Mapping[str, tuple[PictureFile, ...]]
    recordings: Mapping[str, tuple[Recording, ...]]
    attachments: Mapping[str, tuple[Attachment, ...]]
    today: date
    withdrawn: tuple[Entry, ...] = ()
    """Issues of which only the addresses stand."""
    topics_in_doubt: str | None = None
    """The text of a topics.yaml with slips in it; None where it is right."""

    @cached_property
    def every(self) -> tuple[Entry, ...]:
        """Every issue, those withdrawn in their places: what the rules look at."""
        if not self.withdrawn:
            return self.entries
        return tuple(sorted((*self.entries, *self.withdrawn), key=lambda entry: entry.total_issue))

    @cached_property
    def positions(self) -> dict[int, int]:
        """Place of each issue among the entries, by its running number."""
        return {entry.total_issue: position for position, entry in enumerate(self.entries)}

    @cached_property
    def years(self) -> dict[int, Year]:
        """Each year that has issues, the oldest first."""
        found: dict[int, tuple[list[Entry], list[Entry]]] = {}
        for place, entries in enumerate((self.entries, self.withdrawn)):
            for entry in entries:
                found.setdefault(entry.year, ([], []))[place].append(entry)
        return {number: _year(number, *map(tuple, found[number])) for number in sorted(found)}

    def public(self) -> "Archive":
        """The archive without drafts and embargoed issues, which only the preview shows."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.status == "published"))

    def without_aliases(self) -> "Archive":
        """The archive as if no story had a former address."""
        entries, withdrawn = (
            tuple(entry._replace(aliases=()) if entry.aliases else entry for entry in some)
            for some in (self.entries, self.withdrawn)
        )
        return replace(self, entries=entries, withdrawn=withdrawn)

    @property
    def newest(self) -> Entry:
        """The newest issue that stands; if none does, the newest that was withdrawn."""
        return (self.entries or self.withdrawn)[-1]

    def summary(self) -> str:
        """The archive in a line, for whoever runs the build: 到总第255期为止，共 1 期、8 篇."""
        if not self.entries:
            return "各期都已撤下" if self.withdrawn else "还没有一期"
        articles = sum(len(entry.slugs.split()) for entry in self.entries)
        return f"到总第{self.newest.total_issue}期为止，共 {len(self.entries)} 期、{articles} 篇"

    def newest_in_words(self) -> str:
        """The newest issue, for its editor to count the stories: 最新一期：总第256期（草稿），6 篇."""
        newest = self.every[-1]
        stories = len(newest.slugs.split())
        drafts = [entry for entry in self.every[:-1] if entry.status in IN_WORDS and entry.status != "withdrawn"]
        others = "".join(f"；另有总第{entry.total_issue}期{IN_WORDS[entry.status]}" for entry in drafts)
        return f"最新一期：总第{newest.total_issue}期{IN_WORDS.get(newest.status, '')}，{stories} 篇{others}"

    def entry(self, total_issue: int) -> Entry:
        return self.entries[self.positions[total_issue]]

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The issue before and the issue after (上一期、下一期), None at the ends, and for one that was withdrawn."""
        if entry.status == "withdrawn":
            return None, None
        position = self.positions[entry.total_issue]
        return (
            self.entries[position - 1] if position else None,
            self.entries[position + 1] if position + 1 < len(self.entries) else None,
        )

    def issue(self, entry: Entry) -> Issue:
        """The whole issue, with the status this build gives it."""
        return IssueRef.to(entry).open(self.issues)

    def contents(self, entry: Entry) -> Contents:
        """The issue's contents, with the status this build gives it."""
        return ContentsRef.to(entry).open(self.issues)

    def pictures_of(self, entry: Entry) -> tuple[PictureFile, ...]:
        """The picture files that an issue shows."""
        return self.pictures.get(entry.source, ())

    def recordings_of(self, entry: Entry) -> tuple[Recording, ...]:
        return self.recordings.get(entry.source, ())

    def attachments_of(self, entry: Entry) -> tuple[Attachment, ...]:
        return self.attachments.get(entry.source, ())

    @cached_property
    def topics_named(self) -> set[str]:
        """Every topic that a story names, whether topics.yaml knows it or not."""
        return {name for year in self.years.values() for name in year.topics}

    def may_be_topic(self, name: str) -> bool:
        """Whether a topics.yaml with slips in it may well have this topic: what follows from them is not told."""
        text = self.topics_in_doubt
        return text is not None and (not self.topics or name in text or not nearest(name, self.topics))

    @cached_property
    def topic_years(self) -> dict[str, dict[int, int]]:
        """How many stories each year has of a topic, by the topic's name, newest year first; opens no issue."""
        found: dict[str, dict[int, int]] = {name: {} for name in self.topics}
        for year in reversed(self.years.values()):
            for name, stories in year.topics.items():
                if name in found:
                    found[name][year.number] = stories
        return found


def gather(library: Library, issues: Opener, masthead: Masthead, today: date) -> Archive:
    """Put the issues in order of their running number; one dated after `today` is embargoed."""
    kept = ("draft", "withdrawn")
    day = today.isoformat()
    entries = tuple(
        entry._replace(status="embargoed") if entry.day > day and entry.status not in kept else entry
        for entry in library.entries
    )
    standing = tuple(entry for entry in entries if entry.status != "withdrawn")
    withdrawn = tuple(entry for entry in entries if entry.status == "withdrawn")
    files = (library.pictures, library.recordings, library.attachments)
    return Archive(standing, library.topics, masthead, issues, *files, today, withdrawn, library.topics_in_doubt)
