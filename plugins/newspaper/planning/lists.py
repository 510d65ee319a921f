"""Lists: the archive (往期) and topics (专题), cut by year, so that a new issue prints a fixed number of pages."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from plugins.newspaper.addresses import ARCHIVE, TOPICS, topic_year_address, year_address
from plugins.newspaper.gathering.archive import Archive, Counts, Year
from plugins.newspaper.model import Contents, Masthead, Story, StoryCard, Topic
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import TopicEntry, YearCount, issue_entries, list_page, year_counts

_TOPICS_FILE = "content/topics.yaml"


def archive_groups(archive: Archive) -> Iterator[PageGroup]:
    """The archive's own page, and a group of lists for each year; of a year without an issue that stands, too."""
    if not archive.every:
        return
    counts = {number: len(year.entries) for number, year in reversed(archive.years.items()) if year.entries}
    values = (archive.masthead, counts, archive.years[archive.newest.year].listed)
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
    yield list_page(masthead, ARCHIVE, "archive", years=years, issues=issue_entries(issues))


def year_pages(
    masthead: Masthead,
    year: int,
    previous_year: int | None,
    next_year: int | None,
    topics: tuple[Topic, ...],
    issues: tuple[Contents, ...],
) -> Iterator[Page]:
    """A year of the archive, and that year of each topic.

    A list whose last story was withdrawn is empty, and keeps its address.
    """
    yield list_page(
        masthead,
        year_address(year),
        "archive_year",
        year=year,
        issues=issue_entries(issues),
        previous_year=previous_year,
        next_year=next_year,
    )
    found = cards_by_topic(issues)
    for topic in topics:
        url = topic_year_address(topic.slug, year)
        cards = tuple(found.get(topic.name, ()))
        yield list_page(masthead, url, "topic_year", topic=topic, year=year, cards=cards)


def cards_by_topic(issues: tuple[Contents, ...]) -> dict[str, list[StoryCard]]:
    """Topic's name → the cards of its stories, in the issues' order."""
    found: dict[str, list[StoryCard]] = {}
    for issue in issues:
        for card, names in zip(issue.cards, issue.topics, strict=True):
            for name in names:
                found.setdefault(name, []).append(card)
    return found


def topic_groups(archive: Archive) -> Iterator[PageGroup]:
    """The list of topics, and each topic's first page, which has the stories of its newest year."""
    if not archive.every:
        return
    topics = tuple(archive.topics.values())
    years = {name: archive.topic_years[name] for name in archive.topics}
    shown = sorted({next(iter(found)) for found in years.values() if found}, reverse=True)
    of_years = tuple(reference for year in shown for reference in archive.years[year].listed)
    values = (archive.masthead, topics, years, of_years)
    yield PageGroup("topics", values, topic_pages, addresses=partial(_topic_addresses, topics))


def _topic_addresses(topics: tuple[Topic, ...]) -> dict[str, str]:
    return {TOPICS: ""} | {topic.url: _TOPICS_FILE for topic in topics}


def topic_pages(
    masthead: Masthead,
    topics: tuple[Topic, ...],
    years: Mapping[str, Counts],
    issues: tuple[Contents, ...],
) -> Iterator[Page]:
    listed = []
    by_year: dict[int, list[Contents]] = {}
    for issue in issues:
        by_year.setdefault(issue.folio.date.year, []).append(issue)
    cards = {year: cards_by_topic(tuple(found)) for year, found in by_year.items()}
    for topic in topics:
        counts = tuple(
            YearCount(topic_year_address(topic.slug, year), year, total) for year, total in years[topic.name].items()
        )
        listed.append(TopicEntry(topic.name, topic.url, topic.description, sum(count.total for count in counts)))
        stories = tuple[Story, ...]()
        if counts:
            stories = tuple(card.as_story() for card in cards[counts[0].year][topic.name])
        yield list_page(masthead, topic.url, "topic", topic=topic, years=counts, stories=stories)
    yield list_page(masthead, TOPICS, "topics", topics=tuple(listed))
