"""Dates as the paper and its machines write them (公历); the lunar calendar is in lunar.py."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1024)
def chinese_date(day: date) -> str:
    """2023年6月7日, without spaces, as newspapers set it."""
    return f"{day.year}年{day.month}月{day.day}日"


def rfc3339(day: date) -> str:
    """Start of the day in China, for Atom (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00+08:00"
