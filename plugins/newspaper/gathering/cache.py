"""The cache of issues already read (读过的稿件): a file that has not changed is not parsed again, nor even opened.

Its catalogue (总目), an Entry for each issue, is all that order, checks and the page plan need; an issue's contents and text
are taken down only for a page that shows them. The cache may be thrown away at any time; what is damaged on it, or came
from other code, does not pass its seal and counts as absent.
"""

import marshal
import os
import pickle
import sqlite3
import sys
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from plugins.newspaper.fingerprint import files_digest
from plugins.newspaper.model import Contents, Entry, Issue

T = TypeVar("T")

_CODE = Path(__file__).parent.parent
_SEAL = 16
"""Bytes of digest before each value, by which a damaged one is known."""


class Kept(NamedTuple):
    """A value with the mark of what it was made from."""

    mark: str
    value: Any


class Cache:
    """Values by name, each under its seal, in an sqlite file; in memory where there is no path."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        code = (sys.version, files_digest([_CODE], "*.py"), version("markdown-it-py"), version("mdit-py-plugins"))
        self._code = repr(code).encode()
        self._memory: dict[str, bytes] = {}
        """What the file would not take: another build holds it."""
        self._process = os.getpid()
        self._in_transaction = False
        self._busy = False
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            if path:
                path.unlink(missing_ok=True)
            self._connection = self._open()
        self.entries: dict[str, Entry] = {}
        self._years = set(self._take("years") or ())
        for year in self._years:
            # Plain values under a seal: marshal reads them several times faster than pickle.
            for entry in map(Entry._make, marshal.loads(self._take(f"entries {year}") or marshal.dumps(()))):
                self.entries[entry.source] = entry
        self._known = dict(self.entries)

    def issue(self, entry: Entry) -> Issue | None:
        """The whole issue; None if the cache has lost it."""
        issue = self._take(f"issue {entry.mark} {entry.source}")
        return issue if isinstance(issue, Issue) else None

    def contents(self, entry: Entry) -> Contents | None:
        """The issue's contents; None if the cache has lost them."""
        contents = self._take(f"contents {entry.listed} {entry.source}")
        return contents if isinstance(contents, Contents) else None

    def add(self, entry: Entry, issue: bytes, contents: bytes, *, sound: bool = True) -> None:
        """Keep an issue that `pickled` made bytes of; none if it is there already. One that is not sound stays out."""
        if sound:
            self.entries[entry.source] = entry
            if issue:
                for name, value in zip(_names(entry), (issue, contents), strict=True):
                    self._put(name, value)

    def kept(self, name: str, mark: str, make: Callable[[], T]) -> T:
        """What `make` gives for this mark, made once."""
        value: T | None = self.take(name, mark)
        if value is None:
            value = make()
            self.put(name, mark, value)
        return value

    def take(self, name: str, mark: str) -> Any:
        """What was put by this name and mark; None if nothing was."""
        kept = self._take(name)
        return kept.value if isinstance(kept, Kept) and kept.mark == mark else None

    def put(self, name: str, mark: str, value: Any) -> None:
        self._put(name, pickled(Kept(mark, value)))

    def save(self) -> None:
        """Write the catalogue, of the years that changed, and drop what is no longer in it."""
        if self.entries != self._known:
            before = {source: entry for source, entry in self._known.items() if self.entries.get(source) != entry}
            after = [entry for source, entry in self.entries.items() if self._known.get(source) != entry]
            kept = {name for source in before if source in self.entries for name in _names(self.entries[source])}
            dropped = [(name,) for entry in before.values() for name in _names(entry) if name not in kept]
            if self._writable():
                self._execute("DELETE FROM kept WHERE name = ?", dropped)
            changed = {entry.year for entry in (*before.values(), *after)}
            by_year: dict[int, list[Any]] = {year: [] for year in changed}
            for entry in self.entries.values():
                if entry.year in changed:
                    by_year[entry.year].append(tuple(entry))
            for year, entries in by_year.items():
                self._put(f"entries {year}", pickled(marshal.dumps(entries)))
            if not changed <= self._years:
                self._years |= changed
                self._put("years", pickled(sorted(self._years)))
            self._known = dict(self.entries)
        if self._in_transaction:
            self._in_transaction = False
            self._execute("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path or ":memory:", timeout=1, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value BLOB)")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _take(self, name: str) -> Any:
        value = self._memory.get(name)
        if value is None:
            if self._path and os.getpid() != self._process:  # a connection does not live through a fork
                self._process, self._connection = os.getpid(), self._open()
            try:
                row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
            except sqlite3.Error:
                return None
            value = row[0] if row else b""
        try:
            return pickle.loads(value[_SEAL:]) if value[:_SEAL] == self._seal(name, value[_SEAL:]) else None
        except Exception:  # whatever a foreign value raises, the file itself is at hand
            return None

    def _put(self, name: str, value: bytes) -> None:
        sealed = self._seal(name, value) + value
        if not self._writable() or not self._execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", [(name, sealed)]):
            self._memory[name] = sealed

    def _writable(self) -> bool:
        """Whether this build may write the file: it asks once, and then holds it until `save`."""
        if not self._in_transaction and not self._busy:
            self._in_transaction = self._execute("BEGIN IMMEDIATE")
            self._busy = not self._in_transaction
        return self._in_transaction

    def _execute(self, statement: str, rows: list[tuple[Any, ...]] | None = None) -> bool:
        """False if the file would not have it; one that is damaged is made anew, for the next build."""
        try:
            if rows is None:
                self._connection.execute(statement)
            else:
                self._connection.executemany(statement, rows)
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:
            self._connection.close()
            if self._path:
                self._path.unlink(missing_ok=True)
            self._connection = self._open()
            self._in_transaction = False
            return False
        return True

    def _seal(self, name: str, value: bytes) -> bytes:
        seal = blake2b(b"%b\0%b\0" % (self._code, name.encode()), digest_size=_SEAL)
        seal.update(value)
        return seal.digest()


def pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _names(entry: Entry) -> tuple[str, str]:
    return f"issue {entry.mark} {entry.source}", f"contents {entry.listed} {entry.source}"
