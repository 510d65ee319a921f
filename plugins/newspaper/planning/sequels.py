"""后来怎样了: of each story, the stories before and after it on its topics, in other issues.

They are told from entries, and open no issue. A new issue changes what is told of the stories that were the newest on
its topics, and of no others. Every build looks at every story of the archive, so a story is told in a line, its day,
address and headline with spaces between, and becomes a link when its page is printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from plugins.newspaper.addresses import article_address
from plugins.newspaper.gathering.archive import Year
from plugins.newspaper.model import Entry

Told = tuple[str, list[str]]
"""A story's line, and its topics."""
Nearest = tuple[str, ...]
"""For each topic of a year, in its order: the story on it that is the nearest in other years; empty where none is."""


class StoryLink(NamedTuple):
    """A story where one of another issue names it."""

    url: str
    headline: str
    date: date


class Around(NamedTuple):
    """What lies before a year, and what after it."""

    earlier: Nearest
    later: Nearest


class Sequels(NamedTuple):
    """What came before and after each story of an issue (此前、后来), in printed order; empty where there is none."""

    before: tuple[str, ...]
    after: tuple[str, ...]


NONE = Sequels((), ())


def link_of(told: str) -> StoryLink | None:
    """The story that a line tells of."""
    if not told:
        return None
    day, url, headline = told.split(" ", 2)
    return StoryLink(url, headline, date.fromisoformat(day))


def around_years(years: Sequence[Year]) -> list[Around]:
    """Of years in their order, what lies around each."""
    earlier = _nearest(years, map(_last, years))
    later = _nearest(years[::-1], map(_first, reversed(years)))
    return list(map(Around, earlier, reversed(later)))


def _nearest(years: Iterable[Year], ends: Iterable[Mapping[str, str]]) -> list[Nearest]:
    """Of years in the order in which they are gone through, what each finds of those gone through before it."""
    found: dict[str, str] = {}
    nearest = []
    for year, end in zip(years, ends, strict=True):
        nearest.append(tuple(found.get(name, "") for name in year.topics))
        found |= end
    return nearest


@lru_cache(maxsize=256)  # for the preview: years that stay as they were
def _told(year: Year) -> list[list[Told]]:
    """The stories of each issue of the year."""
    return list(map(_stories, year.entries))


def _stories(entry: Entry) -> list[Told]:
    of_stories = zip(entry.slugs.split(), entry.headlines.split("\n"), entry.topics.split("\n"), strict=False)
    return [
        (f"{entry.day} {article_address(entry.total_issue, slug)} {headline}", topics.split())
        for slug, headline, topics in of_stories
    ]


@lru_cache(maxsize=256)
def _last(year: Year) -> Mapping[str, str]:
    """By topic, the story of the year's last issue that has any on it."""
    return _by_topic(_told(year))


@lru_cache(maxsize=256)
def _first(year: Year) -> Mapping[str, str]:
    """By topic, the story of the year's first issue that has any on it."""
    return _by_topic(_told(year)[::-1])


def _by_topic(issues: Iterable[Sequence[Told]]) -> dict[str, str]:
    """Of the issues that are gone through the last one's story counts; of several there, the one printed first."""
    return {name: line for stories in issues for line, topics in reversed(stories) for name in topics}


def sequels(year: Year, around: Around) -> list[Sequels]:
    """Of each issue of a year, what came before and after its stories."""
    issues = _told(year)
    before = _neighbours(issues, dict(zip(year.topics, around.earlier, strict=True)))
    after = _neighbours(issues[::-1], dict(zip(year.topics, around.later, strict=True)))
    return list(map(Sequels, before, reversed(after)))


def _neighbours(issues: Iterable[Sequence[Told]], nearest: dict[str, str]) -> list[tuple[str, ...]]:
    """Of issues in the order in which they are gone through, the nearest story before each of their stories.

    Of a story's topics, the one that its editor named first counts, if any other story is on it; else the next.
    """
    found = []
    for stories in issues:
        of_issue = []
        for _, topics in stories:
            line = ""
            for name in topics:
                line = nearest[name]
                if line:
                    break
            of_issue.append(line)
        found.append(tuple(of_issue))
        for line, topics in reversed(stories):
            for name in topics:
                nearest[name] = line
    return found
