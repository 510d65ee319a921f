"""Which paragraphs are headlines and banners: by the source's marks or by size; where it has neither, by place."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from plugins.importing.headlines import is_column
from plugins.importing.kinds import DATELINE, LineKind, closing_byline, ends_open, kind_of
from plugins.importing.marks_of_jumps import ONWARD
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
        is_head = (
            paragraph.role not in ("", "byline") or _is_marked(paragraph, crosshead_level) or _is_large(paragraph, size)
        )
        kind = kind_of(paragraph, is_head)
        if paragraph.level and not is_head and kind in ("short", "prose", "caption"):
            kind = "numbered"
        lines.append(Line(paragraph, kind))
    _demote_crossheads(lines)
    _promote_kickers(lines, size)
    if any(line.kind == "head" and line.paragraph.role != "banner" for line in lines):
        return _by_marks(lines)
    return _by_place([line._replace(kind="short") if line.kind == "head" else line for line in lines])


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


def _demote_crossheads(lines: list[Line]) -> None:
    """一、统筹不够的问题 in large type is a crosshead."""
    for at, line in enumerate(lines):
        if line.kind == "head" and not line.paragraph.level and kind_of(line.paragraph, False) == "numbered":
            lines[at] = line._replace(kind="numbered")


def _promote_kickers(lines: list[Line], size: float) -> None:
    """A short line between two headline lines is of their group, and so is one beside them that is larger than text."""
    for at, line in enumerate(lines):
        if line.kind == "short":
            beside = [0 <= other < len(lines) and lines[other].kind == "head" for other in (at - 1, at + 1)]
            if all(beside) or (any(beside) and line.paragraph.centred and line.paragraph.size > size):
                lines[at] = line._replace(kind="head")


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
    signed = sum(1 for at, line in enumerate(lines) if _closes(line) and _short_below(lines, at)) > 0
    bodies = [line for line in lines if line.kind == "prose" and len(line.text) > 40]
    usual = Counter(line.paragraph.gap for line in bodies).most_common(1)[0][0] if bodies else 0
    indents = sum(line.paragraph.indented is True for line in bodies) > 0.6 * len(bodies)
    found: list[Line] = []
    begun = False
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        may_start = line.kind == "short" and not (indents and line.paragraph.indented) and not _is_dashed(line)
        in_run = before is not None and before.kind == "short" and not _is_dashed(before)
        if may_start and in_run:
            may_start = (indents or line.paragraph.gap > usual) and _is_of_text(found)
        if not may_start or not _follows(lines, at):
            found.append(line)
            continue
        certain = (
            not begun
            or before is None
            or line.paragraph.role
            or (_closes(before) and not _is_below_headline(found))
            or is_column(line.text)
            or _follows(lines, at, opening=True)
            or _signed_below(lines, at, usual)
            or _is_apart(lines, at, usual)
            or (line.paragraph.centred and before.kind not in ("picture", "table"))
        )
        if certain:
            found.append(line._replace(starts=True))
            begun = True
        elif (
            (before is not None and (before.kind in ("picture", "table") or ends_open(before.text)))
            or signed
            or len(line.text) < 8
        ):
            found.append(line)
        else:
            found.append(line._replace(starts=True, doubt="这一行当作了标题，也可能是小标题"))
    return found


def _is_dashed(line: Line) -> bool:
    """——记乡村医生老董, ——【摘自报告】: of what stands above, and no headline by itself."""
    return line.text[0] in "—―-"


def _is_below_headline(found: Sequence[Line]) -> bool:
    """Whether the last line is the byline of the headline above it, and closes no story."""
    if not found or found[-1].kind != "byline":
        return False
    for line in reversed(found[:-1]):
        if line.kind != "short":
            return False
        if line.starts:
            return True
    return False


def _is_of_text(found: Sequence[Line]) -> bool:
    """Whether the run of short lines so far belongs to the story above: captions, a list, a signature."""
    for line in reversed(found):
        if line.kind != "short":
            return True
        if line.starts:
            return False
    return True


def _is_apart(lines: Sequence[Line], at: int, usual: int) -> bool:
    """Whether more empty lines stand before a run of short lines than between paragraphs."""
    gap = lines[at].paragraph.gap
    if gap > usual + 1:
        return True
    below = next((line for line in lines[at + 1 :] if line.kind == "prose"), None)
    return usual == 0 and gap > 0 and below is not None and below.paragraph.gap == 0


def _closes(line: Line) -> bool:
    """Whether a story may end here: with its byline, or to go on elsewhere."""
    if line.kind == "byline":
        return True
    return line.kind == "prose" and (closing_byline(line.text) >= 0 or ONWARD.search(line.text) is not None)


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


def _signed_below(lines: Sequence[Line], at: int, usual: int) -> bool:
    """Whether a byline stands right below the run of short lines, and text below that."""
    for place in range(at + 1, min(at + 6, len(lines) - 1)):
        if lines[place].kind == "byline":
            if lines[place + 1].kind in ("short", "caption"):
                return lines[at].paragraph.gap > usual
            return lines[place + 1].kind in ("prose", "numbered", "picture")
        if lines[place].kind != "short":
            return False
    return False
