"""The texts that a release was made of (来源文件), so that a desk does not undo what a colleague has put online.

Each text is known by the name that git gives its bytes. Whether this desk ever had it, its own history tells: what it
had and has no more was edited here, what it never had is a colleague's.
"""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path

from plugins.newspaper.checking.ledger import read_ledger


def sources_of(ledger: Iterable[str], project: Path) -> dict[str, str]:
    """The texts that the ledger's lines name, and git's names of their bytes."""
    named = {line.source for _, line in read_ledger("\n".join(ledger)).values() if line.source}
    return {
        file.relative_to(project).as_posix(): _blob(file) for name in sorted(named) for file in _files(project / name)
    }


def never_had(online: Mapping[str, str], here: Mapping[str, str], project: Path) -> list[str]:
    """Texts of what is online, in bytes that this desk never had; none where git cannot tell.

    A shallow clone has no history. It is a CI's: what it has is what everybody has pushed.
    """
    other = [path for path, blob in online.items() if here.get(path) != blob]
    if not other or _git(project, "rev-parse", "--is-shallow-repository") != "false":
        return []
    return [path for path in other if not _git(project, "log", "-1", "--format=%h", f"--find-object={online[path]}")]


def _files(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield from sorted(source.glob("*.md"))
    elif source.is_file():
        yield source


def _blob(file: Path) -> str:
    """As git keeps a text: its lines end in LF on every desk (.gitattributes)."""
    content = file.read_bytes().replace(b"\r\n", b"\n")
    return sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def _git(project: Path, *command: str) -> str:
    """What git says; nothing where there is none, or no such thing."""
    try:
        done = subprocess.run(["git", *command], cwd=project, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()
