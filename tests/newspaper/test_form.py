"""The proper form (规范写法): what is read as it is meant, what is told, what stays as it is written."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.newspaper.gathering import fixing
from plugins.newspaper.reading.form import proper_form
from tests.builders import issue_text, make_issue, problems_in, write_content

PROPER = [
    ("段首空格", "　　正文。\n\t正文。\n\u00a0正文。", "正文。\n正文。\n正文。"),
    ("标题不空格", "###区里开会", "### 区里开会"),
    ("全角井号", "＃＃＃ 区里开会", "### 区里开会"),
    ("标题后也有井号", "##通栏##", "## 通栏"),
    ("小标题不空格", "####背景", "#### 背景"),
    ("加粗的标题", "### **区里开会**", "### 区里开会"),
    ("标题里的全角竖线", "### 区里｜开会", "### 区里|开会"),
    ("副题加粗", "### 题\n:副题: **甲**｜乙", "### 题\n:副题: 甲|乙"),
    ("话题不是标题", "#伊滨文旅# 开园", "#伊滨文旅# 开园"),
    ("楼号不是标题", "#1楼已封顶", "#1楼已封顶"),
    ("图片全角叹号", "！[大厅](a.jpg)", "![大厅](a.jpg)"),
    ("图片全角括号", "!【大厅】（a.jpg）", "![大厅](a.jpg)"),
    ("图注用中文引号", "![大厅](a.jpg “图为大厅（张三 摄）”)", '![大厅](a.jpg "图为大厅（张三 摄）")'),
    ("图注里有引号", '![大厅](a.jpg "图为"一餐"大厅")', '![大厅](a.jpg "图为“一餐”大厅")'),
    ("图注前不空格", '![大厅](a.jpg"图为大厅")', '![大厅](a.jpg "图为大厅")'),
    ("图注不加引号", "![大厅](a.jpg 图为大厅)", '![大厅](a.jpg "图为大厅")'),
    ("图注少了引号和括号", '![大厅](a.jpg "图为大厅', '![大厅](a.jpg "图为大厅")'),
    ("图注以引号开头", "![大厅](a.jpg “一餐”现场)", '![大厅](a.jpg "“一餐”现场")'),
    ("文件名有空格", '![大厅](微信图片_20230613 (1).jpg "图")', '![大厅](<微信图片_20230613 (1).jpg> "图")'),
    ("只有说明", "![大厅]", "![大厅]()"),
    ("下一行是图注", "![](a.jpg)\n图为大厅。张三在办事。", '![](a.jpg "图为大厅。张三在办事。")\n'),
    ("下一行短而没有句号", "![](a.jpg)\n邻里中心大厅（张三 摄）", '![](a.jpg "邻里中心大厅（张三 摄）")\n'),
    ("下一行是供图", '![大厅](a.jpg "图为大厅")\n（张三 摄）', '![大厅](a.jpg "图为大厅（张三 摄）")\n'),
    ("下一行是文图署名", "![大厅](a.jpg)\n（白璐/文 贾兰/图）", "![大厅](a.jpg)\n（白璐/文 贾兰/图）"),
    ("下一行是署名", "![](a.jpg)\n（倪睿）", "![](a.jpg)\n（倪睿）"),
    ("下一行是小标题", "![](a.jpg)\n一、提高认识", "![](a.jpg)\n一、提高认识"),
    ("隔一行不是图注", "![](a.jpg)\n\n邻里中心大厅", "![](a.jpg)\n\n邻里中心大厅"),
    ("已有图注", '![](a.jpg "图")\n邻里中心大厅', '![](a.jpg "图")\n邻里中心大厅'),
    ("全角竖线的表格", "｜甲｜乙｜\n｜一｜二｜", "|甲|乙|\n|一|二|"),
    ("两边没有竖线的表格", "甲 | 乙\n--|--\n一 | 二", "| 甲 | 乙 |\n| --|-- |\n| 一 | 二 |"),
    ("表格粘自Excel", "项目\t金额\n路|桥\t12\n\t13", "| 项目 | 金额 |\n| 路\\|桥 | 12 |\n|  | 13 |"),
    ("全角星号", "＊＊重要＊＊", "**重要**"),
    ("星号里有空格", "开展** 一餐热饭 **行动", "开展**一餐热饭**行动"),
    ("链接全角括号", "见[第254期]（/issues/254/）", "见[第254期](/issues/254/)"),
    ("附件名有空格", "见[报名表](报名 表 (1).pdf)。", "见[报名表](<报名 表 (1).pdf>)。"),
    ("附件名有%20", "见[报名表](报名%20表.pdf)", "见[报名表](<报名 表.pdf>)"),
    ("附件名已有尖括号", "见[报名表](<报名 表.pdf>)", "见[报名表](<报名 表.pdf>)"),
    (
        "网址不是附件名",
        "见[这里](https://a.cn/a%20b.pdf) 和[那里](/a b.pdf)",
        "见[这里](https://a.cn/a%20b.pdf) 和[那里](/a b.pdf)",
    ),
    ("波浪线", "～～～～～～", "***"),
    ("引文全角记号", "＞　　引文", "> 引文"),
]
AS_WRITTEN = [
    "2. 严格落实。",
    "+ 加",
    "- 减",
    "3*4*5",
    "长3米*宽4米",
    "：他说",
    "——习近平",
    "太好了！[注]",
    "＞50%",
    "甲",
    "乙",
    "C#语言",
    "a_b_c",
    "[1] 说明",
    "![大厅](a.jpg)",
]


@pytest.mark.parametrize(("text", "proper"), [case[1:] for case in PROPER], ids=[case[0] for case in PROPER])
def test_what_is_unmistakable_is_read_as_it_is_meant(text: str, proper: str) -> None:
    assert proper_form(text).text == proper
    assert proper_form(proper).text == proper


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_all_else_stays_as_it_is_written(text: str) -> None:
    assert proper_form(text) == (text, (), ())


PIECES = st.sampled_from([
    "图为大厅", "正文。", "（张三 摄）", "（倪睿）", "！", "!", "[", "]", "【", "】", "(", ")", "（", "）", '"', "“", "”",
    "a.jpg", "b c.png", "#", "＃", "*", "＊", "**", "|", "｜", "\t", "\n", "\n", "　", " ", ">", "＞", "-", "---",
    "～～～", "<", ">", "1. ", ":副题: ", "编者按",
])  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text())
@settings(max_examples=800, deadline=None)
def test_no_word_is_lost_or_moved_and_every_line_keeps_its_place(text: str) -> None:
    proper = proper_form(text).text

    assert re.sub(r"[\W_]", "", proper) == re.sub(r"[\W_]", "", text)
    assert proper.count("\n") == text.count("\n")


SLIPS = [
    (
        "字段之上是粗体",
        "### 甲\n:slug: a\n\n正文。\n\n**区里开会**\n:slug: b\n:专题: 甲\n\n正文。\n",
        "lost-headline",
        14,
    ),
    ("字段之上是小标题", "### 甲\n:slug: a\n\n正文。\n\n#### 区里开会\n:slug: b\n\n正文。\n", "lost-headline", 14),
    ("字段之上是普通一行", "### 甲\n:slug: a\n\n正文。\n\n区里开会\n:slug: b\n\n正文。\n", "lost-headline", 14),
    ("署名之下是粗体", "### 甲\n:slug: a\n\n正文。\n\n（倪睿）\n\n**区里开会**\n\n正文。\n", "lost-headline", 16),
    ("署名之下是小标题", "### 甲\n:slug: a\n\n正文。\n\n（倪睿）\n\n#### 区里开会\n\n正文。\n", "lost-headline", 16),
    ("字段之前有空行", "### 甲\n:slug: a\n\n:副题: 乙\n\n正文。\n", "stray-field", 12),
    ("标题里有链接", "### [甲](http://a.cn)\n:slug: a\n\n正文。\n", "link-in-headline", 9),
    ("字段都隔了一行", "### 甲\n\n:slug: a\n:副题: 乙\n\n正文。\n", "stray-field", 11),
    ("短名是全角冒号", "### 甲\n：短名：a\n\n正文。\n", "full-width-colon", 10),
    ("一格太多", "### 甲\n:slug: a\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |\n", "table-cells", 14),
    ("文中的图片有图注", '### 甲\n:slug: a\n\n看![图](a.jpg "图注")这里。\n', "picture-in-text", 12),
    ("只写一个井号", "### 甲\n:slug: a\n\n正文。\n\n#区里开会\n", "heading-one", 14),
    ("横线之后栏目无稿件", "## 栏目\n\n---\n\n### 甲\n:slug: a\n\n正文。\n", "banner-without-story", 9),
]


@pytest.mark.parametrize(("body", "code", "line"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_what_only_looks_like_something_is_told_once(body: str, code: str, line: int) -> None:
    assert [(problem.code, problem.line) for problem in problems_in(issue_text(body))] == [(code, line)]


def test_slips_of_full_width_colons_leave_the_other_fields_readable() -> None:
    body = "### 甲\n:slug: a\n：专题：甲\n：副题：乙\n:录音: a.mp3\n正文。\n"
    assert [(problem.code, problem.line) for problem in problems_in(issue_text(body))] == [
        ("full-width-colon", 11),
        ("full-width-colon", 12),
    ]


def body_of(text: str) -> str:
    return make_issue(f"### 甲\n:slug: a\n{text}\n").articles[0].body


def test_banner_kicker_and_deck_stand_in_one_line() -> None:
    (article,) = make_issue("## 栏|目\n\n### 甲\n:slug: a\n:引题: 引 ｜ 题\n正文。\n").articles
    assert (article.banner, article.headline.kicker) == (("栏 ", "目"), ("引 ", "题"))


def test_picture_whose_title_is_a_credit_shows_what_it_says() -> None:
    assert '<figcaption>大厅<span class="credit">（张三 摄）</span>' in body_of("![大厅](a.jpg)\n（张三 摄）")


def test_backslash_before_no_mark_is_a_character() -> None:
    assert body_of("C:\\\\文件 \\*") == "<p>C:\\\\文件 *</p>\n"


def test_paragraph_may_begin_with_a_colon() -> None:
    assert body_of("\n:冒号开头: 的一段话\n：他说") == "<p>:冒号开头: 的一段话</p>\n<p>：他说</p>\n"


def test_three_hyphens_between_stories_end_a_banner() -> None:
    text = "## 栏目\n\n### 甲\n:slug: a\n\n上。\n\n---\n\n下。\n\n---\n\n### 乙\n:slug: b\n\n文。\n"
    first, second = make_issue(text).articles

    assert (first.banner, second.banner) == (("栏目",), ())
    assert first.body == "<p>上。</p>\n<hr />\n<p>下。</p>\n"


def test_two_pictures_in_a_row_are_two_figures() -> None:
    for between in ("\n", "", " "):
        assert body_of(f"![甲](a.jpg){between}![乙](b.jpg)").count("<figure") == 2


def test_editors_note_is_set_apart_and_is_not_the_storys_opening() -> None:
    (article,) = make_issue(
        "### 甲\n:slug: a\n\n编者按：近日来信。\n\n> 【编者按】又一封。\n\n伊滨讯 5月29日，正文。\n"
    ).articles

    assert '<p class="editors-note">编者按：近日来信。</p>' in article.body
    assert '<blockquote class="editors-note">' in article.body
    assert (article.dateline, article.summary) == ("伊滨讯 5月29日", "正文。")


def test_salutation_is_not_the_opening_of_a_letter() -> None:
    assert make_issue("### 甲\n:slug: a\n读者朋友们：\n近日来信。\n").articles[0].summary == "近日来信。"


def test_label_of_an_editors_note_may_stand_on_a_line_of_its_own() -> None:
    assert body_of("编者按\n近日来信。\n正文。").count('<p class="editors-note">') == 2


def test_sentence_that_begins_like_an_editors_note_is_none() -> None:
    assert "class" not in body_of("编者按照惯例，编后再说。")


SIGNED = [
    ("落款和日期", "正文。\n伊滨区管委会\n2023年6月1日", 2),
    ("编辑部", "正文。\n伊滨新闻编辑部", 1),
    ("括号里的编辑部", "正文。\n（编辑部）", 1),
    ("读者来信", "编辑同志：\n谢谢你们。\n李村镇村民 张三", 1),
    ("末段没有句号", "正文。\n李村镇村民 张三", 0),
    ("只有日期", "2023年6月1日", 0),
]


@pytest.mark.parametrize(("text", "lines"), [case[1:] for case in SIGNED], ids=[case[0] for case in SIGNED])
def test_lines_that_sign_a_letter_stand_to_the_right(text: str, lines: int) -> None:
    assert body_of(text).count('<p class="signature">') == lines


def test_fixed_file_keeps_its_bom_and_ends_of_lines_and_is_told_line_by_line(tmp_path: Path) -> None:
    text = "\ufeff" + issue_text("###甲\n:slug: a\n　　正文。\n").replace("\n", "\r\n") + "末行。\n"
    content = write_content(tmp_path, {})
    file = content / "issues/0255.md"
    file.write_bytes(text.encode())

    said = list(fixing.fix_issues(content))

    assert file.read_bytes().decode() == text.replace("###甲", "### 甲").replace("　　", "")
    assert said == [
        "content/issues/0255.md:9: 已改：标题写成“### ”开头",
        "content/issues/0255.md:11: 已改：去掉了段首的空格",
    ]
    assert list(fixing.fix_issues(content)) == []


def test_characters_that_can_be_mended_without_asking_are(tmp_path: Path) -> None:
    text = issue_text("### 甲\n:slug: a\n⼈⼯\u200b智能。张\ue000。\n", approval_code="河南省\u200b")
    file = write_content(tmp_path, {"0255.md": "\ufeff" + text}) / "issues/0255.md"

    said = list(fixing.fix_issues(tmp_path))

    assert file.read_text(encoding="utf-8") == "\ufeff" + text.replace("⼈⼯", "人工").replace("\u200b", "")
    assert [line.split(" ")[0] for line in said] == ["content/issues/0255.md:6:", "content/issues/0255.md:11:"]


def test_hints_name_lines_that_look_like_crossheads(tmp_path: Path) -> None:
    content = write_content(
        tmp_path, {"0255.md": issue_text("### 甲\n:slug: a\n一、提高认识\n二、落实了责任。\n**背景**\n")}
    )
    assert [hint.split("：")[0] for hint in fixing.hints(content)] == [
        "content/issues/0255.md:11: 提示",
        "content/issues/0255.md:13: 提示",
    ]
