"""The ledger (台账) of every published address, and its check against the plan: addresses are for ever."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.newspaper.archive import Archive
from plugins.newspaper.pages import Page
from plugins.newspaper.problems import Problem

HEADER = "# 台账：每个发表过的地址，一行一个，只增不删（地址、来源文件、标题，用制表符隔开）"


@dataclass(frozen=True, slots=True)
class Entry:
    """A published address, the file it came from and its headline at that time."""

    url: str
    source: str = ""
    headline: str = ""

    def __str__(self) -> str:
        return f"/{self.url}\t{self.source}\t{self.headline}".rstrip("\t")


def entries(archive: Archive, pages: Iterable[Page], standing: Mapping[str, str]) -> Iterator[Entry]:
    """What the plan publishes; `standing` is address → title of the pages that are not news (about)."""
    for page in pages:
        article = page.context.get("article")
        target = page.context.get("target")
        if page.url == "404.html":
            continue
        if article is not None:
            yield Entry(page.url, archive.issue_of(article).source, article.headline.plain)
        elif target is not None:
            yield Entry(page.url, "", target.headline.plain)
        else:
            yield Entry(page.url, _source_of(page))
    for url, title in standing.items():
        yield Entry(url, "content/pages", title)


def _source_of(page: Page) -> str:
    if page.url.startswith("issues/"):
        return f"content/issues/{page.context['folio'].total_issue:04}.md"
    return "content/topics.yaml" if page.url.startswith("topics/") and page.url != "topics/" else ""


def read_ledger(text: str) -> dict[str, tuple[int, Entry]]:
    """Address → line and entry; the first line of an address counts, comments and empty lines do not."""
    ledger: dict[str, tuple[int, Entry]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            url, source, headline, *_ = [*line.split("\t"), "", ""]
            ledger.setdefault(url.strip().removeprefix("/"), (number, Entry(url.strip()[1:], source, headline)))
    return ledger


def with_new_entries(text: str, published: Iterable[Entry]) -> tuple[str, list[Entry]]:
    """The ledger's text with the addresses it lacks added at its end, and those addresses."""
    known = read_ledger(text)
    new = sorted({entry.url: entry for entry in published if entry.url not in known}.values(), key=lambda e: e.url)
    if not new:
        return text, []
    lines = [text.rstrip("\n")] if text.strip() else [HEADER]
    return "\n".join([*lines, *map(str, new)]) + "\n", new


def check_ledger(text: str, published: Iterable[Entry], archive: Archive, path: str) -> Iterator[Problem]:
    """A Problem for each address that would vanish, at the line to mend, and one if new addresses are not entered."""
    present = {entry.url: entry for entry in published}
    ledger = read_ledger(text)
    places = {
        (issue.source, article.headline.plain): article.line for issue in archive.issues for article in issue.articles
    }
    for url, (number, entry) in ledger.items():
        if url in present:
            continue
        source = entry.source or path
        line = places.get((entry.source, entry.headline), 1 if entry.source else number)
        name = f"《{entry.headline}》" if entry.headline else ""
        if entry.headline and url.startswith("issues/"):
            remedy = f"请把短名改回“{url.rstrip('/').rpartition('/')[2]}”，或在这篇稿件的标题下写“:aliases: /{url}”"
        else:
            remedy = f"请把 {source} 恢复原样" if entry.source else "请恢复这个地址的内容"
        message = f"地址 /{url} {name}已经发表（{path} 第 {number} 行），现在会打不开；{remedy}"
        yield Problem(source, line, "address-vanished", message)
    new = [url for url in present if url not in ledger]
    if new:
        message = f"有 {len(new)} 个新地址还没有记入台账（如 /{new[0]}）；请先运行 invoke permalinks"
        yield Problem(path, len(text.splitlines()) + 1, "ledger-behind", message)
