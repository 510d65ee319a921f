"""总期号、期号、日期 follow one another (期号连续): a wrong one is told once, where it is wrong, not at its neighbours.

An issue without which its neighbours agree is the wrong one; of two that only disagree with each other, the newer. What
a header does not say is passed over here: that has been told.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from plugins.newspaper.addresses import number_in
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Entry
from plugins.newspaper.problems import Problem

_UNKNOWN = date.min.isoformat()


class Placed(NamedTuple):
    """An issue in its place."""

    number: int
    """The running number by which it stands there; its own, or that of its file where they differ."""
    entry: Entry

    @property
    def is_complete(self) -> bool:
        return bool(self.entry.issue) and self.entry.day != _UNKNOWN

    @property
    def has_doubtful_date(self) -> bool:
        """Whether the lunar date says another day."""
        return any(code == "lunar-date" for _, code, _ in self.entry.found) and "lunar-date" not in self.entry.accepted

    def problem(self, key: str, code: str, message: str) -> Problem:
        return Problem(self.entry.source, self.entry.line(key), code, message)


def check_repeated_total(archive: Archive) -> Iterator[Problem]:
    """One running number, one file (总期号不重复)."""
    first: dict[int, Placed] = {}
    for placed in _placed(archive.every):
        other = first.setdefault(placed.number, placed)
        if other is not placed:
            # The file that is named by its number stands.
            wrong, right = (other, placed) if number_in(placed.entry.source) == placed.number else (placed, other)
            first[placed.number] = right
            message = f"总第{wrong.number}期已经在 {right.entry.source} 里；两个文件不能同号，请改正其中一个"
            yield wrong.problem("total_issue", "repeated-total-issue", message)


def check_continuity(archive: Archive) -> Iterator[Problem]:
    """总期号 rises by one, 期号 by one within a year and starts at 1 in a new one, dates rise."""
    standing = list({placed.number: placed for placed in reversed(_placed(archive.every))}.values())[::-1]
    complete = [placed for placed in standing if placed.is_complete]
    disordered = _disordered(complete)
    if disordered:
        trusted = [placed for placed in complete if placed not in disordered]
        for placed in disordered:
            number = _number_by_date(placed, trusted)
            if number:
                message = f"总期号应为 {number}（看日期和期号），这里是 {placed.entry.total_issue}"
                yield placed.problem("total_issue", "total-issue", message)
                standing[standing.index(placed)] = placed._replace(number=number)
            else:
                yield _date_problem(placed, trusted)
        standing.sort(key=lambda placed: placed.number)
        complete = trusted
    yield from _gaps(standing)
    yield from _counters(complete)


def _placed(entries: Sequence[Entry]) -> list[Placed]:
    """Every issue in its place; one whose file has another number stands where it fits."""
    placed = [Placed(entry.total_issue, entry) for entry in entries if not entry.found or not _is_misnamed(entry)]
    if len(placed) == len(entries):
        return placed
    taken = {each.number for each in placed}
    for entry in entries:
        if entry.found and _is_misnamed(entry):
            numbers = [number for number in (number_in(entry.source), entry.total_issue) if number]
            free = [number for number in numbers if number not in taken] or numbers
            beside = [number for number in free if number - 1 in taken or number + 1 in taken]
            insort(placed, Placed((beside or free or [0])[0], entry), key=lambda each: each.number)
    return placed


def _is_misnamed(entry: Entry) -> bool:
    return any(code == "file-name" for _, code, _ in entry.found)


def _gaps(standing: Sequence[Placed]) -> Iterator[Problem]:
    for old, new in pairwise(standing):
        if new.number > old.number + 1 and old.number:
            message = (
                f"总期号应接上一期（{old.entry.source}，总第{old.number}期）为 {old.number + 1}，这里是 {new.number}；"
                "缺的那一期请补上，原报跳号的写进“已核”"
            )
            yield new.problem("total_issue", "total-issue", message)


def _disordered(placed: Sequence[Placed]) -> list[Placed]:
    """The fewest issues without which dates rise."""
    if all(old.entry.day < new.entry.day for old, new in pairwise(placed)):
        return []
    days = [date.fromisoformat(each.entry.day).toordinal() for each in placed]
    usual = sorted(new - old for old, new in pairwise(days))[(len(days) - 1) // 2]
    rising = set(_heaviest_rise(days, [_trust(place, placed, days, usual) for place in range(len(days))]))
    return [each for place, each in enumerate(placed) if place not in rising]


def _trust(place: int, placed: Sequence[Placed], days: Sequence[int], usual: int) -> int:
    """How much a date is to be trusted: less if the lunar date is another, if it lies far from where an issue near it
    would have it, if it is newer. `usual` is the days between two issues."""
    near = [at for at in range(place - 2, place + 3) if 0 <= at < len(days) and at != place]
    away = min(abs(days[place] - days[at] - usual * (place - at)) for at in near)
    return 10**16 - 10**11 * placed[place].has_doubtful_date - 10**7 * min(away, 999) - place


def _heaviest_rise(days: Sequence[int], weights: Sequence[int]) -> Iterator[int]:
    """The places of the heaviest of all rising subsequences, last first."""
    ends: list[int] = []
    """Days with which a subsequence may end, rising, as their weights do."""
    places: list[int] = []
    totals = [0] * len(days)
    before = [-1] * len(days)
    for place, day in enumerate(days):
        at = bisect_left(ends, day)
        before[place] = places[at - 1] if at else -1
        totals[place] = weights[place] + (totals[places[at - 1]] if at else 0)
        if at < len(ends) and ends[at] == day and totals[places[at]] >= totals[place]:
            continue
        end = at
        while end < len(ends) and totals[places[end]] <= totals[place]:
            end += 1
        ends[at:end], places[at:end] = [day], [place]
    last = places[-1]
    while last >= 0:
        yield last
        last = before[last]


def _number_by_date(placed: Placed, trusted: Sequence[Placed]) -> int:
    """The running number that is free where an issue's date and 期号 belong; 0 if there is none."""
    at = bisect_left(trusted, placed.entry.day, key=lambda each: each.entry.day)
    if 0 < at < len(trusted):
        old, new = trusted[at - 1], trusted[at]
        moved = placed._replace(number=old.number + 1)
        if new.number == old.number + 2 and _agree(old, moved) and _agree(moved, new):
            return moved.number
    return 0


def _date_problem(placed: Placed, trusted: Sequence[Placed]) -> Problem:
    at = bisect_left(trusted, placed.number, key=lambda each: each.number)
    bounds = []
    if at:
        bounds.append(f"晚于上一期（{trusted[at - 1].entry.source}，{trusted[at - 1].entry.day}）")
    if at < len(trusted):
        bounds.append(f"早于下一期（{trusted[at].entry.source}，{trusted[at].entry.day}）")
    return placed.problem("date", "date-order", f"日期应{'、'.join(bounds)}，这里是 {placed.entry.day}")


def _counters(placed: Sequence[Placed]) -> Iterator[Problem]:
    """期号 counts on within a year, and begins anew with the next."""
    if not placed:
        return
    last = placed[0]
    for place, new in enumerate(placed[1:], 1):
        if _agree(last, new):
            last = new
            continue
        following = placed[place + 1] if place + 1 < len(placed) else None
        if following and _agree(last, following):
            yield _counter_problem(last, new)
            continue
        if place == 1 and following and _agree(new, following) and "issue-number" not in new.entry.accepted:
            steps = new.number - last.number
            message = f"期号与下一期（{new.entry.source}，第{new.entry.issue}期）接不上，这里是 {last.entry.issue}"
            if last.entry.day[:4] == new.entry.day[:4] and new.entry.issue > steps:
                message += f"，应为 {new.entry.issue - steps}"
            yield last.problem("issue", "issue-number", message)
        else:
            yield _counter_problem(last, new)
        last = new


def _agree(old: Placed, new: Placed) -> bool:
    """Whether one issue's 期号 may follow another's; between them issues may be lost, or only numbers."""
    steps = new.number - old.number
    if old.entry.day[:4] == new.entry.day[:4]:
        return new.entry.issue - old.entry.issue in (steps, 1)
    return 1 <= new.entry.issue <= steps


def _counter_problem(old: Placed, new: Placed) -> Problem:
    steps = new.number - old.number
    if new.has_doubtful_date:
        message = f"日期和期号、农历都对不上（上一期 {old.entry.source} 是 {old.entry.day}，第{old.entry.issue}期）"
        return new.problem("date", "date-order", f"{message}，这里是 {new.entry.day}")
    if old.entry.day[:4] == new.entry.day[:4]:
        expected = old.entry.issue + steps
        message = f"期号应接上一期（{old.entry.source}，第{old.entry.issue}期）为 {expected}，这里是 {new.entry.issue}"
    else:
        expected_first = "1" if steps == 1 else f"1 到 {steps}"
        message = f"新的一年期号从 1 数起，应为 {expected_first}，这里是 {new.entry.issue}"
    return new.problem("issue", "issue-number", message)
