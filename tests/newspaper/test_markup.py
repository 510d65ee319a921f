"""What the mark-up of a story becomes: cases in Markdown files, read as markdown-it-py reads its own."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from plugins.newspaper.reading.markup import long_way, markdown, render

CASES = [case for file in sorted((Path(__file__).parent / "cases").glob("*.md")) for case in read_fixture_file(file)]


@pytest.mark.parametrize(("line", "title", "source", "expected"), CASES, ids=[case[1] for case in CASES])
def test_markup(line: int, title: str, source: str, expected: str) -> None:
    assert render(markdown().parse(source), "images/0255") == expected


CHINESE = st.text(st.sampled_from("伊滨新闻，。“”《》（）·-—:：1讯 　\t*_`[]!<>&#|@w.\\\n\n+"), max_size=60)

FIELDS = st.sampled_from([
    "", "", "  ", ":slug: yi-pian", ":专题: 甲、乙", ":题:　一", ":署名:  张三 ", ":a: 二**二**", ":a:b: 一", ":a:", " :a: b",
    ":a: 1. b", ":a: - 一", "正文。", "　　正文", "  缩进", "\t缩进", "### 标题", "- 项", "> 引", "| 甲 |", "|--|", "```",
    "1. 一", "2. 二", "* 项", "[x]: y", "www.a.cn", "甲@a.cn", "https://a.cn/甲", "### 题", "---",
])  # fmt: skip


@given(st.lists(CHINESE | FIELDS).map("\n".join) | st.lists(FIELDS).map("\n".join))
@settings(max_examples=1000, deadline=None)
def test_short_way_for_plain_text_and_fields_gives_the_same_tokens(text: str) -> None:
    assert markdown().parse(text) == long_way().parse(text)
