"""The folder of the issues (稿件文件夹): which files are issues, and which were meant as one but cannot be read."""

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.gathering.issues import Stat
from plugins.newspaper.problems import Problem

SETTLED_NS = 2_500_000_000
"""A file is known by its times once they are this old."""

_PASSED_OVER = re.compile(
    r"[.~#].*|.*~|thumbs\.db|desktop\.ini|readme(?:\.\w+)?|.*\.(?:tmp|part|swp|bak|crdownload)", re.I
)
"""What programs leave beside a file (~$0256.docx, ._0256.md, .#0256.md, 0256.md~), and what tells of a folder."""
_WORD = ("doc", "docx", "wps", "wpt", "rtf", "odt", "pages", "pdf", "ofd")
_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic")
_RECORDINGS = ("mp3", "m4a", "wav", "aac", "amr", "ogg", "wma")


class Folder(NamedTuple):
    """What lies in the folder of the issues."""

    issues: dict[str, Stat]
    """Source → size, times and inode of its file; an empty tuple where it changed so lately that these may not tell.

    A file system's clock may stand for seconds (FAT: two), so a file can change again without looking it.
    """
    problems: tuple[Problem, ...]


def look_through(folder: Path, name: str) -> Folder:
    """What lies in the folder; `name` is its own, content/issues. A folder without an issue is a problem."""
    settled = time.time_ns() - SETTLED_NS
    issues: dict[str, Stat] = {}
    problems: list[Problem] = []
    try:
        found = list(os.scandir(folder))
    except OSError:
        found = []
    for file in found:
        if _PASSED_OVER.fullmatch(file.name):
            continue
        try:
            seen = file.stat()
        except OSError:
            if file.is_symlink():
                problems.append(_stray(name, file.name, "是一个断了的链接，打不开；请删去它，或放上原来的文件"))
            continue  # else it vanished just now
        if file.name.endswith(".md") and stat.S_ISREG(seen.st_mode) and _is_text(file.name):
            size, changed, created = seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
            known = changed < settled and created < settled
            issues[f"{name}/{file.name}"] = (size, changed, created, seen.st_ino) if known else ()
        else:
            problems += _strays(Path(file.path), name, is_folder=stat.S_ISDIR(seen.st_mode))
    if not issues and not problems:
        message = "一期稿件也没有，网页没有动；每期写成一个文件，用总期号命名，如 0256.md，放在这个文件夹里"
        problems.append(Problem(name, 1, "no-issue", message))
    return Folder(dict(sorted(issues.items())), tuple(problems))


def _strays(path: Path, name: str, *, is_folder: bool) -> Iterator[Problem]:
    """What to do with a file or folder that is no issue."""
    if is_folder:
        inside = _first_inside(path)
        if inside:
            moved = f"里面的稿件（{inside}）读不到；请移到 {name}/ 里，叫 {_proper_name(inside)}"
        else:
            moved = "不是稿件；请删去它"
        yield _stray(name, path.name, f"是一个文件夹，{moved}")
        return
    kind = unicodedata.normalize("NFKC", path.name).strip().rpartition(".")[2].lower()
    proper = _proper_name(path.name)
    if kind in _PICTURES:
        advice = f"是图片；请放进 {name.rpartition('/')[0]}/images/ 里这一期的文件夹"
    elif kind in _RECORDINGS:
        advice = f"是录音；请放进 {name.rpartition('/')[0]}/audio/ 里这一期的文件夹"
    elif kind in _WORD:
        advice = f"不是纯文本，读不到；请把稿件全文复制到记事本，编码选 UTF-8，另存为 {proper}，再把它移出这个文件夹"
    else:
        advice = f"读不到：稿件的文件名要以 .md 结尾；如果是稿件，请改名为 {proper}，不是的话请移出这个文件夹"
        if kind in ("md", "txt", "markdown"):
            advice += "（Windows 请先在“查看”里勾上“文件扩展名”）"
    yield _stray(name, path.name, advice)


def _first_inside(folder: Path) -> str:
    """A file in a folder that may be an issue."""
    try:
        names = sorted(path.name for path in folder.rglob("*") if path.is_file())
    except OSError:
        return ""
    return next((_shown(each) for each in names if not _PASSED_OVER.fullmatch(each)), "")


def _proper_name(written: str) -> str:
    """How an issue's file should be called: by the number in its name."""
    number = re.search(r"[0-9]{1,6}", unicodedata.normalize("NFKC", written))
    return f"{int(number[0]):04}.md" if number else "总期号.md（如 0256.md）"


def _stray(folder: str, file: str, advice: str) -> Problem:
    return Problem(f"{folder}/{_shown(file)}", 1, "stray-file", f"“{_shown(file)}”{advice}")


def _is_text(name: str) -> bool:
    """Whether a name can be printed: one from another system may hold bytes that are no text."""
    return name.isascii() or name.encode("utf-8", "replace").decode() == name


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
