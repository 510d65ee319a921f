"""The files beside an issue's pages: its pictures in their sizes, recordings (录音), share cards (分享卡片), QR codes (二维码)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.cards import Card, Faces, card_wish
from plugins.newspaper.codes import code_wish
from plugins.newspaper.derived import Wish
from plugins.newspaper.model import Article, Issue, Recording
from plugins.newspaper.pictures import PictureFacts, PictureFile, picture_wish, planned

CARD, CODE = "card.png", "code.png"
"""Names of a page's card and code, in the page's own folder."""


class Workshop(NamedTuple):
    """What derived files are made with."""

    content: Path
    address: str
    """The site's own address; where it has none (preview), it has no cards and codes, which lead there."""
    faces: Faces
    mark: tuple[str, str]
    """Of the faces."""


def issue_files(issue: Issue, files: tuple[PictureFile | Recording, ...], shop: Workshop) -> Iterator[tuple[str, Wish]]:
    """Each file, relative to the output, and how it is made."""
    facts: dict[str, PictureFacts] = {}
    for file in files:
        if isinstance(file, Recording):
            yield file.name, Wish("audio", (file,), (shop.content / file.name).read_bytes, keep=False)
            continue
        facts[file.file] = file.facts
        for size in planned(file.facts):
            yield f"{file.folder}/{size.file}", picture_wish(shop.content / file.name, file.facts, size)
    if not shop.address:
        return
    yield f"{issue.folio.url}{CODE}", code_wish(f"{shop.address}/{issue.folio.url}")
    yield (
        f"{issue.folio.url}{CARD}",
        card_wish(Card((), Card.of(issue.articles[0].headline, issue.folio).folio), shop.faces, shop.mark),
    )
    for article in issue.articles:
        yield f"{article.url}{CODE}", code_wish(f"{shop.address}/{article.url}")
        if not on_card(article, facts):
            yield f"{article.url}{CARD}", card_wish(Card.of(article.headline, issue.folio), shop.faces, shop.mark)


def on_card(article: Article, facts: Mapping[str, PictureFacts]) -> str:
    """File of the story's first picture that WeChat may take for its card; empty where there is none."""
    return next(
        (picture.file for picture in article.pictures if picture.file in facts and facts[picture.file].fits_card), ""
    )
