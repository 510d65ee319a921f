"""Readings kept by content (读过的稿件): a file that has been read once, by this same code, is not parsed again.

The shelf may be thrown away at any time; one that is damaged or foreign throws itself away.
"""

import pickle
import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from plugins.newspaper.fingerprint import files_digest, fingerprint
from plugins.newspaper.reading.issue import Reading

_CODE = Path(__file__).parent
_SEAL = 16
"""Bytes of digest before each reading, by which a damaged one is known."""


class Shelf:
    """Readings by the fingerprint of everything they came from."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._edition = (files_digest([_CODE], "*.py"), version("markdown-it-py"), version("mdit-py-plugins"))
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._connection = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, reading BLOB)")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def reading(self, read: Callable[[], Reading], *origin: object) -> Reading:
        """The reading of this origin: from the shelf, else by `read`, and shelved."""
        key = fingerprint(self._edition, *origin)
        self._used.add(key)
        try:
            row = self._connection.execute("SELECT reading FROM readings WHERE key = ?", (key,)).fetchone()
            kept = pickle.loads(row[0][_SEAL:]) if row and row[0][:_SEAL] == _seal(row[0][_SEAL:]) else None
        except Exception:  # whatever a damaged shelf raises, the file itself is at hand
            kept = None
        if isinstance(kept, Reading):
            return kept
        reading = read()
        pickled = pickle.dumps(reading, pickle.HIGHEST_PROTOCOL)
        self._new[key] = _seal(pickled) + pickled
        return reading

    def close(self) -> None:
        """Save what was read now, and drop what this build had no use for."""
        try:
            keys = {key for (key,) in self._connection.execute("SELECT key FROM readings")}
            if self._new or keys - self._used:
                self._connection.execute("BEGIN IMMEDIATE")
                unused = [(key,) for key in keys - self._used]
                self._connection.executemany("DELETE FROM readings WHERE key = ?", unused)
                self._connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", self._new.items())
                self._connection.execute("COMMIT")
        except sqlite3.DatabaseError:
            pass  # another build holds it, or it is damaged: the next build reads the files again
        finally:
            self._connection.close()


def _seal(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SEAL).digest()
