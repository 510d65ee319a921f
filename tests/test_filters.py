"""What templates ask of a value."""

import pytest
from markupsafe import Markup

from plugins.newspaper.model import Headline
from plugins.newspaper.printing.typesetting import clauses, in_a_row

HEADLINES = [
    "两所医院加速推进 |一所六月底投用",
    "投资4.8亿元！|科技城三大项目同日开工、|年内投用",
    "暴雨中的六小时——|北山七村抢险记",
    "——来自北山脚下七个村的报道",
    "“村里来了年轻人”——|返乡大学生的三百六十五天",
    "他说：|“水来了！”大家都笑",
    "《总体规划|（2021—2035年）》公示",
    "（图）",
    "GB/T 15834培训班开班",
    "以3：2取胜",
]


@pytest.mark.parametrize("marked", HEADLINES)
def test_headline_parts_between_clauses_and_keeps_its_words(marked: str) -> None:
    parts = [
        f'<span class="clause">{part.rstrip(" ")}</span>{" " if part[-1] == " " else ""}' for part in marked.split("|")
    ]

    assert clauses(marked.replace("|", "")) == "".join(parts)


def test_headline_is_text_not_mark_up() -> None:
    assert clauses('<b>&"，甲') == Markup(
        '<span class="clause">&lt;b&gt;&amp;&#34;，</span><span class="clause">甲</span>'
    )


def test_clause_may_break_between_its_words() -> None:
    assert clauses(("两所", "医院 ", "六月", "投用")) == (
        '<span class="clause">两所<wbr>医院</span> <span class="clause">六月<wbr>投用</span>'
    )


def test_headline_in_a_list_may_break_between_its_words_and_after_its_marks() -> None:
    headline = Headline((("两所", "医院 ", "六月"), ("“投用”，", "A&B")))
    assert in_a_row(headline) == "两所<wbr>医院 六月<wbr>“投用”，A&amp;B"
