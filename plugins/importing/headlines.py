"""A run of headline lines (标题组) → banner, kicker, headline, deck."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from plugins.importing.neutral import Paragraph

_DECK = re.compile(r"(?:——|--|—|―)\s*\S")
_CLAUSES = re.compile(r"\S{4,}[ 　]+\S{4,}")
_DECORATION = "【】〖〗[]■◆●★▲□◇○·•"
LONGEST_COLUMN = 6
_MARKED_COLUMN = re.compile(
    rf"[{re.escape(_DECORATION)}]\s*[^【】]{{2,30}}\s*[{re.escape(_DECORATION)}]|[■◆●★▲□◇]\s*\S{{2,8}}"
)


class HeadlineGroup(NamedTuple):
    """A headline group."""

    banner: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    deck: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def is_column(text: str) -> bool:
    """Whether a line is the name of a column in its marks: 【一线传真】."""
    return _MARKED_COLUMN.fullmatch(text.strip()) is not None


def undecorated(text: str) -> tuple[str, list[str]]:
    """The name of a column, and the marks round it."""
    bare = text.strip(_DECORATION + " 　")
    return (bare, [mark for mark in text.split(bare, 1) if mark]) if bare and bare != text else (text, [])


def headline_size(runs: Sequence[Sequence[Paragraph]]) -> float:
    """The size of most headlines: of the largest line of most groups; what is larger is a banner."""
    largest = Counter(max(line.size for line in run) for run in runs if run)
    return max(largest, key=lambda size: (largest[size], -size), default=0.0)


def group_of(run: Sequence[Paragraph], usual: float = 0.0) -> HeadlineGroup:
    """The parts of a run of lines, of which the last stands above text; `usual` is the size of most headlines."""
    banner: list[str] = []
    lines = list(run)
    if any(line.role for line in lines):
        return _by_roles(lines)
    while len(lines) > 1 and is_column(lines[0].text):
        banner.append(lines.pop(0).text)
    if len({line.level for line in lines}) > 1 and lines[0].level:
        top = lines[0].level
        deeper = [at for at, line in enumerate(lines) if line.level > top or not line.level]
        if deeper and lines[deeper[0]].level:
            banner += [line.text for line in lines[: deeper[0]]]
            lines = lines[deeper[0] :]
    while usual and len(lines) > 1 and lines[0].size > usual and any(line.size == usual for line in lines):
        banner.append(lines.pop(0).text)
    sizes = [line.size for line in lines]
    if min(sizes) > 0 and max(sizes) > min(sizes):
        return _by_size(banner, lines)
    return _by_words(banner, lines)


def _by_roles(lines: list[Paragraph]) -> HeadlineGroup:
    """As the source says it; a line of which it says nothing belongs to the one above."""
    named = [line for line in lines if line.role]
    if all(line.role == "banner" for line in named) and len(named) < len(lines):
        rest = group_of([line for line in lines if not line.role])
        return rest._replace(banner=(*(line.text for line in named), *rest.banner))
    parts: dict[str, list[str]] = {"banner": [], "kicker": [], "headline": [], "deck": []}
    role = "headline"
    for line in lines:
        role = line.role or role
        parts[role].append(line.text)
    return HeadlineGroup(*(tuple(parts[each]) for each in ("banner", "kicker", "headline", "deck")))


def _by_size(banner: list[str], lines: list[Paragraph]) -> HeadlineGroup:
    """The largest lines are the headline; smaller ones above are its kicker, below its deck."""
    most = max(line.size for line in lines)
    large = [at for at, line in enumerate(lines) if line.size >= most * 0.98]
    doubts: list[str] = []
    first, last = large[0], large[-1]
    after = large[: next((at for at in range(1, len(large)) if large[at] != large[at - 1] + 1), len(large))]
    if after[-1] != last:
        doubts.append("标题的几行字号不连贯，分行可能不对")
    above = [line.text for line in lines[:first]]
    headline = [line.text for line in lines[first : last + 1]]
    below = [line.text for line in lines[last + 1 :]]
    if not above and len(lines) > last + 1 and _CLAUSES.search(headline[0]) and len(headline) == 1:
        rest = lines[last + 1 :]
        if not _DECK.match(rest[0].text) and rest[0].size > most * 0.7 and len(rest) == 1 and rest[0].gap:
            doubts.append(f"“{headline[0]}”字号最大，当作了标题，“{rest[0].text}”当作了副题；也可能是通栏题和标题")
    return HeadlineGroup(tuple(banner), tuple(above), tuple(headline), tuple(below), tuple(doubts))


def _is_short_name(text: str, longest: int) -> bool:
    """要 闻, 民生在线."""
    return len(re.sub(r"\s", "", text)) <= longest


def _by_words(banner: list[str], lines: list[Paragraph]) -> HeadlineGroup:
    """Where lines look alike, by what they say."""
    texts = [line.text for line in lines]
    deck_at = next((at for at, text in enumerate(texts) if at and _DECK.match(text)), len(texts))
    deck, texts = texts[deck_at:], texts[:deck_at]
    doubts: list[str] = []
    gaps = [line.gap for line in lines[1:deck_at]]
    if gaps and max(gaps) > min(gaps):
        cut = gaps.index(max(gaps)) + 1
        banner += texts[:cut]
        texts = texts[cut:]
        doubts.append(f"“{banner[-1]}”当作了通栏题，也可能是引题")
    elif (
        len(texts) > 1 and _is_short_name(texts[0], LONGEST_COLUMN if gaps[0] else 4) and len(texts[1]) > LONGEST_COLUMN
    ):
        banner.append(texts.pop(0))
        doubts.append(f"“{banner[-1]}”当作了栏目，也可能是标题的一行")
    elif len(texts) > 1 and _CLAUSES.search(texts[0]) and _CLAUSES.search(texts[-1]):
        banner.append(texts.pop(0))
        doubts.append(f"“{banner[-1]}”当作了通栏题，也可能是引题或标题的一行")
    if len(texts) == 2 and len(texts[0]) > 2 * len(texts[1]):
        doubts.append("标题两行，长的一行当作了引题")
        return HeadlineGroup(tuple(banner), (texts[0],), (texts[1],), tuple(deck), tuple(doubts))
    if len(texts) == 2 and len(texts[1]) > 1.8 * len(texts[0]) and len(texts[1]) > 14:
        doubts.append("标题两行，长的一行当作了副题")
        return HeadlineGroup(tuple(banner), (), (texts[0],), (texts[1], *deck), tuple(doubts))
    same_looks = min(line.size for line in lines[:deck_at]) > 0 and len({line.level for line in lines[:deck_at]}) == 1
    if len(texts) > (2 if same_looks and not lines[0].level else 1):
        doubts.append(f"标题有 {len(texts)} 行，当作同一个标题的分行，也可能有引题、副题")
    return HeadlineGroup(tuple(banner), (), tuple(texts), tuple(deck), tuple(doubts))
