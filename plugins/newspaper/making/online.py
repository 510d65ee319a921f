"""What a public site has for machines at its root (上网的文件): robots.txt, sitemap, security.txt, and what those are shown
whom the server lets in no further.

Each has the paper's mark in it, so that it is known as ours though the record be lost. docs/decisions/0050 tells why.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from plugins.newspaper.addresses import (
    ARCHIVE,
    CLOSED,
    CORRECTIONS,
    FRONT_PAGE,
    ROBOTS,
    SEARCH,
    SECURITY,
    SITE_SITEMAP,
    SITEMAP,
    TOPICS,
    topic_year_address,
    year_address,
    year_sitemap,
)
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive, Year
from plugins.newspaper.gathering.pages import other_pages
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.model import Contents, Masthead, Topic
from plugins.newspaper.planning.groups import Page, PageGroup

_MARK = "伊滨新闻数字版"
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_READ_NOINDEX = ("Googlebot", "bingbot")
"""They leave out a page that says so, and must be let in to read it."""
_NO_PAGES = ("/files/", "/images/", "/audio/", "/*.json$", "/*.xml$")
"""What cannot say so."""


class Place(NamedTuple):
    """An address of the sitemap; since when it is as it is, where that is known."""

    url: str
    modified: date | None = None


def online_groups(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """Nothing in the preview, which is nobody's visit; a sitemap of a public site alone."""
    visibility = materials.visibility
    if not visibility or not archive.every:
        return
    yield PageGroup("robots", (visibility, materials.security), files=robots_files)
    if visibility == "closed":
        yield PageGroup("closed", (archive.masthead,), files=closed_files)
    if visibility != "public":
        return
    years = [year for year in archive.years.values() if year.entries]
    for year in years:
        topics = tuple(topic for name, topic in archive.topics.items() if name in year.topics)
        yield PageGroup(f"{year.number} sitemap", (year.number, topics, year.listed), files=year_sitemap_files)
    pages = other_pages(materials.content, archive.issues, [])
    begun = tuple(topic.url for name, topic in archive.topics.items() if archive.topic_years[name])
    lists = (
        ARCHIVE,
        TOPICS,
        *begun,
        CORRECTIONS,
        SEARCH,
        *(page.address for page in pages if page.status == "published"),
    )
    newest = tuple((year.number, _last_change(year)) for year in years)
    yield PageGroup("sitemap", (archive.newest.day, lists, newest), files=sitemap_files)


def _last_change(year: Year) -> str:
    """The day of its last issue, correction or withdrawal."""
    return max(day for entry in year.entries for day in (entry.day, *(day for day, _ in entry.dated)))


def robots_files(materials: Materials, visibility: str, security: tuple[str, str]) -> Iterator[Named]:
    yield _file(ROBOTS, robots(visibility, materials.address))
    contact, expires = security
    if contact:
        own = f"{materials.address}/{SECURITY}"
        yield _file(
            SECURITY,
            f"# {_MARK}\nContact: {contact}\nExpires: {expires}T00:00:00+08:00\n"
            f"Preferred-Languages: zh\nCanonical: {own}\n",
        )


def robots(visibility: str, site: str) -> str:
    """robots.txt of a site at this address."""
    root = urlsplit(site).path
    everybody = [f"# {_MARK}", "User-agent: *"]
    if visibility == "public":
        lines = [*everybody, f"Allow: {root}/", f"Sitemap: {site}/{SITEMAP}"]
    elif visibility == "unlisted":
        readers = [f"User-agent: {name}" for name in _READ_NOINDEX]
        closed = [f"Disallow: {root}{path}" for path in _NO_PAGES]
        lines = [*everybody, f"Disallow: {root}/", "", *readers, f"Allow: {root}/", *closed]
    else:
        lines = [*everybody, f"Disallow: {root}/"]
    return "\n".join([*lines, ""])


def closed_files(materials: Materials, masthead: Masthead) -> Iterator[Named]:
    content = materials.render(Page(CLOSED, "closed", {"url": CLOSED, "masthead": masthead}))
    yield CLOSED, DerivedFile("online", (digest(content),), lambda: content, keep=False)


def year_sitemap_files(
    materials: Materials, year: int, topics: tuple[Topic, ...], issues: tuple[Contents, ...]
) -> Iterator[Named]:
    """Every page of a year: its issues, their stories, its lists."""
    places, last = [], dict[str, date]()
    for issue in issues:
        places.append(Place(issue.folio.url, max(issue.modified, default=issue.folio.date)))
        for story, names, modified in zip(issue.stories, issue.topics, issue.modified, strict=True):
            places.append(Place(story.url, modified))
            for name in names:
                last[name] = max(modified, last.get(name, modified))
    lists = [Place(topic_year_address(topic.slug, year), last.get(topic.name)) for topic in topics]
    whole = [Place(year_address(year), issues[0].folio.date), *lists, *places]
    yield _file(year_sitemap(year), _urls("urlset", "url", materials.address, whole))


def sitemap_files(
    materials: Materials, newest: str, lists: tuple[str, ...], years: tuple[tuple[int, str], ...]
) -> Iterator[Named]:
    """The sitemap's index, and the pages that are of no year."""
    day = date.fromisoformat(newest)
    places = [Place(FRONT_PAGE, day), *map(Place, lists)]
    yield _file(SITE_SITEMAP, _urls("urlset", "url", materials.address, places))
    parts = [Place(year_sitemap(year), date.fromisoformat(changed)) for year, changed in years]
    yield _file(SITEMAP, _urls("sitemapindex", "sitemap", materials.address, [Place(SITE_SITEMAP, day), *parts]))


def _urls(kind: str, item: str, site: str, places: Iterable[Place]) -> str:
    lines = [f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {_MARK} -->\n<{kind} xmlns="{_SCHEMA}">\n']
    for url, modified in places:
        changed = f"<lastmod>{modified}</lastmod>" if modified else ""
        lines.append(f"<{item}><loc>{escape(f'{site}/{url}')}</loc>{changed}</{item}>\n")
    return "".join([*lines, f"</{kind}>\n"])


def _file(name: str, text: str) -> Named:
    content = text.encode("utf-8")
    return name, DerivedFile("online", (digest(content),), lambda: content, keep=False)
