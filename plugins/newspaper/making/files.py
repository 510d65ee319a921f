"""The files beside an issue's pages: pictures in their sizes, recordings (录音), share cards (分享卡片), QR codes (二维码)."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.addresses import CARD, CODE, PHOTO_CARD
from plugins.newspaper.dates import chinese_date
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.issues import IssueRef
from plugins.newspaper.gathering.pictures import PictureFacts, PictureFile
from plugins.newspaper.making.cards import Card, Fonts, card_file
from plugins.newspaper.making.codes import code_file
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.photo_cards import photo_card_file
from plugins.newspaper.making.pictures import picture_file, planned
from plugins.newspaper.model import Article, Headline, Issue, Recording
from plugins.newspaper.planning.groups import Page, PageGroup

NO_HEADLINE = Headline(())
"""That of the card of the paper itself."""

VISIBILITIES = {"public": "公开", "unlisted": "知道网址的人能看，搜索引擎不收录", "closed": "只给服务器放行的人看"}

Named = tuple[str, DerivedFile]
"""A file's name, relative to the output, and how it is made."""


class Materials(NamedTuple):
    """What derived files are made with."""

    content: Path
    address: str
    """The site's own address. Without one (preview) there are no cards and codes, which need it."""
    fonts: Fonts
    mark: tuple[str, str]
    """Of the fonts."""
    render: Callable[[Page], bytes]
    """Prints a page, or text for a file that is made of such; what it gives is a value that the file depends on."""
    visibility: str = ""
    """Who may find the site, of VISIBILITIES; empty in the preview."""
    security: tuple[str, str] = ("", "")
    """Whom to tell of a hole in it, and until when that holds."""


def files_beside_issues(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """A group for the files of each issue that has any, apart from its pages."""
    for entry in archive.entries:  # of what was withdrawn nothing is published
        files = (archive.pictures_of(entry), archive.recordings_of(entry), archive.attachments_of(entry))
        if materials.address or any(files):
            yield PageGroup(f"{entry.url}files", (IssueRef.to(entry), *files), files=issue_files)


def issue_files(
    materials: Materials,
    issue: Issue,
    pictures: tuple[PictureFile, ...],
    recordings: tuple[Recording, ...],
    attachments: tuple[Attachment, ...],
) -> Iterator[Named]:
    """Each file beside an issue."""
    yield from picture_sizes(materials, pictures)
    yield from recording_copies(materials, recordings)
    yield from attachment_copies(materials, attachments)
    if materials.address:
        yield from codes(materials, issue)
        yield from cards(materials, issue, pictures)


def picture_sizes(materials: Materials, pictures: tuple[PictureFile, ...]) -> Iterator[Named]:
    for picture in pictures:
        for size in planned(picture.facts):
            path = materials.content / picture.name
            yield f"{picture.folder}/{size.file}", picture_file(path, picture.facts, size)


def recording_copies(materials: Materials, recordings: tuple[Recording, ...]) -> Iterator[Named]:
    for file in recordings:
        yield file.name, DerivedFile("audio", (file,), (materials.content / file.name).read_bytes, keep=False)


def attachment_copies(materials: Materials, attachments: tuple[Attachment, ...]) -> Iterator[Named]:
    for file in attachments:
        yield file.published, DerivedFile("files", (file,), (materials.content / file.name).read_bytes, keep=False)


def codes(materials: Materials, issue: Issue) -> Iterator[Named]:
    for address in (issue.folio.url, *(article.url for article in issue.articles)):
        yield f"{address}{CODE}", code_file(f"{materials.address}/{address}")


def cards(materials: Materials, issue: Issue, pictures: tuple[PictureFile, ...]) -> Iterator[Named]:
    """A card for the issue, and for each story: its picture that may stand for it, with the date, or its headline."""
    facts = {picture.file: picture.facts for picture in pictures}
    names = {picture.file: picture.name for picture in pictures}
    date = chinese_date(issue.folio.date)
    yield f"{issue.folio.url}{CARD}", card_file(Card.of(NO_HEADLINE, issue.folio), materials.fonts, materials.mark)
    for article in issue.articles:
        if file := picture_on_card(article, facts):
            path = materials.content / names[file]
            card = photo_card_file(path, facts[file], date, materials.fonts, materials.mark)
            yield f"{article.url}{PHOTO_CARD}", card
        else:
            words = Card.of(article.headline, issue.folio)
            yield f"{article.url}{CARD}", card_file(words, materials.fonts, materials.mark)


def picture_on_card(article: Article, facts: Mapping[str, PictureFacts]) -> str:
    """File of the story's first picture that WeChat may take for its card; empty where there is none."""
    return next(
        (picture.file for picture in article.pictures if picture.file in facts and facts[picture.file].fits_card), ""
    )
