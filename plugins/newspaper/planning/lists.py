"""Lists: the archive (往期) and topics (专题). A first page shows the newest; all is cut by year, so that a new issue
prints a fixed number of pages.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from typing import TypeVar

from plugins.newspaper.addresses import ARCHIVE, TOPICS, topic_feed_address, topic_year_address, year_address
from plugins.newspaper.gathering.archive import Archive, Counts, Year
from plugins.newspaper.gathering.issues import ContentsRef
from plugins.newspaper.model import Contents, Entry, Masthead, Story, Topic
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import (
    FedStory,
    Month,
    TopicEntry,
    TopicLink,
    YearCount,
    issue_entry,
    list_page,
    topic_link,
    year_counts,
)

T = TypeVar("T")
_TOPICS_FILE = "content/topics.yaml"
NEWEST_ISSUES = 5
"""The archive's first page shows so many issues."""
NEWEST_STORIES = 10
"""A topic's first page and its feed show so many stories, of whatever years."""
OFTEN, COMPANIONS = 2, 4
"""Topics that so many stories name both often stand together; a topic's page names so many of them."""
_NEVER = date(1970, 1, 1)
"""When the feed of a topic changed that has no story."""


def archive_groups(archive: Archive) -> Iterator[PageGroup]:
    """The archive's own page, and a group of lists for each year; of a year without an issue that stands, too."""
    if not archive.every:
        return
    counts = {number: len(year.entries) for number, year in reversed(archive.years.items()) if year.entries}
    newest = tuple(map(ContentsRef.to, archive.entries[: -NEWEST_ISSUES - 1 : -1]))
    values = (archive.masthead, counts, newest)
    yield PageGroup("archive", values, archive_pages, addresses=lambda: {ARCHIVE: ""})
    listed = [*reversed(counts)]
    for year in archive.years.values():
        before = max((number for number in listed if number < year.number), default=None)
        after = min((number for number in listed if number > year.number), default=None)
        topics = tuple(topic for name, topic in archive.topics.items() if name in year.topics_ever)
        yield _year_group(archive.masthead, year, before, after, topics)


@lru_cache(maxsize=256)  # for the preview: years that stay as they were
def _year_group(
    masthead: Masthead, year: Year, before: int | None, after: int | None, topics: tuple[Topic, ...]
) -> PageGroup:
    """Lists of a year; of the topics, those that a story of it names or named before it was withdrawn."""
    values = (masthead, year.number, before, after, topics, year.listed)
    return PageGroup(f"{year.number}", values, year_pages, addresses=partial(_year_addresses, year.number, topics))


def _year_addresses(year: int, topics: tuple[Topic, ...]) -> dict[str, str]:
    return {year_address(year): ""} | {topic_year_address(topic.slug, year): _TOPICS_FILE for topic in topics}


def archive_pages(masthead: Masthead, counts: Mapping[int, int], issues: tuple[Contents, ...]) -> Iterator[Page]:
    years = year_counts(counts)
    yield list_page(masthead, ARCHIVE, "archive", years=years, issues=tuple(map(issue_entry, issues)))


def year_pages(
    masthead: Masthead,
    year: int,
    previous_year: int | None,
    next_year: int | None,
    topics: tuple[Topic, ...],
    issues: tuple[Contents, ...],
) -> Iterator[Page]:
    """A year of the archive, and that year of each topic, both by months, from January on.

    A list whose last story was withdrawn is empty, and keeps its address.
    """
    by_month = by_months(map(issue_entry, reversed(issues)), lambda entry: entry.folio.date.month)
    yield list_page(
        masthead,
        year_address(year),
        "archive_year",
        year=year,
        months=by_month,
        folded=len(issues) > NEWEST_ISSUES,
        previous_year=previous_year,
        next_year=next_year,
    )
    found = stories_by_topic(issues[::-1])
    for topic in topics:
        url = topic_year_address(topic.slug, year)
        months = by_months(found.get(topic.name, ()), lambda story: story.date.month)
        yield list_page(masthead, url, "topic_year", topic=topic, year=year, months=months)


def by_months(listed: Iterable[T], month_of: Callable[[T], int]) -> tuple[Month[T], ...]:
    """What a year's list shows, in its order, month by month."""
    return tuple(Month(number, tuple(of_month)) for number, of_month in groupby(listed, month_of))


def stories_by_topic(issues: Iterable[Contents]) -> dict[str, list[Story]]:
    """Topic's name → its stories, in the issues' order."""
    return {name: [fed.story for fed in stories] for name, stories in _fed_by_topic(issues).items()}


def _fed_by_topic(issues: Iterable[Contents]) -> dict[str, list[FedStory]]:
    found: dict[str, list[FedStory]] = {}
    for issue in issues:
        fed = zip(issue.stories, issue.bylines, issue.first_addresses, issue.modified, strict=True)
        for story, names in zip(map(FedStory._make, fed), issue.topics, strict=True):
            for name in names:
                found.setdefault(name, []).append(story)
    return found


def topic_groups(archive: Archive) -> Iterator[PageGroup]:
    """The list of topics, and each topic's first page and feed, which have its newest stories."""
    if not archive.every:
        return
    topics = tuple(archive.topics.values())
    years = {name: archive.topic_years[name] for name in archive.topics}
    newest = tuple(map(ContentsRef.to, _with_newest_stories(archive)))
    values = (archive.masthead, topics, years, _companions(archive), newest)
    yield PageGroup("topics", values, topic_pages, addresses=partial(_topic_addresses, topics))


def _with_newest_stories(archive: Archive) -> Iterator[Entry]:
    """The issues in which the newest stories of any topic stand, newest first: it goes back no further than those."""
    wanted = {name: NEWEST_STORIES for name, years in archive.topic_years.items() if years}
    for year in reversed(archive.years.values()):
        if wanted.keys().isdisjoint(year.topics):
            continue
        for entry in reversed(year.entries):
            names = [name for name in entry.topics.split() if wanted.get(name, 0) > 0]
            if names:
                yield entry
            for name in names:
                wanted[name] -= 1
        wanted = {name: left for name, left in wanted.items() if left > 0}


def _topic_addresses(topics: tuple[Topic, ...]) -> dict[str, str]:
    own = (address for topic in topics for address in (topic.url, topic_feed_address(topic.slug)))
    return {TOPICS: ""} | dict.fromkeys(own, _TOPICS_FILE)


def _companions(archive: Archive) -> dict[str, tuple[TopicLink, ...]]:
    """The topics that each topic often stands with, the most frequent first.

    A new issue changes nothing here but for topics that it names.
    """
    together: Counter[tuple[str, str]] = Counter()
    for year in archive.years.values():
        together.update(year.companions)
    found: dict[str, list[tuple[int, str]]] = {}
    for (name, other), stories in together.items():
        if stories >= OFTEN and other in archive.topics:
            found.setdefault(name, []).append((-stories, other))
    return {
        name: tuple(topic_link(archive.topics[other]) for _, other in sorted(found[name])[:COMPANIONS])
        for name in archive.topics
        if name in found
    }


def topic_pages(
    masthead: Masthead,
    topics: tuple[Topic, ...],
    years: Mapping[str, Counts],
    companions: Mapping[str, tuple[TopicLink, ...]],
    issues: tuple[Contents, ...],
) -> Iterator[Page]:
    listed = []
    found = _fed_by_topic(issues)
    for topic in topics:
        counts = tuple(
            YearCount(topic_year_address(topic.slug, year), year, total) for year, total in years[topic.name].items()
        )
        listed.append(TopicEntry(topic.name, topic.url, topic.description, sum(count.total for count in counts)))
        newest = found.get(topic.name, [])[:NEWEST_STORIES]
        feed = topic_feed_address(topic.slug)
        yield list_page(
            masthead,
            topic.url,
            "topic",
            topic=topic,
            years=counts,
            companions=companions.get(topic.name, ()),
            stories=tuple(story.story for story in newest),
            feed=feed,
        )
        updated = max((story.modified for story in newest), default=_NEVER)
        yield list_page(masthead, feed, "topic_feed", topic=topic, stories=tuple(newest), updated=updated)
    yield list_page(masthead, TOPICS, "topics", topics=tuple(listed))
