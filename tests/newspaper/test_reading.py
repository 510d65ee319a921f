"""One file → one Issue, and every problem of it with its line."""

from time import process_time
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.newspaper.model import Byline, Contributor
from plugins.newspaper.reading import front_matter
from plugins.newspaper.reading.issue import read_issue
from tests.builders import STORY, codes, issue_text, make_issue, problems_in, reading


def test_valid_issue_has_no_problems() -> None:
    assert problems_in(issue_text()) == []


def test_story_is_read_as_the_paper_prints_it() -> None:
    (article,) = make_issue().articles

    assert article.url == "issues/255/linli-zhongxin/"
    assert article.headline.lines == ("樊灿涛调研", "邻里中心建设")
    assert article.headline.plain == "樊灿涛调研邻里中心建设"
    assert article.dateline == "伊滨讯 5月29日"
    assert article.byline == Byline("阮现武 董浩", (Contributor("阮现武"), Contributor("董浩")))
    assert "阮现武" not in article.body
    assert article.summary == "群众就近享受服务。"


def test_chinese_keys_are_the_same_keys() -> None:
    story = "### 标题\n:短名: a\n:专题: 甲、乙\n:署名: 张三\n:引题: 引\n:副题: 副\n\n正文。\n"
    text = issue_text(story).replace("total_issue:", "总期号:").replace("issue:", "期号:", 1)
    result = read_issue(text, "x.md")

    assert result.problems == ()
    assert result.issue is not None
    (article,) = result.issue.articles
    assert article.topics == ("甲", "乙")
    assert (article.byline.names, article.headline.kicker, article.headline.deck) == (("张三",), ("引",), ("副",))


FRONT_MATTER_SLIPS = [
    ("没有文首信息", STORY, "no-front-matter", 1),
    ("文首信息没有结束", "---\nissue: 1\n" + STORY, "no-front-matter", 1),
    ("不是YAML", issue_text(issue="[10"), "front-matter", None),
    ("不是键值", "---\n- a\n---\n" + STORY, "front-matter", 2),
    ("期号是字", issue_text(issue="十"), "wrong-type", 2),
    ("期号是零", issue_text(issue="0"), "wrong-type", 2),
    ("没有这一天", issue_text(date="2023-02-30"), "no-such-date", 4),
    ("年份多一位", issue_text(date="1023-06-07"), "no-such-date", 4),
    ("日期写法", issue_text(date="2023年6月7日"), "no-such-date", 4),
    ("缺准印证号", issue_text(approval_code=None), "missing-key", 1),
    ("空的农历", issue_text(lunar_date=""), "wrong-type", 5),
    ("全角冒号", issue_text().replace("issue: 10", "期号：10"), "full-width-colon", 2),
    ("不认得的键", issue_text(total_isue="1"), "unknown-key", 7),
    ("写了两次", issue_text(期号="1"), "repeated-key", 7),
    ("状态", issue_text(status="drft"), "wrong-type", 7),
    ("accepted不是表", issue_text(accepted="lunar-date"), "wrong-type", 7),
    ("accepted无原因", issue_text(accepted="\n  lunar-date:"), "accepted-without-reason", 8),
]


@pytest.mark.parametrize(
    ("text", "code", "line"), [slip[1:] for slip in FRONT_MATTER_SLIPS], ids=[s[0] for s in FRONT_MATTER_SLIPS]
)
def test_slip_in_front_matter_is_a_problem_at_its_line(text: str, code: str, line: int | None) -> None:
    problems = problems_in(text)

    assert code in codes(problems)
    if line:
        assert line in [problem.line for problem in problems if problem.code == code]


BODY_SLIPS = [
    ("没有标题", "### \n:slug: a\n\n正文。\n", "no-headline", 9),
    ("标题只有竖线", "### |\n:slug: a\n\n正文。\n", "no-headline", 9),
    ("没有正文", "### 标题\n:slug: a\n", "no-body", 9),
    ("正文只有署名", "### 标题\n:slug: a\n\n（吴十）\n", "no-body", 9),
    ("没有稿件", "一段文字。\n", "no-story", 8),
    ("没有短名", "### 标题\n\n正文。\n", "no-slug", 9),
    ("短名写法", "### 标题\n:slug: 邻里\n\n正文。\n", "slug", 10),
    ("短名是打印页的", "### 标题\n:slug: print\n\n正文。\n", "slug", 10),
    ("短名重复", STORY + "\n" + STORY, "repeated-slug", 18),
    ("不认得的字段", "### 标题\n:slug: a\n:topic: 甲\n\n正文。\n", "unknown-field", 11),
    ("字段全角冒号", "### 标题\n：短名：a\n\n正文。\n", "full-width-colon", 10),
    ("字段后半全角", "### 标题\n:slug: a\n:专题：甲\n\n正文。\n", "full-width-colon", 11),
    ("字段写两次", "### 标题\n:slug: a\n:短名: b\n\n正文。\n", "repeated-field", 11),
    ("字段空着", "### 标题\n:slug: a\n:topics:\n\n正文。\n", "empty-field", 11),
    ("字段在文中", "### 标题\n:slug: a\n\n正文。\n\n:topics: 甲\n", "stray-field", 14),
    ("一级标题", "# 标题\n\n### 标题\n:slug: a\n\n正文。\n", "heading-one", 9),
    ("通栏题下的散文", "## 通栏\n\n散文。\n\n### 标题\n:slug: a\n\n正文。\n", "text-without-story", 11),
    ("通栏题下没有稿件", "### 标题\n:slug: a\n\n正文。\n\n## 通栏\n", "banner-without-story", 14),
    ("栏目没有文字", "## \n\n### 标题\n:slug: a\n\n正文。\n", "no-headline", 9),
    ("栏目接着栏目", "## 甲\n\n## 乙\n\n### 标题\n:slug: a\n\n正文。\n", "banner-without-story", 9),
    ("录音在别处", "### 标题\n:slug: a\n:录音: x/a.mp3\n\n正文。\n", "audio-address", 11),
    ("图片在别处", "### 标题\n:slug: a\n\n![图](https://x.cn/a.jpg)\n", "picture-address", 12),
    ("旧址写法", "### 标题\n:slug: a\n:aliases: /旧/\n\n正文。\n", "alias", 11),
]


@pytest.mark.parametrize(("body", "code", "line"), [slip[1:] for slip in BODY_SLIPS], ids=[s[0] for s in BODY_SLIPS])
def test_slip_in_body_is_a_problem_at_its_line(body: str, code: str, line: int) -> None:
    assert (code, line) in [(problem.code, problem.line) for problem in problems_in(issue_text(body))]


def test_problem_names_the_nearest_known_word() -> None:
    (problem,) = problems_in(issue_text("### 标题\n:slug: a\n:topcs: 甲\n\n正文。\n"))
    assert str(problem) == "content/issues/0255.md:11: 稿件没有“topcs”这一项；是不是“topics”？（unknown-field）"


def test_all_problems_come_at_once() -> None:
    text = issue_text("### 标题\n:slug: 坏\n:专题：甲\n\n## 空\n", issue="x", date="2023-02-30")
    assert {"wrong-type", "no-such-date", "slug", "banner-without-story", "no-body"} <= set(codes(problems_in(text)))


def test_reading_does_not_judge() -> None:
    read = reading(
        "## 空\n\n### |\n:slug: 坏\n:aliases: /旧/\n:录音: x/a.mp3\n\n![图](y/a.jpg)\n\n### 标题\n:slug: 坏\n"
    )
    assert read.problems == ()
    assert read.issue is not None


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_windows_file_reads_the_same(newline: str) -> None:
    text = "\ufeff" + issue_text().replace("\n", newline)
    assert read_issue(text, "content/issues/0255.md") == reading()


def test_raw_html_is_text() -> None:
    body = make_issue("### 标题\n:slug: a\n\n<script>x</script>正<b>文</b>\n\n<div>块</div>\n").articles[0].body
    assert "<script" not in body
    assert "<div" not in body
    assert "&lt;script&gt;" in body


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScript:alert(1)", "vbscript:x", "data:text/html,x", "&#106;avascript:x"]
)
def test_dangerous_address_never_becomes_a_link(address: str) -> None:
    assert "<a " not in make_issue(f"### 标题\n:slug: a\n\n[点我]({address})\n").articles[0].body


def test_picture_alone_is_a_figure_with_caption_and_credit() -> None:
    body = '### 标题\n:slug: a\n\n![大厅](邻里 1.jpg "图为大厅（张三 摄）")\n\n正文。\n'.replace("邻里 1", "邻里1")
    article = make_issue(body).articles[0]
    (picture,) = article.pictures
    assert (picture.file, picture.alt, picture.caption, picture.credit) == ("邻里1.jpg", "大厅", "图为大厅", "张三 摄")
    assert '<figure class="picture"><img src="{site}/images/0255/%E9%82%BB%E9%87%8C1.jpg" alt="大厅"' in article.body


def test_lost_picture_keeps_its_caption() -> None:
    body = make_issue("### 标题\n:slug: a\n\n![西交大二附院]()\n\n正文。\n").articles[0].body
    assert "<figcaption>西交大二附院</figcaption>" in body
    assert "<img" not in body


@pytest.mark.parametrize(
    ("written", "words", "reason", "notes"),
    [
        ("“会议会议” 原报如此", ("会议会议",), "原报如此", ("“会议会议”：原报如此",)),
        (
            "“传达了学习了”、“会议会议”，原报重了字",
            ("传达了学习了", "会议会议"),
            "原报重了字",
            ("“传达了学习了”“会议会议”：原报重了字",),
        ),
        ("「看了看了」：是对话", ("看了看了",), "是对话", ()),
        ("会议会议 原报如此", (), "会议会议 原报如此", ()),
        ("“会议会议”", ("会议会议",), "", ()),
    ],
)
def test_story_says_what_is_accepted_in_it(
    written: str, words: tuple[str, ...], reason: str, notes: tuple[str, ...]
) -> None:
    (article,) = make_issue(f"### 标题\n:slug: a\n:已核: {written}\n\n正文。\n").articles
    assert article.accepted == (words, reason)
    assert article.notes == notes


def test_note_of_the_front_matter_is_shown_where_its_reason_begins_with_the_printed_paper() -> None:
    noted, silent = (
        make_issue(accepted=f"\n  lunar-date: {reason}") for reason in ("原报如此；应为四月二十", "历书不同")
    )
    assert (noted.notes, noted.folio.lunar_note) == (("原报如此；应为四月二十",), "原报如此；应为四月二十")
    assert (silent.notes, silent.folio.lunar_note) == ((), "")


PIECES = st.sampled_from(
    ["---\n", "# ", "## ", "### ", ":slug: a\n", ":专题: 甲\n", "：专题：甲\n", "\n", "\n\n", "正文。", "（阮现武 董浩）",
     "![图](a.jpg)", "![]()", "> ", "- ", "| a |\n|--|\n", "|", "伊滨讯 5月29日，",
     ":状态: 撤下 2023-06-20 甲\n", ":更正: 2023-06-20 甲\n", ":更正: 2023-02-30\n", "status: 撤下 2023-06-20 甲\n",
     "[x](a.pdf)", "[](/a/)", "[x](//[)", "[x](javascript:y)", "<b>", "\t", "    ", "\x00", "*", "`", "issue: 1\n",
     "date: 2023-13-01\n", "accepted:\n  x: y\n", "&a [*b\n", "\u3000", "\ufeff"]
)  # fmt: skip


KEYS = st.sampled_from(["issue", "期号", "date", "lunar_date", "status", "accepted", "name", "no", "1a", "报 名"])
VALUES = st.sampled_from([
    "10", "2023-06-07", "[审]00018号", "审[连]1号", "草稿", "null", "a - b", "a #b", "a: b", "'a'", "", "- a", "一　二",
])  # fmt: skip
COLONS = st.sampled_from([": ", ": ", ":  ", ":", "："])
LINES = st.tuples(KEYS, COLONS, VALUES | st.text(max_size=3)).map("".join)


@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join))
@settings(max_examples=600, deadline=None)
def test_short_way_for_a_plain_header_says_what_yaml_says(header: str) -> None:
    with mock.patch.object(front_matter, "_plain_pairs", return_value=[]):
        long_way = front_matter.read_front_matter(header, "x.md")

    assert front_matter.read_front_matter(header, "x.md") == long_way


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda body: issue_text("".join(body))))
)
@settings(max_examples=400, deadline=None)
def test_no_text_makes_reading_or_checking_raise(text: str) -> None:
    problems_in(text)


SENTENCE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30).map(
    lambda words: words + "。"
)


@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_sentence_is_lost(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join("".join(paragraph) for paragraph in paragraphs)
    issue = make_issue(f"{text}\n\n### 标题\n:slug: a\n\n{text}\n\n> {paragraphs[0][0]}\n\n- {paragraphs[-1][-1]}\n")
    for sentence in (sentence for paragraph in paragraphs for sentence in paragraph):
        assert sentence in issue.ear
        assert sentence in issue.articles[0].body


@pytest.mark.parametrize(
    "piece", ["1", "1,", "*", "**甲", "[", "![", "](", "|", "（", "“", "<", "&", "#", " ", "\t", "\u3000", ">", "的"]
)
@pytest.mark.parametrize("start", ["", "正文", "> ", "- ", "| 甲 | 乙 |\n| ", "![大厅](a.jpg ", "### "])
def test_line_of_one_piece_without_end_is_read_at_once(start: str, piece: str) -> None:
    begun = process_time()
    problems_in(issue_text(f"### 标题\n:slug: a\n\n正文。\n{start}{piece * (10_000 // len(piece))}\n"))
    assert process_time() - begun < 1
