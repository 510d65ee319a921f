"""The issues that the archive has already (前后各期), against which a new one's counters are held."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plugins.importing.masthead import Facts
from plugins.newspaper.addresses import number_in
from plugins.newspaper.reading.front_matter import read_front_matter, split_front_matter


class Known(NamedTuple):
    """Counters and date of an issue, and what of its front matter goes on in the next."""

    total: int
    issue: int
    date: date
    values: dict[str, str]


class Neighbours:
    """The issues of a folder, read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[int, Known] | None = None

    def every(self) -> dict[int, Known]:
        """By running number."""
        if self._known is None:
            known = [_known(file) for file in sorted(self._folder.glob("*.md")) if number_in(f"/{file.name}")]
            self._known = {each.total: each for each in known if each}
        return self._known

    def newest(self) -> Known | None:
        return max(self.every().values(), default=None)

    def compared(self, facts: Facts) -> list[str]:
        """What does not go with the issues before and after."""
        total, issue, day = (facts.value(key) for key in ("total_issue", "issue", "date"))
        if not (total and issue and day):
            return []
        own = Known(int(total), int(issue), date.fromisoformat(day), {})
        others = [each for number, each in self.every().items() if number != own.total]
        before = max((each for each in others if each.total < own.total), default=None)
        after = min((each for each in others if each.total > own.total), default=None)
        return [*_held_against(before, own), *_held_against(own, after)]


def _known(file: Path) -> Known | None:
    try:
        header, _, _ = split_front_matter(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
    if header is None:
        return None
    values = read_front_matter(header, file.name)[0].values
    if not {"issue", "date"} <= values.keys():
        return None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    return Known(values.get("total_issue", number_in(f"/{file.name}")), values["issue"], values["date"], texts)


def _held_against(before: Known | None, after: Known | None) -> Iterator[str]:
    if before is None or after is None:
        return
    if after.date <= before.date:
        yield f"总第{before.total}期是 {before.date}，总第{after.total}期是 {after.date}，日期不是先后相接"
    if after.total != before.total + 1:
        return
    expected = before.issue + 1 if after.date.year == before.date.year else 1
    if after.issue != expected:
        yield f"总第{before.total}期是当年第{before.issue}期，总第{after.total}期应是第{expected}期，这里是第{after.issue}期"
