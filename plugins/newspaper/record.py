"""The build record: which file was printed from what, so that what has not changed is not printed again.

The record lies outside the output folder and may be thrown away at any time. It is an sqlite file that its build holds
locked, so that two builds into one output cannot mix. Before files are touched their rows are marked unfinished, and that
is committed; a build killed at any moment so leaves a list of all it may have left behind.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from plugins.newspaper.problems import Halt

VERSION = 1
WAIT_SECONDS = 600


class OutputBusy(Halt):
    """Another build has held the output for too long."""

    def __init__(self) -> None:
        super().__init__("另一个构建一直占着输出文件夹；请关掉它再试")


class Record:
    """Rows of (file, fingerprint, size, time of change), open and locked until `close`."""

    def __init__(self, path: Path, output: Path, say: Callable[[str], None]) -> None:
        self.output = output
        self._path = path
        self._owned: set[str] = set()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.is_new = not path.exists()
        self._connection = self._open(say)
        self._rows: dict[str, tuple[str | None, int, int]] = {
            name: (fingerprint, size, changed)
            for name, fingerprint, size, changed in self._connection.execute("SELECT * FROM files")
        }
        for name, (fingerprint, _, _) in self._rows.items():
            if fingerprint is None:
                _part(output / name).unlink(missing_ok=True)

    def _open(self, say: Callable[[str], None]) -> sqlite3.Connection:
        told = False
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            try:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute("BEGIN EXCLUSIVE")
                if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                    self.is_new = True
                    connection.execute("DROP TABLE IF EXISTS files")
                    connection.execute(
                        "CREATE TABLE files (name TEXT PRIMARY KEY, fingerprint TEXT, size INT, changed INT)"
                    )
                    connection.execute(f"PRAGMA user_version={VERSION}")
                connection.execute("SELECT name, fingerprint, size, changed FROM files LIMIT 1").fetchall()
                connection.execute("COMMIT")
                return connection
            except sqlite3.OperationalError as error:
                connection.close()
                if "locked" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise OutputBusy from None
                if not told:
                    say("另一个构建正在写同一个输出文件夹，等它结束……")
                    told = True
                time.sleep(0.05)
            except sqlite3.DatabaseError:
                connection.close()  # damaged or foreign: never trusted
                self._path.unlink(missing_ok=True)
                self.is_new = True

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether the file was printed from the same, and has not been touched since. Claims the file."""
        self._owned.add(name)
        row = self._rows.get(name)
        if row is None or row[0] != fingerprint:
            return False
        try:
            stat = os.stat(self.output / name)
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == row[1:]

    def announce(self, names: Iterable[str]) -> None:
        """Commit that these files are about to be written: what a killed build may leave behind is known."""
        unfinished = [name for name in names if self._rows.get(name, ("", 0, 0))[0] is not None]
        if not unfinished:
            return
        for name in unfinished:
            self._rows[name] = (None, 0, 0)
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, NULL, 0, 0)", [(name,) for name in unfinished]
            )

    def write(self, name: str, content: bytes, fingerprint: str) -> bool:
        """Write an announced file whole or not at all; False if it already had these bytes."""
        self._owned.add(name)
        target = self.output / name
        different = not _holds(target, content)
        if different:
            write_whole(target, content)
        stat = os.stat(target)
        self._rows[name] = (fingerprint, stat.st_size, stat.st_mtime_ns)
        return different

    def adopt(self, folders: Iterable[str]) -> None:
        """Take over the files in these folders of the output, for when the record of them is lost."""
        names = [
            path.relative_to(self.output).as_posix()
            for folder in folders
            for path in (self.output / folder).rglob("*")
            if path.is_file()
        ]
        self.announce(names)

    def finish(self) -> int:
        """Remove files that nobody claimed, then save the record; returns how many were removed."""
        stale = [name for name in self._rows if name not in self._owned]
        for name in stale:
            path = self.output / name
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.output:
                    break
                with contextlib.suppress(OSError):
                    parent.rmdir()
            del self._rows[name]
        with self._transaction():
            self._connection.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in stale])
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                [(name, *row) for name, row in self._rows.items()],
            )
        return len(stale)

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        yield
        self._connection.execute("COMMIT")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that nobody, at any moment, sees a part of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _part(target)
    part.write_bytes(content)
    os.replace(part, target)


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except OSError:
        return False
