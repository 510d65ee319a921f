"""Who wrote a story (署名): which closing lines say so, and whom they name."""

import pytest

from plugins.newspaper.reading.byline import read_byline
from tests.builders import make_issue

BYLINES = [
    ("阮现武 董浩", "阮现武 董浩", "阮现武 董浩"),
    ("阮现武　董浩", "阮现武 董浩", "阮现武 董浩"),
    ("阮现武、董浩", "阮现武、董浩", "阮现武 董浩"),
    ("倪睿", "倪睿", "倪睿"),
    ("张　三 李四五", "张三 李四五", "张三 李四五"),
    ("白 璐", "白璐", "白璐"),
    ("白 璐 贾 兰", "白璐 贾兰", "白璐 贾兰"),
    ("阿依古丽·买买提", "阿依古丽·买买提", "阿依古丽·买买提"),
    ("诸葛明 欧阳晓雪", "诸葛明 欧阳晓雪", "诸葛明 欧阳晓雪"),
    ("白璐/文 贾兰/图", "白璐/文 贾兰/图", "白璐=文 贾兰=图"),
    ("白璐／文 贾兰 ／ 图", "白璐/文 贾兰/图", "白璐=文 贾兰=图"),
    ("秦书瑶/文", "秦书瑶/文", "秦书瑶=文"),
    ("张晓晨 文/图", "张晓晨 文/图", "张晓晨=文/图"),
    ("文/图 张晓晨", "文/图 张晓晨", "张晓晨=文/图"),
    ("文/白璐 图/贾兰", "文/白璐 图/贾兰", "白璐=文 贾兰=图"),
    ("白璐 贾兰 文 马志远 图", "白璐 贾兰 文 马志远 图", "白璐=文 贾兰=文 马志远=图"),
    ("记者 白璐 通讯员 马志远", "记者 白璐 通讯员 马志远", "白璐=记者 马志远=通讯员"),
    ("记者 白璐 贾兰 通讯员 马志远", "记者 白璐 贾兰 通讯员 马志远", "白璐=记者 贾兰=记者 马志远=通讯员"),
    ("记者：白璐", "记者：白璐", "白璐=记者"),
    ("本报记者白璐", "本报记者白璐", "白璐=本报记者"),
    ("记者 白璐 文/图", "记者 白璐 文/图", "白璐=记者+文/图"),
    ("记者 晓风", "记者 晓风", "晓风=记者"),
    ("晓风/文", "晓风/文", "晓风=文"),
]


@pytest.mark.parametrize(("line", "printed", "people"), BYLINES, ids=[case[0] for case in BYLINES])
def test_closing_line_names_people(line: str, printed: str, people: str) -> None:
    byline = read_byline(line)

    assert byline is not None
    assert byline.printed == printed
    named = [person.name + f"={person.role}" * bool(person.role) for person in byline.people]
    assert named == [person.replace("+", " ") for person in people.split()]


NO_BYLINES = (
    "未完待续 待续 完 全文完 连载完 下转第二版 下转二版 上接一版 有删节 有删改 节选 据新华社 "
    "据《洛阳日报》 新华社 本报综合 综合 摘自《读者》 转自学习强国 来源：新华网 图片由受访者提供 资料图片 "
    "图文 文图 化名 笑 掌声 一期 注 略 附图 编辑部 本报评论员 本报记者 记者 文 区委宣传部 区文明办 "
    "宣传部 李村镇 诸葛镇 庞村 江苏 石家庄 安全员 高清图 于洛阳市 12345 2023年6月 ABC "
    "责任编辑 "
)


@pytest.mark.parametrize(
    "line",
    [
        *NO_BYLINES.split(),
        "供稿 区文明办",
        "通讯员 区文明办",
        "记者 据新华社",
        "白璐 摘编",
        "文 图",
        "",
        "白璐 贾兰 通讯员",
    ],
)
def test_other_words_in_brackets_are_no_byline(line: str) -> None:
    assert read_byline(line) is None


CLOSINGS = [
    ("独占一段", "结束。\n\n（阮现武 董浩）", "阮现武 董浩", "结束。"),
    ("在末段之末", "结束。（阮现武 董浩）", "阮现武 董浩", "结束。"),
    ("半角括号", "结束。\n\n(倪睿)", "倪睿", "结束。"),
    ("圆圈", "结束。\n\n○ 秦书瑶 尹子健", "秦书瑶 尹子健", "结束。"),
    ("未完待续", "结束。\n\n（未完待续）", "", "（未完待续）"),
    ("供稿", "结束。\n\n（供稿 区文明办）", "", "（供稿 区文明办）"),
    ("括号是句中的", "他说（张三），结束。", "", "他说（张三），结束。"),
    ("不在句末", "医院（张三）", "", "医院（张三）"),
    ("圆圈后不是人名", "○ 一点说明", "", "○ 一点说明"),
]


@pytest.mark.parametrize(
    ("closing", "byline", "left"), [case[1:] for case in CLOSINGS], ids=[case[0] for case in CLOSINGS]
)
def test_byline_is_taken_from_the_text_and_nothing_else_is(closing: str, byline: str, left: str) -> None:
    (article,) = make_issue(f"### 标题\n:slug: a\n\n正文。\n\n{closing}\n").articles

    assert article.byline.printed == byline
    assert article.body.endswith(f"{left}</p>\n")


def test_byline_with_a_circle_may_stand_below_the_headline() -> None:
    (article,) = make_issue("### 标题\n:slug: a\n\n○ 秦书瑶\n\n正文。\n").articles
    assert (article.byline.names, article.body) == (("秦书瑶",), "<p>正文。</p>\n")


def test_whom_the_opening_names_is_known_and_printed_only_there() -> None:
    (article,) = make_issue("### 标题\n:slug: a\n\n伊滨讯（记者 白璐）6月1日，会议召开。\n").articles
    assert (article.byline.printed, article.byline.names) == ("", ("白璐",))
    assert "伊滨讯（记者 白璐）" in article.body


def test_field_overrides_and_what_the_text_says_besides_stays() -> None:
    def article(field: str, closing: str) -> tuple[tuple[str, ...], bool]:
        (found,) = make_issue(f"### 标题\n:slug: a\n:署名: {field}\n\n正文。\n\n（{closing}）\n").articles
        return found.byline.names, closing in found.body

    assert article("张三 晓风", "张三") == (("张三", "晓风"), True)
    assert article("（记者 张三）", "张三") == (("张三",), False)
