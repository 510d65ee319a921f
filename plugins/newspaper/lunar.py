"""公历 to 农历, and back from the forms in which a masthead prints it."""

import re
from datetime import date
from typing import NamedTuple

from borax.calendars.lunardate import LunarDate

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | {"一": 1, "冬": 11, "腊": 12}
_DIGITS = "一二三四五六七八九十"
_DAYS = tuple(
    [f"初{digit}" for digit in _DIGITS]
    + [f"十{digit}" for digit in _DIGITS[:9]]
    + ["二十"]
    + [f"二十{digit}" for digit in _DIGITS[:9]]
    + ["三十"]
)
_DAY_NUMBERS = (
    {name: number for number, name in enumerate(_DAYS, 1)}
    | {f"廿{digit}": 20 + number for number, digit in enumerate(_DIGITS[:9], 1)}
    | {"廿": 20, "卅": 30}
)
_PRINTED = re.compile(
    r"(?P<year>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年(?P<leap>闰?)(?P<month>[^月]{1,2})月(?P<day>.{1,3})"
)


class Lunar(NamedTuple):
    """A day of the lunar calendar (农历): 干支 of its year, month, leap or not, day."""

    year_name: str
    month: int
    leap: bool
    day: int

    def __str__(self) -> str:
        return f"{self.year_name}年{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}月{_DAYS[self.day - 1]}"


def lunar_of(day: date) -> Lunar:
    """The lunar day of a Gregorian one; its year begins at 正月初一, not in January.

    Raises ValueError outside 1900-01-31 to 2100-12-31, where the tables end.
    """
    lunar = LunarDate.from_solar(day)
    return Lunar(lunar.gz_year, lunar.month, bool(lunar.leap), lunar.day)


def read_lunar(printed: str) -> Lunar | None:
    """A lunar date as mastheads print it, 癸卯年四月十四 or 闰二月、冬月、腊月、廿四; None if it is not one."""
    match = _PRINTED.fullmatch(printed.replace(" ", ""))
    if not match or match["month"] not in _MONTH_NUMBERS or match["day"] not in _DAY_NUMBERS:
        return None
    return Lunar(match["year"], _MONTH_NUMBERS[match["month"]], bool(match["leap"]), _DAY_NUMBERS[match["day"]])
