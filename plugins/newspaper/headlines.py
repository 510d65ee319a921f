"""Where a headline may break (标题分行): between its clauses first, and nowhere before a closing mark (CLREQ, 行首行尾禁则)."""

import re

_AT_SPACE = r" (?=[^ -~])|(?<=[^ -~]) "
"""A space, unless it stands between two Latin words: GB/T 15834."""
_BETWEEN_CLAUSES = re.compile(
    _AT_SPACE
    + r"|(?<=[、，。；：！？])(?<![0-9]：)(?![、，。；：！？”’》）】])"
    + r"|(?<=[^—]——)(?![，。、；：？！”’）》〉」』】〕…—·％]|$)|(?<=[^“‘（《〈「『【〔])(?=（)"
)
"""What lies between two clauses: a space, or nothing."""
_UNIT = re.compile(
    r"[“‘（《〈「『【〔]*(?:[A-Za-z0-9.,:%+/-]+[年月日期次届号]?|.)[，。、；：？！”’）》〉」』】〕…—·％]*"
)


def in_clauses(line: str) -> list[str]:
    """A line's clauses; a space between two belongs to the first."""
    ends = [match.end() for match in _BETWEEN_CLAUSES.finditer(line)]
    return [line[start:end] for start, end in zip([0, *ends], [*ends, len(line)], strict=True) if start < end]


def units(phrase: str) -> list[str]:
    """What no line may break within: a word or number, or a character, with the marks that cling to it."""
    return _UNIT.findall(phrase)
