"""Files that others want to find at the root of the site (根目录的文件): proofs that it is ours, for WeChat and search
engines.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.addresses import CLOSED, FEED, NOT_FOUND, ROBOTS, SECURITY, WELL_KNOWN
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.problems import Problem

ROOT = "root"
"""Their folder in the content."""
LARGEST = 100_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(?:txt|html?|xml)")
_WELL_KNOWN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_PASSED_OVER = re.compile(r"\..*|.*~|thumbs\.db|desktop\.ini|readme(?:\.\w+)?", re.I)
_OWN = {NOT_FOUND, CLOSED, FEED, ROBOTS, SECURITY}
_ALSO_OWN = re.compile(r"index\.html?|sitemap(?:-[a-z0-9]+)?\.xml|opensearch\.xml")
"""What the site has there itself."""


class RootFile(NamedTuple):
    """A file of content/root."""

    name: str
    """Relative to the folder, and to the root of the site."""
    digest: str
    """Of its bytes."""


def root_files(content: Path, problems: list[Problem]) -> tuple[RootFile, ...]:
    """Those that can be published, with a problem for each that cannot."""
    folder = content / ROOT
    found = []
    for name in sorted(_names(folder)):
        wrong = _wrong(name, folder / name)
        if wrong:
            shown = name.encode("utf-8", "replace").decode()
            problems.append(Problem(f"{content.name}/{ROOT}/{shown}", 1, "root-file", f"“{shown}”{wrong}"))
        else:
            found.append(RootFile(name, digest((folder / name).read_bytes())))
    return tuple(found)


def _names(folder: Path) -> Iterator[str]:
    """What lies in the folder and in its .well-known, but for what programs leave there."""
    for prefix in ("", WELL_KNOWN):
        try:
            names = os.listdir(folder / prefix)
        except OSError:
            continue
        yield from (f"{prefix}{name}" for name in names if not _PASSED_OVER.fullmatch(name))


def _wrong(name: str, path: Path) -> str:
    """What is wrong with a file, and what to do; empty where nothing is."""
    if path.is_dir():
        return "是一个文件夹；这里只放文件（另外只有 .well-known 可以是文件夹），请把里面的文件移出来，或删去它"
    if not path.is_file():
        return "打不开；请重新放一次，或删去它"
    form = _WELL_KNOWN_NAME if name.startswith(WELL_KNOWN) else _NAME
    if not form.fullmatch(name.removeprefix(WELL_KNOWN)):
        return "不能放在网站的根目录：文件名只用英文字母、数字、点、横线，以 .txt、.html 或 .xml 结尾；附件和图片请跟着稿件放"
    if name.lower() in _OWN or _ALSO_OWN.fullmatch(name.lower()):
        return "是网站自己生成的，不能另放一个；请删去它"
    if path.stat().st_size > LARGEST:
        return "太大了；验证用的文件只有几行，别的请作为附件跟着稿件放"
    return ""
