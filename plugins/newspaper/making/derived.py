"""Files that are made from others (派生文件): sizes of pictures, cards, codes. Each is made once, and kept by what it came from.

Their names in the store say all that they came from, so whoever comes second writes the same bytes.
"""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.store import Store


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
    """Derived files, taken from the store where it has them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, file: DerivedFile) -> bytes:
        """The bytes of a derived file, made now if the store has lost it."""
        if not file.keep:
            return file.make()
        name = file.name
        content = self._store.take(name, "")
        if content is None:
            content = file.make()
            self._store.put(name, "", content)
        return content

    def drop(self, name: str) -> None:
        """Let go of an entry that a page showed before; what still shows it elsewhere makes it again."""
        if name:
            self._store.drop(name)


def recipe(source: str, package: str) -> str:
    """What else makes the bytes of a derived file: the module that makes it (`__file__`), and the package it uses."""
    return digest(Path(source).read_bytes() + version(package).encode())
