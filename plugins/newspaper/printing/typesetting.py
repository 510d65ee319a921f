"""How the paper sets what it shows: headlines in clauses, pictures in their sizes, months as calendars (排版)."""

import re
from calendar import monthcalendar
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote

from plugins.newspaper.addresses import CARD, PHOTO_CARD
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.pictures import PictureFile
from plugins.newspaper.headlines import in_clauses
from plugins.newspaper.making.files import picture_on_card
from plugins.newspaper.making.pictures import Format, Size, planned
from plugins.newspaper.model import Article, Headline, Words
from plugins.newspaper.planning.views import IssueEntry, Photo
from plugins.newspaper.site_links import FILE, IMG, quoted_file, with_site

_BETWEEN_WORDS = "\x1f"
_NEEDLESS = re.compile(f"(?<=[ ，、：；！？。]){_BETWEEN_WORDS}")
"""Where a browser breaks anyway."""
_SLOT = "(min-width: 40rem) 40rem, 100vw"
"""How wide a picture stands on a screen."""
_LEAD_SLOT = "(min-width: 76rem) 74rem, 100vw"


@lru_cache(maxsize=4096)  # a headline stands on its own page, its issue's, and in lists
def clauses(line: Words | str) -> str:
    """HTML of a line as clauses, between which it breaks first, and within them between words."""
    if isinstance(line, str):
        return "".join([_clause([clause]) for clause in in_clauses(line)])
    html, place, start = "", 0, 0
    ends = {place := place + len(clause) for clause in in_clauses("".join(line))}
    place = 0
    for number, word in enumerate(line, 1):
        place += len(word)
        if place in ends:
            html += _clause(line[start:number])
            start = number
    return html


def _clause(words: Sequence[str]) -> str:
    """A clause in its words; the space after it stays outside."""
    text = _BETWEEN_WORDS.join(words)
    inner = text.rstrip(" ")
    return f'<span class="clause">{_escaped(inner)}</span>{text[len(inner) :]}'


def headline_lines(headline: Headline) -> str:
    """HTML of a headline in the lines of the paper, each in its clauses."""
    return "<br>".join(map(clauses, headline.words))


@lru_cache(maxsize=4096)
def in_a_row(headline: Headline) -> str:
    """HTML of a headline where a list names it: it breaks between words."""
    text = _BETWEEN_WORDS.join([word for line in headline.words for word in line])
    return _escaped(_NEEDLESS.sub("", text))


def _escaped(text: str) -> str:
    text = escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    return text.replace(_BETWEEN_WORDS, "<wbr>")


def pictured(
    html: str,
    pictures: Sequence[PictureFile],
    attachments: Sequence[Attachment],
    siteurl: str,
    is_first: bool = True,
) -> str:
    """Body HTML with the site's address in its links, and each picture in its sizes: nothing shifts as it loads.

    The first picture of what is first on its page is loaded at once: it may be on the first screen.
    A link to an attachment leads to the published file, and says what it is: 报名表（PDF，1.2 MB）.
    """
    if attachments:
        html = _attached(html, attachments, siteurl)
    if not pictures:
        return with_site(html, siteurl)
    known = {f"{picture.folder}/{quote(picture.file)}": picture for picture in pictures}
    shown: set[str] = set()

    def replaced(match: re.Match[str]) -> str:
        picture = known.get(match[1])
        if picture is None:
            return match[0]
        files = planned(picture.facts)
        base = f"{siteurl}/{picture.folder}"
        loading = "" if is_first and not shown else ' loading="lazy"'
        shown.add(match[1])
        return (
            f'<picture><source type="image/webp" {_srcset(files, "webp", base, _SLOT)}>'
            f'<img src="{base}/{files[-1].file}" {_srcset(files, "jpg", base, _SLOT)}'
            f' width="{picture.facts.width}" height="{picture.facts.height}" alt="{match[2]}"{loading}></picture>'
        )

    return with_site(IMG.sub(replaced, html), siteurl)


def photo(photo: Photo, is_lead: bool, siteurl: str) -> str:
    """HTML of the picture beside a story's card: the lead's large, others small and lazy."""
    _, folder, facts = photo.file
    base = f"{siteurl}/{folder}"
    files = planned(facts)
    if is_lead:
        name = "story-card__photo" + (" story-card__photo--tall" if facts.height > facts.width else "")
        return (
            f'<picture><source type="image/webp" {_srcset(files, "webp", base, _LEAD_SLOT)}>'
            f'<img class="{name}" src="{base}/{files[-1].file}" {_srcset(files, "jpg", base, _LEAD_SLOT)}'
            f' width="{facts.width}" height="{facts.height}" alt="{escape(photo.alt)}"></picture>'
        )
    small = {size.format: size.file for size in reversed(files)}
    return (
        f'<picture><source type="image/webp" srcset="{base}/{small["webp"]}"><img class="story-card__thumbnail"'
        f' src="{base}/{small["jpg"]}" width="{facts.width}" height="{facts.height}" alt="" loading="lazy"></picture>'
    )


def _attached(html: str, attachments: Sequence[Attachment], siteurl: str) -> str:
    known = {quoted_file(attachment.name): attachment for attachment in attachments}

    def replaced(match: re.Match[str]) -> str:
        file = known.get(match[1])
        if file is None:
            return match[0]
        saved = "" if file.opens else f' download="{escape(file.file)}"'
        words = match[2] or escape(file.file)
        return f'<a href="{siteurl}/{file.published}"{saved}>{words}</a><small>（{file.label}）</small>'

    return FILE.sub(replaced, html)


def _srcset(files: Sequence[Size], format: Format, base: str, slot: str) -> str:
    urls = ", ".join(f"{base}/{size.file} {size.width}w" for size in files if size.format == format)
    return f'srcset="{urls}" sizes="{slot}"'


def share_image(article: Article, pictures: Sequence[PictureFile], address: str) -> str:
    """Address of the article's share card, of its picture or its headline; empty if the site has no address."""
    if not address:
        return ""
    has_photo = picture_on_card(article, {picture.file: picture.facts for picture in pictures})
    return f"{address}/{article.url}{PHOTO_CARD if has_photo else CARD}"


Week = list[tuple[int, IssueEntry | None]]
"""Seven days: the day of the month, 0 for none, and the issue of that day."""


def weeks(entries: Sequence[IssueEntry]) -> list[Week]:
    """The weeks of the month that these issues are of, as in a calendar."""
    by_day = {entry.folio.date.day: entry for entry in entries}
    of_first = entries[0].folio.date
    return [[(day, by_day.get(day)) for day in week] for week in monthcalendar(of_first.year, of_first.month)]
