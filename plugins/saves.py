"""What was saved (存盘): looks at the files that a preview shows, and waits until one of them is another."""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PAUSE = 0.3
"""Seconds between two looks."""
SHARE = 9
"""Looking takes at most one part in ten of a processor, however large the archive."""
SETTLING = 0.05
PATIENCE = 10
"""So often a file that is still being written is looked at again, before what is there is taken."""

State = dict[str, tuple[int, ...]]
"""Size, times and inode of each file, by its path."""


class Saves:
    """The files below some folders, or files by themselves, as they were last seen.

    It looks and is not told: docs/decisions/0030.
    """

    def __init__(self, *places: Path) -> None:
        self._places = [str(place) for place in places]
        self._seen = self._look()

    async def next(self) -> set[str]:
        """Wait until files were written, renamed or deleted since the last time, and no longer change; their paths.

        What is saved while a build runs is found at once after it.
        """
        while True:
            began = time.perf_counter()
            found = self._look()
            if found != self._seen:
                found = await self._settled(found)
                changed = {path for path, _ in found.items() ^ self._seen.items()}
                self._seen = found
                if changed:
                    return changed
            await asyncio.sleep(max(PAUSE, SHARE * (time.perf_counter() - began)))

    async def _settled(self, found: State) -> State:
        for _ in range(PATIENCE):
            await asyncio.sleep(SETTLING)
            before, found = found, self._look()
            if before == found:
                break
        return found

    def _look(self) -> State:
        return dict(_files(self._places))


def _files(paths: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each file at or below the paths, and what tells that it was written. What is gone meanwhile is not there."""
    folders = []
    for path in paths:
        if os.path.isdir(path):
            folders.append(path)
        elif stat := _stat(path):
            yield path, stat
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            folders.append(entry.path)
                    elif stat := _stat(entry):
                        yield entry.path, stat
        except OSError:
            continue


def _stat(file: "str | os.DirEntry[str]") -> tuple[int, ...]:
    try:
        stat = os.stat(file) if isinstance(file, str) else file.stat()
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
