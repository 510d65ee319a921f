"""Makes every address of the site (网址), and takes it apart; no other module does. docs/contracts.md promises them.

An address has no leading slash. One that is empty, or ends in a slash, is the folder of a page.
"""

import re

FRONT_PAGE = ""
LATEST = "latest/"
FEED = "feed.xml"
ARCHIVE = "archive/"
TOPICS = "topics/"
CORRECTIONS = "corrections/"
SEARCH = "search/"
"""The page, and below it the index that its script reads."""
NOT_FOUND = "404.html"
PRINT = "print"
"""The whole issue on one page, to be printed; below the issue's address. No story may have this slug."""
CARD, PHOTO_CARD, CODE = "card.png", "card.jpg", "code.png"
"""Names of a page's share card (of words, or of its photo) and QR code, in the page's own folder."""

ISSUE_DATA, LIST_DATA = "issue.json", "index.json"
"""Names of what machines read, in the folder of an issue's page, and in those of the archive and its years."""

WELL_KNOWN = ".well-known/"
ROBOTS, SECURITY, CLOSED = "robots.txt", f"{WELL_KNOWN}security.txt", "closed.html"
SITEMAP, SITE_SITEMAP = "sitemap.xml", "sitemap-site.xml"

ROOT_LIST = "theme/root.txt"
"""Names the files of content/root, one a line."""

ICON, FAVICON = "theme/icon.png", "favicon.ico"
"""The paper's stamp: for phones and cards; for tabs, where browsers look for it unasked."""

FOLDERS = ("issues/", TOPICS, ARCHIVE, LATEST, CORRECTIONS, SEARCH, "images/", "audio/", "files/", "theme/")
"""Folders of the output that hold nothing but the paper's own files."""

_ISSUE_OR_STORY = re.compile(r"issues/([0-9]{1,6})/(?:([^/]+)/)?")
_ISSUE_FILE = re.compile(r"/([0-9]{1,6})\.md$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
_SITE = re.compile(r"https?://(?P<host>[\w.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[^\s?#]*)?", re.I)
_EXAMPLE = re.compile(r"(?:.*\.)?example(?:\.com|\.net|\.org)?\.?", re.I)
"""Names that are nobody's, for examples (RFC 2606)."""
_FORMER = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*/")


def number_in(source: str) -> int:
    """The running number by which an issue's file is named, content/issues/0255.md; 0 where it is not."""
    match = _ISSUE_FILE.search(source)
    return int(match[1]) if match else 0


def issue_address(total_issue: int) -> str:
    return f"issues/{total_issue}/"


def print_address(total_issue: int) -> str:
    return f"issues/{total_issue}/{PRINT}/"


def article_address(total_issue: int, slug: str) -> str:
    return f"issues/{total_issue}/{slug}/"


def year_address(year: int) -> str:
    return f"{ARCHIVE}{year}/"


def year_sitemap(year: int) -> str:
    return f"sitemap-{year}.xml"


def topic_address(slug: str) -> str:
    return f"{TOPICS}{slug}/"


def topic_feed_address(slug: str) -> str:
    return f"{TOPICS}{slug}/{FEED}"


def topic_year_address(slug: str, year: int) -> str:
    return f"{TOPICS}{slug}/{year}/"


PAGE_PICTURES = "images/pages"
"""Folder of the pictures of pages that are not news."""


def picture_folder(total_issue: int) -> str:
    """Folder of an issue's pictures, both in the content and in the output."""
    return f"images/{total_issue:04}"


def attachment_folder(pictures: str) -> str:
    """Folder of the attachments of whoever has this folder of pictures, both in the content and in the output."""
    return f"files/{pictures.rpartition('/')[2]}"


def recording_folder(total_issue: int) -> str:
    """Folder of an issue's recordings, both in the content and in the output."""
    return f"audio/{total_issue:04}"


def recording_address(total_issue: int, file: str) -> str:
    return f"{recording_folder(total_issue)}/{file}"


def article_at(address: str) -> tuple[int, str] | None:
    """Running number and slug of the story at an address; None where no story can be."""
    match = _ISSUE_OR_STORY.fullmatch(address)
    return (int(match[1]), match[2]) if match and match[2] and match[2] != PRINT else None


def issue_at(address: str) -> int | None:
    """Running number of the issue whose own page is at an address; None where it is another page."""
    match = _ISSUE_OR_STORY.fullmatch(address)
    return int(match[1]) if match and not match[2] else None


def slug_at(address: str) -> str:
    """The last part of an address."""
    return address.rstrip("/").rpartition("/")[2]


def is_slug(written: str) -> bool:
    """Whether a story's slug (短名) has its form."""
    return len(written) <= LONGEST_SLUG and _SLUG.fullmatch(written) is not None


def is_topic_slug(written: str) -> bool:
    """Whether a topic's slug has its form: looser than a story's, and what was published stays."""
    return written.isascii() and written == written.lower() and written.replace("-", "").isalnum()


def former_address(written: str) -> str:
    """A former address (旧址), as an editor may write it, in the form of an address here."""
    return written.strip("/") + "/"


def is_former_address(address: str) -> bool:
    """Whether a story may have had this address."""
    return _FORMER.fullmatch(address) is not None


def is_site_address(written: str) -> bool:
    """Whether a site may be published here (SITEURL): an absolute address of the web."""
    match = _SITE.fullmatch(written)
    return match is not None and int(match["port"] or 0) < 65536


def origin(site: str) -> str:
    """Scheme, host and port of a site, as browsers say them: 伊滨.中国 is xn--qoqu09e.xn--fiqs8s."""
    scheme, _, rest = site.partition("://")
    host = rest.partition("/")[0]
    try:
        return f"{scheme}://{host.encode('idna').decode()}"
    except UnicodeError:  # a part of it is longer than any name
        return f"{scheme}://{host}"


def is_example(site: str) -> bool:
    """Whether the address of a site is only an example of one."""
    match = _SITE.fullmatch(site)
    return match is not None and _EXAMPLE.fullmatch(match["host"]) is not None


def output_file(address: str) -> str:
    """Where the page at an address is written, relative to the output folder."""
    return f"{address}index.html" if address == "" or address.endswith("/") else address


def relative_root(file: str) -> str:
    """The relative path from a file of the output to the root of the output."""
    return "/".join([".."] * file.count("/")) or "."
