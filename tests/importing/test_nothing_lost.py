"""Whatever the text and its layout, nothing is lost and nothing made up; and the proof of that is one."""

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from plugins.importing.masthead import Fact
from plugins.importing.neutral import Left, Paragraph
from plugins.importing.proof import Unproven, folded, prove
from tests.importing.paper import imported
from tests.importing.truth import taken_apart

WORDS = [
    "区里",
    "召开会议",
    "29.5万平方米",
    "8:30",
    "3:2",
    "邻里中心",
    "，",
    ",",
    "。",
    "；",
    "“",
    "”",
    "(",
    ")",
    "、",
    " ",
    "A区",
    "#",
    "|",
    "-",
    "1.",
    "*",
]
LINE = (
    some.lists(some.sampled_from(WORDS), min_size=1, max_size=40)
    .map("".join)
    .filter(lambda line: bool(re.search(r"\w", line)))
)
SPECIAL = some.sampled_from(
    [
        "（阮现武 董浩）",
        "记者 白璐",
        "一、抓重点",
        "图为大厅（张三 摄）",
        "（下转第二版）",
        "（上接第一版）",
        "第二版",
        "责任编辑：董浩",
        "——副题",
        "## 通栏",
        "### 标题",
        "标题：甲乙",
    ]
)
BEFORE = some.sampled_from(["\n", "\n\n", "\n　　", "\n\n\n", "\r\n    "])
LAYOUT = some.lists(some.tuples(BEFORE, LINE | SPECIAL), min_size=2, max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(LAYOUT)
def test_random_layouts_lose_nothing(lines: list[tuple[str, str]]) -> None:
    text = "总第300期" + "".join(before + line for before, line in lines) + "\n村里种上了三百亩春玉米。"
    with TemporaryDirectory() as folder:
        found = imported(Path(folder), text)  # refuses where anything is lost or made up

    assert found.text.endswith("\n")
    taken_apart(found.text)


SOURCE = [Paragraph("区里召开会议，研究土地工作。", "第1行"), Paragraph("会后大家到现场察看了项目进度。", "第2行")]
GOOD = "---\nissue: 1\n---\n\n### 会\n:slug: hui\n\n区里召开会议，研究土地工作。\n\n会后大家到现场察看了项目进度。\n"


def test_the_proof_knows_what_was_left_out_and_what_is_mere_form() -> None:
    title = [Paragraph("会", "第0行"), *SOURCE]
    prove(title, GOOD, [], [])
    prove([*title, Paragraph("第二版", "第3行")], GOOD, [], [Left("第3行", "第二版", "版次")])
    prove([*title, Paragraph("第1期", "第3行")], GOOD, [Fact("issue", "第1期", "1", "第3行")], [])


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("研究土地", "土地", "漏了 2 个字"),
        ("进度。", "进度情况。", "多了 2 个字"),
        ("研究土地工作", "研究工作土地", "没有连在一起"),
        ("土地", "士地", "漏了 1 个字"),
        ("会议，研究", "会议研究", "漏了 1 个字"),
    ],
    ids=["漏字", "添字", "颠倒", "错字", "漏标点"],
)
def test_the_proof_refuses_what_is_not_the_source(good: str, bad: str, says: str) -> None:
    with pytest.raises(Unproven, match=says):
        prove([Paragraph("会", "第0行"), *SOURCE], GOOD.replace(good, bad), [], [])


def test_folding_takes_together_only_what_is_mended() -> None:
    assert folded("⼈，Ａ（１） “甲”……——") == folded('人,A(1)"甲"......--')
    assert Counter(folded("①㎡两二轅辕")) == Counter("①㎡两二轅辕")
