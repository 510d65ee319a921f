"""后来怎样了: each story names the stories before and after it on its topics, and a new issue changes few of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.planning import site_groups, site_pages
from tests.builders import make_archive, make_issue

FIRST = date(2022, 12, 1)

CASES = [
    ("前后各一篇", ["甲", "甲", "甲"], "2/s0", ("1/s0", "3/s0")),
    ("隔着几期", ["甲", "乙", "", "甲"], "1/s0", (None, "4/s0")),
    ("隔着年", ["甲", "", "", "", "", "甲"], "6/s0", ("1/s0", None)),
    ("没有专题", ["甲", "-", "甲"], "2/s0", (None, None)),
    ("专题里只此一篇", ["甲", "乙", "甲"], "2/s0", (None, None)),
    ("同一期的不算", ["甲 甲", "乙"], "1/s0", (None, None)),
    ("邻期有几篇，取印在前面的", ["甲 甲", "甲", "乙 甲 甲"], "2/s0", ("1/s0", "3/s1")),
    ("几个专题，先看写在前面的", ["乙", "甲", "甲、乙", "乙", "甲"], "3/s0", ("2/s0", "5/s0")),
    ("前面的专题没有，再看后面的", ["乙", "甲、乙", "乙"], "2/s0", ("1/s0", "3/s0")),
]
"""What it is about; of each issue its stories' topics, parted by spaces; a story; what came before and after it."""


def archive_of(issues: list[str]) -> Archive:
    made, numbers = [], dict[int, int]()
    for total, written in enumerate(issues, 1):
        day = FIRST + timedelta(days=9 * total)
        numbers[day.year] = numbers.get(day.year, 0) + 1
        body = "".join(
            f"### 第{total}期第{place}篇 又一句\n:slug: s{place}\n"
            + (f":topics: {topics}\n" * (topics != "-"))
            + "\n正文。\n\n"
            for place, topics in enumerate(written.split() or ["-"])
        )
        made.append(
            make_issue(
                body,
                source=f"content/issues/{total:04}.md",
                total_issue=str(total),
                issue=str(numbers[day.year]),
                date=day.isoformat(),
                lunar_date=str(lunar_of(day)),
            )
        )
    return make_archive(*made)


def told(archive: Archive) -> dict[str, tuple[Any, Any]]:
    """By address, what each story's page tells of before and after."""
    pages = (page for page in site_pages(archive) if page.template == "article")
    return {page.url: (page.context["before"], page.context["after"]) for page in pages}


@pytest.mark.parametrize(("issues", "story", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_story_names_the_nearest_on_its_topics(
    issues: list[str], story: str, expected: tuple[str | None, str | None]
) -> None:
    found = told(archive_of(issues))[f"issues/{story}/"]

    assert tuple(link and link.url for link in found) == tuple(url and f"issues/{url}/" for url in expected)


def test_link_says_headline_and_day() -> None:
    _, after = told(archive_of(["甲", "甲"]))["issues/1/s0/"]

    assert (after.headline, after.date) == ("第2期第0篇 又一句", date(2022, 12, 19))


@pytest.mark.parametrize("count", [20, 60], ids=["二十期", "六十期"])
def test_a_new_issue_is_told_of_by_the_stories_that_were_the_newest_on_its_topics(count: int) -> None:
    issues = ["甲 甲、乙 丙 -", "乙、丁 丁"] * (count // 2)
    groups = [
        {group.name: group.mark for group in site_groups(archive_of(all_of))} for all_of in (issues, [*issues, "丙 甲"])
    ]
    stories = [told(archive_of(all_of)) for all_of in (issues, [*issues, "丙 甲"])]

    due = {name for name, mark in groups[0].items() if name.startswith("issues/") and groups[1][name] != mark}
    changed = {url for url in stories[0] if stories[0][url] != stories[1][url]}

    assert due == {f"issues/{count}/", f"issues/{count - 1}/"}  # the newest until now has a neighbour, too
    assert changed == {f"issues/{count - 1}/s{place}/" for place in range(3)}


def test_text_that_is_mended_changes_nothing_in_other_issues() -> None:
    before, after = (
        {group.name: group.mark for group in site_groups(archive)}
        for archive in (archive_of(["甲", "甲"]), _mended(archive_of(["甲", "甲"])))
    )
    assert before["issues/1/"] == after["issues/1/"]
    assert before["issues/2/"] != after["issues/2/"]


def _mended(archive: Archive) -> Archive:
    first, second = archive.entries
    issue = make_issue(
        "### 第2期第0篇 又一句\n:slug: s0\n:topics: 甲\n\n改过的正文。\n",
        source=second.source,
        total_issue="2",
        issue="2",
        date=second.day,
        lunar_date=str(lunar_of(date.fromisoformat(second.day))),
    )
    return make_archive(archive.issue(first), issue)
