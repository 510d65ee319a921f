"""`{site}` in the HTML of a text: the place of the site's own address, which is not known when the text is read."""

import re
from html import escape
from urllib.parse import quote

from plugins.newspaper.links import Target

_SITE = "{site}"
_SAFE = "/?#=&;:@!$'()*+,~"

IMG = re.compile(r'<img src="\{site\}/([^"]+)" alt="([^"]*)" loading="lazy">')
"""A picture as `img` has it: its address, and what it shows."""


def img(address: str, alt: str) -> str:
    """A picture of the site; both texts are HTML already."""
    return f'<img src="{_SITE}/{address}" alt="{alt}" loading="lazy">'


FILE = re.compile(r'<a href="\{site\}/(files/[^"]+)">(.*?)</a>', re.S)
"""A link to a file of an issue: where the file lies in the content, and the words of the link."""


def quoted_file(name: str) -> str:
    """The file of an attachment as `FILE` has it."""
    return quote(name, safe="/()")


def link(target: Target, folder: str) -> str:
    """The beginning of a link; `folder` is that of the issue's attachments. One that is refused leads nowhere."""
    if target.kind == "file":
        return f'<a href="{_SITE}/{quoted_file(f"{folder}/{target.address}")}">'
    if target.kind == "page":
        href = escape(quote(target.address, safe=_SAFE))
        href = f"{_SITE}{href}" if href.startswith("/") else href
    else:
        href = escape(target.address) if target.kind == "world" else ""
    return f'<a href="{href}">' if href else "<a>"


def with_site(html: str, address: str) -> str:
    """HTML of a text with the site's address in its links and pictures; a text that merely says {site} keeps it."""
    return html.replace(f'="{_SITE}/', f'="{address}/')
