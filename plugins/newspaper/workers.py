"""Work spread over the machine's cores, in forked processes; where there is no fork (Windows) it is done here, one by one.

Standard pools take longer to start than a small archive takes to build, and want what they call to be importable; a
fork inherits the archive as it stands and sends back only results.
"""

import gc
import os
import pickle
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LEAST = 24
"""Fewer items than this are not worth a fork."""
_SIZE = struct.Struct("<Q")


class WorkerLost(RuntimeError):
    """A worker ended before its work did, by a signal or for want of memory."""


def in_parallel(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result of each item, in their order. What `work` raises is raised here; results must be picklable."""
    cores = _cores()
    if len(items) < LEAST or cores < 2 or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    gc.freeze()  # what is here stays here: a collection in a child would copy all its memory
    workers = [_start(work, items[first::cores]) for first in range(cores)]
    try:
        for position in range(len(items)):
            yield _receive(workers[position % cores][1])
        for process, pipe in workers:
            pipe.close()
            os.waitpid(process, 0)
        workers = []
    finally:
        gc.unfreeze()
        for process, pipe in workers:
            pipe.close()
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(work: Callable[[Any], Any], items: Sequence[Any]) -> tuple[int, BinaryIO]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    status = 1
    try:
        os.close(reading)
        gc.disable()
        with os.fdopen(writing, "wb") as pipe:
            for item in items:
                try:
                    sent = work(item)
                except Exception as error:
                    sent = error
                content = pickle.dumps(sent, pickle.HIGHEST_PROTOCOL)
                pipe.write(_SIZE.pack(len(content)) + content)
                pipe.flush()
        status = 0
    finally:
        os._exit(status)


def _receive(pipe: BinaryIO) -> Any:
    header = pipe.read(_SIZE.size)
    content = pipe.read(_SIZE.unpack(header)[0]) if len(header) == _SIZE.size else b""
    if not content:
        raise WorkerLost("一个工作进程意外结束；请再试一次")
    received = pickle.loads(content)
    if isinstance(received, Exception):
        raise received
    return received
