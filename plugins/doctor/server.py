"""What readers are given (网站的回答): ten addresses of the ledger against the release that is online, and headers."""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.doctor.asking import Answer, NoAnswer, ask
from plugins.doctor.desk import clock_finding
from plugins.doctor.finding import Finding, doubtful, good, wrong
from plugins.newspaper.addresses import output_file
from plugins.publishing.release import Release
from plugins.servers.served import HASHED

ASKED = 10
NOWHERE = "issues/999999/yibin-news-doctor/"
"""An address that leads nowhere."""
_OF_SERVERS = "用 invoke server-sample 重新生成服务器的配置"
_OF_OTHERS = "在它的控制台里设（对象存储、CDN、托管服务没有我们的配置）"
_REFUSED = (401, 403)
_WORTH_PACKING = 1500
"""Bytes of a page that servers compress."""


class _Site(NamedTuple):
    address: str
    release: Release | None
    visibility: str
    configure: str
    """What to do about a header."""


def server_findings(
    site: str, ledger: Sequence[str], release: Release | None, visibility: str = "public", *, own_server: bool = True
) -> Iterator[Finding]:
    """`ledger` has addresses; `release` is what should be online, where that is known. A bucket is no `own_server`."""
    asked = time.time()
    try:
        front = ask(f"{site}/")
    except NoAnswer as none:
        yield wrong("网站", f"{site}/ 打不开：{none}")
        return
    yield from _clock(front, asked)
    about = _Site(site, release, visibility, _OF_SERVERS if own_server else _OF_OTHERS)
    if front.status in _REFUSED:
        yield from _refused(about, front)
        return
    if visibility == "closed":
        yield _open(about, front)
    yield from _pages(about, ledger)
    if front.status == 200:
        yield from _headers(about, front)
        yield from _compression(about, front)
        yield from _kept_files(about)
    yield from _nowhere(about)
    yield from _hidden(about)
    yield from _plain_http(site)


def chosen(ledger: Sequence[str], number: int = ASKED) -> list[str]:
    """So many addresses of the ledger, the front page and the newest among them, the others at equal distances."""
    others = [url for url in ledger if url]
    step = max(1, (len(others) - 1) / max(1, number - 2))
    return ["", *dict.fromkeys(others[round(at * step)] for at in range(min(number - 1, len(others))))]


def _clock(front: Answer, asked: float) -> Iterator[Finding]:
    try:
        said: datetime = parsedate_to_datetime(front.header("Date"))
        yield clock_finding(said, asked)
    except (ValueError, TypeError):
        yield doubtful("时钟", "服务器没有说它的时间，没有比")


def _refused(about: _Site, front: Answer) -> Iterator[Finding]:
    if about.visibility == "closed":
        yield good("只给内部看", f"没有密码的人打不开（状态 {front.status}）；网页的内容没有比，请自己打开一篇看看")
    else:
        yield wrong(
            "网站",
            f"{about.address}/ 不让看（状态 {front.status}）：服务器上的文件夹要让 nginx 读得到，配置里不要有密码和 deny",
        )


def _open(about: _Site, front: Answer) -> Finding:
    """A site that should be closed was seen without a password; whether from inside the office, nobody knows here."""
    if "noindex" in front.header("X-Robots-Tag"):  # the configuration is that of a closed site
        return doubtful(
            "只给内部看",
            f"这台电脑不用密码就打得开 {about.address}/；它不在放行的单位网络里的，就是谁都打得开，请用手机流量试",
        )
    return wrong(
        "只给内部看", f"VISIBILITY 是 closed，可是 {about.address}/ 谁都打得开；{about.configure}，设上密码或单位网络"
    )


class _Fault(NamedTuple):
    """What is wrong with a page; those of one remedy are told together."""

    url: str
    said: str
    remedy: str


def _pages(about: _Site, ledger: Sequence[str]) -> Iterator[Finding]:
    urls = chosen(ledger)
    with ThreadPoolExecutor(5) as pool:
        faults = [fault for fault in pool.map(lambda url: _page(about, url), urls) if fault]
    for remedy in dict.fromkeys(fault.remedy for fault in faults):
        same = [fault for fault in faults if fault.remedy == remedy]
        more = f"等 {len(same)} 个（看了 {len(urls)} 个）" if len(same) > 1 else ""
        yield wrong("网页", f"{about.address}/{same[0].url} {more}{same[0].said}；{remedy}")
    if not faults:
        same_as = f"，与 {about.release.name} 一字不差" if about.release else ""
        yield good("网页", f"台账里的 {len(urls)} 个地址都打得开{same_as}")


def _page(about: _Site, url: str) -> _Fault | None:
    try:
        answer = ask(f"{about.address}/{url}")
    except NoAnswer as none:
        return _Fault(url, "打不开", str(none))
    match answer.status:
        case 200:
            return _same(about, url, answer)
        case 301 | 302 | 307 | 308:
            remedy = "SITEURL 要写成读者最后到的那个网址；要密码、要登录的服务不能用"
            return _Fault(url, f"转到了 {answer.header('Location')}", remedy)
        case 401 | 403:
            return _Fault(url, f"不让看（状态 {answer.status}）", "服务器上的文件夹、文件要让 nginx 读得到")
        case 404:
            remedy = "服务器的配置里，文件夹要是发布处的 current（invoke server-sample 写好了）；文件被人删了的，invoke publish --all"
            return _Fault(url, "没有（状态 404）", remedy)
        case _:
            return _Fault(url, f"给状态 {answer.status}", "看服务器的记录（/var/log/nginx/error.log）")


def _same(about: _Site, url: str, answer: Answer) -> _Fault | None:
    file = about.release.files.get(output_file(url)) if about.release else None
    if file is None or not about.release or sha256(answer.body).hexdigest() == file.digest:
        return None
    said = f"与发布的 {about.release.name} 不一样（{len(answer.body)} 字节，应为 {file.size}）"
    remedy = (
        "有 CDN 的去刷新它的缓存；没有的，配置里的文件夹不对，或有人在服务器上改过（invoke publish --all 全部重传）"
    )
    return _Fault(url, said, remedy)


def _headers(about: _Site, front: Answer) -> Iterator[Finding]:
    found = list(_of_headers(about, front))
    yield from found
    if not found:
        yield good("响应头", "字符集、缓存、安全头都有")


def _of_headers(about: _Site, front: Answer) -> Iterator[Finding]:
    policy = front.header("Content-Security-Policy")
    if any(name in policy for name in ("default-src", "style-src", "script-src")):
        yield wrong("响应头", f"服务器自己的 Content-Security-Policy 管着样式和脚本，网页会没有样子；{about.configure}")
    lacking = [
        name
        for name, has in (
            ("字符集", "utf-8" in front.header("Content-Type").lower()),
            ("X-Content-Type-Options", front.header("X-Content-Type-Options") == "nosniff"),
            ("frame-ancestors", "frame-ancestors" in policy or front.header("X-Frame-Options")),
        )
        if not has
    ]
    if lacking:
        yield doubtful("响应头", f"没有 {'、'.join(lacking)}；{about.configure}")
    if "no-cache" not in front.header("Cache-Control"):
        said = front.header("Cache-Control") or "什么也没说"
        yield doubtful(
            "响应头",
            f"网页的 Cache-Control 是“{said}”，应为 no-cache，不然改了的网页读者要过很久才看到；{about.configure}",
        )
    if about.visibility != "public" and "noindex" not in front.header("X-Robots-Tag"):
        yield doubtful("响应头", f"没有 X-Robots-Tag: noindex，图片和附件会被收录；{about.configure}")


def _compression(about: _Site, front: Answer) -> Iterator[Finding]:
    packed = _quietly(f"{about.address}/", Accept_Encoding="gzip, br, zstd")
    if packed and len(front.body) > _WORTH_PACKING and not packed.header("Content-Encoding"):
        yield doubtful("压缩", f"网页没有压缩就发，慢三倍；{about.configure}")


def _kept_files(about: _Site) -> Iterator[Finding]:
    """A file that is named by its content may be kept for a year."""
    named = sorted(path for path in (about.release.files if about.release else ()) if re.match(HASHED, path))
    if not named:
        return
    answer = _quietly(f"{about.address}/{named[-1]}", method="HEAD")
    if answer is None or answer.status != 200:
        yield wrong("图片", f"{about.address}/{named[-1]} 打不开")
    elif "max-age=" not in answer.header("Cache-Control"):
        yield doubtful("图片", f"图片没有说可以存多久，读者每次重新下载；{about.configure}")


def _nowhere(about: _Site) -> Iterator[Finding]:
    answer = _quietly(f"{about.address}/{NOWHERE}")
    page = about.release.files.get("404.html") if about.release else None
    if answer is None:
        return
    if answer.status != 404:
        said = f"没有的网址给状态 {answer.status}，应为 404：搜索引擎会收进许多空页"
        yield wrong("404", f"{said}；{about.configure}")
    elif page and sha256(answer.body).hexdigest() != page.digest:
        yield doubtful("404", f"没有的网址给的不是网站自己的 404 页；{about.configure}")
    else:
        yield good("404", "没有的网址给状态 404")


def _hidden(about: _Site) -> Iterator[Finding]:
    for path in (".releases/current", ".git/config"):
        answer = _quietly(f"{about.address}/{path}")
        if answer and answer.status == 200:
            yield wrong("隐藏的文件", f"{about.address}/{path} 谁都看得见；{about.configure}")


def _plain_http(site: str) -> Iterator[Finding]:
    address = urlsplit(site)
    if address.scheme != "https" or address.port:
        return
    answer = _quietly(f"http://{address.hostname}{address.path}/")
    if answer is None:
        yield doubtful("http", "http:// 的网址打不开，读者手工输入网址会到不了；80 端口要开着，转到 https")
    elif not answer.header("Location").startswith("https:"):
        yield doubtful("http", "http:// 的网址没有转到 https；用 certbot --nginx 办证书时选 redirect")


def _quietly(url: str, method: str = "GET", **headers: str) -> Answer | None:
    try:
        return ask(url, method, **headers)
    except NoAnswer:
        return None
