"""An issue's pages: its own, the whole issue to be printed, its stories, and redirects from their former addresses."""

from collections.abc import Iterator
from functools import lru_cache, partial

from plugins.newspaper.addresses import print_address
from plugins.newspaper.gathering.archive import Archive, Year
from plugins.newspaper.gathering.issues import IssueRef
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.model import Entry, Issue, Masthead
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import (
    Neighbours,
    TopicLink,
    WholeSection,
    WholeStory,
    issue_context,
    issue_link,
    page,
    pictures_of,
    topic_link,
    topic_links,
)


def issue_groups(archive: Archive) -> Iterator[PageGroup]:
    """A group for each issue."""
    links = {name: topic_link(topic) for name, topic in archive.topics.items()}
    years = list(archive.years.values())
    for before, year, after in zip([None, *years], years, [*years[1:], None], strict=False):
        yield from _of_year(
            archive.masthead,
            year,
            Neighbours(
                issue_link(before.entries[-1]) if before else None, issue_link(after.entries[0]) if after else None
            ),
            tuple(links[name] for name in year.topics),
            tuple(map(archive.pictures_of, year.entries)),
        )


@lru_cache(maxsize=256)  # for the preview: years that stay as they were
def _of_year(
    masthead: Masthead,
    year: Year,
    around: Neighbours,
    links: tuple[TopicLink, ...],
    pictures: tuple[tuple[PictureFile, ...], ...],
) -> tuple[PageGroup, ...]:
    by_name = {link.name: link for link in links}
    issues = [around.previous, *map(issue_link, year.entries), around.next]
    groups = []
    for position, (entry, files) in enumerate(zip(year.entries, pictures, strict=True)):
        neighbours = Neighbours(issues[position], issues[position + 2])
        topics = tuple(by_name[name] for name in dict.fromkeys(entry.topics.split()))
        values = (masthead, IssueRef.to(entry), neighbours, topics, files)
        groups.append(PageGroup(entry.url, values, issue_pages, addresses=partial(_addresses, entry)))
    return tuple(groups)


def _addresses(entry: Entry) -> dict[str, str]:
    own = (entry.url, print_address(entry.total_issue), *entry.urls)
    return dict.fromkeys(own, entry.source) | {alias: "" for alias, _ in entry.aliases}


def issue_pages(
    masthead: Masthead,
    issue: Issue,
    neighbours: Neighbours,
    links: tuple[TopicLink, ...],
    pictures: tuple[PictureFile, ...],
) -> Iterator[Page]:
    url = issue.folio.url
    context = issue_context(issue, neighbours)
    yield page(masthead, issue, url, "issue", **context, canonical=url)
    sections = tuple(
        WholeSection(
            section.banner,
            tuple(WholeStory(article.headline, article.body, article.byline.printed) for article in section.articles),
        )
        for section in issue.sections
    )
    whole = {"pictures": pictures, "ear": issue.ear, "sections": sections, "notes": issue.notes, "canonical": url}
    yield page(masthead, issue, print_address(issue.folio.total_issue), "issue_print", **whole)
    articles = issue.articles
    stories = tuple(article.as_card().as_story() for article in articles)
    for position, article in enumerate(articles):
        yield page(
            masthead,
            issue,
            article.url,
            "article",
            article=article,
            topics=topic_links(article, links),
            pictures=pictures_of(article, pictures),
            previous=stories[position - 1] if position else None,
            next=stories[position + 1] if position + 1 < len(stories) else None,
            stories=stories,
        )
        for alias in article.aliases:
            yield Page(alias, "redirect", {"url": alias, "target": stories[position]})
