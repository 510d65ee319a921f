"""Files that are made from others (派生文件): sizes of pictures, cards, codes. Each is made once, and kept by what it came
from.

They lie in `.cache/derived/`, which may be thrown away at any time; each has a seal, and one that is damaged counts as
absent. Workers and other builds may share the folder: files are written whole, and named by all that they come from, so
whoever is second writes the same bytes.
"""

import contextlib
import os
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.whole_files import write_whole

_SEAL = 16
"""Bytes of digest before each entry, by which a damaged one is known."""


class DerivedFile(NamedTuple):
    """A derived file that a page shows: what it comes from, and how it is made."""

    kind: str
    """picture, card or code: its folder."""
    values: tuple[object, ...]
    """All that its bytes depend on, as plain or frozen values: inputs and recipe."""
    make: Callable[[], bytes]
    keep: bool = True
    """Whether it is worth keeping: not what is only copied."""

    @property
    def name(self) -> str:
        """Its name in the store."""
        return f"{self.kind}/{fingerprint(*self.values)}"


class Derived:
    """The store of derived files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, file: DerivedFile) -> bytes:
        """The bytes of a derived file, made now if the store has lost it."""
        if not file.keep:
            return file.make()
        name = file.name
        content = self._take(name)
        if content is None:
            content = file.make()
            self._put(name, content)
        return content

    def drop(self, name: str | None) -> None:
        """Remove a file that a page showed before; a page that still shows it makes it again."""
        if name:
            with contextlib.suppress(OSError):  # another build may be at it
                os.unlink(self._folder / name)

    def _take(self, name: str) -> bytes | None:
        try:
            with open(self._folder / name, "rb") as file:
                sealed = file.read()
        except OSError:
            return None
        content = sealed[_SEAL:]
        return content if sealed[:_SEAL] == _seal(name, content) else None

    def _put(self, name: str, content: bytes) -> None:
        """Keep a file, if the disk lets us; the caller has its bytes in any case."""
        with contextlib.suppress(OSError):
            write_whole(self._folder / name, _seal(name, content) + content)


def recipe(source: str, package: str) -> str:
    """What else makes the bytes of a derived file: the module that makes it (`__file__`), and the package it uses."""
    return digest(Path(source).read_bytes() + version(package).encode())


def _seal(name: str, content: bytes) -> bytes:
    return blake2b(b"%b\0%b" % (name.encode(), content), digest_size=_SEAL).digest()
