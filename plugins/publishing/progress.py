"""A bar while bytes are sent (进度条); nothing where nobody looks at a screen."""

import sys
from types import TracebackType
from typing import TextIO

_WIDTH = 24


class Progress:
    """Told of bytes, it shows how many of all have gone."""

    def __init__(self, what: str, total: int, stream: TextIO | None = None) -> None:
        self._what, self._total, self._done, self._shown = what, total, 0, -1
        self._stream = stream or sys.stderr

    def __enter__(self) -> "Progress":
        self(0)
        return self

    def __call__(self, sent: int) -> None:
        self._done += sent
        percent = min(100, self._done * 100 // self._total) if self._total else 100
        if percent == self._shown or not self._stream.isatty():
            return
        self._shown = percent
        bar = "█" * (percent * _WIDTH // 100)
        size = f"{self._done / 1e6:.1f}/{self._total / 1e6:.1f} MB"
        self._stream.write(f"\r{self._what} [{bar:·<{_WIDTH}}] {percent:3}%  {size}")
        self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown >= 0:
            self._stream.write("\n")
