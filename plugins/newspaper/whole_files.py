"""Files written whole or not at all."""

import errno
import os
from pathlib import Path

PART = ".part"
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write_whole(target: str | Path, content: bytes) -> os.stat_result:
    """Write a file under another name, then rename it, so that nobody ever sees a part of it; returns its stat."""
    part = f"{target}{PART}"
    try:
        file = os.open(part, _WRITING, 0o666)
    except FileNotFoundError:
        _make_folder(os.path.dirname(part))
        file = os.open(part, _WRITING, 0o666)
    try:
        if os.write(file, content) != len(content):
            raise OSError(errno.ENOSPC, "没有写完，磁盘可能满了", part)
        stat = os.fstat(file)
    finally:
        os.close(file)
    os.replace(part, target)
    return stat


def not_written(error: OSError) -> str:
    """What is told of a file that could not be written."""
    why = "磁盘满了" if error.errno == errno.ENOSPC else "没有写的权限，或同名的文件、文件夹挡着，或被别的程序占着"
    return f"“{Path(str(error.filename)).name.removesuffix(PART)}”写不进去（{why}）；请腾开，再导入一次"


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # nearly always its parent is there
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:  # another worker was first
        pass
