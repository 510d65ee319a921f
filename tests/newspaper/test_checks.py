"""Each rule of the paper as a table of good and bad."""

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from plugins.newspaper.checking import check_archive
from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading, read_library
from plugins.newspaper.model import Issue, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, codes, issue_text, issues_in, make_archive, make_issue, write_content


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
        ("256", "10", "2023-06-07", ["total-issue", "issue-number"]),
        ("255", "1", "2024-01-03", []),
        ("255", "10", "2024-01-03", ["issue-number"]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议传达了学习了讲话精神。", ["doubled-word"]),
        ("全市统战工作会议会议精神。", ["doubled-word"]),
        ("天天向上，人人有责。", []),
        ("传达了讲话，学习了文件。", []),
        ("一项一项抓落实，路灯一盏一盏亮起来。", []),
        ("一步一步一步走下来，麦田一大片一大片。", []),
        ("一项一项抓落实的会议会议精神。", ["doubled-word"]),
        ("统一统一战线。", ["doubled-word"]),
        ("第一会议室会议室。", ["doubled-word"]),
    ],
)
def test_word_set_twice_is_found(text: str, expected: list[str]) -> None:
    assert found(make_issue(f"### 标题\n:slug: a\n\n{text}\n")) == expected


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
    ("text", "line"),
    [
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: b-2\n", None),
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: a\n", 3),
        ("- name: 甲\n  slug: a\n- name: 甲\n  slug: b\n", 3),
        ("- name: 甲\n  slug: A\n", 1),
        ("- name: 甲\n  slug: 甲\n", 1),
        ("- name: 甲\n  slug:\n", 1),
        ("- name: 甲\n  slug: [a\n", 3),
    ],
)
def test_slip_in_topics_is_a_problem_at_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    content = write_content(tmp_path / "content", {})
    (content / "topics.yaml").write_text(text, encoding="utf-8")
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    assert [(problem.source, problem.code, problem.line) for problem in found] == (
        [("content/topics.yaml", "topics", line)] if line else []
    )


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
    assert (problem.code, problem.line) == ("audio-missing", 9)

    (content / "audio/0255").mkdir(parents=True)
    (content / "audio/0255/a.mp3").write_bytes(b"x")
    assert read_library(begin_reading(issues_in(content), Workers())).problems == ()
