"""What one build costs: time on the wall and on the processors, and at its peak how much memory."""

import contextlib
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.changes import Change

_COUNTS = re.compile(r"印出 (\d+) 页，写了 (\d+) 个文件")
_SAMPLE_SECONDS = 0.005
_SHARED_MEMORY = Path("/dev/shm")


class BuildFailed(Exception):
    """A build ended with an error; its last words are the message."""


@dataclass(frozen=True)
class Tool:
    """A site generator, with its site in a folder of its own and what may happen to that."""

    name: str
    folder: Path
    command: tuple[str, ...]
    changes: Mapping[str, Change]
    environment: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    output: str = "output"


@dataclass(frozen=True)
class Cost:
    """Seconds, and the two counts that our own build tells."""

    wall: float
    cpu: float
    printed: int | None
    written: int | None


def build(tool: Tool) -> Cost:
    """One whole run of the command; CPU time includes that of every process it waited for."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = _start(tool, said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        words = _words(tool, process, said)
    counts = _COUNTS.findall(words)
    printed, written = map(int, counts[-1]) if counts else (None, None)
    return Cost(wall, usage.ru_utime + usage.ru_stime, printed, written)


def peak_memory(tool: Tool) -> int | None:
    """Bytes at the peak of the whole process tree, pages they share counted once; None where /proc does not tell."""
    peak = 0
    with tempfile.TemporaryFile() as said:
        process = _start(tool, said)
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_size, _tree(process.pid))))
            time.sleep(_SAMPLE_SECONDS)
        _words(tool, process, said)
    return peak or None


def _start(tool, said):
    # Bytecode is kept, as for any installed tool.
    environment = {**os.environ, **tool.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        tool.command, cwd=tool.folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
    )


def _words(tool, process, said):
    said.seek(0)
    words = said.read().decode("utf-8", "replace")
    if process.returncode:
        last = words.strip().splitlines()[-1:] or ["没有说原因"]
        raise BuildFailed(f"{tool.name} 没有生成（{process.returncode}）：{last[0][:200]}")
    return words


def _tree(pid: int) -> Iterator[int]:
    yield pid
    # A process may end while it is looked at.
    with contextlib.suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _proportional_size(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@contextlib.contextmanager
def empty_folder(needed: int) -> Iterator[tuple[Path, str]]:
    """An empty folder with so many bytes of room, in memory if it can be, and what kind of place it is."""
    memory = _SHARED_MEMORY.is_dir() and os.access(_SHARED_MEMORY, os.W_OK) and _room(_SHARED_MEMORY) > needed
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_SHARED_MEMORY if memory else None) as folder:
        yield Path(folder), "内存文件系统" if memory else "普通磁盘"


def _room(folder: Path) -> int:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize
