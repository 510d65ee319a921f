"""Marks of what is still to be verified (待核): `<!-- 待核：这一行当作了小标题 -->`, a line of its own.

An import leaves them where it was not sure, and anybody may write one. Nothing of them is shown; `invoke check` tells
each, and no issue with one is published.
"""

import re

_MARK = re.compile(r"[ \t\u3000]*<!--\s*待核\s*[：:]?\s*(.*?)\s*-->[ \t\u3000]*")
MARK = "待核"
"""In every such line."""


def mark(doubt: str) -> str:
    """The line that says a doubt."""
    return f"<!-- {MARK}：{re.sub('-->|[-]{2,}', '—', ' '.join(doubt.split()))} -->"


def doubt_in(line: str) -> str | None:
    """What a line wants verified; None if it is no such mark."""
    match = _MARK.fullmatch(line) if MARK in line else None
    return match[1] if match else None
