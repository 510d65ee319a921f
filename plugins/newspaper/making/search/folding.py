"""Folds a text to what is searched: width, case, traditional characters, signs, spaces beside Latin make no difference.

`theme/static/js/search.js` folds what a reader types in the same way; tests/search/cases.json holds both to it.
"""

import re
from functools import cache
from pathlib import Path
from unicodedata import normalize

SIMPLIFIED = Path(__file__).with_name("simplified.txt")
"""Two lines: traditional characters, and below each the simplified one. Also published, for the script."""
BREAK = "\n"
"""Stands for a run of signs, or the end of a paragraph; no query has it."""

_KNOWN = 1 << 14
"""So many runs are kept in memory."""
_UNUSUAL = re.compile("[^0-9a-z\u4e00-\u9fff]+")
"""All but what is folded already, traditional characters apart."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_SPACE = re.compile(r"[\s\u0085\u180e]")
_WORD = re.compile(
    "[0-9a-z.%\u00df-\u00f6\u00f8-\u1fff\u3005-\u3007\u3041-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_STRAY = re.compile(r"(?<![0-9])[.%]|\.(?![0-9])")
"""A point outside a number, a percent sign not after one."""
_HAN = "\u3005-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "0-9a-z%\u00df-\u1fff"
_BESIDE_LATIN = re.compile(f"(?<=[{_HAN}]) +(?=[{_LATIN}])|(?<=[{_LATIN}]) +(?=[{_HAN}])")
_RUN = re.compile("[ \n]+")


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified one."""
    traditional, simple = SIMPLIFIED.read_text(encoding="utf-8").splitlines()
    return dict(zip(traditional, simple, strict=True))


def simplified_in(text: str) -> str:
    """Each traditional character of a text, with its simplified one behind it."""
    table = simplified()
    found = sorted(table.keys() & set(normalize("NFKC", text)))
    return "".join([f"{character}{table[character]}" for character in found])


class _Runs(dict[str, str]):
    """What runs of other characters than the usual become, worked out when one is first met."""

    def __missing__(self, run: str) -> str:
        folded = "".join([_one(each) for one in run for each in normalize("NFKC", normalize("NFKC", one).lower())])
        if len(self) < _KNOWN:
            self[run] = folded
        return folded


def _one(character: str) -> str:
    if _UNSEEN.match(character):
        return ""
    if _SPACE.match(character):
        return " "
    return character if _WORD.match(character) else BREAK


_runs = _Runs()


def fold(text: str) -> str:
    """The text as it is searched: words, with a BREAK between them where a sign or a space parts them."""
    folded = _UNUSUAL.sub(lambda run: _runs[run[0]], text)
    if not simplified().keys().isdisjoint(folded):
        folded = "".join([simplified().get(character, character) for character in folded])
    if "." in folded or "%" in folded:
        folded = _STRAY.sub(BREAK, folded)
    if " " in folded:
        folded = _BESIDE_LATIN.sub("", folded)
    return _RUN.sub(BREAK, folded).strip(BREAK)
