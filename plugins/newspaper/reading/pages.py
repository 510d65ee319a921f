"""A page that is not news (关于 and the like) → its address and its links; Pelican itself prints it."""

import re
from typing import NamedTuple

from plugins.newspaper.links import Link
from plugins.newspaper.reading.markup import links_in, markdown

_SLUG = re.compile(r"slug\s*:\s*(\S+)", re.I)


class OtherPage(NamedTuple):
    """What the paper's rules must know of a page that is not news."""

    source: str
    address: str
    """Empty where its file does not say it."""
    line: int
    """Of the line that says it."""
    links: tuple[Link, ...]


def read_page(text: str, source: str) -> OtherPage:
    """The head is the lines down to the first empty one, `Slug: about` among them."""
    head, gap, body = text.replace("\r\n", "\n").partition("\n\n")
    slugs = ((match[1], line) for line, match in enumerate(map(_SLUG.match, head.split("\n")), 1) if match)
    slug, line = next(slugs, ("", 1))
    # Blank lines in place of the head keep every line the file's own.
    above = "\n" * (head.count("\n") + len(gap))
    return OtherPage(source, f"{slug}/" if slug else "", line, tuple(links_in(markdown().parse(above + body))))
