"""Where the site is published to (发布的地方): whether it can be reached, and what is there."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plugins.doctor.desk import disk_finding
from plugins.doctor.finding import Finding, doubtful, good, wrong
from plugins.newspaper.addresses import output_file
from plugins.newspaper.problems import Halt
from plugins.publishing.place import HasDisk
from plugins.publishing.places import place_at
from plugins.publishing.release import Release

_WHAT = "发布的地方"


class Seen(NamedTuple):
    """What was found at the place, and the release that is online, where there is one."""

    findings: list[Finding]
    release: Release | None


def look_at_place(address: str, ledger: Mapping[str, object], online_lines_lack: str) -> Seen:
    """`ledger` has its addresses; `online_lines_lack` is where a line that only the place has would be entered."""
    try:
        place = place_at(address)
        release, names = place.look()
        free = place.free() if isinstance(place, HasDisk) else None
    except Halt as fault:
        return Seen([wrong(_WHAT, str(fault))], None)
    found = [*([] if free is None else [disk_finding("发布处的磁盘", free)])]
    if release is None and ledger:
        lost = f"连得上，里面什么也没有，台账里却有 {len(ledger)} 个已经上网的地址；PUBLISH_TO 写对了没有？新换的服务器就 invoke publish"
        return Seen([wrong(_WHAT, lost), *found], None)
    if release is None:
        return Seen([doubtful(_WHAT, "连得上，还没有发布过；invoke publish 发布第一次"), *found], None)
    if not release.files:
        lost = f"线上 {release.name} 的清单没有了，不知道有哪些文件；invoke publish 会全部重传"
        return Seen([doubtful(_WHAT, lost), *found], None)
    found.insert(0, good(_WHAT, f"连得上，线上是 {release.name}（{release.who} 发布的），存着 {len(names)} 次"))
    found += _ledger(ledger, release, online_lines_lack)
    return Seen(found, release)


def _ledger(ledger: Mapping[str, object], release: Release, name: str) -> Iterator[Finding]:
    lost = [url for url in ledger if output_file(url) not in release.files]
    unknown = [line for line in release.ledger if line.partition("\t")[0].removeprefix("/") not in ledger]
    if lost:
        more = f"等 {len(lost)} 个" if len(lost) > 1 else ""
        yield wrong("台账", f"/{lost[0]} {more}在台账里，线上却没有；invoke publish 补上，它会说出原因")
    if unknown:
        yield doubtful(
            "台账", f"线上有 {len(unknown)} 个地址不在 {name} 里；先 git pull，没有的话 invoke publish 会补上"
        )
    if not lost and not unknown:
        yield good("台账", f"{len(ledger)} 个地址，线上都有")
