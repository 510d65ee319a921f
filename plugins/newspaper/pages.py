"""The page plan: which pages the archive makes, at which address, from which values.

`site_pages` is pure and lazy. A page's context is all that its template sees besides the site's settings, so what a page
may depend on can be read here, and nowhere else has to be looked at. Lists are cut by year and neighbours stand on the
issue's page only, so that a new issue changes a number of pages that does not grow with the archive.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.newspaper.archive import Archive
from plugins.newspaper.model import Article, Folio, Issue, Story, StoryCard

FEED_ISSUES = 3
"""The feed carries the stories of this many newest issues, in full."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to print: address (no leading slash), template's name, and what the template sees."""

    url: str
    template: str
    context: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it is written, relative to the output folder."""
        return f"{self.url}index.html" if self.url == "" or self.url.endswith("/") else self.url


@dataclass(frozen=True, slots=True)
class CardSection:
    """Stories under one banner, as the issue's page shows them."""

    banner: str
    cards: tuple[StoryCard, ...]


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year of a list: address, year, how many entries."""

    url: str
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic in the list of topics."""

    name: str
    url: str
    description: str
    count: int


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue in the archive's list: its folio and its headlines."""

    folio: Folio
    stories: tuple[Story, ...]


def site_pages(archive: Archive) -> Iterator[Page]:
    """Yield every page of the site, the newest issue's first; nothing for an empty archive."""
    if not archive.issues:
        return
    yield from _newest_pages(archive)
    for issue in reversed(archive.issues):
        yield from _issue_pages(archive, issue)
    yield from _topic_pages(archive)
    yield from _archive_pages(archive)
    yield _page(archive, archive.newest, "404.html", "404")


def _page(archive: Archive, issue: Issue, url: str, template: str, **context: Any) -> Page:
    masthead = archive.masthead_of(issue)
    return Page(url, template, {"url": url, "masthead": masthead, "folio": issue.folio, **context})


def _issue_context(archive: Archive, issue: Issue) -> dict[str, Any]:
    previous, following = archive.neighbours(issue)
    return {
        "ear": issue.ear,
        "sections": tuple(
            CardSection(section.banner, tuple(article.as_card() for article in section.articles))
            for section in issue.sections
        ),
        "notes": issue.notes,
        "previous": previous.folio if previous else None,
        "next": following.folio if following else None,
    }


def _newest_pages(archive: Archive) -> Iterator[Page]:
    newest = archive.newest
    context = _issue_context(archive, newest)
    yield _page(archive, newest, "", "front_page", **context)
    yield _page(archive, newest, "latest/", "issue", **context, canonical=newest.folio.url)
    fed = archive.issues[-FEED_ISSUES:]
    articles = tuple(article for issue in reversed(fed) for article in issue.articles)
    yield _page(archive, newest, "feed.xml", "feed", articles=articles)


def _issue_pages(archive: Archive, issue: Issue) -> Iterator[Page]:
    context = _issue_context(archive, issue)
    yield _page(archive, issue, issue.folio.url, "issue", **context, canonical=issue.folio.url)
    articles = issue.articles
    stories = tuple(article.as_story() for article in articles)
    for position, article in enumerate(articles):
        yield _page(
            archive,
            issue,
            article.url,
            "article",
            article=article,
            previous=stories[position - 1] if position else None,
            next=stories[position + 1] if position + 1 < len(stories) else None,
            stories=stories[:position] + stories[position + 1 :],
        )
        for alias in article.aliases:
            yield Page(alias, "redirect", {"url": alias, "target": article.as_story()})


def _topic_pages(archive: Archive) -> Iterator[Page]:
    entries = []
    for topic in archive.topics:
        by_year = archive.by_topic.get(topic.slug, {})
        count = sum(map(len, by_year.values()))
        entries.append(TopicEntry(topic.name, topic.url, topic.description, count))
        years = tuple(
            YearCount(f"{topic.url}{year}/", year, len(articles))
            for year, articles in sorted(by_year.items(), reverse=True)
        )
        newest_year = _newest_first(by_year[years[0].year]) if years else ()
        last = archive.issue_of(newest_year[0]) if newest_year else archive.newest
        stories = tuple(article.as_story() for article in newest_year)
        yield _page(archive, last, topic.url, "topic", topic=topic, years=years, stories=stories)
        for year, articles in by_year.items():
            newest_first = _newest_first(articles)
            yield _page(
                archive,
                archive.issue_of(newest_first[0]),
                f"{topic.url}{year}/",
                "topic_year",
                topic=topic,
                year=year,
                cards=tuple(article.as_card() for article in newest_first),
            )
    yield _page(archive, archive.newest, "topics/", "topics", topics=tuple(entries))


def _archive_pages(archive: Archive) -> Iterator[Page]:
    by_year = archive.by_year
    years = sorted(by_year)
    counts = tuple(YearCount(f"archive/{year}/", year, len(by_year[year])) for year in reversed(years))
    yield _page(archive, archive.newest, "archive/", "archive", years=counts, issues=_entries(by_year[years[-1]]))
    for position, year in enumerate(years):
        yield _page(
            archive,
            by_year[year][-1],
            f"archive/{year}/",
            "archive_year",
            year=year,
            issues=_entries(by_year[year]),
            previous_year=years[position - 1] if position else None,
            next_year=years[position + 1] if position + 1 < len(years) else None,
        )


def _entries(issues: list[Issue]) -> tuple[IssueEntry, ...]:
    return tuple(
        IssueEntry(issue.folio, tuple(article.as_story() for article in issue.articles)) for issue in reversed(issues)
    )


def _newest_first(articles: list[Article]) -> tuple[Article, ...]:
    """Newest issue first, and within an issue in printed order."""
    return tuple(sorted(articles, key=lambda article: -article.total_issue))
