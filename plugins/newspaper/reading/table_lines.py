"""Rows of tables in their proper form, `| 甲 | 乙 |`: of full-width bars, of Excel's tabs, or of bars within."""

import re
from collections.abc import Callable, Iterator

from plugins.newspaper.reading.blocks import row_cells
from plugins.newspaper.reading.lines import BLANK, Lines

_DELIMITERS = re.compile(rf"(?=.*[-—－─])(?=.*[|｜])[|｜:：—－─\-{BLANK}]*")
_ITEM = re.compile(rf"[{BLANK}]*(?:[-*+•·●]|[（(]?[0-9一二三四五六七八九十]{{1,3}}[)）.、．])[ \u3000]*\t[^\t]*")
"""A line of a list, as Word gives it."""
_HYPHENS = str.maketrans("：—－─", ":---")


def proper_tables(page: Lines) -> None:
    """Bring tables into their form. A row that has more cells than the head is a fault: what it says is not plain."""
    at = 0
    while at < len(page.lines):
        end = at + 1
        for belongs, into_form in ((_has_bar, _from_bars), (_has_tab, _from_tabs)):
            if _begins(page, at, belongs):
                while end < len(page.lines) and belongs(page.lines[end]):
                    end += 1
                for place, row in enumerate(into_form(page.lines[at:end]), at):
                    page.rewrite(place, row, "表格的一行写成“| 甲 | 乙 |”")
                _count_cells(page, at, end)
                break
        at = end


def _begins(page: Lines, at: int, belongs: Callable[[str], bool]) -> bool:
    """Whether a table begins: two rows with bars before them, a row above one of hyphens, or two rows with tabs."""
    first, second = page.lines[at], page.after(at)
    if not belongs(first) or not belongs(second):
        return False
    if belongs is _has_tab:
        if _ITEM.fullmatch(first) and _ITEM.fullmatch(second):
            return False
        return "\t" in first.strip(BLANK) and "\t" in second.strip(BLANK)
    both_marked = all(line.lstrip(BLANK)[:1] in ("|", "｜") for line in (first, second))
    return both_marked or bool(_DELIMITERS.fullmatch(second))


def _has_bar(line: str) -> bool:
    return "|" in line or "｜" in line


def _has_tab(line: str) -> bool:
    return "\t" in line and bool(line.strip(BLANK))


def _from_bars(rows: list[str]) -> Iterator[str]:
    """Rows with narrow bars. A full-width one parts cells too, unless a row has as many as the head without it."""
    columns = 0
    for row in rows:
        row = row.strip(BLANK)
        wide = row.replace("｜", "|")
        if _DELIMITERS.fullmatch(row):
            row = wide.translate(_HYPHENS)
        elif row[0] == "｜" or "|" not in row or len(row_cells(row)) < columns:
            row = wide
        columns = columns or len(row_cells(row))
        yield row if row[0] == "|" else f"| {row} |"


def _from_tabs(rows: list[str]) -> Iterator[str]:
    """Rows as Excel gives them. A tab before the first cell is an empty cell if the row has not too many then."""
    columns = max(len(row.strip(BLANK).split("\t")) for row in rows)
    for row in rows:
        cells = row.split("\t")
        if len(cells) > columns:
            cells = row.strip(BLANK).split("\t")
        yield "| " + " | ".join(cell.strip(BLANK).replace("|", "\\|") for cell in cells) + " |"


def _count_cells(page: Lines, start: int, end: int) -> None:
    head = len(row_cells(page.lines[start]))
    for at in range(start + 1, end):
        cells = len(row_cells(page.lines[at]))
        if cells > head and not _DELIMITERS.fullmatch(page.lines[at]):
            message = f"这一行有 {cells} 格，第一行（表头）只有 {head} 格；格里的竖线请写成“\\|”"
            page.fault(at, "table-cells", message)
