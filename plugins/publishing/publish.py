"""The steps of putting the site online, and of going back (发布、退回).

The ledger and the release are one step: each release is kept with the ledger's lines of all its addresses, the switch
binds them, and what is killed between the switch and the ledger's file is entered from there by the next run.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.flow import enter_in_ledger
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.publishing.place import Overtaken, Place, PlaceFault
from plugins.publishing.progress import Progress
from plugins.publishing.release import (
    Changes,
    Release,
    addresses,
    changes,
    contents_of,
    is_page,
    next_name,
    number_of,
    publisher,
)
from plugins.publishing.sources import never_had, sources_of

SHOWN = 20
"""Addresses of a kind that are named; `--dry-run` names all."""

FEW, SHARE = 50, 4
"""So many files may go at once, or that part of all (one fourth); more only on request."""

Build = Callable[[str], str]
"""Builds the public site, given the ledger's lines of what is online; gives those of the site."""
Say = Callable[[str], None]


def nobody(_addresses: Iterable[str]) -> None:
    """Tell nobody."""


class Site(NamedTuple):
    """What is published: where it is built, its address, its content with the ledger."""

    output: Path
    address: str
    content: Path
    announce: Callable[[Iterable[str]], None] = nobody
    """Called with the addresses of new and changed pages when they are online."""


class How(NamedTuple):
    """How to publish (--dry-run、--all、--over)."""

    dry_run: bool = False
    """Only say what would be."""
    anew: bool = False
    """Bring every file, because somebody has touched what is online."""
    over: bool = False
    """Put this desk's texts over those of a colleague that it never had."""
    many: bool = False
    """Take away more than a fourth of the files, too."""


def publish(place: Place, site: Site, build: Build, say: Say, how: How) -> None:
    """Build, compare with what is online, bring what differs, switch, enter the new addresses. Raises Halt.

    Where a killed run of the same publisher comes to its end meanwhile, it is done once more over what that left.
    """
    try:
        _publish(place, site, build, say, how)
    except Overtaken:
        online = place.look().release
        if how.dry_run or online is None or online.who != publisher():
            raise
        _publish(place, site, build, say, how)


def _publish(place: Place, site: Site, build: Build, say: Say, how: How) -> None:
    with nullcontext() if how.dry_run else place.held():
        online, names = place.look()
        before = "\n".join(online.ledger) if online else ""
        if not how.dry_run:
            _enter(site, before, say)
        lines = build(before)
        ledger = tuple(lines.splitlines())
        release = Release(
            next_name((*names, online.name) if online else names, datetime.now()),
            publisher(),
            online.name if online else "",
            ledger,
            *contents_of(site.output),
            sources_of(ledger, site.content.parent),
        )
        different = changes(online.files if online else {}, release.files)
        said = _in_words(different, site, online, release, most=None if how.dry_run else SHOWN)
        if online and different and online.who != release.who:
            _heed(online, release, site, say, how)
        too_many = "" if how.many or not online else _too_many(len(different.removed), len(online.files))
        if how.dry_run:
            for line in (*said, *filter(None, [too_many])):
                say(line)
            say("这是试看：什么也没有传，台账也没有动。")
            return
        if online and not different and not how.anew:
            say(f"线上已经是这样（{online.name}），什么也不用传。")
            return
        if too_many:
            raise Halt(f"{too_many}线上没有动。")
        sent = different
        if how.anew:
            sent = different._replace(changed=tuple(path for path in release.files if path not in different.added))
        size = sum(release.files[path].size for path in sent.sent)
        with Progress("上传", size) as tell:
            place.bring(release, online, sent, site.output, tell)
        place.switch(release, online)
        for line in said:
            say(line)
        say(f"已经上网：{release.name}，{site.address}/")
        _enter(site, lines, say)
    site.announce(addresses(different.sent, site.address))


def _heed(online: Release, release: Release, site: Site, say: Say, how: How) -> None:
    """What is online is a colleague's: his texts shall not go unseen. Raises PlaceFault."""
    lost = never_had(online.sources, release.sources, site.content.parent)
    if not lost:
        say(f"线上现在的是 {online.who} 发布的（{online.name}）；本机没有他的改动的话，先 git pull。")
        return
    named = f"{'、'.join(lost[:3])}{f'等 {len(lost)} 个文件' if len(lost) > 3 else ''}"
    said = (
        f"线上现在的是 {online.who} 发布的（{online.name}），那时的 {named} 本机从来没有过：现在发布，会把他的改动盖掉"
    )
    if how.dry_run or how.over:
        say(f"{said}。")
    else:
        raise PlaceFault(
            f"{said}。先 git pull（他还没有提交、推送的，请他先做）；看过 invoke publish --dry-run，"
            "确实要用本机的，再 invoke publish --over。线上没有动"
        )


def roll_back(place: Place, site: Site, say: Say, to: str = "") -> None:
    """Show readers a kept release again: the one before, or a named one. Raises Halt."""
    with place.held():
        online, names = place.look()
        release = place.kept(_chosen(online, names, to))
        _enter(site, "\n".join((*(online.ledger if online else ()), *release.ledger)), say)
        place.switch(release, online)
    different = changes(online.files if online else {}, release.files)
    for line in _in_words(different, site, online, release, most=SHOWN):
        say(line)
    say(f"已经退回到 {release.name}（{release.who} 发布的）。稿件没有动：改好以后再 invoke publish。")


def list_kept(place: Place, say: Say) -> None:
    """Name the releases that one can go back to, the latest first."""
    online, names = place.look()
    if not names:
        say("这里还没有发布过。")
    for name in sorted(names, reverse=True):
        kept = place.kept(name)
        pages = sum(map(is_page, kept.files))
        say(f"{'→' if online and name == online.name else '　'} {name}  {kept.who}  {pages} 页")


def _chosen(online: Release | None, names: tuple[str, ...], to: str) -> str:
    """The name of the release to go back to. Raises PlaceFault."""
    listed = "、".join(sorted(names, reverse=True)) or "一次也没有"
    if to:
        number = int(to) if to.isascii() and to.isdigit() else number_of(to)
        found = [name for name in names if name == to or (number and number_of(name) == number)]
        if not found:
            raise PlaceFault(f"没有保存“{to}”这一次；保存着的：{listed}")
    else:
        found = [name for name in names if online and name == online.after] or [
            name for name in names if online and number_of(name) < online.number
        ][-1:]
        if not found:
            raise PlaceFault(f"没有更早的一次可以退回；保存着的：{listed}")
    if online and found[0] == online.name:
        raise PlaceFault(f"线上已经是 {online.name}；保存着的：{listed}")
    return found[0]


def _enter(site: Site, lines: str, say: Say) -> None:
    """Enter what is online in the ledger."""
    try:
        new = enter_in_ledger(site.content, lines)
    except UnfitToPrint as unfit:
        raise Halt("\n".join(map(str, unfit.problems))) from None
    except OSError as error:
        say(f"台账没有写成（{error.strerror}）；腾出地方以后再运行一次 invoke publish，会补上。")
        return
    if new:
        say(f"台账记入 {len(new)} 个新地址；请把 {site.content.name}/permalinks.tsv 提交到 git。")


def _in_words(
    different: Changes, site: Site, online: Release | None, release: Release, most: int | None
) -> Iterator[str]:
    """What readers will find new, changed, and withdrawn or gone."""
    withdrawn = {*release.withdrawn} - {*(online.withdrawn if online else ())} - {*different.added}
    kinds = {
        "新增": different.added,
        "改动": [path for path in different.changed if path not in withdrawn],
        "撤下": [*different.removed, *withdrawn],
        "撤下过、又登出来": {*(online.withdrawn if online else ())} & {*release.files} - {*release.withdrawn},
    }
    for kind, paths in kinds.items():
        found = sorted(addresses(paths, site.address))
        if found:
            yield f"{kind} {len(found)} 页："
            yield from (f"  {address}" for address in found[:most])
            if most and len(found) > most:
                yield f"  ……等 {len(found)} 页"
    yield _sizes(different, release)


def _too_many(gone: int, online: int) -> str:
    """What is told where more files would go than an edit takes away."""
    if gone <= max(FEW, online // SHARE):
        return ""
    return f"线上有 {online} 个文件，这次要删去 {gone} 个，多过四分之一，像是弄错了；确实要删，加 --delete 再运行。"


def _sizes(different: Changes, release: Release) -> str:
    size = sum(release.files[path].size for path in different.sent)
    others = sum(not is_page(path) for path in different.sent)
    return f"文件 {len(different.sent)} 个（其中图片等 {others} 个），{size / 1e6:.1f} MB。"
