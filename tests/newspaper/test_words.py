"""Lines are cut into words, and names stay whole."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.words import read_words
from tests.builders import codes, make_issue

OWN = ("伊滨区", "寇店镇", "党工委", "邻里中心", "问题楼盘", "二十届三中全会")
LINES = [
    ("人名、数字和量词", "樊灿涛主持|召开|党工委|第6次|扩大|会议"),
    ("本报的词", "樊灿涛专题|调研|问题楼盘|化解|工作"),
    ("固定说法", "学习|贯彻党的|二十届三中全会|精神"),
    ("不认得的名字", "返乡|大学生张若男的|三百六十五天"),
    ("名字是常用词", "王建设|到寇店镇|督导|麦收|工作"),
    ("空格两边是两句", "两所|医院|加速|推进 |一所|六月底投用"),
    ("引号连着词", "玉米|“一喷多促”|全面|展开"),
    ("标点连着前面的词", "预防|电信|诈骗：|这些|套路要当心"),
    ("介词连着后面的词", "李国庆|带队|赴郑州|招商引资"),
    ("数字连着单位", "银企对接会|现场|签约|12.6亿元"),
    ("序数连着后面的词", "第二季度|经济运行|分析会"),
    ("年份", "伊滨区|2022年|财政|预算"),
    ("字母", "GB/T 15834培训班|开班"),
    ("太长的在单字前面分开", "农村黑臭坑塘|变身荷花池"),
    ("姓不单独留下", "老党员|王建设率队|赶赴|施工|现场"),
    ("几点几", "三点八公里|管网|铺设|完成"),
    ("百分之几", "增长|百分之九十五以上"),
    ("两句一对", "共建共享|打造|社区"),
    ("单位前的区", "孙晓东任区教育|体育局|局长"),
    ("动词后的进、出", "河洛|大鼓|唱进邻里中心"),
    ("里跟着前面的词", "大学城里的|夜校|开课"),
    ("上也是", "苗湾生态园里|采摘忙"),
]


@pytest.mark.parametrize("marked", [line for _, line in LINES], ids=[name for name, _ in LINES])
def test_line_is_cut_into_its_words(marked: str) -> None:
    assert Segmenter(OWN).words(marked.replace("|", "")) == tuple(marked.split("|"))


def test_paper_knows_words_that_the_dictionary_does_not() -> None:
    assert Segmenter().words("文化大道举行比赛") == ("文化", "大道", "举行", "比赛")
    assert Segmenter(["文化大道"]).words("文化大道举行比赛") == ("文化大道", "举行", "比赛")


def test_story_tells_its_topics_and_its_people() -> None:
    story = "### 石英文家的邻里中心与公共服务\n:slug: a\n:topics: 公共服务\n\n伊滨讯，{}。\n\n（吴十）\n"

    def words(text: str) -> tuple[str, ...]:
        return make_issue(story.format(text)).articles[0].headline.words[0]

    assert words("有一家人") == ("石英", "文家的", "邻里", "中心", "与公共服务")
    assert words("居民石英文说") == ("石英文家的", "邻里", "中心", "与公共服务")


def test_name_that_a_byline_has_stays_whole() -> None:
    issue = make_issue("### 杜元贵在大会上\n:slug: a\n\n正文。\n\n（杜元贵）\n")
    assert issue.articles[0].headline.words == (("杜元贵", "在大会上"),)


def test_kicker_deck_and_banner_are_cut_as_well() -> None:
    issue = make_issue("## 图片新闻\n\n### 标题\n:slug: a\n:kicker: 全区学习\n:deck: 开展比赛\n\n正文。\n")
    (section,) = issue.sections
    headline = section.articles[0].headline
    assert (section.banner, headline.kicker, headline.deck) == (("图片", "新闻"), ("全区", "学习"), ("开展", "比赛"))


@example("1——”")
@given(st.text(alphabet="伊滨区建设的在第一不了王李12.%A “”（），：——· 𠀀\u3000<&", max_size=30))
def test_every_character_is_in_a_word_and_no_word_begins_with_a_closing_mark(line: str) -> None:
    words = Segmenter(OWN).words(line)

    assert "".join(words) == line
    assert all(words)
    assert not [word for before, word in pairwise(words) if word[0] in "”），：" and before[-1] != " "]
    assert not [word for word in words[:-1] if word[-1] == "“"]


def test_list_of_words_may_be_remarked_on() -> None:
    text = "# 地名\n\n伊滨区\n  寇店镇　# 在南边\n党工委\n"
    assert read_words(text, "content/words.txt") == (("伊滨区", "寇店镇", "党工委"), [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("伊滨区\n寇店镇 诸葛镇\n", 2, "“寇店镇 诸葛镇”：一行只写一个词，请分成几行"),
        ("寇店镇、诸葛镇\n", 1, "“寇店镇、诸葛镇”：一行只写一个词，请分成几行"),
        ("第6次\n", 1, "“第6次”：词里只能有汉字，数字、字母、标点都不用写"),
        ("伊滨区\n伊滨区\n", 2, "“伊滨区”在第 1 行已经有了，请删去一行"),
        ("区\n", 1, "“区”有 1 个字；一个词要有 2 到 7 个字，再长手机上一行排不下"),
        ("伊滨区人民政府办公室\n", 1, "“伊滨区人民政府办公室”有 10 个字；一个词要有 2 到 7 个字，再长手机上一行排不下"),
    ],
    ids=["空格", "顿号", "数字", "重复", "一个字", "太长"],
)
def test_what_is_no_word_is_told_with_its_line(text: str, line: int, message: str) -> None:
    _, problems = read_words(text, "content/words.txt")

    assert codes(problems) == ["words"]
    assert (problems[0].source, problems[0].line, problems[0].message) == ("content/words.txt", line, message)
