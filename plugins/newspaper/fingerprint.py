"""A digest of everything a page may depend on."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path


def fingerprint(*values: object) -> str:
    """Digest of plain or frozen values by what they print as; the paper's values print every field that counts."""
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def files_digest(folders: Iterable[Path], pattern: str) -> str:
    """Digest of the names and bytes of all files below the folders that match."""
    digest = blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
