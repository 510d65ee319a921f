"""The blocks of the paper's Markdown where they are not CommonMark's.

A line is a paragraph (一行一段); fields stand right below a headline; a list has two items; a table needs no row of
hyphens. Code, raw HTML, underlined headings and reference definitions have no place in a newspaper.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, list_block
from mdit_py_plugins.field_list import fieldlist_plugin

FIELD = re.compile(r":([^:\n]*[^:\s][^:\n]*):")
"""How a field begins, `:slug:`."""
_ITEM = re.compile(r"(?:([*-])|([0-9]{1,9})([.)]))[ \t]+\S")
_DELIMITERS = re.compile(r"[ |:-]*-[ |:-]*")
_BAR = re.compile(r"(?<!\\)\|")


def paper_blocks(md: MarkdownIt) -> None:
    """Plugin of MarkdownIt."""
    md.disable(["code", "fence", "html_block", "lheading", "reference"])
    md.use(fieldlist_plugin)
    ruler = md.block.ruler
    field_list = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))["fieldlist"]

    def fields(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        last = fields_end(state, line, end)
        return last > line and field_list(state, line, last, silent)

    ruler.at("fieldlist", fields)
    ruler.at("table", _table)
    ruler.at("list", _list)
    # Any line without `>` ends a quotation; CommonMark would take it in.
    ruler.at("paragraph", _line, {"alt": ["blockquote"]})


def fields_end(state: StateBlock, line: int, end: int) -> int:
    """The line after the fields that begin on a line, or that line where none may begin."""
    if line and not state.level and state.src.startswith("### ", state.bMarks[line - 1]):
        while line < end and FIELD.match(state.src, state.bMarks[line], state.eMarks[line]):
            line += 1
    return line


def push_line(state: StateBlock, line: int, start: int) -> None:
    """A paragraph: the rest of a line, from a position in the text."""
    token = state.push("paragraph_open", "p", 1)
    token.map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.src[start : state.eMarks[line]])
    token.map = [line, line + 1]
    token.children = []
    state.push("paragraph_close", "p", -1)


def row_cells(row: str) -> list[str]:
    """The cells of a table's row, `| 甲 | 乙 |`; a bar within a cell is written `\\|`."""
    cells = [cell.strip() for cell in _BAR.split(row.strip())]
    return cells[bool(not cells[0]) : len(cells) - (len(cells) > 1 and not cells[-1])]


def _line(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    if not silent:
        state.line = line + 1
        push_line(state, line, state.bMarks[line] + state.tShift[line])
    return True


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    return _is_list(state, line, end) and list_block(state, line, end, silent)


def _is_list(state: StateBlock, line: int, end: int) -> bool:
    """Whether a list is meant: two items, one after the other, numbered from 1; within a list, one is enough."""
    first = _item(state, line)
    if not first or (first[2] and int(first[2]) != 1):
        return False
    if state.parentType == "list":
        # What stands behind an item's own mark is its text: `- 2. 甲`.
        return state.src[state.bMarks[line] : first.start()].isspace()
    for other in range(line + 1, end):
        if state.isEmpty(other) or state.sCount[other] > state.sCount[line]:
            continue
        second = _item(state, other)
        return second is not None and (
            second[1] == first[1] if first[1] else (second[3] == first[3] and int(second[2]) == 2)
        )
    return False


def _item(state: StateBlock, line: int) -> re.Match[str] | None:
    return _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Rows that begin with a bar; the first is the head, and a row of hyphens below it says how columns stand."""
    last = line
    while last < end and _is_row(state, last):
        last += 1
    if silent or last - line < 2:
        return False
    rows = [state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]] for at in range(line, last)]
    sides: list[str] = []
    numbers = [*range(line, last)]
    if _DELIMITERS.fullmatch(rows[1]):
        sides = [_side(cell) for cell in row_cells(rows[1])]
        del rows[1], numbers[1]
    columns = max(len(row_cells(rows[0])), 1)
    state.push("table_open", "table", 1).map = [line, last]
    for place, (row, at) in enumerate(zip(rows, numbers, strict=True)):
        cells = row_cells(row)
        if place < 2:
            state.push("tbody_open" if place else "thead_open", "tbody" if place else "thead", 1)
        state.push("tr_open", "tr", 1)
        for column in range(max(columns, len(cells))):
            kind = "td" if place else "th"
            opening = state.push(f"{kind}_open", kind, 1)
            if column < len(sides) and sides[column]:
                opening.attrs = {"style": f"text-align:{sides[column]}"}
            token = state.push("inline", "", 0)
            token.content = cells[column] if column < len(cells) else ""
            token.map = [at, at + 1]
            token.children = []
            state.push(f"{kind}_close", kind, -1)
        state.push("tr_close", "tr", -1)
        if not place:
            state.push("thead_close", "thead", -1)
    if len(rows) > 1:
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _is_row(state: StateBlock, line: int) -> bool:
    return state.sCount[line] >= state.blkIndent and state.src.startswith("|", state.bMarks[line] + state.tShift[line])


def _side(cell: str) -> str:
    return {"::": "center", ":-": "left", "-:": "right"}.get(cell[:1] + cell[-1:], "")
