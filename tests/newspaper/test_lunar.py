"""公历 to 农历: leap months, the turn of the lunar year, 大小月."""

from datetime import date

import pytest

from plugins.newspaper.lunar import Lunar, lunar_of, read_lunar


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        (date(2023, 6, 7), "癸卯年四月二十"),
        (date(2023, 3, 22), "癸卯年闰二月初一"),
        (date(2023, 2, 20), "癸卯年二月初一"),
        (date(2023, 1, 21), "壬寅年十二月三十"),  # 除夕, 大月
        (date(2023, 1, 22), "癸卯年正月初一"),
        (date(2022, 1, 31), "辛丑年十二月二十九"),  # 除夕, 小月
        (date(2023, 12, 31), "癸卯年十一月十九"),
        (date(2024, 1, 1), "癸卯年十一月二十"),
        (date(2025, 7, 25), "乙巳年闰六月初一"),
    ],
)
def test_day_has_its_lunar_date(day: date, lunar: str) -> None:
    assert str(lunar_of(day)) == lunar
    assert read_lunar(lunar) == lunar_of(day)


@pytest.mark.parametrize(
    ("printed", "lunar"),
    [
        ("壬寅年腊月三十", Lunar("壬寅", 12, False, 30)),
        ("癸卯年冬月廿四", Lunar("癸卯", 11, False, 24)),
        ("癸卯年闰二月初十", Lunar("癸卯", 2, True, 10)),
        ("癸卯年 四月 二十", Lunar("癸卯", 4, False, 20)),
    ],
)
def test_other_printed_forms_are_read(printed: str, lunar: Lunar) -> None:
    assert read_lunar(printed) == lunar


@pytest.mark.parametrize(
    "printed", ["", "四月二十", "癸卯年十三月初一", "癸卯年四月四十", "甲乙年四月初一", "2023年四月"]
)
def test_what_is_no_lunar_date_is_none(printed: str) -> None:
    assert read_lunar(printed) is None
