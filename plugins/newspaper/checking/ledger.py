"""The ledger (台账) of every published address, and its check against the plan: no address may ever vanish."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from plugins.newspaper.addresses import TOPICS, article_at, issue_at, number_in, slug_at
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.problems import Problem

LEDGER = "permalinks.tsv"
HEADER = "# 台账：每个发表过的地址，一行一个，只增不删（地址、来源文件、标题，用制表符隔开）"


class LedgerLine(NamedTuple):
    """A published address, the file it came from and its headline at that time."""

    url: str
    source: str = ""
    headline: str = ""

    def __str__(self) -> str:
        return f"/{self.url}\t{self.source}\t{self.headline}".rstrip("\t")


def read_ledger(text: str) -> dict[str, tuple[int, LedgerLine]]:
    """Address → line and entry; the first line of an address counts. In what order they stand, and whether one stands
    twice, as after a merge of what two editors entered, is all the same."""
    ledger: dict[str, tuple[int, LedgerLine]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.startswith("/"):
            url, source, headline, *_ = [*line.split("\t"), "", ""]
            ledger.setdefault(url.strip().removeprefix("/"), (number, LedgerLine(url.strip()[1:], source, headline)))
    return ledger


def with_lines(text: str, more: str) -> tuple[str, tuple[str, ...]]:
    """The ledger's text with the lines of another that it lacks added at its end, and those lines."""
    known = read_ledger(text)
    new = tuple(str(line) for url, (_, line) in sorted(read_ledger(more).items()) if url not in known)
    if not new:
        return text, ()
    before = text.splitlines() if text.strip() else [HEADER]
    return "\n".join([*before, *new]) + "\n", new


def lines_of(text: str, published: Mapping[str, str], headline_at: Callable[[str], str]) -> str:
    """The lines of all addresses of the public site: as the ledger has them, or as they shall be entered.

    `published` is address → source file, `headline_at` gives an address's headline.
    """
    ledger = read_ledger(text)
    lines = (
        ledger[url][1] if url in ledger else LedgerLine(url, published[url], headline_at(url))
        for url in sorted(published)
    )
    return "\n".join(map(str, lines))


def headline_at(archive: Archive, url: str) -> str:
    """Headline of the story at an address; empty where there is no story."""
    place = article_at(url)
    if not place or place[0] not in archive.positions:
        return ""
    stories = archive.contents(archive.entry(place[0])).stories
    return next((story.headline.plain for story in stories if story.url == url), "")


def check_published(
    text: str,
    published: Mapping[str, str],
    archive: Archive,
    path: str,
    unfit: Collection[str] = (),
    has_unread: bool = False,
) -> Iterator[Problem]:
    """A Problem for each published address that would vanish (发表过的地址), at the line to mend.

    `unfit` are files with problems of their own. What they would print is not known, so what vanishes with them is not
    told; nor any topic or year, while there are such; nor, with `has_unread`, what came from a file that is not there.
    Of an issue that vanishes, the stories are not told besides; of an issue or a story, the topics and years.
    """
    for at, written in enumerate(text.splitlines(), 1):
        if written.strip() and not written.startswith(("/", "#")):
            message = (
                "台账这一行读不懂；每行是“/地址”、来源文件、标题，用制表符隔开。合并时留下的 <<<<<<< 一类的行请删去"
            )
            yield Problem(path, at, "ledger-line", message)
    ledger = read_ledger(text)
    vanished = ledger.keys() - published.keys()
    read = {entry.source for entry in archive.every}
    issues = tuple(url for url in vanished if issue_at(url))
    follow = bool(unfit) or any(issue_at(url) or article_at(url) for url in vanished)
    for url in vanished:
        number, entry = ledger[url]
        if url.startswith(issues) and url not in issues:
            continue
        if entry.source in unfit or (follow and (not entry.source or url.startswith(TOPICS))):
            continue
        if has_unread and number_in(entry.source) and entry.source not in read:
            continue
        source = entry.source or path
        line = _line_of(archive, entry) if entry.source else number
        name = f"《{entry.headline}》" if entry.headline else ""
        if entry.headline and article_at(url):
            remedy = f"请把短名改回“{slug_at(url)}”，或在这篇稿件的标题下写“:aliases: /{url}”"
            if line == 1:  # it is not there under its headline
                remedy = (
                    f"短名改了，请改回“{slug_at(url)}”；整篇删去了，请放回来，要撤下就在标题下写“:状态: 撤下 日期 原因”"
                )
        elif issue_at(url):
            remedy = f"请把 {source} 恢复原样；要撤下整期，就在文首信息里写“状态: 撤下 日期 原因”"
        else:
            remedy = f"请把 {source} 恢复原样" if entry.source else "请恢复这个地址的内容"
            if url.startswith(TOPICS):
                remedy += "，稿件里的“:专题:”也是"
        message = f"地址 /{url} {name}已经发表（{path} 第 {number} 行），现在会打不开；{remedy}"
        yield Problem(source, line, "address-vanished", f"{message}（从没有放上网的，删去台账那一行）")


def _line_of(archive: Archive, ledger_line: LedgerLine) -> int:
    """Where in its file the story stands now; 1 if it is not there."""
    for entry in archive.every:
        if entry.source == ledger_line.source:
            issue = archive.issue(entry)
            lines = {article.headline.plain: article.line for article in issue.articles}
            lines |= {story.headline: story.line for story in issue.withdrawn}
            return lines.get(ledger_line.headline, 1)
    return 1
