"""Withdrawing (撤下) and correcting (更正), as an editor writes them: what is understood, and what is told."""

from datetime import date

import pytest

from plugins.newspaper.addresses import print_address
from plugins.newspaper.checking import check_archive
from plugins.newspaper.checking.ledger import check_published, headline_at, lines_of
from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.model import Article, Correction, Issue, Topic, Withdrawal
from plugins.newspaper.planning import site_addresses, site_pages
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
    ("更正里有记号", [":更正: 2023-06-20 **第三段**"], "leftover-mark", "会原样印出来"),
    ("原因里有链接", [":状态: 撤下 2023-06-20 见[这里](/x/)"], "leftover-mark", "会原样印出来"),
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


# What the plan makes of them

SECRET = "不该再看见的字"
"""In headline, text and fields of what is withdrawn."""
WITHDRAW = f":状态: 撤下 2023-06-20 {REASON}"


def secret(*fields: str, slug: str) -> str:
    about = [
        f":topics: {slug}题、邻里中心",
        f":kicker: {SECRET}",
        f":deck: {SECRET}",
        f":aliases: /issues/255/yuan-{slug}/",
    ]
    head = [f"### {SECRET}", f":slug: {slug}", *about, ":audio: a.mp3", *fields]
    text = [f"伊滨讯 5月29日，{SECRET}。", f"![{SECRET}](a.jpg)", f"见[{SECRET}](a.pdf)。", "（阮现武）"]
    return "\n".join([*head, "", *("\n\n".join(text)).split("\n"), ""])


def before(total: int, body: str, **front: str | None) -> Issue:
    """An issue before 总第255期, of the year before."""
    day = date(2022, 12, 1 + total % 28)
    return make_issue(
        body.replace("/issues/255/", f"/issues/{total}/"),
        source=f"content/issues/0{total}.md",
        total_issue=str(total),
        issue=str(total - 200),
        date=str(day),
        lunar_date=str(lunar_of(day)),
        **front,
    )


WHOLE = {"status": f"撤下 2023-06-20 {REASON}"}
TWO = [secret(slug="a"), secret(slug="b")]
STANDING = (before(253, TWO[0]), before(254, TWO[1]), make_issue("\n".join(TWO)))

WITHDRAWN = {
    "一篇": (*STANDING[:2], make_issue("\n".join([TWO[0], secret(WITHDRAW, slug="b")]))),
    "一期的各篇": (*STANDING[:2], make_issue("\n".join([secret(WITHDRAW, slug="a"), secret(WITHDRAW, slug="b")]))),
    "最新一期": (*STANDING[:2], make_issue("\n".join(TWO), **WHOLE)),
    "中间一期": (STANDING[0], before(254, TWO[1], **WHOLE), STANDING[2]),
    "一年的各期": (before(253, TWO[0], **WHOLE), before(254, TWO[1], **WHOLE), STANDING[2]),
    "全部": (before(253, TWO[0], **WHOLE), before(254, TWO[1], **WHOLE), make_issue("\n".join(TWO), **WHOLE)),
}


def archive(*issues: Issue) -> Archive:
    topics = {name: Topic(name, slug) for name, slug in (("a题", "a"), ("b题", "b"), ("邻里中心", "linli"))}
    return make_archive(*issues, topics=topics)


@pytest.mark.parametrize("issues", WITHDRAWN.values(), ids=WITHDRAWN)
def test_withdrawing_moves_no_address(issues: tuple[Issue, ...]) -> None:
    standing, withdrawn = archive(*STANDING), archive(*issues)

    assert site_addresses(withdrawn).keys() == site_addresses(standing).keys()
    printed = {page.url for page in site_pages(withdrawn)} - {"404.html"}
    assert printed == site_addresses(withdrawn).keys()
    ledger = lines_of("", site_addresses(standing), lambda url: "")
    assert list(check_published(ledger, site_addresses(withdrawn), withdrawn, "content/permalinks.tsv")) == []


@pytest.mark.parametrize("issues", WITHDRAWN.values(), ids=WITHDRAWN)
def test_page_of_what_was_withdrawn_says_so_and_nothing_else(issues: tuple[Issue, ...]) -> None:
    pages = {page.url: page for page in site_pages(archive(*issues))}
    for issue in issues:
        for story in issue.withdrawn:
            shown = pages[story.url]
            assert (shown.template, shown.context["withdrawal"]) == ("withdrawn", story.withdrawal)
            assert SECRET not in repr(shown)
            assert SECRET not in repr(pages[story.aliases[0]])
        if issue.withdrawal:
            for url in (issue.folio.url, print_address(issue.folio.total_issue)):
                assert pages[url].template == "withdrawn"
                assert SECRET not in repr(pages[url])


def test_when_all_is_withdrawn_no_page_shows_anything() -> None:
    for page in site_pages(archive(*WITHDRAWN["全部"])):
        assert SECRET not in repr(page), page.url


def test_front_page_and_latest_go_to_the_newest_issue_that_stands() -> None:
    pages = {page.url: page for page in site_pages(archive(*WITHDRAWN["最新一期"]))}

    assert [pages[url].context["folio"].total_issue for url in ("", "latest/", "feed.xml")] == [254, 254, 254]
    assert pages["latest/"].context["canonical"] == "issues/254/"
    assert [article.total_issue for article, *_ in pages["feed.xml"].context["articles"]] == [254, 253]


def test_neighbours_pass_over_what_was_withdrawn() -> None:
    of_issues = {page.url: page.context for page in site_pages(archive(*WITHDRAWN["中间一期"]))}
    story = secret(WITHDRAW, slug="b")
    three = make_issue("\n".join([TWO[0], story, secret(slug="c")]).replace("c题、", ""))
    of_stories = {page.url: page.context for page in site_pages(archive(three))}

    assert of_issues["issues/253/"]["next"].total_issue == 255
    assert of_issues["issues/255/"]["previous"].total_issue == 253
    assert of_stories["issues/255/a/"]["next"].url == "issues/255/c/"
    assert of_stories["issues/255/c/"]["previous"].url == "issues/255/a/"


def test_files_of_what_was_withdrawn_are_wanted_no_more() -> None:
    (entry,) = archive(make_issue("\n".join([story(), secret(WITHDRAW, slug="b")]))).entries
    assert (entry.pictures, entry.recordings, entry.attachments) == ((), (), ())


def test_correction_changes_only_the_pages_that_show_it() -> None:
    def plan(*fields: str) -> dict[str, str]:
        body = f"{story(*fields)}\n{story(slug='b')}"
        return {page.url: fingerprint(page) for page in site_pages(archive(STANDING[0], make_issue(body)))}

    once, again = plan(), plan(":更正: 2023-06-20 甲")
    changed = {url for url in once if once[url] != again[url]}
    assert changed == {"issues/255/a/", "issues/255/print/", "feed.xml", "corrections/"}


def test_corrections_are_listed_the_latest_first() -> None:
    old = before(254, story(":更正: 2023-06-22 后"))
    new = make_issue(story(":更正: 2023-06-20 先") + story(WITHDRAW, ":更正: 2023-06-21 撤下的", slug="b"))
    (listed,) = [page for page in site_pages(archive(old, new)) if page.url == "corrections/"]

    shown = [(entry.text, entry.url) for entry in listed.context["corrections"]]
    assert shown == [("后", "issues/254/a/"), ("先", "issues/255/a/")]


def test_who_deletes_what_was_published_is_told_how_to_withdraw_it() -> None:
    published = archive(*STANDING[:2], make_issue("\n".join([TWO[0].replace("### ", "### 甲"), TWO[1]])))
    ledger = lines_of("", site_addresses(published), lambda url: headline_at(published, url))

    def told(*issues: Issue) -> dict[str, str]:
        rest = archive(*issues)
        found = check_published(ledger, site_addresses(rest), rest, "content/permalinks.tsv")
        return {problem.message.split()[1]: problem.message for problem in found}

    without_story = told(*STANDING[:2], make_issue(TWO[0].replace("### ", "### 甲")))
    without_issue = told(*STANDING[:2])
    assert "要撤下就在标题下写“:状态: 撤下 日期 原因”" in without_story["/issues/255/b/"]
    assert "要撤下整期，就在文首信息里写“状态: 撤下 日期 原因”" in without_issue["/issues/255/"]
