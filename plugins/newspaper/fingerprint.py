"""A digest of everything a page may depend on."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path


def digest(content: bytes) -> str:
    """16 bytes of BLAKE2b, in hexadecimal. The paper uses no other digest."""
    return blake2b(content, digest_size=16).hexdigest()


def fingerprint(*values: object) -> str:
    """Digest of the repr of plain or frozen values; the paper's values show in it every field that counts."""
    return digest(repr(values).encode("utf-8", "surrogatepass"))


def files_digest(folders: Iterable[Path], pattern: str) -> str:
    """Digest of the names and bytes of all files below the folders that match."""
    whole = blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
            content = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()
