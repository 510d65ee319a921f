"""Which paragraphs are headlines and banners: by the source's marks or by size; where it has neither, by place."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from plugins.importing.kinds import DATELINE, LineKind, byline_in, closing_byline, ends_open, kind_of
from plugins.importing.neutral import Paragraph

LARGER = 1.15
"""So much larger than the text is a headline."""
LONGEST_LARGE = 60


class Line(NamedTuple):
    """A paragraph and what it was taken for."""

    paragraph: Paragraph
    kind: LineKind
    starts: bool = False
    """Whether a story's headline group, or a banner, begins here."""
    doubt: str = ""

    @property
    def text(self) -> str:
        return self.paragraph.text


def body_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most of the text; 0 where it is unknown."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def told_apart(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """Every paragraph with its kind, and where headline groups begin."""
    size = body_size(paragraphs)
    crosshead_level = _crosshead_level(paragraphs)
    lines = []
    for paragraph in paragraphs:
        is_head = _is_marked(paragraph, crosshead_level) or _is_large(paragraph, size)
        kind = kind_of(paragraph, is_head)
        if paragraph.level and not is_head and kind in ("short", "prose", "caption"):
            kind = "numbered"
        lines.append(Line(paragraph, kind))
    _demote_crossheads(lines, size)
    if any(line.kind == "head" for line in lines):
        return _by_marks(lines)
    return _by_place(lines)


def _is_marked(paragraph: Paragraph, crosshead_level: int) -> bool:
    return 0 < paragraph.level < crosshead_level


def _is_large(paragraph: Paragraph, size: float) -> bool:
    return size > 0 and paragraph.size >= size * LARGER and len(paragraph.text) <= LONGEST_LARGE


def _crosshead_level(paragraphs: Sequence[Paragraph]) -> int:
    """The level from which headings are crossheads: below the first level that has text of its own.

    `## 通栏题` above `### 标题` has none; `## 标题` above text and `### 小标题` has.
    """
    own: Counter[int] = Counter()
    headings = Counter(paragraph.level for paragraph in paragraphs if paragraph.level)
    level = 0
    for paragraph in paragraphs:
        if paragraph.level:
            level = paragraph.level
        elif level and len(paragraph.text) > 40:
            own[level] += 1
            level = 0
    with_text = sorted(level for level, count in own.items() if count * 2 >= headings[level])
    return with_text[0] + 1 if with_text else 7


def _demote_crossheads(lines: list[Line], size: float) -> None:
    """一、统筹不够的问题 in large type is a crosshead."""
    for at, line in enumerate(lines):
        if line.kind == "head" and not line.paragraph.level and kind_of(line.paragraph, False) == "numbered":
            lines[at] = line._replace(kind="numbered")


def _by_marks(lines: list[Line]) -> list[Line]:
    """Headline groups begin at headings; a short line that looks like another one is a doubt."""
    found = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        starts = line.kind == "head" and (before is None or before.kind != "head")
        if line.kind == "short" and before and _closes(before) and _follows(lines, at, opening=True):
            # A headline without a mark among those that have one.
            found.append(line._replace(starts=True, doubt="这里像是另一篇的标题，原文没有标出"))
            continue
        found.append(line._replace(starts=starts))
    return found


def _by_place(lines: list[Line]) -> list[Line]:
    """Without marks, a run of short lines above text is a headline group where a story has just ended, or begins."""
    closing = sum(1 for at, line in enumerate(lines) if _closes(line) and _short_below(lines, at))
    stories = closing + 1
    bodies = [line for line in lines if line.kind == "prose" and len(line.text) > 40]
    gaps = Counter(line.paragraph.gap for line in bodies)
    usual = gaps.most_common(1)[0][0] if gaps else 0
    found: list[Line] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        in_run = before is not None and before.kind == "short"
        if line.kind != "short" or in_run or not _follows(lines, at):
            found.append(line)
            continue
        run = [other for other in lines[at : at + 6] if other.kind == "short"]
        certain = (
            before is None
            or _closes(before)
            or _follows(lines, at, opening=True)
            or _signed_below(lines, at)
            or (line.paragraph.gap > usual + 1 and before.kind == "prose")
        )
        if certain:
            found.append(line._replace(starts=True))
        elif (
            (before is not None and before.kind in ("picture", "table"))
            or ends_open(before.text if before else "")
            or stories > 1
            or len(line.text) < 8
        ):
            found.append(line)
        elif len(run) > 0:
            found.append(line._replace(starts=True, doubt="这一行当作了标题，也可能是小标题"))
    return found


def _closes(line: Line) -> bool:
    """Whether a story may end here: with its byline."""
    return line.kind == "byline" or (line.kind == "prose" and closing_byline(line.text) >= 0)


def _short_below(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].kind == "short"


def _follows(lines: Sequence[Line], at: int, *, opening: bool = False) -> bool:
    """Whether text follows a run of short lines; with `opening`, one that begins like a story (电头)."""
    for line in lines[at + 1 : at + 10]:
        if line.kind in ("short", "byline", "picture", "caption", "table"):
            continue
        if line.kind == "numbered":
            return not opening
        return line.kind == "prose" and (not opening or DATELINE.match(line.text.strip()) is not None)
    return False


def _signed_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a byline stands right below the run of short lines, and text below that."""
    for place in range(at + 1, min(at + 6, len(lines) - 1)):
        if lines[place].kind == "byline":
            return lines[place + 1].kind in ("prose", "numbered", "picture") and bool(byline_in(lines[place].text))
        if lines[place].kind != "short":
            return False
    return False
