"""What the mark-up of a story becomes: cases in Markdown files, read as markdown-it-py reads its own."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from plugins.newspaper.reading.markup import markdown, render

CASES = [case for file in sorted((Path(__file__).parent / "cases").glob("*.md")) for case in read_fixture_file(file)]


@pytest.mark.parametrize(("line", "title", "source", "expected"), CASES, ids=[case[1] for case in CASES])
def test_markup(line: int, title: str, source: str, expected: str) -> None:
    assert render(markdown().parse(source), "0255") == expected
