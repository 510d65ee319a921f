"""A bucket as a place (对象存储): one that readers see, and a private one that keeps what it takes to come back.

A bucket renames nothing. So the bytes of a release go to the private bucket first, by digest; then, under a claim, a
journal names the release, and its files are put where readers see them: what is new before what leads to it, what is
gone last. Whoever comes next finishes from the journal what a killed publisher began, from any desk.
"""

import contextlib
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.publishing.claim import Claim, alone_on_this_desk
from plugins.publishing.object_headers import headers_of, is_named_by_content
from plugins.publishing.place import KEPT, Online, Overtaken, PlaceFault, Tell
from plugins.publishing.progress import Progress
from plugins.publishing.rclone import Rclone
from plugins.publishing.release import Changes, File, Release, is_page, number_of, without_manifest

_BUCKET = r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)*"
_ADDRESS = re.compile(rf"bucket:(?P<remote>\w[\w.+@-]*):(?P<site>{_BUCKET}),(?P<keep>{_BUCKET})", re.ASCII)
_CURRENT, _JOURNAL, _FILES = "current", "switching", "files"
_BYTES = {"Content-Type": "application/octet-stream"}


class _Lost(PlaceFault):
    """The bytes of a release are not kept any more."""


class _State(NamedTuple):
    """What the private bucket says: the releases kept, the one that was last put to the readers whole, and one that was
    on its way when its publisher was killed."""

    names: tuple[str, ...]
    current: str
    online: Release | None
    on_its_way: Release | None

    @property
    def shown(self) -> Release | None:
        """What readers see, or will when it is finished."""
        return self.on_its_way or self.online


class BucketPlace:
    """`bucket:remote:site,keep`: a remote of rclone's, the bucket of the readers, the private one."""

    def __init__(self, address: str) -> None:
        parts = _ADDRESS.fullmatch(address.replace(" ", "").replace("/,", ",").rstrip("/"))
        if parts is None:  # whatever it is, it may have a key in it
            raise PlaceFault(
                "PUBLISH_TO 的“bucket:”写得不完整；请写成 bucket:rclone里的名字:网站的桶,留底的桶 的样子，钥匙不写在这里"
            )
        self._site, self._keep = parts["site"], parts["keep"]
        if self._site.partition("/")[0] == self._keep.partition("/")[0]:
            raise PlaceFault("PUBLISH_TO 里两个桶要不同：留底的桶不公开，撤下的稿件也在里面，不能与网站的桶是同一个")
        self._rclone = Rclone(parts["remote"])
        self._address = f"{parts['remote']}:{self._site}"
        self._claim = Claim(self._rclone, self._keep)
        self._stage: tempfile.TemporaryDirectory[str] | None = None
        self._brought: Release | None = None
        self._seen: _State | None = None
        """What has just been seen, for the first look; the switch looks again."""
        self._manifests: dict[str, Release] = {}
        self._anew: frozenset[str] = frozenset()

    def look(self) -> Online:
        state, self._seen = self._seen or self._state(), None
        if state.shown is None:
            return Online(without_manifest(state.current) if number_of(state.current) else None, state.names)
        lying = self._rclone.listed(self._site)
        files = state.shown.files
        there = {path: file for path, file in files.items() if path in lying and lying[path].size == file.size}
        return Online(state.shown._replace(files=there), state.names)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        with alone_on_this_desk(self._address) as lock:
            self._rclone.lock = lock
            try:
                self._seen = self._state()
                if self._seen.on_its_way:
                    self._seen = None
                    with _plainly(), self._claim.held():
                        state = self._state()
                        if state.on_its_way:
                            self._finish(state.on_its_way, state)
                yield
            finally:
                self._rclone.lock = self._seen = None
                self._drop_stage()

    def kept(self, name: str) -> Release:
        try:
            if name not in self._manifests:
                self._manifests[name] = Release.from_text(self._rclone.text(self._keep, f"{name}.json"))
            return self._manifests[name]
        except ValueError:
            raise PlaceFault(f"桶 {self._keep} 里的 {name}.json 坏了；请删去它，再运行 invoke publish") from None

    def bring(self, release: Release, online: Release | None, different: Changes, source: Path, tell: Tell) -> None:
        with _plainly(), tempfile.TemporaryDirectory() as folder:
            there = self._rclone.listed(f"{self._keep}/{_FILES}")
            stage = self._new_stage()
            for path in different.sent:
                file = release.files[path]
                content = (source / path).read_bytes()
                if sha256(content).hexdigest() != file.digest:
                    raise PlaceFault(f"{path} 刚才变了；请再运行一次 invoke publish")
                (stage / file.digest).write_bytes(content)
                if file.digest in there and there[file.digest].size == file.size:
                    tell(file.size)
                elif not os.path.exists(new := Path(folder, file.digest)):
                    _laid(stage / file.digest, new)
            if os.listdir(folder):
                self._rclone.send(Path(folder), f"{self._keep}/{_FILES}", _BYTES, tell)
        self._brought, self._anew = release, frozenset(different.sent)

    def switch(self, release: Release, online: Release | None) -> None:
        with _plainly(), self._claim.held():
            state = self._state()
            now = state.shown.name if state.shown else state.current
            if now != (online.name if online else ""):
                who = state.shown.who if state.shown else "有人"
                raise Overtaken(f"刚才 {who} 发布了 {now or '别的'}；你的没有上网，请再运行一次")
            self._show(release, state)
        self._drop_stage()

    def _finish(self, release: Release, state: "_State") -> None:
        """Put the rest of a release where readers see it; where that is lost, all of the next is sent."""
        try:
            self._show(release, state)
        except _Lost:
            self._rclone.delete(self._keep, [f"{state.current}.json"])
            self._rclone.delete(self._keep, [_JOURNAL])

    def _show(self, release: Release, state: "_State") -> None:
        """Put each file of a release where readers see it; the same again whenever it was stopped."""
        before = state.online.files if state.online else {}
        lying = self._rclone.listed(self._site)

        def is_there(path: str, file: File) -> bool:
            same = before.get(path) == file and path in lying and lying[path].size == file.size
            return same and not (self._brought is release and path in self._anew)

        def order(path: str) -> tuple[bool, bool, bool, list[tuple[str, str]]]:
            return path in lying, is_page(path), not is_named_by_content(path), sorted(headers_of(path).items())

        sent = sorted((path for path, file in release.files.items() if not is_there(path, file)), key=order)
        self._fetch(release, sent)  # all of it is here before readers see any
        self._rclone.put(self._keep, **{_JOURNAL: release.as_text()})
        with Progress("换上", sum(release.files[path].size for path in sent)) as tell:
            for _, paths in itertools.groupby(sent, key=order):
                self._put(release, list(paths), tell)
        self._claim.renew()
        gone = sorted(before.keys() & lying.keys() - release.files.keys(), key=is_page, reverse=True)
        for _, paths_gone in itertools.groupby(gone, key=is_page):  # a page before what it shows
            self._rclone.delete(self._site, list(paths_gone))
        self._rclone.put(self._keep, **{f"{release.name}.json": release.as_text(), _CURRENT: release.name})
        self._rclone.delete(self._keep, [_JOURNAL])
        self._tidy(release, state.names)

    def _put(self, release: Release, paths: list[str], tell: Tell) -> None:
        """Put files of one kind to the readers."""
        self._claim.renew()

        def told(size: int) -> None:
            tell(size)
            self._claim.renew()

        with tempfile.TemporaryDirectory() as folder:
            for path in paths:
                target = Path(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                _laid(self._new_stage() / release.files[path].digest, target)
            self._rclone.send(Path(folder), self._site, headers_of(paths[0]), told)

    def _fetch(self, release: Release, paths: Sequence[str]) -> None:
        """Have the bytes of these files here, each with the digest that it should have. Raises PlaceFault."""
        stage = self._new_stage()
        needed = {release.files[path].digest: release.files[path] for path in paths}
        missing = [digest for digest in needed if not (stage / digest).exists()]
        if missing:
            self._rclone.fetch(f"{self._keep}/{_FILES}", missing, stage)
        lost = [digest for digest in missing if not _holds(stage / digest, needed[digest])]
        if lost:
            path = next(path for path in paths if release.files[path].digest == lost[0])
            raise _Lost(f"退不回 {release.name}：它的 {len(lost)} 个文件已经不在留底的桶里（如 {path}）；线上没有动")

    def _tidy(self, online: Release, names: tuple[str, ...]) -> None:
        """Keep the last releases, and of the bytes what they need."""
        names = tuple(sorted({*names, online.name}))
        dropped = [name for name in names[:-KEPT] if name != online.name]
        if dropped:
            kept = [self.kept(name) for name in names if name not in dropped]
            needed = {file.digest for release in kept for file in release.files.values()}
            there = self._rclone.listed(f"{self._keep}/{_FILES}")
            self._rclone.delete(f"{self._keep}/{_FILES}", sorted(there.keys() - needed))
            self._rclone.delete(self._keep, [f"{name}.json" for name in dropped])

    def _state(self) -> "_State":
        there = self._rclone.listed(self._keep, without=_FILES)
        names = tuple(sorted(name.removesuffix(".json") for name in there if number_of(name.removesuffix(".json"))))
        current = self._rclone.text(self._keep, _CURRENT) if _CURRENT in there else ""
        journal = self._rclone.text(self._keep, _JOURNAL) if _JOURNAL in there else ""
        online = self.kept(current) if current in names else None
        return _State(names, current, online, Release.from_text(journal) if journal else None)

    def _new_stage(self) -> Path:
        """Where bytes lie here, by digest."""
        self._stage = self._stage or tempfile.TemporaryDirectory(prefix="yibin-")
        return Path(self._stage.name)

    def _drop_stage(self) -> None:
        self._brought, self._anew = None, frozenset()
        if self._stage:
            self._stage.cleanup()
            self._stage = None


def _laid(file: Path, target: Path) -> None:
    """The same file under another name."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _holds(path: Path, file: File) -> bool:
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == file.digest


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Tell what the desk's own disk does not do, without a traceback."""
    try:
        yield
    except OSError as error:
        where = error.filename or tempfile.gettempdir()
        raise PlaceFault(f"{where}：{error.strerror}；线上是完整的，改好以后再运行一次 invoke publish") from None
