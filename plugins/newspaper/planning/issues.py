"""An issue's pages: its own, the whole issue to be printed, its stories, and redirects from their former addresses."""

from collections.abc import Iterator
from functools import lru_cache, partial

from plugins.newspaper.addresses import print_address
from plugins.newspaper.gathering.archive import Archive, Year
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.issues import IssueRef
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.model import Entry, Issue, Masthead
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.sequels import NONE, Around, Sequels, around_years, link_of, sequels
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
    withdrawn_page,
)

NOBODY = Neighbours(None, None)


def issue_groups(archive: Archive) -> Iterator[PageGroup]:
    """A group for each issue."""
    links = {name: topic_link(topic) for name, topic in archive.topics.items()}
    years = list(archive.years.values())
    ends = [year for year in years if year.entries]  # in a year of which no issue stands nobody has a neighbour
    around = {
        year.number: Neighbours(
            issue_link(before.entries[-1]) if before else None, issue_link(after.entries[0]) if after else None
        )
        for before, year, after in zip([None, *ends], ends, [*ends[1:], None], strict=False)
    }
    for year, told in zip(years, around_years(years), strict=True):
        yield from _of_year(
            archive.masthead,
            year,
            around.get(year.number, NOBODY),
            told,
            tuple(links[name] for name in year.topics if name in links),
            tuple(map(archive.pictures_of, year.entries)),
            tuple(map(archive.attachments_of, year.entries)),
        )


@lru_cache(maxsize=256)  # for the preview: years that stay as they were
def _of_year(
    masthead: Masthead,
    year: Year,
    around: Neighbours,
    told: Around,
    links: tuple[TopicLink, ...],
    pictures: tuple[tuple[PictureFile, ...], ...],
    attachments: tuple[tuple[Attachment, ...], ...],
) -> tuple[PageGroup, ...]:
    by_name = {link.name: link for link in links}
    issues = [around.previous, *map(issue_link, year.entries), around.next]
    groups = []
    of_issues = zip(year.entries, pictures, attachments, sequels(year, told), strict=True)
    for position, (entry, *shown) in enumerate(of_issues):
        neighbours = Neighbours(issues[position], issues[position + 2])
        topics = tuple(by_name[name] for name in dict.fromkeys(entry.topics.split()) if name in by_name)
        values = (masthead, IssueRef.to(entry), neighbours, topics, *shown)
        groups.append(PageGroup(entry.url, values, issue_pages, addresses=partial(_addresses, entry)))
    for entry in year.withdrawn:
        values = (masthead, IssueRef.to(entry), NOBODY, (), (), (), NONE)
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
    attachments: tuple[Attachment, ...],
    told: Sequels,
) -> Iterator[Page]:
    if issue.withdrawal:
        for url in (issue.folio.url, print_address(issue.folio.total_issue)):
            yield withdrawn_page(masthead, issue, url, canonical=issue.folio.url)
    else:
        yield from _standing_pages(masthead, issue, neighbours, pictures, attachments)
    articles = issue.articles
    stories = tuple(article.as_story() for article in articles)
    for position, (article, before, after) in enumerate(zip(articles, told.before, told.after, strict=True)):
        yield page(
            masthead,
            issue,
            article.url,
            "article",
            article=article,
            topics=topic_links(article, links),
            pictures=pictures_of(article, pictures),
            attachments=attachments,
            previous=stories[position - 1] if position else None,
            next=stories[position + 1] if position + 1 < len(stories) else None,
            place=position + 1,
            issue_before=neighbours.previous if position + 1 == len(stories) else None,
            stories=stories,
            before=link_of(before),
            after=link_of(after),
        )
        yield from _redirects(article.aliases, article.url, article.headline.plain)
    for story in issue.withdrawn:
        yield withdrawn_page(masthead, issue, story.url, story)
        yield from _redirects(story.aliases, story.url, "")


def _standing_pages(
    masthead: Masthead,
    issue: Issue,
    neighbours: Neighbours,
    pictures: tuple[PictureFile, ...],
    attachments: tuple[Attachment, ...],
) -> Iterator[Page]:
    """The issue's page, and the whole issue on one page."""
    url = issue.folio.url
    context = issue_context(issue, neighbours, pictures, attachments)
    yield page(masthead, issue, url, "issue", **context, canonical=url)
    sections = tuple(
        WholeSection(
            section.banner,
            tuple(
                WholeStory(
                    article.url,
                    article.slug,
                    article.headline,
                    article.body,
                    article.byline.printed,
                    article.corrections,
                )
                for article in section.articles
            ),
        )
        for section in issue.sections
    )
    files = {"pictures": pictures, "attachments": attachments}
    whole = {**files, "ear": issue.ear, "sections": sections, "notes": issue.notes, "canonical": url}
    yield page(masthead, issue, print_address(issue.folio.total_issue), "issue_print", **whole)


def _redirects(aliases: tuple[str, ...], target: str, title: str) -> Iterator[Page]:
    """From each former address to the present one; without a title where it was withdrawn."""
    for alias in aliases:
        yield Page(alias, "redirect", {"url": alias, "target": target, "title": title})
