"""Tables (表格): which of them are too wide for a phone, and which of their columns hold numbers."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from markdown_it.token import Token

FITS_A_PHONE = 4
"""Columns that a phone's screen holds; a table of more moves sideways in its box."""
_NUMBER = re.compile(r"[-+−]?[0-9][0-9,，.]*\s*[^\W0-9]{0,3}[%‰]?")
"""A number, with its unit: 1,200, 420亩, 98.5%. A date is more than that."""
_NOTHING = {"", "-", "—", "——", "/"}


def table_open(_renderer: Any, tokens: Sequence[Token], index: int, *_others: Any) -> str:
    """Opening of a table; cells in a column of numbers are marked as such, and stand to the right."""
    columns: list[list[tuple[Token, str]]] = []
    place = 0
    table = takewhile(lambda token: token.type != "table_close", tokens[index:])
    for token in table:
        if token.type == "tr_open":
            place = 0
        elif token.type in ("th_open", "td_open"):
            if place == len(columns):
                columns.append([])
            columns[place].append((token, next(table).content.strip()))
            place += 1
    for column in columns:
        said = [text for _, text in column[1:] if text not in _NOTHING]
        if said and all(map(_NUMBER.fullmatch, said)):
            for cell, _ in column:
                cell.attrs["class"] = "is-number"
    kind = "table-scroll table-scroll--wide" if len(columns) > FITS_A_PHONE else "table-scroll"
    return f'<div class="{kind}" tabindex="0"><table>\n'
