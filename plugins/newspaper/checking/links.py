"""The rules of links and former addresses (链接、旧址), held against every address of the site.

They are asked once in a build, and only where somebody wrote such. A link that leads nowhere is told with the address
that is most like it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from plugins.newspaper.addresses import FOLDERS, issue_address, recording_address
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.attachments import KINDS
from plugins.newspaper.links import Link, refusal
from plugins.newspaper.problems import Problem, nearest

if TYPE_CHECKING:
    from plugins.newspaper.reading.pages import OtherPage

_ISSUE_FILE = re.compile(r"([0-9]{1,6})\.md")
_ISSUE = re.compile(r"issues/([0-9]+)/")
_CONTENT = "content"
"""The one anchor that every page has."""


class Plan(NamedTuple):
    """What links and former addresses are held against."""

    pages: "Sequence[OtherPage]"
    """The pages that are not news."""
    planned: Callable[[Archive], Iterator[tuple[str, str]]]
    """Gives the address of each page of an archive, with the file it comes from: planning/, which comes later."""
    site: str
    """The site's own address, where it is known."""
    has_unread: bool = False
    """Whether the file of an issue cannot be read: links that lead nowhere because of that are not told."""

    def addresses(self, archive: Archive) -> Iterator[tuple[str, str]]:
        """The same, and those of the pages that are not news."""
        yield from ((page.address, page.source) for page in self.pages if page.address)
        yield from self.planned(archive)


def check_former_addresses_free(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """A former address belongs to one story, and is no page's present one (旧址不重复)."""
    aliased = [entry for entry in archive.every if entry.aliases]
    if not aliased:
        return
    own = plan.addresses(archive.without_aliases())
    owners = {url: f" {source} 的地址" if source else "网站自己的地址" for url, source in own}
    for entry in aliased:
        for alias, line in entry.aliases:
            if alias in owners:
                yield Problem(entry.source, line, "address-taken", f"旧址 /{alias} 已经是{owners[alias]}，请去掉一处")
            owners[alias] = f" {entry.source} 里一篇稿件的旧址"


def check_page_addresses(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """A page that is not news has an address of its own (页面不占别人的地址)."""
    first: dict[str, str] = {}
    for page in plan.pages:
        owner = "网站自己" if page.address in FOLDERS else first.setdefault(page.address, page.source)
        if page.address and owner != page.source:
            message = f"地址 /{page.address} 已经是{owner}的，请换一个短名（Slug）"
            yield Problem(page.source, page.line, "address-taken", message)


def check_links(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """Links lead somewhere, also from the ear and from pages that are not news (链接打得开)."""
    links = [
        (source, status, link[2], _place(Link(*link), plan.site))
        for source, status, of_source in _written(archive, plan)
        for link in of_source
    ]
    public = archive.public()
    if not public.entries:  # the paper has not begun: what its pages link to comes with the first issue
        public = archive
    wanted = {place.page for *_, place in links if place.page}
    lacking = {page for page in _not_there(wanted, public, plan) if not (plan.has_unread and _may_come(page, archive))}
    # A draft may link to what only the preview has; a published story may not.
    nowhere = _not_there(lacking, archive, plan) if public.entries != archive.entries else lacking
    everything = [url for url, _ in plan.addresses(archive)] if lacking else []
    for source, status, line, (page, wrong, written) in links:
        if page in nowhere:
            wrong = f"“{written}”打不开：{_nowhere(page, written, everything)}"
        elif page in lacking and status == "published":
            wrong = f"“{written}”还没有发表，读者打不开；请去掉这个链接，或等它发表"
        if wrong:
            yield Problem(source, line, "link", wrong)


def _written(archive: Archive, plan: Plan) -> Iterator[tuple[str, str, Sequence[tuple[str, str, int]]]]:
    """File, status and links of each issue and page."""
    yield from ((entry.source, entry.status, entry.links) for entry in archive.entries if entry.links)
    yield from ((page.source, "published", page.links) for page in plan.pages)


def _not_there(wanted: set[str], archive: Archive, plan: Plan) -> set[str]:
    """Those of some addresses at which there is neither a page nor a recording; looks no further than it must."""
    lacking = set(wanted)
    for url, _ in plan.addresses(archive):
        if not lacking:
            return lacking
        lacking.discard(url)
    for entry in archive.entries if lacking else ():
        lacking -= {recording_address(entry.total_issue, file) for file, _ in entry.recordings}
    return lacking


def _may_come(page: str, archive: Archive) -> bool:
    """Whether an address that is not there may be once every issue can be read: in an issue, or a list of issues."""
    issue = _ISSUE.match(page)
    return page.startswith(FOLDERS) if issue is None else int(issue[1]) not in archive.positions


class _Place(NamedTuple):
    """Where a link of the site leads, or what is wrong with it whatever there is."""

    page: str | None
    """Address of a page, after `./` if its slash is lacking; None where the link does not lead into the site."""
    wrong: str
    written: str


def _place(link: Link, site: str) -> _Place:
    address = path = link.address
    if wrong := refusal(link):
        return _Place(None, wrong, address)
    if link.kind == "file":
        wrong = f"“{address}”打不开：附件要放在一期的稿件里；网址从“https://”写起，站内地址从“/”写起"
        return _Place(None, wrong, address)
    if link.kind == "world":
        own = _own_path(address, site)
        if not own:
            return _Place(None, f"网址“{address}”写得不对，少了网站的名字" if own is None else "", address)
        path = own
    page, _, anchor = path.partition("#")
    page = page.partition("?")[0]
    if not page:
        wrong = f"“{address}”打不开：网页里没有这个位置；请链接到整篇，如“/issues/255/linli-zhongxin/”"
        return _Place(None, wrong, address)
    if not page.startswith("/"):
        return _Place(f"./{page}", "", address)
    wrong = "" if anchor in ("", _CONTENT) else f"“{address}”到不了：那一页里没有“#{anchor}”这个位置；请写成“{page}”"
    return _Place(page[1:], wrong, address)


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


def _nowhere(page: str, written: str, known: Sequence[str]) -> str:
    """What to do about a link to a page that is not there."""
    name = re.split(r"[/\\]", page)[-1]
    if issue := _ISSUE_FILE.fullmatch(name):
        return f"那是稿件的文件；链接到那一期，请写“/{issue_address(int(issue[1]))}”"
    if name.rpartition(".")[2].lower() in KINDS and "audio" not in page:
        return f"附件只写文件名，请写成“{name}”，文件放进 content/files/ 里这一期的文件夹"
    hint = "网站里没有这个地址" if written.startswith(("/", "http")) else "站内地址要从“/”写起"
    return f"{hint}{_like(page, known)}"


def _like(page: str, known: Sequence[str]) -> str:
    """A hint that names the address most like one that is not there."""
    written = page.lstrip("./").lower()
    if f"{written}/" in known or written in known:
        return f"；是不是“/{written}{'' if written in known else '/'}”？"
    issue = _ISSUE.match(written)
    near = [url for url in known if issue and url.startswith(issue[0])]
    near = near or [url for url in known if not (match := _ISSUE.match(url)) or match[0] == url]
    return nearest(f"/{written}", sorted(f"/{url}" for url in near))
