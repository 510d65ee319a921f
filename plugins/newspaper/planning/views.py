"""What pages show of issues, topics and years: small values, so that a page depends on no more than it shows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from plugins.newspaper.addresses import year_address
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.model import (
    Article,
    Byline,
    Contents,
    Correction,
    Entry,
    Folio,
    Headline,
    Issue,
    Masthead,
    Story,
    StoryCard,
    Topic,
    WithdrawnStory,
    Words,
)
from plugins.newspaper.planning.groups import Page

T = TypeVar("T")
LEAST_LEAD = 600
"""Pixels across."""


class CardSection(NamedTuple):
    """Stories under one banner, as the issue's page shows them."""

    banner: Words
    cards: tuple[StoryCard, ...]


class Photo(NamedTuple):
    """The picture beside a story's card."""

    file: PictureFile
    alt: str

    @property
    def fills_lead(self) -> bool:
        """Whether it is fine enough to stand large under the lead's headline."""
        return self.file.facts.width >= LEAST_LEAD


class Spoken(NamedTuple):
    """A story's recording (录音), where its issue plays one after another."""

    recording: str
    headline: str


class WholeStory(NamedTuple):
    """A story on the page of the whole issue."""

    url: str
    slug: str
    headline: Headline
    body: str
    byline: str
    """As printed."""
    corrections: tuple[Correction, ...]


class WholeSection(NamedTuple):
    """Stories under one banner, on the page of the whole issue."""

    banner: Words
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


class FedStory(NamedTuple):
    """A story in the feed of its topic: without its opening, so that a mended text makes no list due."""

    story: Story
    byline: Byline
    first_address: str
    modified: date


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


class Month(NamedTuple, Generic[T]):
    """What a year's list shows of a month, the first of the month first."""

    number: int
    listed: tuple[T, ...]


class Neighbours(NamedTuple):
    """The issues before and after (上一期、下一期), None at the ends."""

    previous: IssueLink | None
    next: IssueLink | None


def issue_link(entry: Entry | None) -> IssueLink | None:
    return IssueLink(entry.url, entry.total_issue, entry.issue, date.fromisoformat(entry.day)) if entry else None


def topic_link(topic: Topic) -> TopicLink:
    return TopicLink(topic.name, topic.slug, topic.url)


def topic_links(article: Article, links: Iterable[TopicLink]) -> tuple[TopicLink, ...]:
    """Links to an article's topics, in its order."""
    by_name = {link.name: link for link in links}
    return tuple(by_name[name] for name in article.topics)


def pictures_of(article: Article, pictures: tuple[PictureFile, ...]) -> tuple[PictureFile, ...]:
    """The files of an article's pictures, of those of its issue."""
    files = {picture.file for picture in article.pictures}
    return tuple(picture for picture in pictures if picture.file in files) if files else ()


def year_counts(years: Mapping[int, int]) -> tuple[YearCount, ...]:
    """Years of the archive, with how many issues each has."""
    return tuple(YearCount(year_address(year), year, total) for year, total in years.items())


def issue_entry(issue: Contents) -> IssueEntry:
    return IssueEntry(issue.folio, issue.stories)


def photos_of(issue: Issue, pictures: tuple[PictureFile, ...]) -> dict[str, Photo]:
    """The first picture of each story that is large enough for a card, by the story's address."""
    files = {picture.file: picture for picture in pictures if picture.facts.fits_card}
    return {
        article.url: Photo(files[picture.file], picture.alt)
        for article in issue.articles
        for picture in [each for each in article.pictures if each.file in files][:1]
    }


def issue_context(
    issue: Issue, neighbours: Neighbours, pictures: tuple[PictureFile, ...], attachments: tuple[Attachment, ...]
) -> dict[str, Any]:
    """What an issue's page shows beside masthead and folio."""
    sections = tuple(
        CardSection(section.banner, tuple(article.as_card() for article in section.articles))
        for section in issue.sections
    )
    return {
        "ear": issue.ear,
        "pictures": pictures,
        "attachments": attachments,
        "photos": photos_of(issue, pictures),
        "spoken": {
            article.url: Spoken(article.recording, article.headline.plain)
            for article in issue.articles
            if article.recording
        },
        "sections": sections,
        "notes": issue.notes,
        "front_matter": issue.front_matter,
        "previous": neighbours.previous,
        "next": neighbours.next,
    }


def list_page(masthead: Masthead, url: str, template: str, **context: Any) -> Page:
    """A page that belongs to no issue: it bears the paper's masthead, and no issue's date."""
    return Page(url, template, {"url": url, "masthead": masthead, **context})


def withdrawn_page(
    masthead: Masthead, issue: Issue, url: str, story: WithdrawnStory | None = None, **context: Any
) -> Page:
    """What stands at an address whose story, or whose issue, was withdrawn (撤下)."""
    withdrawal = story.withdrawal if story else issue.withdrawal
    return page(masthead, issue, url, "withdrawn", withdrawal=withdrawal, is_story=bool(story), **context)


def page(masthead: Masthead, issue: Issue | Contents, url: str, template: str, **context: Any) -> Page:
    """A page under the masthead of an issue, which may override the paper's."""
    of_issue = masthead._replace(**issue.masthead) if issue.masthead else masthead
    return Page(url, template, {"url": url, "masthead": of_issue, "folio": issue.folio, **context})
