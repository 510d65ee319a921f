"""The promise: every character of an issue's file is on its pages, or a problem says why not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.newspaper.checking.promise import USED, check_promise
from plugins.newspaper.fields import STORY
from plugins.newspaper.model import Byline, Headline
from plugins.newspaper.reading import issue as reading_issue
from plugins.newspaper.reading.issue import Reading, read_issue
from tests.builders import issue_text, problems_in
from tests.conftest import ROOT
from tests.mistakes.good import GOOD, SOURCE

ISSUES = sorted([*(ROOT / "content/issues").glob("*.md"), *(ROOT / "tests/site").glob("*/issues/*.md")])


@pytest.mark.parametrize("file", ISSUES, ids=[file.stem for file in ISSUES])
def test_good_issues_keep_it(file: Path) -> None:
    assert list(check_promise(read_issue(file.read_text(encoding="utf-8"), file.name))) == []


def test_good_issue_of_the_mistakes_keeps_it() -> None:
    assert list(check_promise(read_issue(GOOD, SOURCE))) == []


def told(reading: Reading) -> list[tuple[str, str, str]]:
    """Code, line of the file and quoted words of each problem."""
    lines = reading.text.split("\n")
    return [
        (problem.code, lines[problem.line - 1], problem.message[1 : problem.message.index("”")])
        for problem in check_promise(reading)
    ]


BROKEN = [
    (r"<figcaption>.*?</figcaption>", "![邻里中心大厅](", "图为邻里中心大厅（白璐摄"),
    (r'<span class="credit">.*?</span>', "![邻里中心大厅](", "白璐摄"),
    (r"<td[^>]*>1200</td>|<td[^>]*><span[^>]*>1200</span></td>", "| 康庄 | 1200 |", "1200"),
    (r"<th[^>]*>面积</th>", "| 社区 | 面积 |", "面积"),
    (r"<h2>三步走</h2>", "#### 三步走", "三步走"),
    (r"<li>再办托老</li>", "- 再办托老", "再办托老"),
    (r"<p>来龙去脉.*?</p>", "来龙去脉可看", "来龙去脉可看[第255期](/issues/255/)。"),
    (r"他说，", "伊滨讯 6月15日，", "他说，"),
    (r"。", "伊滨讯 6月15日，", "。"),
]


@pytest.mark.parametrize(("pattern", "line", "words"), BROKEN, ids=[words for _, _, words in BROKEN])
def test_what_a_broken_renderer_drops_is_told(pattern: str, line: str, words: str) -> None:
    reading = read_issue(GOOD, SOURCE)
    first, *others = reading.articles
    broken = replace(first, body=re.sub(pattern, "", first.body, count=1, flags=re.S))
    assert broken != first

    ((code, at, lost),) = told(reading._replace(articles=(broken, *others)))

    assert (code, lost) == ("lost-text", words)
    assert at.startswith(line)


def test_byline_that_nobody_shows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    without_byline = reading_issue.without_byline
    monkeypatch.setattr(reading_issue, "without_byline", lambda body: (without_byline(body)[0], Byline()))

    assert told(read_issue(GOOD, SOURCE)) == [
        ("lost-text", "（阮现武 董浩）", "阮现武董浩"),
        ("lost-text", "（秦书瑶）", "秦书瑶"),
        ("lost-text", "（尹子健）", "尹子健"),
    ]


def test_banner_headline_and_ear_that_nobody_shows_are_told() -> None:
    reading = read_issue(GOOD, SOURCE)
    first, *others = reading.articles
    banner, *banners = reading.banners
    broken = reading._replace(
        ear="",
        banners=(banner._replace(text="加快重点项目建设"), *banners),
        articles=(replace(first, headline=Headline((("区领导调研",),), (), first.headline.deck)), *others),
    )

    assert [(line, words) for _, line, words in told(broken)] == [
        (":kicker: 把实事办到家门口", "把实事办到家门口"),
        ("> 民生连着民心，民心凝聚民力。", "民生连着民心，民心凝聚民力。"),
        ("> ——【摘自全区工作会议报告】", "——【摘自全区工作会议报告】"),
        ("## 加快重点项目建设 聚力打造伊滨科技城", "聚力打造伊滨科技城"),
        ("### 区领导调研|邻里中心建设", "邻里中心建设"),
    ]


def test_what_is_shown_twice_is_told() -> None:
    reading = read_issue(GOOD, SOURCE)
    first, *others = reading.articles
    doubled = replace(first, body=first.body + first.body)

    ((code, line, words),) = told(reading._replace(articles=(doubled, *others)))

    assert (code, line) == ("extra-text", "来龙去脉可看[第255期](/issues/255/)。")
    assert words.startswith("伊滨讯6月15日")


def test_what_reading_has_told_of_is_not_told_again() -> None:
    body = "## 通栏\n\n散文一段。\n\n### 标题\n:slug: a\n:topcs: 甲\n\n正文。\n"
    assert [problem.code for problem in problems_in(issue_text(body))] == ["text-without-story", "unknown-field"]


def test_it_knows_every_field() -> None:
    assert USED.keys() == STORY.keys()


def test_hostile_text_takes_no_longer_than_its_length_explains() -> None:
    reading = read_issue(
        issue_text("### 标题\n:slug: a\n\n" + "甲|乙" * 20_000 + "\n\n" + "乙**丙\n\n" * 5_000), SOURCE
    )
    (article,) = reading.articles

    assert list(check_promise(reading._replace(articles=(replace(article, body="<p>丁</p>" * 9_000),))))
