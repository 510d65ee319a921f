"""The print record (印刷记录): which group was printed from what, so that what has not changed is not printed again.

It lies outside the output, and may be thrown away at any time: a file with the mark of each group and, of each file of
it, what it was made from, its size and time. Each build looks at every file that it knows; a group is due if its mark
differs, or one of its files is not as it was left. A build holds the output locked, and raises a flag beside the record
while it prints. If the flag is found raised (the last build was killed), or the record is lost, or a file was touched
by somebody else, the output is searched for files of ours that the record does not know. So whatever happened, the next
build makes the site whole.
"""

import contextlib
import marshal
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from plugins.newspaper.addresses import FAVICON, FEED, FOLDERS, ROOT_LIST
from plugins.newspaper.file_lock import try_to_lock
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import PART, write_whole

WAIT_SECONDS = 600
PELICAN_PAGES = "pelican pages"
"""The group of the pages that Pelican prints itself, and of the theme's script: always looked at."""
OUR_MARK = "伊滨新闻数字版".encode()
"""In the `generator` of each page, and in what lies beside them at the root: tells ours from somebody else's."""
_MARKED = (".html", ".xml", ".txt")
"""Files that may have it."""
_SEAL = 32
_RAISED = str(os.getpid()).encode()
"""What a flag says: whose it is."""
_State = tuple[tuple[int, int] | None, bytes]
"""Size and time of the record's file, and what its flag says."""

Row = tuple[str, int, int]
"""Name of the derived file that a file is, empty for a page; its size and time of change."""
Rows = dict[str, Row]
"""By file, relative to the output."""


class Known(NamedTuple):
    """A group as the record has it."""

    mark: str
    rows: Rows


class OutputBusy(Halt):
    """Another build has held the output for too long."""

    def __init__(self) -> None:
        super().__init__("另一个构建一直占着输出文件夹；请关掉它再试")


class Printing:
    """The printing of one group: what is known of its files, and what becomes of them. Works in a worker as well."""

    def __init__(self, output: Path, known: Rows) -> None:
        self.rows: Rows = {}
        self.known = known
        self.written = 0
        self._output = output

    def is_current(self, name: str, mark: str) -> bool:
        """Whether the file was printed from the same, and has not been touched since; claims it if so."""
        row = self.known.get(name)
        if row is None or row[0] != mark or not _is_as_left(f"{self._output}/{name}", row):
            return False
        self.rows[name] = row
        return True

    def write(self, name: str, content: bytes, mark: str = "") -> bool:
        """Write a file whole or not at all; False if it already had these bytes."""
        target = f"{self._output}/{name}"
        different = not _holds(target, content)
        stat = write_whole(target, content) if different else os.stat(target)
        self.written += different
        self.rows[name] = (mark, stat.st_size, stat.st_mtime_ns)
        return different


class Record:
    """What the last build left in an output, locked from `open` to `close`.

    One that is opened again by the same process, as in the preview, trusts what itself wrote: it looks at no file, and
    leaves the saving to `end`, with its flag raised until then.
    """

    def __init__(self, folder: Path, output: Path, say: Callable[[str], None]) -> None:
        key = digest(str(output.resolve()).encode())[:16]
        self.output = output
        self.pages = self.written = self.removed = 0
        """Pages printed, files written (pages are files too) and files removed by this build."""
        self.shown = ""
        """What the build shows, in a line."""
        self._path = folder / f"record-{key}"
        self._flag = folder / f"record-{key}.printing"
        self._say = say
        self._lock: IO[bytes] | None = None
        self._seal_key = repr((sys.version, self._path.name)).encode()
        self._groups: dict[str, Known] = {}
        self._touched: set[str] = set()
        self._strays: set[str] = set()
        """Files of ours in the output that the record does not know."""
        self._printed: dict[str, Known] = {}
        self._left: _State | None = None
        """How this process left the record, if it finished its last build."""
        self._trusted = False
        self.pelican_pages = Printing(output, {})

    def open(self) -> "Record":
        """Lock the output, see what is there, and raise the flag. Raises OutputBusy."""
        self.pages = self.written = self.removed = 0
        self._printed, self._touched = {}, set()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        is_there = self.output.is_dir()
        self.output.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        self._trusted = is_there and self._left is not None and self._left == self._state()
        if not self._trusted:
            groups = self._load()
            self._groups = groups or {}
            self._touched = {
                name
                for name, known in self._groups.items()
                if not all(_is_as_left(f"{self.output}/{file}", row) for file, row in known.rows.items())
            }
            self._strays = set()
            if groups is None or self._touched or self._flag.exists():
                self._strays = self._look_through()
        self._flag.write_bytes(_RAISED)
        self._left = None
        self.pelican_pages = Printing(self.output, self.rows(PELICAN_PAGES))
        return self

    def is_due(self, name: str, mark: str) -> bool:
        """Whether a group must be printed; one that need not stays as it is."""
        known = self._groups.get(name)
        if known is None or known.mark != mark or name in self._touched:
            return True
        self._printed[name] = known
        return False

    def enter(self, name: str, mark: str, rows: Rows) -> None:
        """Enter what a printing left."""
        self._printed[name] = Known(mark, rows)

    def printed_now(self) -> set[str]:
        """The files of all groups that were printed in this build, changed or not."""
        groups = (known for name, known in self._printed.items() if self._groups.get(name) is not known)
        return {file for known in groups for file in known.rows}

    def finish(self, rewritten: bool = False) -> None:
        """Remove the files that no group owns any more, and save the record; a preview's is saved at its `end`.

        Where others may have rewritten files, each is known from now on as they left it.
        """
        self.enter(PELICAN_PAGES, "", self.pelican_pages.rows)
        if rewritten:
            self._printed = {name: self._as_it_lies(known) for name, known in self._printed.items()}
        changed = [known.rows for name, known in self._groups.items() if self._printed.get(name) is not known]
        if self._strays or changed:
            owned = {file for known in self._printed.values() for file in known.rows}
            stale = {file for rows in changed for file in rows} | self._strays
            for file in sorted(stale - owned):
                self._remove(file)
                self.removed += 1
        saved = self._printed == self._groups and self._path.exists()
        self._groups, self._strays = self._printed, set()
        if not self._trusted:
            self._save(saved)
        self._left = self._state()

    def end(self) -> None:
        """Save what the builds of a preview left, unless another build has been at the output since."""
        if self._left and self._flag.exists():
            self._take_lock()
            if self._left == self._state():
                self._save()
            self.close()

    def close(self) -> None:
        """Unlock the output. What an unfinished build had printed is not recorded."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def rows(self, name: str) -> Rows:
        """What is known of a group's files."""
        known = self._groups.get(name)
        return known.rows if known else {}

    def _as_it_lies(self, known: Known) -> Known:
        """A group with its files as they are; one that is gone will be missed by the next build."""
        stamps = {name: _stamp(self.output / name) for name in known.rows}
        return known._replace(rows={name: (row[0], *(stamps[name] or row[1:])) for name, row in known.rows.items()})

    def _take_lock(self) -> None:
        """Forked workers share the lock, so that the next build waits until the last of them has gone."""
        self._lock = open(self._path.with_suffix(".lock"), "ab")  # noqa: SIM115 - held until close
        deadline = time.monotonic() + WAIT_SECONDS
        told = False
        while not try_to_lock(self._lock):
            if time.monotonic() > deadline:
                raise OutputBusy
            if not told:
                self._say("另一个构建正在写同一个输出文件夹，等它结束……")
                told = True
            time.sleep(0.05)

    def _load(self) -> dict[str, Known] | None:
        """The groups of the last build; None where there is no record, or a damaged or foreign one."""
        try:
            sealed = self._path.read_bytes()
        except OSError:
            return None
        content = sealed[_SEAL:]
        if sealed[:_SEAL] != self._seal(content):
            return None
        return {name: Known(mark, rows) for name, mark, rows in marshal.loads(content)}

    def _save(self, saved: bool = False) -> None:
        """Write the record, if it is not saved as it is, and lower the flag."""
        if not saved:
            content = marshal.dumps([(name, known.mark, known.rows) for name, known in self._groups.items()])
            write_whole(self._path, self._seal(content) + content)
        self._flag.unlink(missing_ok=True)

    def _state(self) -> "_State":
        raised = self._flag.read_bytes() if self._flag.exists() else b""
        return _stamp(self._path), raised

    def _seal(self, content: bytes) -> bytes:
        return digest(self._seal_key + content).encode()

    def _look_through(self) -> set[str]:
        """The files of ours in the output that the record does not know; parts that a killed build left go at once."""
        known = {file for group in self._groups.values() for file in group.rows}
        present = {path.relative_to(self.output).as_posix(): path for path in self.output.rglob("*") if path.is_file()}
        unknown = {name: path for name, path in present.items() if name not in known}
        pages = {name for name, path in unknown.items() if name.endswith(_MARKED) and OUR_MARK in path.read_bytes()}
        listed = self.output / ROOT_LIST
        names = listed.read_text(encoding="utf-8", errors="replace").split("\n") if listed.is_file() else []
        beside = {name for name in unknown if name.startswith(FOLDERS) or name == FEED or name in names}
        for name, path in unknown.items():
            if name.endswith(tuple(f"{ending}{PART}" for ending in _MARKED)) or (
                name.startswith(FOLDERS) and name.endswith(PART)
            ):
                path.unlink(missing_ok=True)
        # Folders of these names in an output without a single page of ours are somebody else's.
        return {name for name in pages | beside if not name.endswith(PART)} if known or pages else set()

    def _remove(self, name: str) -> None:
        path = self.output / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self.output:
                break
            with contextlib.suppress(OSError):
                parent.rmdir()


def is_known_as_ours(name: str, content: bytes) -> bool:
    """Whether a file would be known as ours though the record were lost: by its place, or a page's mark."""
    return name.startswith(FOLDERS) or name in (FEED, FAVICON) or (name.endswith(_MARKED) and OUR_MARK in content)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _is_as_left(path: str, row: Row) -> bool:
    try:
        stat = os.stat(path)
    except OSError:
        return False
    return stat.st_size == row[1] and stat.st_mtime_ns == row[2]


def _holds(target: str, content: bytes) -> bool:
    try:
        if os.stat(target).st_size != len(content):
            return False
        with open(target, "rb") as file:
            return file.read() == content
    except OSError:
        return False
