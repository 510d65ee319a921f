"""Withdrawing (撤下) and correcting (更正), as an editor writes them: what is understood, and what is told."""

from datetime import date

import pytest

from plugins.newspaper.checking import check_archive
from plugins.newspaper.model import Article, Correction, Withdrawal
from tests.builders import codes, issue_text, make_archive, make_issue, problems_in

REASON = "应当事人要求"


def story(*fields: str, slug: str = "a") -> str:
    return "\n".join(["### 标题", f":slug: {slug}", *fields, "", "正文。", ""])


def corrections(*fields: str) -> tuple[Correction, ...]:
    article: Article = make_issue(story(*fields)).articles[0]
    return article.corrections


@pytest.mark.parametrize(
    "field",
    [
        f":状态: 撤下 2023-06-20 {REASON}",
        f":status: withdrawn 2023-06-20 {REASON}",
        f":status: 撤下 2023-6-20 {REASON}",
        f":状态: 撤下，2023年6月20日，{REASON}",
        f":状态: 撤下（2023.6.20）{REASON}",
        f":状态: 撤下　2023/06/20：{REASON}",
    ],
)
def test_story_is_withdrawn_with_a_day_and_a_reason(field: str) -> None:
    issue = make_issue(story(field) + story(slug="b"))
    (withdrawn,) = issue.withdrawn

    assert withdrawn.withdrawal == Withdrawal(date(2023, 6, 20), REASON)
    assert withdrawn.url == "issues/255/a/"
    assert [article.slug for article in issue.articles] == ["b"]


def test_withdrawn_story_may_have_lost_its_text() -> None:
    text = issue_text(f"### 标题\n:slug: a\n:状态: 撤下 2023-06-20 {REASON}\n\n" + story(slug="b"))
    assert problems_in(text) == []


@pytest.mark.parametrize("status", [f"撤下 2023-06-20 {REASON}", f"withdrawn 2023-06-20 {REASON}"])
def test_issue_is_withdrawn_with_all_its_stories(status: str) -> None:
    issue = make_issue(f"> 报眼\n\n{story()}\n{story(slug='b')}", status=status)

    assert issue.folio.status == "withdrawn"
    assert issue.withdrawal == Withdrawal(date(2023, 6, 20), REASON)
    assert (issue.ear, issue.articles) == ("", ())
    assert [withdrawn.url for withdrawn in issue.withdrawn] == ["issues/255/a/", "issues/255/b/"]


def test_issue_of_which_no_story_stands_is_withdrawn() -> None:
    first, last = ":状态: 撤下 2023-06-20 甲", ":状态: 撤下 2023-06-21 乙"
    issue = make_issue(story(first) + story(last, slug="b"))

    assert issue.withdrawal == Withdrawal(date(2023, 6, 21), "甲；乙")
    assert [withdrawn.withdrawal.reason for withdrawn in issue.withdrawn] == ["甲", "乙"]


def test_corrections_stand_in_the_order_of_their_days() -> None:
    later, earlier = ":更正: 2023-06-21 后一处", ":correction: 2023年6月20日：第三段“1700亩”应为“1800亩”"
    assert corrections(later, earlier) == (
        Correction(date(2023, 6, 20), "第三段“1700亩”应为“1800亩”"),
        Correction(date(2023, 6, 21), "后一处"),
    )


SLIPS = [
    ("撤下没有日期", [f":状态: 撤下 {REASON}"], "withdrawal", "如“:状态: 撤下 2023-06-20 应当事人要求”"),
    ("撤下没有原因", [":状态: 撤下 2023-06-20"], "withdrawal", "请写成“:状态: 撤下 2023-06-20 原因”"),
    ("只有撤下", [":status: 撤下"], "withdrawal", "如“:status: 撤下 2023-06-20 应当事人要求”"),
    ("撤下没有这一天", [f":状态: 撤下 2023-06-31 {REASON}"], "no-such-date", "没有这一天"),
    ("撤下早于出版", [f":状态: 撤下 2023-06-06 {REASON}"], "notice-date", "早于出版日 2023-06-07"),
    ("别的状态", [":状态: 撤稿 2023-06-20 原因"], "wrong-type", "只有“撤下”"),
    ("稿件不能是草稿", [":状态: 草稿"], "wrong-type", "在文首信息里写“状态: 草稿”"),
    ("更正没有日期", [":更正: “甲”应为“乙”"], "correction", "如“:更正: 2023-06-20 第三段"),
    ("更正没有内容", [":更正: 2023-06-20"], "correction", "没有写更正什么"),
    ("更正没有这一天", [":更正: 2023-02-29 甲"], "no-such-date", "没有这一天"),
    ("更正早于出版", [":更正: 2023-06-06 甲"], "notice-date", "早于出版日 2023-06-07"),
    ("更正空着", [":更正:"], "empty-field", "后面是空的"),
    ("状态写两次", [f":状态: 撤下 2023-06-20 {REASON}", ":status: 撤下 2023-06-20 甲"], "repeated-field", "写了两次"),
]


@pytest.mark.parametrize(("fields", "code", "said"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_slip_in_a_notice_is_told_at_its_line(fields: list[str], code: str, said: str) -> None:
    (problem,) = problems_in(issue_text(story(*fields) + story(slug="b")))

    assert (problem.code, problem.line) == (code, 10 + len(fields))
    assert said in problem.message


def test_each_of_several_corrections_is_told_at_its_own_line() -> None:
    found = problems_in(issue_text(story(":更正: 2023-06-20 甲", ":更正: 乙", ":更正:", ":更正: 2023-06-01 丙")))
    assert [(problem.code, problem.line) for problem in found] == [
        ("correction", 12),
        ("empty-field", 13),
        ("notice-date", 14),
    ]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("撤下", "withdrawal"),
        ("撤下 2023-06-20", "withdrawal"),
        ("撤下 应当事人要求", "withdrawal"),
        ("撤下 2023-06-31 甲", "no-such-date"),
        ("撤下 2023-06-01 甲", "notice-date"),
        ("撤销", "wrong-type"),
    ],
)
def test_slip_in_the_withdrawal_of_an_issue_is_told_at_its_line(status: str, code: str) -> None:
    (problem,) = problems_in(issue_text(status=status))
    assert (problem.code, problem.line) == (code, 7)


@pytest.mark.parametrize("field", [":更正: 2030-01-02 甲", ":状态: 撤下 2030-01-02 甲"])
def test_notice_of_a_day_that_lies_ahead(field: str) -> None:
    (problem,) = check_archive(make_archive(make_issue(story(field) + story(slug="b"))))

    assert (problem.code, problem.line) == ("notice-date", 11)
    assert "还没有到（今天是 2030-01-01）" in problem.message


def test_withdrawn_issue_keeps_its_place_in_the_count() -> None:
    first = make_issue(
        source="content/issues/0254.md", total_issue="254", issue="9", date="2023-05-29", lunar_date="癸卯年四月十一"
    )
    last = make_issue(
        source="content/issues/0256.md", total_issue="256", issue="11", date="2023-06-16", lunar_date="癸卯年四月廿九"
    )
    middle = make_issue(status=f"撤下 2023-06-20 {REASON}")

    assert codes(check_archive(make_archive(first, middle, last))) == []
