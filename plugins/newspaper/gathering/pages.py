"""The pages that are not news, as the rules must know them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.issues import Opener
from plugins.newspaper.gathering.texts import read_text

if TYPE_CHECKING:
    from plugins.newspaper.reading.pages import OtherPage


def other_pages(content: Path, issues: Opener) -> "tuple[OtherPage, ...]":
    """Those of `pages/*.md`; one that cannot be read is left to Pelican, which tells it."""
    found = []
    for path in sorted((content / "pages").glob("*.md")):
        source = f"{content.name}/pages/{path.name}"
        text = read_text(path, source, [])
        if text is not None:
            name = f"links/{digest(source.encode())}"
            found.append(issues.kept(name, digest(text.encode("utf-8")), partial(_read, text, source)))
    return tuple(found)


def _read(text: str, source: str) -> "OtherPage":
    from plugins.newspaper.reading.pages import read_page  # a parser that an unchanged page does not need

    return read_page(text, source)
