"""The page plan: which pages the archive makes, at which address, from which values.

`site_pages` is pure and lazy. A page's context is all that its template sees besides the site's settings, so what a page
may depend on can be read here, and nowhere else has to be looked at. Lists are cut by year and neighbours stand on the
issue's page only, so that a new issue changes a number of pages that does not grow with the archive.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from plugins.newspaper.archive import Archive
from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.model import Article, Contents, Entry, Folio, Headline, Issue, Story, StoryCard
from plugins.newspaper.pictures import PictureFile

PRINT = "print/"
"""The whole issue on one page, to be printed; below the issue's address. No story may have this slug."""
FEED_ISSUES = 3
"""The feed carries the stories of this many newest issues, in full."""


class Page(NamedTuple):
    """A page to print: address (no leading slash), template's name, and what the template sees."""

    url: str
    template: str
    context: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it is written, relative to the output folder."""
        return f"{self.url}index.html" if self.url == "" or self.url.endswith("/") else self.url


class CardSection(NamedTuple):
    """Stories under one banner, as the issue's page shows them."""

    banner: str
    cards: tuple[StoryCard, ...]


class WholeStory(NamedTuple):
    """A story on the page of the whole issue."""

    headline: Headline
    body: str
    byline: tuple[str, ...]


class WholeSection(NamedTuple):
    """Stories under one banner, on the page of the whole issue."""

    banner: str
    stories: tuple[WholeStory, ...]


class YearCount(NamedTuple):
    """A year of a list: address, year, how many entries."""

    url: str
    year: int
    total: int


class IssueLink(NamedTuple):
    """An issue where its neighbour names it."""

    url: str
    total_issue: int
    issue: int
    date: date


class TopicLink(NamedTuple):
    """A topic where a story names it."""

    name: str
    slug: str
    url: str


class TopicEntry(NamedTuple):
    """A topic in the list of topics."""

    name: str
    url: str
    description: str
    total: int


class IssueEntry(NamedTuple):
    """An issue in the archive's list: its folio and its headlines."""

    folio: Folio
    stories: tuple[Story, ...]


class Sheet(NamedTuple):
    """Pages that are looked at together (印张): while its mark is the same, none of them can have changed."""

    name: str
    mark: str
    pages: Callable[[], Iterator[Page]]
    entry: Entry | None = None
    """The issue whose files (pictures, cards, codes) belong to the sheet."""


class Volume(NamedTuple):
    """Sheets that are looked at together (合订本): those of a year; the front is one by itself."""

    name: str
    mark: str
    sheets: Callable[[], Iterator[Sheet]]


def site_volumes(archive: Archive, edition: str = "") -> Iterator[Volume]:
    """Yield every volume of the site, the front first; nothing for an empty archive. `edition` goes into every mark.

    Marks are made from entries alone; only `pages` takes contents and texts down. A mark may tell more than the pages
    show, never less. While a volume's mark is the same, the marks of its sheets need not even be made.
    """
    if not archive.entries:
        return
    common = fingerprint(edition, archive.masthead, list(archive.topics.values()))
    front = fingerprint(common, _front_mark(archive))
    yield Volume("front", front, lambda: iter([Sheet("front", front, partial(_front_pages, archive))]))
    common_of_issues = fingerprint(edition, archive.masthead)
    years: list[int | None] = [None, *sorted(archive.by_year), None]
    for before, year, after in zip(years, years[1:], years[2:], strict=False):
        if year is not None:
            lists = Sheet(
                f"{year}",
                fingerprint(common, before, after, archive.year_marks[year]),
                partial(_year_pages, archive, year, before, after),
            )
            entries = archive.by_year[year]
            edges = archive.neighbours(entries[0])[0], archive.neighbours(entries[-1])[1]
            marks = "".join(f"{entry.mark}{entry.status}{archive.files_of(entry) or ''}" for entry in entries)
            mark = fingerprint(lists.mark, marks, *map(_beside, edges))
            yield Volume(f"{year}", mark, partial(_sheets, archive, year, lists, common_of_issues))


def _sheets(archive: Archive, year: int, lists: Sheet, common: str) -> Iterator[Sheet]:
    yield lists
    slugs = {name: topic.slug for name, topic in archive.topics.items()}
    for entry in archive.by_year[year]:
        before, after = map(_beside, archive.neighbours(entry))
        files = archive.files_of(entry)
        topics = map(slugs.__getitem__, entry.topics.split())
        mark = "\0".join((common, entry.mark, entry.status, before, after, *topics, repr(files) if files else ""))
        yield Sheet(entry.url, digest(mark.encode()), partial(_issue_pages, archive, entry), entry)


def _beside(entry: Entry | None) -> str:
    """What a neighbour's page shows of an issue."""
    return f"{entry.total_issue} {entry.issue} {entry.day}" if entry else ""


def site_pages(archive: Archive) -> Iterator[Page]:
    """Yield every page of the site."""
    for volume in site_volumes(archive):
        for sheet in volume.sheets():
            yield from sheet.pages()


def site_addresses(archive: Archive) -> dict[str, str]:
    """The address of every page but the 404, with the source file it comes from; told from entries alone."""
    published = dict.fromkeys(("", "latest/", "feed.xml", "archive/", "topics/"), "")
    for entry in archive.entries:
        published[entry.url] = published[f"{entry.url}{PRINT}"] = entry.source
        published |= dict.fromkeys(entry.urls, entry.source)
        published |= {alias: "" for alias, _ in entry.aliases}
    published |= {topic.url: "content/topics.yaml" for topic in archive.topics.values()}
    for year in archive.by_year:
        published[f"archive/{year}/"] = ""
    for name, years in archive.topic_years.items():
        published |= {f"{archive.topics[name].url}{year}/": "content/topics.yaml" for year in years}
    return published


def _page(archive: Archive, issue: Issue | Contents, url: str, template: str, **context: Any) -> Page:
    masthead = archive.masthead_of(issue)
    return Page(url, template, {"url": url, "masthead": masthead, "folio": issue.folio, **context})


def _issue_context(archive: Archive, entry: Entry, issue: Issue) -> dict[str, Any]:
    previous, following = archive.neighbours(entry)
    return {
        "ear": issue.ear,
        "sections": tuple(
            CardSection(section.banner, tuple(article.as_card() for article in section.articles))
            for section in issue.sections
        ),
        "notes": issue.notes,
        "previous": _link(previous),
        "next": _link(following),
    }


def _link(entry: Entry | None) -> IssueLink | None:
    return IssueLink(entry.url, entry.total_issue, entry.issue, date.fromisoformat(entry.day)) if entry else None


def _issue_pages(archive: Archive, entry: Entry) -> Iterator[Page]:
    issue = archive.issue(entry)
    context = _issue_context(archive, entry, issue)
    yield _page(archive, issue, entry.url, "issue", **context, canonical=entry.url)
    pictures = archive.pictures.get(entry.source, ())
    whole = {
        "pictures": pictures,
        "ear": issue.ear,
        "sections": tuple(
            WholeSection(
                section.banner,
                tuple(WholeStory(article.headline, article.body, article.byline) for article in section.articles),
            )
            for section in issue.sections
        ),
        "notes": issue.notes,
        "canonical": entry.url,
    }
    yield _page(archive, issue, f"{entry.url}{PRINT}", "issue_print", **whole)
    articles = issue.articles
    stories = tuple(article.as_card().as_story() for article in articles)
    for position, article in enumerate(articles):
        yield _page(
            archive,
            issue,
            article.url,
            "article",
            article=article,
            topics=_links(archive, article),
            pictures=_pictures_of(article, pictures),
            previous=stories[position - 1] if position else None,
            next=stories[position + 1] if position + 1 < len(stories) else None,
            stories=stories,
        )
        for alias in article.aliases:
            yield Page(alias, "redirect", {"url": alias, "target": stories[position]})


def _pictures_of(article: Article, pictures: tuple[PictureFile, ...]) -> tuple[PictureFile, ...]:
    files = {picture.file for picture in article.pictures}
    return tuple(picture for picture in pictures if picture.file in files) if files else ()


def _links(archive: Archive, article: Article) -> tuple[TopicLink, ...]:
    topics = (archive.topics[name] for name in article.topics)
    return tuple(TopicLink(topic.name, topic.slug, topic.url) for topic in topics)


def _year_pages(archive: Archive, year: int, previous_year: int | None, next_year: int | None) -> Iterator[Page]:
    newest = archive.contents(archive.by_year[year][-1])
    yield _page(
        archive,
        newest,
        f"archive/{year}/",
        "archive_year",
        year=year,
        issues=_entries(archive, year),
        previous_year=previous_year,
        next_year=next_year,
    )
    cards_by_topic = archive.cards_by_topic(year)
    for name, topic in archive.topics.items():
        if cards := cards_by_topic.get(name):
            last = archive.contents(archive.entry(cards[0][0]))
            yield _page(
                archive,
                last,
                f"{topic.url}{year}/",
                "topic_year",
                topic=topic,
                year=year,
                cards=tuple(card for _, card in cards),
            )


def _front_mark(archive: Archive) -> str:
    fed = archive.entries[-FEED_ISSUES - 1 :]
    years = sorted(archive.by_year, reverse=True)
    newest_years = {next(iter(found)) for found in archive.topic_years.values() if found} | {years[0]}
    return fingerprint(
        [(entry.mark, entry.status, archive.files_of(entry)) for entry in fed],
        [(year, len(archive.by_year[year])) for year in years],
        [(archive.topics[name], list(found.items())) for name, found in archive.topic_years.items()],
        [archive.year_marks[year] for year in sorted(newest_years)],
    )


def _front_pages(archive: Archive) -> Iterator[Page]:
    """The pages that change with each issue: front page, feed, the lists' first pages."""
    newest = archive.issue(archive.newest)
    context = _issue_context(archive, archive.newest, newest)
    yield _page(archive, newest, "", "front_page", **context)
    yield _page(archive, newest, "latest/", "issue", **context, canonical=newest.folio.url)
    fed = [archive.issue(entry) for entry in reversed(archive.entries[-FEED_ISSUES:])]
    articles = tuple(
        (article, _links(archive, article), _pictures_of(article, archive.pictures.get(issue.source, ())))
        for issue in fed
        for article in issue.articles
    )
    yield _page(archive, newest, "feed.xml", "feed", articles=articles)
    yield from _topic_pages(archive, newest)
    years = sorted(archive.by_year, reverse=True)
    counts = tuple(YearCount(f"archive/{year}/", year, len(archive.by_year[year])) for year in years)
    yield _page(archive, newest, "archive/", "archive", years=counts, issues=_entries(archive, years[0]))
    yield _page(archive, newest, "404.html", "404")


def _topic_pages(archive: Archive, newest: Issue) -> Iterator[Page]:
    listed = []
    cards = cache(archive.cards_by_topic)
    for name, topic in archive.topics.items():
        found = archive.topic_years[name]
        counts = tuple(YearCount(f"{topic.url}{year}/", year, stories) for year, stories in found.items())
        listed.append(TopicEntry(topic.name, topic.url, topic.description, sum(entry.total for entry in counts)))
        last: Issue | Contents = newest
        stories: tuple[Story, ...] = ()
        if counts:
            year = counts[0].year
            of_year = cards(year)[name]
            last = archive.contents(archive.entry(of_year[0][0]))
            stories = tuple(card.as_story() for _, card in of_year)
        yield _page(archive, last, topic.url, "topic", topic=topic, years=counts, stories=stories)
    yield _page(archive, newest, "topics/", "topics", topics=tuple(listed))


def _entries(archive: Archive, year: int) -> tuple[IssueEntry, ...]:
    issues = map(archive.contents, reversed(archive.by_year[year]))
    return tuple(IssueEntry(issue.folio, tuple(card.as_story() for card in issue.cards)) for issue in issues)
