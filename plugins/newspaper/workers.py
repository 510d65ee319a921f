"""Work spread over the machine's cores, in forked processes that stay; without fork (Windows) it is done here.

Standard pools take longer to start than a small archive takes to build, and want what they call to be importable; a
fork inherits things as they stand. A worker has at hand what it has read, so items of one key go to the same worker in
every round of work: whoever reads an issue prints it.
"""

import contextlib
import gc
import os
import pickle
import select
import signal
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TypeVar

if sys.platform == "linux":
    import fcntl

Item = TypeVar("Item")

LEAST = 24
"""Fewer items than this are not worth a fork."""
_SIZE = struct.Struct("<Q")
_ROOM = 1 << 20
"""Bytes; the most that Linux gives a pipe without asking for more."""


class WorkerLost(RuntimeError):
    """A worker ended before its work did, by a signal or for want of memory."""

    def __init__(self) -> None:
        super().__init__("一个工作进程意外结束；请再试一次")


class Workers:
    """Processes, one a core, begun with the first round of work that is worth it; `close` ends them."""

    def __init__(self) -> None:
        self._duties: dict[str, Callable[[Any], Any]] = {}
        self._workers: list[_Worker] = []
        self._places: dict[str, int] = {}
        """Which worker has a key's items."""

    def learn(self, duty: str, work: Callable[[Any], Any]) -> None:
        """What workers do by a name; they must have learnt all before the first round."""
        self._duties[duty] = work

    def each(
        self,
        duty: str,
        items: Sequence[Item],
        key: Callable[[Item], str | None] = lambda item: None,
    ) -> Iterator[Any]:
        """The result of a duty for each item, in their order; items and results must be picklable.

        Workers begin at once, while the caller may do something else; what the duty raises is raised by the iterator.
        """
        if not self._workers:
            if len(items) < LEAST or _cores() < 2 or not hasattr(os, "fork"):
                return map(self._duties[duty], items)
            for _ in range(_cores()):
                self._workers.append(_Worker(self._duties, self._workers))
        places = [self._places.get(key(item) or "") for item in items]
        round_of_work = _Round(self._workers, duty, items, places)
        round_of_work.begin()
        return self._answers(round_of_work, items, key)

    @property
    def at_work(self) -> bool:
        """Whether there has been work that was worth a fork."""
        return bool(self._workers)

    def close(self) -> None:
        """End the workers; those still at work, because a round was left half-way, at once."""
        workers, self._workers, self._places = self._workers, [], {}
        for worker in workers:
            worker.end()

    def _answers(self, work: "_Round", items: Sequence[Item], key: Callable[[Item], str | None]) -> Iterator[Any]:
        for number, item in enumerate(items):
            place, answer = work.answer(number)
            if isinstance(answer, Exception):
                raise answer
            if name := key(item):
                self._places[name] = place
            yield answer


class _Round:
    """Items that are given out and answered. One that belongs to no worker goes to whoever has least to do."""

    def __init__(
        self, workers: Sequence["_Worker"], duty: str, items: Sequence[Any], places: Sequence[int | None]
    ) -> None:
        self._workers, self._duty, self._items, self._places = workers, duty, items, places
        self._free = deque(number for number, place in enumerate(places) if place is None)
        self._asked: list[deque[int]] = [deque() for _ in workers]
        """What each worker has yet to answer."""
        self._answered: dict[int, tuple[int, Any]] = {}
        """Answers that came before they were due, with the worker that gave them: no worker waits for another."""

    def begin(self) -> None:
        """Give out what belongs to somebody, and half of the rest: the caller may be away for a while."""
        dealt = [[number for number, place in enumerate(self._places) if place == mine] for mine, _ in self._each()]
        for turn in range(len(self._free) // 2):
            dealt[turn % len(dealt)].append(self._free.popleft())
        for place, numbers in enumerate(dealt):
            self._ask(place, sorted(numbers))

    def answer(self, number: int) -> tuple[int, Any]:
        """The answer to an item, and whose it is; waits for it."""
        while number not in self._answered:
            pipes = [worker.answers for place, worker in self._each() if self._asked[place]]
            ready = select.select(pipes, [], [])[0] if pipes else []
            for place, worker in self._each():
                if worker.answers in ready:
                    self._answered[self._asked[place].popleft()] = (place, _receive(worker.answers))
                if self._free and len(self._asked[place]) < 2:
                    self._ask(place, [self._free.popleft()])
        return self._answered.pop(number)

    def _each(self) -> Iterator[tuple[int, "_Worker"]]:
        return enumerate(self._workers)

    def _ask(self, place: int, numbers: Sequence[int]) -> None:
        self._asked[place].extend(numbers)
        self._workers[place].ask(self._duty, [self._items[number] for number in numbers])


class _Worker:
    """A forked process, and the pipes to and from it."""

    def __init__(self, duties: Mapping[str, Callable[[Any], Any]], others: Sequence["_Worker"]) -> None:
        asked, asking = os.pipe()
        answered, answering = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(asked)
            os.close(answering)
            self._requests: BinaryIO = os.fdopen(asking, "wb")
            self.answers: BinaryIO = os.fdopen(answered, "rb", buffering=0)
            if sys.platform == "linux":  # room for answers while nobody takes them
                fcntl.fcntl(self.answers, fcntl.F_SETPIPE_SZ, _ROOM)
            return
        try:
            for other in others:  # who held another's pipe open would keep it from ending
                other._requests.close()
                other.answers.close()
            os.close(asking)
            os.close(answered)
            gc.disable()
            _serve(duties, os.fdopen(asked, "rb"), os.fdopen(answering, "wb"))
        finally:
            os._exit(0)

    def ask(self, duty: str, items: Sequence[object]) -> None:
        try:
            _send(self._requests, (duty, items))
        except BrokenPipeError:
            raise WorkerLost from None

    def end(self) -> None:
        self.answers.close()
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(duties: Mapping[str, Callable[[Any], Any]], requests: BinaryIO, answers: BinaryIO) -> None:
    """A worker's life: a duty and its items, answer by answer, until nobody asks any more."""
    while True:
        try:
            duty, items = _receive(requests)
        except WorkerLost:
            return
        for item in items:
            try:
                answer = duties[duty](item)
            except Exception as error:
                answer = error
            _send(answers, answer)


def _send(pipe: BinaryIO, value: object) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(_SIZE.pack(len(content)) + content)
    pipe.flush()


def _receive(pipe: BinaryIO) -> Any:
    (size,) = _SIZE.unpack(_exactly(pipe, _SIZE.size))
    return pickle.loads(_exactly(pipe, size))


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    """So many bytes from a pipe. Raises WorkerLost if whoever writes it ends before."""
    parts = []
    while size:
        part = pipe.read(size)
        if not part:
            raise WorkerLost
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
