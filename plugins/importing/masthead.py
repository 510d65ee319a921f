"""The facts of the masthead (报头), in any order, width and form, and where each was found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from plugins.importing.neutral import Left, Paragraph
from plugins.importing.numerals import NUMERAL, number_of

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
"""Full-width forms to ASCII, one to one, so that places stay."""
_DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_NUMBER = rf"(?:\d+|[{NUMERAL}]+)"
_END = r"(?=\s{2,}|\s*[■◆●★|/;；,，。\t]|\s+[^\s:]{2,8}:|\s*$)"
"""What ends a value: two spaces, a mark between facts, another label, the end of the line."""
_STEM, _BRANCH = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"

FACTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.I))
    for key, pattern in (
        ("approval_code", r"(?:准印证?号?\s*:?\s*)?(?P<v>[^\W\d_]{2,6}?(?:连续性|一次性)?内部资料(?:性出版物)?(?:准印证)?"
                          r"\s*[\[(〔【]\s*审?[^\])〕】]{1,12}[\])〕】]\s*第?\s*\d{2,6}\s*号)"),
        ("approval_code", rf"准印证?号?\s*:\s*(?P<v>\S.{{2,40}}?){_END}"),
        ("total_issue", rf"(?:总\s*第?\s*(?P<v>{_NUMBER})\s*期|总期[号数]\s*:?\s*第?\s*(?P<w>{_NUMBER})\s*期?)"),
        ("total_issue", r"total\s*(?:no\.?|issue)\s*(?P<v>\d+)"),
        ("issue", rf"(?<!总)第\s*(?P<v>{_NUMBER})\s*期|(?<!总)期[号数]\s*:\s*第?\s*(?P<w>{_NUMBER})\s*期?"
                  r"|\bno\s*[.:]?\s*(?P<x>\d+)"),
        ("date", rf"(?P<y>(?:19|20)\d\d|二[〇○零]..)\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*{_DAY}\s*日"),
        ("date", r"(?P<y>(?:19|20)\d\d)\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)"),
        ("weekday", r"\(?\s*(?:星期|周)(?P<v>[一二三四五六日天])\s*\)?"),
        ("lunar_date", r"(?:农\s*历|夏\s*历)?\s*:?\s*"
                       rf"(?P<v>(?:[{_STEM}]\s*[{_BRANCH}]\s*(?:\([^()]\)\s*)?年\s*|(?<=[历:])\s*)"
                       r"闰?\s*(?:正|[一二三四五六七八九十]{1,2}|冬|腊)\s*月\s*"
                       r"(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅))日?"),
        ("approving_body", r"(?:批准单位|批准)\s*:\s*(?P<v>\S+)"),
        ("approving_body", r"(?P<v>[^\W\d_]{4,16})\s*批准"),
        ("sponsor", rf"(?:主\s*管\s*[、/]?\s*主\s*办|主\s*办|主\s*管)(?:\s*单\s*位)?\s*[:\s]\s*(?P<v>\S.*?){_END}"),
        ("publisher", r"(?:编\s*辑\s*[、/]?\s*出\s*版|编\s*印|出\s*版)(?:\s*单\s*位)?\s*[:\s]\s*"
                      rf"(?P<v>\S.*?)(?:(?=\s+内部资料)|{_END})"),
        ("notice", r"(?P<v>内部资料[\s,，、·•]*(?:免费[^\s,，。]{2}|注意保[存管]|请勿外传))"),
        ("distribution", rf"(?:发送对象|发行范围|赠阅范围)\s*:\s*(?P<v>\S.*?){_END}"),
        ("printer", rf"(?:印\s*刷|承\s*印)(?:\s*单\s*位)?\s*:\s*(?P<v>\S.*?){_END}"),
        ("print_run", r"(?:印\s*数|发\s*行\s*量)\s*:?\s*(?P<v>\d[\d,]*\s*[份张册])"),
    )
)  # fmt: skip
"""Patterns, on text in narrow forms, of each key of the front matter; the group that matches is the value."""
STRONG = {"approval_code", "total_issue", "sponsor", "publisher", "approving_body", "printer", "print_run"}
"""Facts that stand nowhere but in a masthead."""


class Fact(NamedTuple):
    """A fact as printed, and where."""

    key: str
    printed: str
    """All that was printed for it, label included."""
    value: str
    """As the front matter has it, date in its form, number in digits."""
    place: str


class Facts(NamedTuple):
    """What the masthead says."""

    facts: tuple[Fact, ...]
    rest: tuple[Left, ...]
    """Marks between facts, and what in the masthead's lines is none."""
    paragraphs: tuple[Paragraph, ...]
    """Those that are not the masthead's."""

    def value(self, key: str) -> str:
        """What was found first; empty where nothing was."""
        return next((fact.value for fact in self.facts if fact.key == key), "")

    def values(self, key: str) -> list[str]:
        return list(dict.fromkeys(fact.value for fact in self.facts if fact.key == key))


def narrow(text: str) -> str:
    """Full-width forms in narrow ones, place for place."""
    return text.translate(_NARROW)


def find_facts(paragraphs: Sequence[Paragraph], names: Sequence[str]) -> Facts:
    """Take the masthead's lines out of the paragraphs; `names` are names of the paper."""
    facts: list[Fact] = []
    rest: list[Left] = []
    kept: list[Paragraph] = []
    in_head = True
    for paragraph in paragraphs:
        text = paragraph.text
        bare = re.sub(r"\s|[《》]", "", text)
        if paragraph.kind == "text" and bare in names and len(bare) > 1:
            facts.append(Fact("name", text, bare, paragraph.place))
            continue
        found = list(_facts_in(paragraph)) if paragraph.kind == "text" and len(text) <= 300 else []
        pieces = _without(text, found)
        left = " ".join(pieces)
        keys = {fact.key for fact, _ in found}
        words = re.sub(r"\W", "", left)
        for name in names:
            words = words.replace(name, "")
        whole = not words
        is_masthead = bool(found) and (
            (whole and (in_head or len(keys) > 1 or keys & STRONG))
            or (in_head and (len(keys) > 1 or keys & STRONG) and len(words) < 40)
            or (len(keys & STRONG) > 1 and len(words) < 40)
        )
        if not is_masthead and paragraph.margin:
            rest.append(Left(paragraph.place, text.strip(), "页眉、页脚"))
            continue
        if not is_masthead:
            if len(text) > 40 or text.rstrip().endswith(("。", "！", "？", ".")):
                in_head = False
            kept.append(paragraph)
            continue
        facts += [fact for fact, _ in found]
        rest += [Left(paragraph.place, piece, _why(piece)) for piece in pieces]
    return Facts(tuple(facts), tuple(rest), tuple(kept))


def _facts_in(paragraph: Paragraph) -> Iterator[tuple[Fact, tuple[int, int]]]:
    """The facts in a line, each with its span."""
    text = narrow(paragraph.text)
    taken: list[tuple[int, int]] = []
    for key, pattern in FACTS:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            start += len(match[0]) - len(match[0].lstrip())  # the space between two facts is neither's
            end -= len(match[0]) - len(match[0].rstrip())
            if end <= start or any(start < until and since < end for since, until in taken):
                continue
            value = _value(key, match, paragraph.text)
            if value:
                taken.append((start, end))
                yield Fact(key, paragraph.text[start:end], value, paragraph.place), (start, end)


def _value(key: str, match: re.Match[str], text: str) -> str:
    groups: Mapping[str, str | None] = match.groupdict()
    if key == "date":
        try:
            return date(*(number_of(groups[part] or "") for part in "ymd")).isoformat()
        except ValueError:
            return ""
    name = next((name for name in "vwx" if groups.get(name)), "")
    if not name:
        return ""
    printed = text[match.start(name) : match.end(name)].strip(" 　\t,，;；。■◆●|/")
    if key in ("issue", "total_issue"):
        return str(number_of(narrow(printed)) or "")
    if key in ("lunar_date", "approval_code"):
        printed = re.sub(r"\s", "", printed)
    return re.sub(r"\s+", " ", printed)


def _why(piece: str) -> str:
    return "报头里没有认出的字" if re.search(r"\w", piece) else "报头里的记号"


def _without(text: str, found: Sequence[tuple[Fact, tuple[int, int]]]) -> list[str]:
    """What of a line is no fact."""
    pieces, at = [], 0
    for start, end in sorted(span for _, span in found):
        pieces.append(text[at:start])
        at = end
    return [piece.strip() for piece in [*pieces, text[at:]] if piece.strip()]
