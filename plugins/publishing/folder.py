"""A folder as a place: a mounted disk, a checkout for a pages service, a folder that something else uploads.

No symbolic links are needed. New bytes are first laid under `.releases/`, where no reader comes; then each file is
renamed into its place, what pages show before pages, and what is gone is removed last. A journal names the release that
is on its way, so that the next run finishes what a killed one began; what the kept releases had stays in `.releases/`.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from plugins.newspaper.file_lock import try_to_lock
from plugins.newspaper.whole_files import write_whole
from plugins.publishing.place import KEPT, Online, Overtaken, PlaceFault, Tell
from plugins.publishing.release import Changes, File, Release, in_sending_order, number_of, publisher, without_manifest

STATE = ".releases"
_WHY = {errno.ENOSPC: "磁盘满了", errno.EROFS: "磁盘是只读的", errno.EACCES: "没有写的权限", errno.EIO: "磁盘读写出错"}
_WHY |= {errno.ENOTDIR: "这里要是文件夹，现在是文件", errno.EISDIR: "这里要是文件，现在是文件夹"}


class FolderPlace:
    """A folder whose own files are those of the release that is online; others' files stay."""

    def __init__(self, address: str) -> None:
        written = address.removeprefix("folder:")
        self._root = Path(os.path.expanduser(written.removeprefix("//") or "."))
        self._state = self._root / STATE
        self._bytes = self._state / "files"
        self._journal = self._state / "switching"
        self._incoming = self._state / "incoming.json"
        if not written.strip("/") or not os.path.isdir(self._root):
            raise PlaceFault(f"PUBLISH_TO 写的文件夹 {self._root} 不存在；磁盘接上了没有？新的地方请先建好这个文件夹")

    def stay_out_of(self, project: Path) -> None:
        """Publishing would mix the site with what it is made of, or show that to readers. Raises PlaceFault."""
        place, project = self._root.resolve(), project.resolve()
        if place.is_relative_to(project) or project.is_relative_to(place):
            raise PlaceFault(f"PUBLISH_TO 写的文件夹 {self._root} 在项目里面，或者包着项目；请写项目以外的文件夹")

    def look(self) -> Online:
        with _plainly(self._root):
            return self._look()

    def _look(self) -> Online:
        names = sorted(path.stem for path in self._state.glob("*.json") if number_of(path.stem))
        on_its_way = self._read(self._journal)
        name = on_its_way if on_its_way in names else self._read(self._state / "current")
        if name not in names:
            return Online(without_manifest(name) if number_of(name) else None, tuple(names))
        release = self.kept(name)
        return Online(release._replace(files=self._as_it_lies(release)), tuple(names))

    def free(self) -> int:
        with _plainly(self._root):
            return shutil.disk_usage(self._root).free

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        with _plainly(self._root):
            self._bytes.mkdir(parents=True, exist_ok=True)
            lock = open(self._state / "lock", "ab")  # noqa: SIM115 - held until the end
        with lock:
            if not try_to_lock(lock):
                raise Overtaken(f"{self._read(self._state / 'who') or '有人'} 正在往这里发布；等一会儿再试")
            with _plainly(self._root):
                self._tidy()  # a full disk may be full of what was left half done
                if (name := self._read(self._journal)) and (self._state / f"{name}.json").exists():
                    self._show(self.kept(name))
                self._journal.unlink(missing_ok=True)  # one that names no manifest cannot be finished
                write_whole(self._state / "who", publisher().encode())
                write_whole(self._state / ".gitignore", b"*\n")  # a checkout publishes the site, not what is kept
            yield

    def kept(self, name: str) -> Release:
        try:
            return Release.from_text(self._read(self._state / f"{name}.json"))
        except ValueError:
            raise PlaceFault(f"{self._state / name}.json 坏了；请删去这个文件，再运行 invoke publish") from None

    def bring(self, release: Release, online: Release | None, different: Changes, source: Path, tell: Tell) -> None:
        with _plainly(self._root):
            self._check_room(different.added, online.files if online else {})
            for path in in_sending_order(different.sent):
                content = (source / path).read_bytes()
                if sha256(content).hexdigest() != release.files[path].digest:
                    raise PlaceFault(f"{path} 刚才变了；请再运行一次 invoke publish")
                write_whole(self._aside(path, release.files[path]), content)
                tell(len(content))
            self._keep(online, (*different.changed, *different.removed))
            write_whole(self._incoming, release.as_text().encode())

    def switch(self, release: Release, online: Release | None) -> None:
        with _plainly(self._root):
            if self._incoming.exists():
                os.replace(self._incoming, self._state / f"{release.name}.json")
            else:  # one that was kept: what is online must be there to come back
                files = online.files if online else {}
                self._keep(online, [path for path, file in files.items() if release.files.get(path) != file])
                self._check(release)
            write_whole(self._journal, release.name.encode())
            self._show(release)
            self._tidy()

    def _show(self, release: Release) -> None:
        """Put each file of a release in its place; the same again whenever it was stopped."""
        name = self._read(self._state / "current")
        before = self.kept(name).files if (self._state / f"{name}.json").exists() else {}
        gone = before.keys() - release.files.keys()
        for path in in_sending_order(release.files):
            aside = self._aside(path, release.files[path])
            if aside.exists() and not _holds(self._root / path, release.files[path]):
                for other in gone:  # a file where a folder will be, or the other way round
                    if path.startswith(f"{other}/") or other.startswith(f"{path}/"):
                        self._drop(other)
                (self._root / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(aside, self._root / path)  # needs no space on the disk
        for path in reversed(in_sending_order(gone)):  # a page before what it shows
            self._drop(path)
        write_whole(self._state / "current", release.name.encode())
        self._journal.unlink(missing_ok=True)

    def _aside(self, path: str, file: File) -> Path:
        """Where the bytes of a file lie while it is not online."""
        return self._bytes / sha256(f"{file.digest} {path}".encode()).hexdigest()[:40]

    def _drop(self, path: str) -> None:
        target = self._root / path
        if target.is_dir() or _size(target) < 0:  # gone, or a folder of that name has come
            return
        target.unlink()
        for parent in target.parents:
            if parent == self._root:
                break
            with contextlib.suppress(OSError):
                parent.rmdir()

    def _keep(self, online: Release | None, paths: Iterable[str]) -> None:
        """Lay aside the bytes of what will be replaced or removed."""
        files = online.files if online else {}
        for path in paths:
            file = files.get(path)
            if file and not self._aside(path, file).exists() and _holds(self._root / path, file):
                write_whole(self._aside(path, file), (self._root / path).read_bytes())

    def _check_room(self, added: Iterable[str], ours: Iterable[str]) -> None:
        """Nothing of others lies where a new file, or the folder around it, will be. Raises PlaceFault."""
        folders = {parent.as_posix() for path in ours for parent in PurePosixPath(path).parents}
        files = {*ours}
        for path in added:
            around = [parent.as_posix() for parent in PurePosixPath(path).parents]
            blocked = [each for each in around if each not in files and (self._root / each).is_file()]
            if path not in folders and (self._root / path).is_dir():
                blocked.append(path)
            if blocked:
                raise PlaceFault(
                    f"{self._root / blocked[0]} 挡着要放的 {path}；请把它改名或移走，再运行一次。线上没有动"
                )

    def _check(self, release: Release) -> None:
        """All that a kept release needs is there. Raises PlaceFault."""
        lost = [
            path
            for path, file in release.files.items()
            if not _holds(self._aside(path, file), file) and not _holds(self._root / path, file)
        ]
        if lost:
            raise PlaceFault(f"退不回 {release.name}：它的 {len(lost)} 个文件已经不在（如 {lost[0]}）；线上没有动")

    def _tidy(self) -> None:
        """Keep the last releases, and of the bytes what they need; half a release goes."""
        self._incoming.unlink(missing_ok=True)
        manifests = sorted(path for path in self._state.glob("*.json") if number_of(path.stem))
        current = self._read(self._state / "current")
        for manifest in manifests[:-KEPT]:
            if manifest.stem != current:
                manifest.unlink()
        kept = [self.kept(manifest.stem) for manifest in manifests if manifest.exists()]
        needed = {self._aside(path, file).name for release in kept for path, file in release.files.items()}
        for aside in self._bytes.iterdir():
            if aside.name not in needed:
                aside.unlink(missing_ok=True)

    def _as_it_lies(self, release: Release) -> dict[str, File]:
        """The files of a release, without those that somebody has touched since, or that are not there yet."""
        return {path: file for path, file in release.files.items() if _size(self._root / path) == file.size}

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return ""


def _holds(path: Path, file: File) -> bool:
    if _size(path) != file.size:
        return False
    return sha256(path.read_bytes()).hexdigest() == file.digest


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except (FileNotFoundError, NotADirectoryError):
        return -1


@contextlib.contextmanager
def _plainly(root: Path) -> Iterator[None]:
    """Tell what the disk does not do in Chinese, without a traceback."""
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0, error.strerror or str(error))
        raise PlaceFault(
            f"{error.filename or root}：{why}；腾出地方、给了权限以后，再运行一次，没做完的会接着做完"
        ) from None
