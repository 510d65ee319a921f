"""`{site}` in the HTML of a text: the place of the site's own address, which is not known when the text is read."""

import re

_SITE = "{site}"

IMG = re.compile(r'<img src="\{site\}/([^"]+)" alt="([^"]*)" loading="lazy">')
"""A picture as `img` has it: its address, and what it shows."""


def img(address: str, alt: str) -> str:
    """A picture of the site; both texts are HTML already."""
    return f'<img src="{_SITE}/{address}" alt="{alt}" loading="lazy">'


def in_site(href: str) -> str:
    """The target of a link; one that begins with `/` is within the site."""
    return f"{_SITE}{href}" if href.startswith("/") and not href.startswith("//") else href


def with_site(html: str, address: str) -> str:
    """HTML of a text with the site's address in its links and pictures; a text that merely says {site} keeps it."""
    return html.replace(f'="{_SITE}/', f'="{address}/')
