"""An issue's pages: its own, the whole issue to be printed, its stories, and redirects from their former addresses."""

from collections.abc import Iterator
from functools import partial

from plugins.newspaper.addresses import print_address
from plugins.newspaper.gathering.archive import Archive
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
    entries = archive.entries
    issue_links = [issue_link(entry) for entry in entries]
    for position, entry in enumerate(entries):
        previous = issue_links[position - 1] if position else None
        following = issue_links[position + 1] if position + 1 < len(entries) else None
        topics = tuple(links[name] for name in dict.fromkeys(entry.topics.split()))
        pictures = archive.pictures_of(entry)
        values = (archive.masthead, IssueRef.to(entry), Neighbours(previous, following), topics, pictures)
        yield PageGroup(entry.url, values, issue_pages, addresses=partial(_addresses, entry))


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
            tuple(WholeStory(article.headline, article.body, article.byline) for article in section.articles),
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
