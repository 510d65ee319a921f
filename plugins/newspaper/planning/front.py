"""The pages that change with each issue: front page, /latest/, 404, feed."""

from collections.abc import Iterator
from typing import NamedTuple

from plugins.newspaper.addresses import FEED, FRONT_PAGE, LATEST, NOT_FOUND
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.issues import ContentsRef, IssueRef
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.model import Contents, Issue, Masthead
from plugins.newspaper.planning.groups import Page, PageGroup
from plugins.newspaper.planning.views import (
    Neighbours,
    TopicLink,
    issue_context,
    issue_link,
    list_page,
    page,
    pictures_of,
    topic_link,
    topic_links,
    withdrawn_page,
)

FEED_ISSUES = 3
"""The feed carries the stories of this many newest issues, in full."""


SOUND = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
}
"""Media type of a recording by its file's ending. Python's own table is another on each system."""


class Enclosure(NamedTuple):
    """A recording as the feed encloses it, for readers that play it themselves."""

    url: str
    size: int

    @property
    def type(self) -> str:
        return SOUND.get(self.url.rpartition(".")[2].lower(), "application/octet-stream")


def front_groups(archive: Archive) -> Iterator[PageGroup]:
    if not archive.every:
        return
    newest = archive.newest
    neighbours = Neighbours(*map(issue_link, archive.neighbours(newest)))
    files = (archive.pictures_of(newest), archive.attachments_of(newest))
    values = (archive.masthead, IssueRef.to(newest), neighbours, *files)
    yield PageGroup("front", values, front_pages, addresses=lambda: dict.fromkeys((FRONT_PAGE, LATEST), ""))
    fed = archive.entries[: -FEED_ISSUES - 1 : -1]
    names = dict.fromkeys(" ".join(entry.topics for entry in fed).split())
    links = tuple(topic_link(archive.topics[name]) for name in names if name in archive.topics)
    pictures = tuple(archive.pictures_of(entry) for entry in fed)
    attachments = tuple(file for entry in fed for file in archive.attachments_of(entry))
    enclosures = tuple(Enclosure(file.name, file.size) for entry in fed for file in archive.recordings_of(entry))
    shown = (tuple(map(IssueRef.to, fed)), links, pictures, attachments, enclosures)
    values_fed = (archive.masthead, ContentsRef.to(newest), *shown)
    yield PageGroup("feed", values_fed, feed_pages, addresses=lambda: {FEED: ""})


def front_pages(
    masthead: Masthead,
    newest: Issue,
    neighbours: Neighbours,
    pictures: tuple[PictureFile, ...],
    attachments: tuple[Attachment, ...],
) -> Iterator[Page]:
    if newest.withdrawal:
        yield withdrawn_page(masthead, newest, FRONT_PAGE)
        yield withdrawn_page(masthead, newest, LATEST, canonical=newest.folio.url)
    else:
        context = issue_context(newest, neighbours, pictures, attachments)
        yield page(masthead, newest, FRONT_PAGE, "front_page", **context)
        yield page(masthead, newest, LATEST, "issue", **context, canonical=newest.folio.url)
    yield list_page(masthead, NOT_FOUND, "404", newest=newest.folio.total_issue)


def feed_pages(
    masthead: Masthead,
    newest: Contents,
    fed: tuple[Issue, ...],
    links: tuple[TopicLink, ...],
    pictures: tuple[tuple[PictureFile, ...], ...],
    attachments: tuple[Attachment, ...],
    enclosures: tuple[Enclosure, ...],
) -> Iterator[Page]:
    enclosed = {enclosure.url: enclosure for enclosure in enclosures}
    articles = tuple(
        (article, topic_links(article, links), pictures_of(article, files), enclosed.get(article.recording))
        for issue, files in zip(fed, pictures, strict=True)
        for article in issue.articles
    )
    updated = max([newest.folio.date, *(article.modified for article, *_ in articles)])
    yield page(masthead, newest, FEED, "feed", articles=articles, attachments=attachments, updated=updated)
