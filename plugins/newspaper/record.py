"""The build record: which sheet was printed from what, so that what has not changed is not printed again.

The record lies outside the output folder and may be thrown away at any time. It is an sqlite file that its build holds
locked, so that two builds into one output cannot mix; beside it lies a journal of the files about to be written, so that a
build killed at any moment leaves a list of all it may have left behind. Workers share the journal, and with it its lock:
the next build waits until the last of them has gone.

Every row is under a seal, and the whole under a token that lies beside it as well. What is damaged, from elsewhere or older
than the last build is thrown away; and nothing has to be read through to know it, so that a large record opens like a small one.
"""

import contextlib
import errno
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.problems import Halt

if TYPE_CHECKING:
    from plugins.newspaper.pages import Sheet, Volume

try:
    import fcntl
except ImportError:  # Windows has no workers to wait for
    fcntl = None  # type: ignore[assignment]

VERSION = 4
WAIT_SECONDS = 600
LOOKS = 1000
"""A build looks at about this many files of the output: all of a small site, a part in turn of a large one."""

PART = ".part"
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
FRONT = "front"
"""The sheet that every build looks at."""
STANDING = "standing"
"""The sheet of the pages that Pelican prints itself."""
ADOPTED = "adopted"
"""Files found in an output whose record was lost."""
OUR_FOLDERS = ("issues/", "topics/", "archive/", "latest/", "images/", "audio/", "theme/")
OUR_MARK = "伊滨新闻数字版"
"""In the generator mark of each page: tells our output from somebody else's."""

Rows = dict[str, tuple[str | None, int, int]]
"""File (relative to the output) → fingerprint, size, time of change; no fingerprint where nothing is known of it."""


class _Row(NamedTuple):
    """A sheet as the record has it."""

    name: str
    volume: str
    mark: str | None
    files: str


class _Damaged(sqlite3.DatabaseError):
    """The record is not as the last build left it."""


class OutputBusy(Halt):
    """Another build has held the output for too long."""

    def __init__(self) -> None:
        super().__init__("另一个构建一直占着输出文件夹；请关掉它再试")


class Printing:
    """The printing of one sheet: what is known of its files, and what becomes of them. Works in a worker as well."""

    def __init__(self, sheet: str, output: Path, known: Rows, journal: int) -> None:
        self.rows: Rows = {}
        self.known = known
        self.written = 0
        self._sheet, self._output, self._journal = sheet, output, journal

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether the file was printed from the same, and has not been touched since; claims it if so."""
        row = self.known.get(name)
        if row is None or row[0] != fingerprint or not _is_as_left(f"{self._output}/{name}", row):
            return False
        self.rows[name] = row
        return True

    def announce(self, names: Iterable[str]) -> None:
        """Note that these files are about to be written; before any of them is."""
        lines = "".join(f"{self._sheet}\t{name}\n" for name in names)
        if lines:
            os.write(self._journal, lines.encode("utf-8"))

    def write(self, name: str, content: bytes, fingerprint: str) -> bool:
        """Write an announced file whole or not at all; False if it already had these bytes."""
        target = f"{self._output}/{name}"
        different = not _holds(target, content)
        stat = write_whole(target, content) if different else os.stat(target)
        self.written += different
        self.rows[name] = (fingerprint, stat.st_size, stat.st_mtime_ns)
        return different


class Record:
    """The sheets of the last build, open and locked until `close`."""

    def __init__(self, path: Path, output: Path, say: Callable[[str], None]) -> None:
        self.output = output
        self.rendered = self.written = 0
        """Pages rendered and files written in this build."""
        self._path = path
        self._say = say
        self._token = path.with_suffix(".token")
        self._known: dict[str, str] = {}
        self._gone: list[str] = []
        self._gone_volumes: list[str] = []
        self._volumes: dict[str, tuple[str, int]] = {}
        """Mark and number of sheets of each volume that was looked at."""
        self._volume_of: dict[str, str] = {}
        self._printed: dict[str, tuple[str | None, Rows]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._is_new = False
        self._connection = self._open()
        self._journal = os.open(path.with_suffix(".journal"), os.O_RDWR | os.O_CREAT | os.O_APPEND)
        if fcntl:
            fcntl.flock(self._journal, fcntl.LOCK_EX)
        try:
            self.standing = self._begin()
        except sqlite3.DatabaseError:
            self._throw_away()
            self.standing = self._begin()

    def due(self, volumes: Iterable["Volume"]) -> list["Sheet"]:
        """The sheets that must be looked at; the others stand as they are.

        A sheet is due if its mark differs, or if a file of it is not as it was left. In a volume of the same mark, with
        no such file, no sheet is.
        """
        planned = list(volumes)
        try:
            return self._due(planned)
        except sqlite3.DatabaseError:
            self._throw_away()
            self.adopt()
            return self._due(planned)

    def printing(self, sheet: str) -> Printing:
        """Begin to print a sheet that is due."""
        return Printing(sheet, self.output, _files(self._known.get(sheet)), self._journal)

    def enter(self, sheet: str, mark: str | None, rows: Rows) -> None:
        """Enter what a printing left."""
        self._printed[sheet] = (mark, rows)

    def adopt(self) -> None:
        """Take over the files of ours in the output that the record does not know, for when it was lost or is an old one."""
        known = {name for row in self._rows() for name in _files(row.files)}
        unknown = [
            (name, path)
            for path in self.output.rglob("*")
            if (name := path.relative_to(self.output).as_posix()) not in known and path.is_file()
        ]
        pages = [name for name, path in unknown if name.endswith(".html") and OUR_MARK.encode() in path.read_bytes()]
        if known or pages:
            beside = [name for name, _ in unknown if name.startswith(OUR_FOLDERS) or name == "feed.xml"]
            self._enter_unknown({ADOPTED: [*pages, *beside]})

    def finish(self) -> int:
        """Remove files that no sheet owns any more, then save the record; returns how many were removed."""
        self.enter(STANDING, None, self.standing.rows)
        owned = {name for _, rows in self._printed.values() for name in rows}
        before = [*map(_files, self._known.values()), self.standing.known]
        stale = [name for rows in before for name in rows if name not in owned]
        for name in stale:
            self._remove(name)
        try:
            self._finish()
        except sqlite3.DatabaseError:
            self._throw_away()  # the next build takes over what stands
        os.ftruncate(self._journal, 0)
        return len(stale)

    def close(self) -> None:
        self._connection.close()
        os.close(self._journal)

    def _begin(self) -> Printing:
        """Take over what is there; returns the printing of the standing pages."""
        self._take_over_journal()
        if self._is_new:
            self.adopt()
        known = self._files_of([STANDING]).get(STANDING)
        return Printing(STANDING, self.output, _files(known), self._journal)

    def _due(self, volumes: Sequence["Volume"]) -> list["Sheet"]:
        self._volumes, self._volume_of = {}, {}
        touched = self._touched()
        if touched:
            self.adopt()
        suspect = set(touched.values())
        known = self._known_volumes()
        due: list[Sheet] = []
        rows = self._rows_of_volume("")
        rows.pop(STANDING, None)
        for volume in volumes:
            before, count = known.pop(volume.name, (None, None))
            if before == volume.mark and volume.name not in suspect:
                continue
            rows |= self._rows_of_volume(volume.name, count)
            sheets = list(volume.sheets())
            for sheet in sheets:
                row = rows.get(sheet.name)
                if row and row.volume == volume.name and row.mark == sheet.mark and sheet.name not in touched:
                    del rows[sheet.name]
                else:
                    due.append(sheet)
                    self._volume_of[sheet.name] = volume.name
            self._volumes[volume.name] = (volume.mark, len(sheets))
        for name, (_, count) in known.items():
            rows |= self._rows_of_volume(name, count)
        self._gone_volumes = list(known)
        self._gone = [name for name in rows if name not in self._volume_of]
        self._known = {name: row.files for name, row in rows.items()}
        return due

    def _finish(self) -> None:
        token = int.from_bytes(os.urandom(4), "big") >> 1
        with self._transaction():
            self._connection.executemany("DELETE FROM sheets WHERE name = ?", [(name,) for name in self._gone])
            self._connection.executemany("DELETE FROM volumes WHERE name = ?", [(name,) for name in self._gone_volumes])
            self._connection.executemany(
                "INSERT OR REPLACE INTO volumes VALUES (?, ?, ?, ?)",
                [(name, *values, self._seal(name, *values)) for name, values in self._volumes.items()],
            )
            self._save({name: (mark, json.dumps(rows)) for name, (mark, rows) in self._printed.items()})
            self._connection.execute(f"PRAGMA application_id={token}")
        write_whole(self._token, str(token).encode())

    def _open(self) -> sqlite3.Connection:
        told = False
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            try:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute("BEGIN EXCLUSIVE")
                if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                    token = connection.execute("PRAGMA application_id").fetchone()[0]
                    if not self._token.exists() or self._token.read_text() != str(token):
                        raise _Damaged
                else:
                    self._is_new = True
                    connection.execute("DROP TABLE IF EXISTS sheets")
                    connection.execute("DROP TABLE IF EXISTS volumes")
                    connection.execute(
                        "CREATE TABLE volumes (name TEXT PRIMARY KEY, mark TEXT, sheets INTEGER, seal TEXT)"
                    )
                    connection.execute(
                        "CREATE TABLE sheets (name TEXT PRIMARY KEY, volume TEXT, mark TEXT, files TEXT, seal TEXT)"
                    )
                    connection.execute("CREATE INDEX sheets_by_volume ON sheets (volume)")
                    connection.execute(f"PRAGMA user_version={VERSION}")
                connection.execute("COMMIT")
                return connection
            except sqlite3.OperationalError as error:
                connection.close()
                if "locked" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise OutputBusy from None
                if not told:
                    self._say("另一个构建正在写同一个输出文件夹，等它结束……")
                    told = True
                time.sleep(0.05)
            except (sqlite3.DatabaseError, ValueError):
                connection.close()  # damaged or foreign: never trusted
                self._path.unlink(missing_ok=True)

    def _throw_away(self) -> None:
        """Begin an empty record."""
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._connection = self._open()

    def _seal(self, *values: object) -> str:
        return digest(repr((self._path.name, *values)).encode("utf-8", "surrogatepass"))

    def _rows(self, where: str = "", *values: object) -> Iterator[_Row]:
        """The rows that an SQL clause chooses. Raises DatabaseError at one that is not as it was left."""
        for name, volume, mark, files, seal in self._connection.execute(f"SELECT * FROM sheets {where}", values):
            if self._seal(name, volume, mark, files) != seal:
                raise _Damaged
            yield _Row(name, volume, mark, files)

    def _rows_of_volume(self, name: str, count: int | None = None) -> dict[str, _Row]:
        """By name; `count` is how many there must be, if that is known."""
        rows = {row.name: row for row in self._rows("WHERE volume = ?", name)}
        if count not in (None, len(rows)):
            raise _Damaged
        return rows

    def _known_volumes(self) -> dict[str, tuple[str, int]]:
        """Mark and number of sheets of each."""
        known: dict[str, tuple[str, int]] = {}
        for name, mark, sheets, seal in self._connection.execute("SELECT * FROM volumes"):
            if self._seal(name, mark, sheets) != seal:
                raise _Damaged
            known[name] = (mark, sheets)
        return known

    def _take_over_journal(self) -> None:
        """Of the files that a killed build was about to write, nothing is known; its parts of files go."""
        with open(self._path.with_suffix(".journal"), encoding="utf-8", errors="replace") as journal:
            lines = [
                line.rstrip("\n").split("\t", 1) for line in journal if line.count("\t") == 1 and line.endswith("\n")
            ]
        unknown: dict[str, list[str]] = {}
        for sheet, name in lines:
            if ".." in name.split("/") or name.startswith("/"):
                continue  # a foreign journal must not reach out of the output
            unknown.setdefault(sheet, []).append(name)
            part = f"{self.output}/{name}{PART}"
            if os.path.lexists(part):
                os.unlink(part)
        self._enter_unknown(unknown)
        os.ftruncate(self._journal, 0)

    def _enter_unknown(self, files: Mapping[str, Sequence[str]]) -> None:
        """Enter files of sheets of which nothing can be said but that they may be there."""
        if not any(files.values()):
            return
        known = self._files_of(files)
        with self._transaction():
            self._connection.execute("DELETE FROM volumes")
            self._save(
                {
                    sheet: (None, json.dumps(_files(known.get(sheet)) | dict.fromkeys(names, (None, 0, 0))))
                    for sheet, names in files.items()
                }
            )

    def _files_of(self, names: Collection[str]) -> dict[str, str]:
        return {row.name: row.files for name in names for row in self._rows("WHERE name = ?", name)}

    def _touched(self) -> dict[str, str]:
        """Sheets, with their volumes, that have a file not as it was left; one such found, all files are looked at."""
        touched: dict[str, str] = {}
        last = self._connection.execute("SELECT max(rowid) FROM sheets").fetchone()[0] or 0
        start = random.randint(1, max(last, 1))
        looked = 0
        for row in chain(
            self._rows("WHERE name = ?", FRONT),
            self._rows("WHERE rowid >= ? ORDER BY rowid", start),
            self._rows("WHERE rowid < ? ORDER BY rowid", start),
        ):
            files = _files(row.files) if row.name != STANDING else {}  # these this build has seen to already
            looked += len(files)
            if not all(_is_as_left(f"{self.output}/{file}", left) for file, left in files.items()):
                touched[row.name] = row.volume
            if looked > LOOKS and not touched:
                break
        return touched

    def _save(self, sheets: Mapping[str, tuple[str | None, str]]) -> None:
        rows = [_Row(name, self._volume_of.get(name, ""), mark, files) for name, (mark, files) in sheets.items()]
        self._connection.executemany(
            "INSERT INTO sheets VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
            " SET volume = excluded.volume, mark = excluded.mark, files = excluded.files, seal = excluded.seal",
            [(*row, self._seal(*row)) for row in rows],
        )

    def _remove(self, name: str) -> None:
        path = self.output / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self.output:
                break
            with contextlib.suppress(OSError):
                parent.rmdir()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        yield
        self._connection.execute("COMMIT")


def write_whole(target: str | Path, content: bytes) -> os.stat_result:
    """Write a file so that nobody, at any moment, sees a part of it; returns the stat of it."""
    part = f"{target}{PART}"
    try:
        file = os.open(part, _WRITING, 0o666)
    except FileNotFoundError:
        _make_folder(os.path.dirname(part))
        file = os.open(part, _WRITING, 0o666)
    try:
        if os.write(file, content) != len(content):
            raise OSError(errno.ENOSPC, "没有写完，磁盘可能满了", part)
        stat = os.fstat(file)
    finally:
        os.close(file)
    os.replace(part, target)
    return stat


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # nearly always its parent is there
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:  # another worker was first
        pass


def _files(files: str | None) -> Rows:
    return {name: (row[0], row[1], row[2]) for name, row in json.loads(files).items()} if files else {}


def _is_as_left(path: str, row: tuple[str | None, int, int]) -> bool:
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
