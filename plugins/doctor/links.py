"""Links to other sites (外链) that are dead, at the line of the file that has them; asked for on request only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.doctor.asking import NoAnswer, ask
from plugins.doctor.finding import Finding, doubtful, good, wrong

GONE = (404, 410)
_AT_ONCE = 8


class Written(NamedTuple):
    """A link where its editor wrote it."""

    source: str
    line: int
    address: str


def link_findings(links: Iterable[Written], site: str) -> Iterator[Finding]:
    places: dict[str, list[Written]] = defaultdict(list)
    for link in links:
        address = f"https:{link.address}" if link.address.startswith("//") else link.address
        if address.lower().startswith(("http://", "https://")) and not f"{address}/".startswith(f"{site}/"):
            places[address.partition("#")[0]].append(link)
    found = False
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for address, (mark, said) in zip(places, pool.map(_look, places), strict=True):
            for link in places[address] if said else ():
                found = True
                yield (wrong if mark else doubtful)("外链", f"{link.source}:{link.line}: {address} {said}")
    if not found:
        yield good("外链", f"{len(places)} 个，都打得开" if places else "稿件里没有链接到别的网站")


def _look(address: str) -> tuple[bool, str]:
    """Whether a link is surely dead, and what to say of it; nothing where it is not."""
    remedy = "请换成现在的网址，或去掉链接"
    try:
        answer = ask(address, "HEAD")
        if answer.status >= 400:  # some servers know no HEAD
            answer = ask(address)
    except NoAnswer as none:
        return "找不到这个域名" in str(none), f"打不开：{str(none).partition('；')[0]}；{remedy}"
    if answer.status in GONE:
        return True, f"已经没有了（状态 {answer.status}）；{remedy}"
    if answer.status >= 400:
        return False, f"给状态 {answer.status}，也许只是不理会程序；请自己打开看看"
    moved = answer.header("Location")
    if moved and urlsplit(moved).path in ("", "/") and urlsplit(address).path not in ("", "/"):
        return False, "转到了首页，原来的内容也许没有了；请自己打开看看"
    return False, ""
