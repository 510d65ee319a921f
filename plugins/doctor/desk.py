"""This machine: what a build and a publish need of it."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PIL import features

from plugins.doctor.finding import Finding, doubtful, good, wrong
from plugins.newspaper.checking.ledger import LEDGER
from plugins.newspaper.making.cards import missing

LITTLE, SCARCE = 200_000_000, 1_000_000_000
"""Bytes of free space with which a publish may fail, and with which it soon may."""
OFF = timedelta(minutes=5)
"""How far a clock may be off: signatures of clouds allow fifteen."""
CHINA = timedelta(hours=8)
NEEDED = {"webp": "webp 图片", "jpg": "jpg 图片", "zlib": "png 图片", "freetype2": "分享图上的字"}
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.M)


def desk_findings(root: Path, theme: Path) -> Iterator[Finding]:
    yield disk_finding("本机磁盘", shutil.disk_usage(root).free)
    yield _time_zone()
    lacking = [name for feature, name in NEEDED.items() if not features.check(feature)]
    if lacking:
        yield wrong("Pillow", f"做不了{'、'.join(lacking)}；请运行 python -m pip install --force-reinstall pillow")
    else:
        yield good("Pillow", f"{version('pillow')}，webp、jpg、png、字体都会")
    yield _font(theme / "fonts/card.otf")
    yield _packages(root / "requirements.lock")
    yield from _uncommitted(root)


def disk_finding(what: str, free: int) -> Finding:
    left = f"还有 {free / 1e9:.1f} GB" if free >= SCARCE else f"只剩 {free // 1_000_000} MB"
    if free < LITTLE:
        return wrong(what, f"{left}；先腾出地方，不然生成、发布都可能做到一半（df -h 看哪里满了）")
    return doubtful(what, f"{left}；该腾地方了") if free < SCARCE else good(what, left)


def clock_finding(server_says: datetime, asked: float) -> Finding:
    """The clock of this machine against a server's, which said its time when the desk's was `asked`."""
    off = datetime.fromtimestamp(asked, UTC) - server_says
    if abs(off) <= OFF:
        return good("时钟", "与服务器的一样")
    by = f"比服务器{'快' if off > timedelta() else '慢'} {_long(abs(off))}"
    return wrong("时钟", f"本机的钟{by}；哪边不对改哪边（打开自动对时），不然期号、日期、证书都会看错")


def _long(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes >= 2880:
        return f"{minutes // 1440} 天"
    return f"{minutes // 60} 小时" if minutes >= 120 else f"{minutes} 分钟"


def _time_zone() -> Finding:
    now = time.localtime()
    if timedelta(seconds=now.tm_gmtoff) == CHINA:
        return good("时区", "中国时间")
    there = f"UTC{now.tm_gmtoff / 3600:+g}"
    return doubtful(
        "时区", f"本机是 {there}，不是中国时间：半夜生成的网页会以为还是前一天；环境变量写上 TZ=Asia/Shanghai"
    )


def _font(font: Path) -> Finding:
    try:
        lost = missing("伊滨新闻", font)
    except OSError as error:
        return wrong("字体", f"分享图用的 theme/fonts/{font.name} 读不了（{error.strerror or error}）；请从 git 拿回来")
    if lost:
        return doubtful("字体", f"theme/fonts/{font.name} 里没有“{''.join(lost)}”；请从 git 拿回原来的")
    return good("字体", f"theme/fonts/{font.name} 好用")


def _packages(lock: Path) -> Finding:
    """Those that are installed are those of the lock file; one that is not may be of a part that is not used here."""
    if not lock.is_file():
        return doubtful("程序包", f"没有 {lock.name}，不知道该是哪些版本；请从 git 拿回来")
    other = []
    for name, pinned in _PINNED.findall(lock.read_text(encoding="utf-8")):
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        if installed != pinned:
            other.append(f"{name} 是 {installed}，应为 {pinned}")
    if other:
        more = f"等 {len(other)} 个" if len(other) > 3 else ""
        remedy = "请运行 python -m pip install --require-hashes -r requirements.lock"
        return doubtful("程序包", f"{'；'.join(other[:3])}{more}；{remedy}")
    return good("程序包", f"与 {lock.name} 一样")


def _uncommitted(root: Path) -> Iterator[Finding]:
    """What others need to see of a publish, and cannot yet."""
    names = [f"content/{LEDGER}", "publishconf.py"]
    try:
        command = ["git", "status", "--porcelain", "--", *names]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        yield doubtful("git", "这里不是 git 的工作区，或没有装 git：稿件和台账没有备份，别的编辑也看不见")
        return
    changed = [name for name in names if name in done.stdout]
    if changed:
        yield doubtful(
            "git", f"{'、'.join(changed)} 改了还没有提交；请 git add、git commit、git push，别的编辑才看得见"
        )
    else:
        yield good("git", "台账和发布设置都已提交")
