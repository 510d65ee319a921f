"""The pages that are not news, as the rules must know them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.issues import Opener
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.problems import Problem

if TYPE_CHECKING:
    from plugins.newspaper.reading.pages import OtherPage


def other_pages(content: Path, issues: Opener, problems: list[Problem]) -> "tuple[OtherPage, ...]":
    """Those of `pages/*.md`, with every problem in them."""
    found = []
    for path in sorted((content / "pages").glob("*.md")):
        source = f"{content.name}/pages/{path.name}"
        if path.name.startswith("."):
            continue  # what programs leave beside a file
        try:
            text = read_text(path, source, problems)
        except FileNotFoundError:
            continue  # it vanished just now
        if text is None:
            continue
        name = f"page-read/{digest(source.encode('utf-8', 'replace'))}"
        page = issues.kept(name, digest(text.encode("utf-8")), partial(_read, text, source))
        found.append(page)
        problems += page.problems
    return tuple(found)


def _read(text: str, source: str) -> "OtherPage":
    from plugins.newspaper.reading.pages import read_page  # a parser that an unchanged page does not need

    return read_page(text, source)
