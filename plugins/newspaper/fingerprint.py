"""A digest of everything a page may depend on."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any


def digest(content: bytes) -> str:
    """16 bytes of BLAKE2b, in hexadecimal. The paper uses no other digest."""
    return blake2b(content, digest_size=16).hexdigest()


def fingerprint(*values: object) -> str:
    """Digest of the repr of plain or frozen values; the paper's values show in it every field that counts."""
    return digest(repr(values).encode("utf-8", "surrogatepass"))


class ContextPrints:
    """Fingerprints of contexts that share values, as the pages of one issue do: a shared value is printed once."""

    def __init__(self, *common: object) -> None:
        self._common = repr(common)
        self._printed: dict[int, tuple[object, str]] = {}

    def of(self, template: str, context: Mapping[str, Any]) -> str:
        parts = [self._common, template]
        for name, value in context.items():
            # The value is kept with its print: an id is a value's own only while the value lives.
            held = self._printed.get(id(value)) or self._printed.setdefault(id(value), (value, _short(value)))
            parts += (name, held[1])
        return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def _short(value: object) -> str:
    """What a value prints as, or a digest of it."""
    printed = repr(value)
    return printed if len(printed) < 200 else digest(printed.encode("utf-8", "surrogatepass"))


def files_digest(folders: Iterable[Path], pattern: str) -> str:
    """Digest of the names and bytes of all files below the folders that match."""
    whole = blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
            content = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()
