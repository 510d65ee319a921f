"""Each rule of the paper as a table of good and bad."""

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from plugins.newspaper.checking import check_archive, checked
from plugins.newspaper.checking.doubled import doubled_words, may_double
from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading, read_library
from plugins.newspaper.model import Issue, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, STORY, codes, issue_text, issues_in, make_archive, make_issue, write_content


def problems(*issues: Issue) -> list[Problem]:
    return list(check_archive(make_archive(*issues)))


def found(*issues: Issue) -> list[str]:
    return codes(problems(*issues))


@pytest.mark.parametrize(
    ("day", "lunar", "expected"),
    [
        ("2023-06-07", "癸卯年四月二十", []),
        ("2023-06-07", "癸卯年四月十四", ["lunar-date"]),
        ("2023-03-22", "癸卯年闰二月初一", []),
        ("2023-03-22", "癸卯年二月初一", ["lunar-date"]),
        ("2023-02-20", "癸卯年闰二月初一", ["lunar-date"]),
        ("2023-01-21", "壬寅年腊月三十", []),
        ("2023-01-21", "癸卯年腊月三十", ["lunar-date"]),
        ("2022-01-31", "辛丑年腊月廿九", []),
        ("2022-01-31", "辛丑年腊月三十", ["lunar-date"]),
        ("2023-06-07", "四月二十", ["lunar-date"]),
    ],
)
def test_lunar_date_agrees_with_the_date(day: str, lunar: str, expected: list[str]) -> None:
    assert found(make_issue(date=day, lunar_date=lunar)) == expected


def test_lunar_problem_says_what_it_should_be_and_where() -> None:
    (problem,) = problems(make_issue(lunar_date="癸卯年四月十四"))
    assert (
        str(problem)
        == "content/issues/0255.md:5: 农历日期不符：2023-06-07 应为癸卯年四月二十，这里是癸卯年四月十四（lunar-date）"
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("河南省连续性内部资料[审洛阳连]00018号", []),
        ("河南省连续性内部资料〔审洛阳连〕00018号", []),
        ("河南省连续性内部资料[审洛阳连]0018号", ["approval-code"]),
        ("河南省连续性内部资料审洛阳连00018号", ["approval-code"]),
        ("河北连续性内部资料[审洛阳连]00018", ["approval-code"]),
        ("00018", ["approval-code"]),
    ],
)
def test_approval_code_has_its_form(code: str, expected: list[str]) -> None:
    assert found(make_issue(approval_code=code)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("0255.md", []), ("255.md", ["file-name"]), ("0254.md", ["file-name"]), ("10255.md", ["file-name"])],
)
def test_file_is_named_by_its_number(name: str, expected: list[str]) -> None:
    assert found(make_issue(source=f"content/issues/{name}")) == expected


def pair(first: dict[str, str], second: dict[str, str]) -> list[str]:
    files = [f"content/issues/0{front.get('total_issue', '255')}.md" for front in (first, second)]
    one, two = make_issue(source=files[0], **first), make_issue(source=files[1], **second)
    return [problem.code for problem in problems(one, two) if problem.code != "lunar-date"]


@pytest.mark.parametrize(
    ("total", "issue", "day", "expected"),
    [
        ("255", "10", "2023-06-07", []),
        ("255", "11", "2023-06-07", ["issue-number"]),
        ("256", "11", "2023-06-07", ["total-issue"]),
        ("256", "10", "2023-06-07", ["total-issue"]),
        ("255", "1", "2024-01-03", []),
        ("255", "10", "2024-01-03", ["date-order"]),
        ("255", "10", "2023-05-29", ["date-order"]),
        ("255", "10", "2022-05-29", ["date-order"]),
    ],
)
def test_numbers_follow_the_issue_before(total: str, issue: str, day: str, expected: list[str]) -> None:
    before = {"total_issue": "254", "issue": "9", "date": "2023-05-29"}
    assert pair(before, {"total_issue": total, "issue": issue, "date": day}) == expected


def test_one_running_number_one_file() -> None:
    assert "repeated-total-issue" in pair({}, {})


def test_accepted_is_silent_with_its_reason() -> None:
    assert found(make_issue(lunar_date="癸卯年四月十四", accepted="\n  lunar-date: 原报如此")) == []


def test_accepted_in_vain_is_a_problem_at_its_line() -> None:
    (problem,) = problems(make_issue(accepted="\n  lunar-date: 原报如此"))
    assert (problem.code, problem.line) == ("accepted-in-vain", 8)


def story(text: str, *fields: str) -> str:
    return "\n".join(["### 标题", ":slug: a", *fields, "", text, ""])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("会议传达了学习了讲话精神。", "传达了学习了"),
        ("会议传达了学习了《条例》。", "传达了学习了"),
        ("全市统战工作会议会议精神。", "会议会议"),
        ("一项一项抓落实的会议会议精神。", "会议会议"),
        ("统一统一战线。", "统一统一"),
        ("第一会议室会议室。", "会议室会议室"),
        ("主任王新民王新民到会。", "王新民王新民"),
        ("进一步进一步加强。", "进一步进一步"),
        ("传达学习学习全会精神。", "学习学习"),
        ("研究研究部署下步工作。", "研究研究"),
        ("群众的的事。", "的的"),
        ("开展了了检查。", "了了"),
        ("他在在会上说。", "在在"),
        ("这是是一件好事。", "是是"),
        ("干部和和群众。", "和和"),
        ("我们们要努力。", "们们"),
        ("区委将将召开会议。", "将将"),
        ("坚持以以项目为抓手。", "以以"),
        ("没有有到场。", "有有"),
    ],
)
def test_word_set_twice_is_found(text: str, word: str) -> None:
    (problem,) = problems(make_issue(story(text)))
    assert (problem.code, problem.line) == ("doubled-word", 12)
    assert f"“{word}”像是重了字" in problem.message


GOOD_DOUBLES = """
天天向上，人人有责，家家户户高高兴兴。传达了讲话，学习了文件。花开了草绿了。孩子长大了懂事了。
一项一项抓落实，路灯一盏一盏亮起来，一步一步一步走下来，麦田一大片一大片，一个单位一个单位地查，两个两个地数。
大家商量商量，研究研究，休息休息，打听打听，锻炼锻炼身体，了解了解情况，热闹热闹，比划比划。
哈哈哈哈，咔嚓咔嚓，哗啦哗啦，咚咚咚咚，轱辘轱辘。看着看着笑了，走着走着到了，看啊看啊，盼呀盼呀，有的有的，对的对的。
爬上爬下，跑上跑下跑上跑下，越来越多，带来越来越多的便利，第一年一年一个样。
二〇二〇年二〇二〇，一九四九一九四九，２０２０年。史晓晓、王妞妞、谢谢谢谢。
成片成片的麦田，大把大把的钱，很多很多人，太久太久，很远很远，碧绿碧绿的水，通红通红的脸，雪白雪白，慢慢地慢慢地走。
是不是不一样，能不能不去，会不会不来。来了来了，算了算了。非常非常好，加油加油，不敢当不敢当。
目的的实现，标的的价格，打的的费用，绿色的的士，的的确确。为了了解情况，除了了解，看到了了不起的成绩，不了了之，受不了了，完成了了结手续。
现在在建的项目，实实在在，在在校学生中。但是是这样，实事求是是根本，是是非非，关键是是否落实，还是是他。
温温和和气，饱和和稀释，暖暖和和，维护和和平。参与与会，与与会人员交流。研究所所长，支队支队长，首都都市圈，成就就是动力。
可以以此为例，以以下方式。所有有关部门，只有有条件的，还有有关人员。重要要求，主要要素。棉被被褥，植被被破坏。
供给给养，补给给他。自我我们，吉他他会弹。尤其其中，因此，原因因人而异。把把关，一把把钥匙。绝对对得起，应对对方。
服从从前，方向向往，大将将军，而且，就就业问题。不要不要，别走别走，了看了看。
"""


@pytest.mark.parametrize("text", [line for line in GOOD_DOUBLES.splitlines() if line])
def test_word_doubled_on_purpose_is_good(text: str) -> None:
    assert problems(make_issue(story(text))) == []


def test_quick_look_misses_no_doubled_word() -> None:
    text = "樊灿涛指出，高标准打造邻里中心，是提升群众幸福感的重要手段，要在会上把任务和责任传达给他们，落实了再来。"
    for at in range(0, len(text) - 8, 7):
        for length in range(1, 9):
            doubled = text[: at + length] + text[at : at + length] + text[at + length :]
            assert may_double(doubled) or not list(doubled_words(doubled))


def test_words_accepted_in_a_story_are_good_there_and_nowhere_else() -> None:
    said = story("会议会议精神，工作工作安排。", ":已核: “会议会议” 原报如此")
    other = "\n### 别的\n:slug: b\n\n会议会议精神。\n"
    found = problems(make_issue(said + other))
    assert [(problem.line, problem.message[:6]) for problem in found] == [(13, "“工作工作”"), (18, "“会议会议”")]


def test_accepted_phrase_holds_the_word() -> None:
    assert problems(make_issue(story("统战工作会议会议精神。", ":已核: “工作会议会议精神” 原报如此"))) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (":已核: “大会大会” 原报如此", "accepted-in-vain"),
        (":accepted: 会议 原报如此", "accepted-words"),
        (":accepted: “会议”", "accepted-without-reason"),
    ],
    ids=["没有这几个字", "没加引号", "没写原因"],
)
def test_slip_in_what_a_story_accepts_is_told_at_its_line(field: str, code: str) -> None:
    found = problems(make_issue(story("会议精神。", field)))
    assert (code, 11) in [(problem.code, problem.line) for problem in found]


def test_doubled_word_is_no_longer_accepted_in_the_front_matter() -> None:
    (problem,) = problems(make_issue(accepted="\n  doubled-word: 原报如此"))
    assert (problem.code, problem.line) == ("unknown-accepted", 8)
    assert "在那篇稿件的标题下写“:已核: “会议会议” 原报如此”" in problem.message


def test_accepted_code_that_is_not_one_names_the_nearest() -> None:
    (problem,) = problems(make_issue(accepted="\n  lunar-dat: 原因"))
    assert (problem.code, problem.line) == ("unknown-accepted", 8)
    assert "是不是“lunar-date”" in problem.message


def test_picture_that_is_not_there(tmp_path: Path) -> None:
    text = issue_text("### 标题\n:slug: a\n\n![大厅](a.jpg)\n\n正文。\n")
    content = write_content(tmp_path / "content", {"0255.md": text})
    (problem,) = read_library(begin_reading(issues_in(content), Workers())).problems
    assert (problem.code, problem.line) == ("picture-missing", 12)

    (content / "images/0255").mkdir(parents=True)
    (content / "images/0255/a.jpg").write_bytes(b"not a picture")
    (problem,) = read_library(begin_reading(issues_in(content), Workers())).problems
    assert (problem.code, problem.line) == ("picture-broken", 12)

    Image.new("RGB", (40, 30)).save(content / "images/0255/a.jpg")
    assert read_library(begin_reading(issues_in(content), Workers())).problems == ()


def test_topic_that_is_not_there_names_the_nearest() -> None:
    issue = make_issue("### 标题\n:slug: a\n:topics: 邻里中学\n\n正文。\n")
    topics = {"邻里中心": Topic("邻里中心", "linli")}
    (problem,) = check_archive(make_archive(issue, topics=topics))
    assert (problem.code, problem.line) == ("unknown-topic", 11)
    assert "是不是“邻里中心”" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: b-2\n", None, ""),
        ("- 名称: 甲\n  短名: a\n  说明: 一行\n", None, ""),
        ("- name: 甲\n　　slug: a\n", None, ""),
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: a\n", 3, "已经有了"),
        ("- name: 甲\n  slug: a\n- name: 甲\n  slug: b\n", 3, "已经有了"),
        ("- name: 甲\n  slug: A\n", 1, "只能用小写字母"),
        ("- name: 甲\n  slug: 甲\n", 1, "只能用小写字母"),
        ("- name: 甲\n  slug: 2023\n", 1, "不能只是数字"),
        ("- name: 甲\n  slug:\n", 1, "要有 name（名称）和 slug（短名）"),
        ("- name: 甲 乙\n  slug: a\n", 1, "不能有空格"),
        ("- name: 甲\n  slug: [a\n", 2, "读不懂"),
        ("- name: 甲\n  slug: a\n- nam: 乙\n  slug: b\n", 3, "是不是“name”"),
        ("- name：甲\n  slug: a\n", 1, "冒号要用半角"),
        ("- name：甲\n- name: 乙\n  slug: a\n", 1, "冒号要用半角"),
        ("- name: 甲\n  slug: a\nname: 乙\n  slug: b\n", 3, "前面缺“- ”"),
        ("- name: 甲\n  slug: a\n  name: 乙\n  slug: b\n", 3, "前面要有“- ”"),
        ("name: 甲\nslug: a\n", 1, "前面缺“- ”"),
        ("甲: a\n乙: b\n", 1, "每个专题写两行"),
        ("甲、乙\n", 1, "每个专题写两行"),
        ("", 1, "一个专题也没有"),
        ("# 只有一句话\n", 1, "一个专题也没有"),
    ],
)
def test_slip_in_topics_is_told_at_its_line_and_nothing_that_follows_from_it(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    topics = "、".join(name for name in "甲乙" if not text or name in text) or "甲"
    content = write_content(tmp_path / "content", {"0255.md": issue_text(story("正文。", f":专题: {topics}"))})
    (content / "topics.yaml").write_text(text, encoding="utf-8")
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    assert {(problem.source, problem.code, problem.line) for problem in found} == (
        {("content/topics.yaml", "topics", line)} if line else set()
    )
    assert all(said in problem.message for problem in found[:1])


def test_missing_topics_are_told_once(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"0255.md": issue_text()})
    (content / "topics.yaml").unlink()
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    assert [(problem.source, problem.code) for problem in found] == [("content/topics.yaml", "topics")]


def test_slip_in_topics_hides_no_slip_in_the_name_of_a_topic_that_is_there(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"0255.md": issue_text(story("正文。", ":专题: 邻里中学"))})
    (content / "topics.yaml").write_text("- name: 邻里中心\n  slug: a\n- name: 乙\n", encoding="utf-8")
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    assert codes(found) == ["unknown-topic", "topics"]


def test_problem_of_a_story_is_told_again_where_its_file_is_not_read_again(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"0255.md": issue_text("### 标题\n\n正文。\n")})
    os.utime(content / "issues/0255.md", (0, 0))
    issues = issues_in(content)
    found = [read_and_check(begin_reading(issues, Workers()), MASTHEAD, date(2030, 1, 1)).problems for _ in range(2)]
    assert codes(found[0]) == ["no-slug"]
    assert found[0] == found[1]


def test_recording_that_is_not_there(tmp_path: Path) -> None:
    text = issue_text("### 标题\n:slug: a\n:录音: a.mp3\n\n正文。\n")
    content = write_content(tmp_path / "content", {"0255.md": text})
    (problem,) = read_library(begin_reading(issues_in(content), Workers())).problems
    assert (problem.code, problem.line) == ("audio-missing", 11)

    (content / "audio/0255").mkdir(parents=True)
    (content / "audio/0255/a.mp3").write_bytes(b"ID3\x03 and a voice")
    assert read_library(begin_reading(issues_in(content), Workers())).problems == ()


GOOD_HEADER = issue_text("").split("\n")[1:6]


def header(*lines: str) -> str:
    """A header with some of its lines replaced, each by the key that it begins with; and a body with a slip."""
    keys = {"issue": 0, "total_issue": 1, "date": 2, "lunar_date": 3, "approval_code": 4}
    written = [*GOOD_HEADER]
    for line in lines:
        key = next((key for key in sorted(keys, key=len, reverse=True) if line.strip(" \u3000").startswith(key)), "")
        if key:
            written[keys[key]] = line
        else:
            written.append(line)
    return "\n".join(["---", *written, "---", "", "### 会议会议\n:slug: A B\n:图片: a\n\n正文。\n"])


BODY_SLIPS = {"doubled-word", "slug", "unknown-field"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), []),
        (("date: 2023-02-30",), [("no-such-date", 4)]),
        (("date: 6月7日",), [("no-such-date", 4)]),
        (("issue: 十",), [("wrong-type", 2)]),
        (("total_issue: 二五五",), [("wrong-type", 3)]),
        (("date：2023-06-07",), [("full-width-colon", 4)]),
        (
            ("date：2023-02-30", "approval_code: 18"),
            [("full-width-colon", 4), ("no-such-date", 4), ("approval-code", 6)],
        ),
        (("date:2023-06-07",), [("no-space", 4)]),
        (("　date: 2023-06-07", "issue　:　10"), []),
        (("lunar_date: 四月二十",), [("lunar-date", 5)]),
        (('lunar_date: "癸卯年四月二十',), [("front-matter", 5)]),
        (("lunar_date: [癸卯年", "issue: 0"), [("wrong-type", 2), ("front-matter", 5)]),
        (("这是一行字", "dat: 1"), [("front-matter", 7), ("unknown-key", 8)]),
        (("accepted:", "　　lunar-dat: 原报如此", "issue: 0"), [("unknown-accepted", 8), ("wrong-type", 2)]),
        (("- 一", "- 二"), [("front-matter", 7), ("front-matter", 8)]),
    ],
)
def test_slip_in_the_header_hides_nothing_else_in_its_file(
    lines: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    reading = checked(read_issue(header(*lines), "content/issues/0255.md"))
    assert reading.issue
    told = {
        (problem.code, problem.line) for problem in (*reading.problems, *check_archive(make_archive(reading.issue)))
    }
    assert {code for code, _ in told} >= BODY_SLIPS
    assert sorted(place for place in told if place[0] not in BODY_SLIPS | {"lost-text"}) == sorted(expected)


def test_missing_key_is_named_as_its_editor_writes() -> None:
    chinese = "---\n期号: 10\n总期号: 255\n日期: 2023-06-07\n农历: 癸卯年四月二十\n---\n\n" + STORY
    (problem,) = checked(read_issue(chinese, "content/issues/0255.md")).problems
    assert "缺“准印证号”（approval_code）" in problem.message
    (problem,) = checked(read_issue(issue_text(date=None), "content/issues/0255.md")).problems
    assert "缺“date”（日期）" in problem.message


def test_topics_and_pictures_of_an_issue_with_a_wrong_date_are_looked_at(tmp_path: Path) -> None:
    text = issue_text(story("![图](tu.jpg)\n\n正文。", ":专题: 邻里中学"), date="2023-06-31")
    after = issue_text(STORY, issue="11", total_issue="256", date="2023-06-16", lunar_date="癸卯年四月廿九")
    content = write_content(tmp_path / "content", {"0255.md": text, "0256.md": after})
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    assert codes(found) == ["no-such-date", "unknown-topic", "picture-missing"]
