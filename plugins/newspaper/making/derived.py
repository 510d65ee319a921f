"""Files that are made from others (派生文件): sizes of pictures, cards, codes. Each is made once, and kept by what it came
from.

Their names in the store say all that they came from, so whoever comes second writes the same bytes.
"""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.store import Store

ROOT_KIND = "root"
"""Copies of content/root, which alone may lie anywhere at the root of the output."""


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

    def content(self, store: Store) -> bytes:
        """Its bytes, made now if the store does not have them."""
        if not self.keep:
            return self.make()
        name = self.name
        content = store.take(name, "")
        if content is None:
            content = self.make()
            store.put(name, "", content)
        return content


def recipe(source: str, package: str) -> str:
    """What else makes the bytes of a derived file: the module that makes it (`__file__`), and the package it uses."""
    return digest(Path(source).read_bytes() + version(package).encode())
