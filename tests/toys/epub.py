"""A new file beside each issue: a book of its stories, in the manner of EPUB. Its line is in FILES.

The book is bytes; its chapters are rendered from a template. All that the bytes depend on is in the values.
"""

import io
import zipfile
from collections.abc import Iterator

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.issues import IssueRef
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.model import Issue, Masthead
from plugins.newspaper.planning.groups import Page, PageGroup

RECIPE = 1
"""Of this module; raised when it makes other bytes of the same values."""


def epub_groups(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """A group for each issue."""
    for entry in archive.entries:
        yield PageGroup(f"{entry.url}toy", (archive.masthead, IssueRef.to(entry)), files=epub_files)


def epub_files(materials: Materials, masthead: Masthead, issue: Issue) -> Iterator[Named]:
    title = f"{masthead.name} 总第{issue.folio.total_issue}期"
    chapters = {
        f"{article.slug}.xhtml": materials.render(Page(article.url, "toy_chapter", {"article": article}))
        for article in issue.articles
    }
    yield (
        f"{issue.folio.url}toy.epub",
        DerivedFile("toy", (title, digest(repr(chapters).encode()), RECIPE), lambda: bind(title, chapters)),
    )


def bind(title: str, chapters: dict[str, bytes]) -> bytes:
    """The book, the same bytes at any time of day."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", "title.txt": title.encode(), **chapters}.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
    return book.getvalue()
