"""The store (缓存): what was made once need not be made again. Each thing is a file in a folder, under its seal.

It outlives a clean build, and may be thrown away at any time: what is damaged there, or was made from something else, does
not pass its seal and counts as absent. Workers and two builds at once may share the folder, for a file is written whole.
"""

import contextlib
import os
from hashlib import blake2b
from pathlib import Path

from plugins.newspaper.whole_files import write_whole

_SEAL = 16
"""Bytes of digest before each value."""


class Store:
    """Bytes by name; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def take(self, name: str, mark: str) -> bytes | None:
        """What was put by this name and mark; None if the store does not have it."""
        if self._folder is None:
            return None
        try:
            with open(f"{self._folder}/{name}", "rb") as file:
                sealed = file.read()
        except OSError:
            return None
        content = sealed[_SEAL:]
        return content if sealed[:_SEAL] == _seal(name, mark, content) else None

    def put(self, name: str, mark: str, content: bytes) -> None:
        """Keep a value in place of what had its name, if the disk will have it: nothing depends on it."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                write_whole(f"{self._folder}/{name}", _seal(name, mark, content) + content)

    def drop(self, name: str) -> None:
        if self._folder is not None:
            with contextlib.suppress(OSError):  # another build may be at it
                os.unlink(f"{self._folder}/{name}")

    def names(self, kind: str) -> list[str]:
        """Names of what is kept in a folder of the store: `entries/2023`."""
        try:
            return [f"{kind}/{name}" for name in sorted(os.listdir(f"{self._folder}/{kind}"))]
        except OSError:
            return []


def _seal(name: str, mark: str, content: bytes) -> bytes:
    seal = blake2b(f"{name}\0{mark}\0".encode(), digest_size=_SEAL)
    seal.update(content)
    return seal.digest()
