"""A line of what was found."""

import re
from typing import NamedTuple

_SECRET = re.compile(r"(?<=//)[^/\s@]*:[^/\s@]*(?=@)")
"""A user's name with a password in an address."""


class Finding(NamedTuple):
    """What was looked at, and what was found."""

    mark: str
    """好, 注意 or 错; only the last makes the command fail."""
    what: str
    said: str

    def __str__(self) -> str:
        return f"[{self.mark}] {self.what}：{_SECRET.sub('……', ' '.join(self.said.split()))}"

    @property
    def is_wrong(self) -> bool:
        return self.mark == "错"


def good(what: str, said: str) -> Finding:
    return Finding("好", what, said)


def doubtful(what: str, said: str) -> Finding:
    """Readers do without, or something will be wrong soon."""
    return Finding("注意", what, said)


def wrong(what: str, said: str) -> Finding:
    return Finding("错", what, said)
