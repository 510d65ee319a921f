"""The rules of links and former addresses (链接、旧址), held against every address of the site.

They are asked once in a build, and only where somebody wrote such. A link that leads nowhere is told with the address
that is most like it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from plugins.newspaper.addresses import recording_address
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.links import refusal
from plugins.newspaper.problems import Problem, nearest

if TYPE_CHECKING:
    from plugins.newspaper.reading.pages import OtherPage

_ISSUE = re.compile(r"issues/[0-9]+/")
_CONTENT = "content"
"""The one anchor that every page has."""


class Plan(NamedTuple):
    """What links and former addresses are held against."""

    pages: "Sequence[OtherPage]"
    """The pages that are not news."""
    addresses: Callable[[Archive], dict[str, str]]
    """Gives the address of each page of an archive, with the file it comes from: planning/, which comes later."""
    site: str
    """The site's own address, where it is known."""

    def of_archive(self, archive: Archive) -> dict[str, str]:
        """The address of every page, with the file it comes from."""
        return self.addresses(archive) | {page.address: page.source for page in self.pages if page.address}


def check_former_addresses_free(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """A former address belongs to one story, and is no page's present one (旧址不重复)."""
    aliased = [entry for entry in archive.every if entry.aliases]
    if not aliased:
        return
    own = plan.of_archive(archive.without_aliases())
    owners = {url: f" {source} 的地址" if source else "网站自己的地址" for url, source in own.items()}
    for entry in aliased:
        for alias, line in entry.aliases:
            if alias in owners:
                yield Problem(entry.source, line, "address-taken", f"旧址 /{alias} 已经是{owners[alias]}，请去掉一处")
            owners[alias] = f" {entry.source} 里一篇稿件的旧址"


def check_links(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """Links lead somewhere, also from the ear and from pages that are not news (链接打得开)."""
    linking = [entry for entry in archive.entries if entry.links]
    if not linking and not any(page.links for page in plan.pages):
        return
    known = _open(archive, plan)
    public = archive.public()
    published = known if public.entries == archive.entries else _open(public, plan)
    for entry in linking:
        for kind, address, line in entry.links:
            wrong = _wrong(kind, address, published, plan.site)
            if wrong and not _wrong(kind, address, known, plan.site):
                wrong = f"“{address}”还没有发表，读者打不开；等它发表了再链接，或去掉这个链接"
                if entry.status != "published":
                    continue
            if wrong:
                yield Problem(entry.source, line, "link", wrong)
    for page in plan.pages:
        for kind, address, line in page.links:
            if wrong := _wrong(kind, address, published, plan.site):
                yield Problem(page.source, line, "link", wrong)


def _open(archive: Archive, plan: Plan) -> set[str]:
    """Where a link may lead: to a page, or to a recording."""
    recordings = {
        recording_address(entry.total_issue, file) for entry in archive.entries for file, _ in entry.recordings
    }
    return {*plan.of_archive(archive), *recordings}


def _wrong(kind: str, address: str, known: Collection[str], site: str) -> str:
    """What is wrong with a link; nothing where it leads somewhere."""
    if kind == "refused":
        return refusal(address)
    if kind == "file":
        return f"“{address}”打不开：附件要放在一期的稿件里；网址从“https://”写起，站内地址从“/”写起"
    if kind == "world":
        path = _own_path(address, site)
        if path is None:
            return f"网址“{address}”写得不对，少了网站的名字"
        if not path:
            return ""
    else:
        path = address
    page, _, anchor = path.partition("#")
    page = page.partition("?")[0]
    if not page.startswith("/"):
        if not page:
            return f"“{address}”打不开：网页里没有这个位置；请链接到整篇，如“/issues/255/linli-zhongxin/”"
        return f"“{address}”打不开：站内地址要从“/”写起{_like(page, known)}"
    if page[1:] not in known:
        return f"“{address}”打不开：网站里没有这个地址{_like(page, known)}"
    if anchor not in ("", _CONTENT):
        return f"“{address}”到不了：那一页里没有“#{anchor}”这个位置；请写成“{page}”"
    return ""


def _own_path(address: str, site: str) -> str | None:
    """Of a link into the world that leads back to the site itself, the path in it; None where there is no host."""
    try:
        there, here = urlsplit(address, "https"), urlsplit(site)
    except ValueError:
        return None
    if there.scheme.lower() not in ("http", "https"):
        return ""
    if not there.netloc:
        return None
    root = f"{here.path.rstrip('/')}/"
    if there.netloc.lower() != here.netloc.lower() or not f"{there.path}/".startswith(root):
        return ""
    path = f"/{there.path[len(root) :]}"
    return unquote(f"{path}#{there.fragment}" if there.fragment else path)


def _like(page: str, known: Collection[str]) -> str:
    """A hint that names the address most like one that is not there."""
    written = page.lstrip("./").lower()
    if f"{written}/" in known or written in known:
        return f"；是不是“/{written}{'' if written in known else '/'}”？"
    issue = _ISSUE.match(written)
    near = [url for url in known if issue and url.startswith(issue[0])]
    near = near or [url for url in known if not (match := _ISSUE.match(url)) or match[0] == url]
    return nearest(f"/{written}", sorted(f"/{url}" for url in near))
