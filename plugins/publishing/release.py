"""A release (一次发布): the files that are online together, and the addresses that it binds."""

import getpass
import json
import os
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import PART

_NAME = re.compile(r"([0-9]{5})-[0-9]{8}-[0-9]{4}")
_PAGE = ".html"
_HASHED = re.compile(r"(?:^|[/-])[0-9a-f]{8,}[.-][^/]*$")
_WITHDRAWN = b'<dl class="withdrawal">'
"""In the page of a story or an issue that was withdrawn: theme/templates/withdrawn.html."""
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


class File(NamedTuple):
    """A file of a release: the digest and number of its bytes."""

    digest: str
    size: int


class Release(NamedTuple):
    """What is kept with each release, so that the next can be compared with it, and one can go back."""

    name: str
    """Number and time: `00042-20230616-0903`."""
    who: str
    after: str
    """The release that it took the place of; empty for the first."""
    ledger: tuple[str, ...]
    """Lines of all addresses that are online with it."""
    files: Mapping[str, File]
    """By path, with forward slashes."""
    withdrawn: tuple[str, ...] = ()
    """Paths of the pages that say that a story or an issue was withdrawn."""
    sources: Mapping[str, str] = {}
    """The texts that it was made of: sources.py."""

    @property
    def number(self) -> int:
        return number_of(self.name)

    def as_text(self) -> str:
        return json.dumps(self._asdict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Release":
        """Raises ValueError if the text is no release."""
        try:
            values = json.loads(text)
            files = {path: File(str(digest), int(size)) for path, (digest, size) in values["files"].items()}
            return cls(
                values["name"],
                values["who"],
                values["after"],
                tuple(values["ledger"]),
                files,
                tuple(values["withdrawn"]),
                dict(values.get("sources", {})),  # releases of an earlier version have none
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(str(error)) from error


def without_manifest(name: str) -> Release:
    """A release whose manifest is lost: what it has is not known, so all is sent anew; its number counts."""
    return Release(name, "不知是谁", "", (), {})


class Changes(NamedTuple):
    """How a release differs from what is online (新增、改动、撤下), by path."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def sent(self) -> tuple[str, ...]:
        return (*self.added, *self.changed)

    def __bool__(self) -> bool:
        return any(self)


def number_of(name: str) -> int:
    """A release's number; 0 where this is no name of one."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0


def next_name(names: Iterable[str], now: datetime) -> str:
    """The name after these; the number tells the order, whatever the clock says."""
    number = max(map(number_of, names), default=0) + 1
    return f"{number:05}-{now:%Y%m%d-%H%M}"


def publisher() -> str:
    """Who publishes, and from which machine, as others are told."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        user = "有人"
    return f"{user}@{socket.gethostname()}"


class Contents(NamedTuple):
    """What the public site has."""

    files: dict[str, File]
    withdrawn: tuple[str, ...]


def contents_of(output: Path) -> Contents:
    """Every file of the public site. What a system or a killed build left there is none. Raises Halt."""
    files, withdrawn = {}, []
    for folder, folders, names in os.walk(output):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            if name in _LITTER or name.endswith(PART):
                continue
            path = Path(folder, name)
            short = path.relative_to(output).as_posix()
            if not short.isprintable() or "\\" in short:
                raise Halt(f"{output.name}/ 里有个文件的名字不能上网：{short!r}；请改名或移走")
            try:
                content = path.read_bytes()
            except OSError as error:
                raise Halt(
                    f"读不了 {output.name}/{short}：{error.strerror}；请删去它，再运行一次。线上没有动"
                ) from None
            files[short] = File(sha256(content).hexdigest(), len(content))
            if is_page(short) and _WITHDRAWN in content:
                withdrawn.append(short)
    return Contents(files, tuple(withdrawn))


def changes(old: Mapping[str, File], new: Mapping[str, File]) -> Changes:
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def is_page(path: str) -> bool:
    return path.endswith(_PAGE)


def in_sending_order(paths: Iterable[str]) -> list[str]:
    """Pages come last, so that what they show is there before them; the front page is the very last."""
    return sorted(paths, key=lambda path: (is_page(path), not _HASHED.search(path), -path.count("/"), path))


def addresses(paths: Iterable[str], site: str) -> Iterator[str]:
    """The addresses of the pages among these."""
    for path in paths:
        if is_page(path):
            yield f"{site}/{path.removesuffix('index.html')}" if path.endswith("index.html") else f"{site}/{path}"
