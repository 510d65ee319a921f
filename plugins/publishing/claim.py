"""A claim on a bucket (占用): two publishers do not put files there at once.

A bucket has no lock. Each writes an object of his own, then looks whether there is another's: of two at once, at least
one sees the other. A claim that was not renewed for long, by the clock of the bucket, is a killed publisher's.
"""

import contextlib
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

from plugins.newspaper.file_lock import try_to_lock
from plugins.publishing.place import Overtaken, PlaceFault
from plugins.publishing.rclone import Rclone
from plugins.publishing.release import publisher

LASTS = timedelta(minutes=30)
PATIENCE = 30
"""Seconds that one waits for another, who may be at his end."""
_RENEWED = LASTS.total_seconds() / 6
_CLAIMS = "claims"


@contextlib.contextmanager
def alone_on_this_desk(address: str) -> Iterator[IO[bytes]]:
    """No other publish to this place goes on here, not even the end of a killed one. Raises Overtaken."""
    name = sha256(f"{publisher()} {address}".encode()).hexdigest()[:16]
    with open(Path(tempfile.gettempdir(), f"yibin-{name}.lock"), "ab") as lock:
        end = time.monotonic() + PATIENCE
        while not try_to_lock(lock):
            if time.monotonic() > end:
                raise Overtaken("本机另一个 invoke publish 还没有完；等它完了再试")
            time.sleep(0.1)
        yield lock


class Claim:
    """A claim on what is kept in a bucket's folder."""

    def __init__(self, rclone: Rclone, keep: str) -> None:
        self._rclone, self._where = rclone, f"{keep}/{_CLAIMS}"
        self._own, self._written = "", 0.0

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Raises Overtaken."""
        end = time.monotonic() + PATIENCE
        while other := self._other():
            if time.monotonic() > end:
                raise Overtaken(
                    f"{other} 正在往这里发布，你的没有上网；等他完了再试。他要是断了，请他再运行一次，"
                    f"或过 {LASTS.seconds // 60} 分钟再试，会接着做完"
                )
            time.sleep(random.uniform(1, 4))  # so that two do not meet again
        try:
            yield
        finally:
            own, self._own = self._own, ""
            with contextlib.suppress(PlaceFault):  # where it cannot be taken away, it ends by itself
                self._rclone.delete(self._where, [own])

    def renew(self) -> None:
        """Go on claiming, where that was long ago. Raises Overtaken if another has taken it for a killed one's."""
        if time.time() - self._written < _RENEWED:
            return
        if self._own not in self._rclone.listed(self._where):
            raise Overtaken("停了太久，别人已经接着发布；请再运行一次 invoke publish --all")
        self._write()

    def _write(self) -> None:
        self._rclone.put(self._where, **{self._own: publisher()})
        self._written = time.time()

    def _other(self) -> str:
        """Claim; gives who else does, and then the claim is withdrawn."""
        self._own = f"{time.time_ns():x}-{os.getpid()}"
        self._write()
        there = self._rclone.listed(self._where)
        now = there[self._own].time
        for name, kept in there.items():
            if name == self._own:
                continue
            who = self._rclone.text(self._where, name)
            if now - kept.time < LASTS and who and who != publisher():  # ours is a killed one's: see alone_on_this_desk
                self._rclone.delete(self._where, [self._own])
                return who
            self._rclone.delete(self._where, [name])
        return ""
