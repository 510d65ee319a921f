"""Lists show the newest first on a topic's and the archive's own page, and a year from January on."""

from datetime import date
from typing import Any

import pytest

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.model import Topic
from plugins.newspaper.planning import site_groups, site_pages
from tests.builders import make_archive, make_issue

TOPIC = "邻里中心"


def archive_of(*issues: tuple[str, int]) -> Archive:
    """An archive of issues of these days, each with so many stories on the topic, and one on none."""
    made, numbers = [], dict[int, int]()
    for total, (day, stories) in enumerate(issues, 1):
        of_day = date.fromisoformat(day)
        numbers[of_day.year] = numbers.get(of_day.year, 0) + 1
        body = "".join(
            f"### 第{total}期第{place}篇\n:slug: s{place}\n:topics: {TOPIC}\n\n正文。\n\n" for place in range(stories)
        )
        made.append(
            make_issue(
                f"{body}### 别的\n:slug: other\n\n正文。\n",
                source=f"content/issues/{total:04}.md",
                total_issue=str(total),
                issue=str(numbers[of_day.year]),
                date=day,
                lunar_date=str(lunar_of(of_day)),
            )
        )
    return make_archive(*made, topics={TOPIC: Topic(TOPIC, "linli"), "冷门": Topic("冷门", "lengmen")})


def shown(archive: Archive, url: str) -> Any:
    """What the page at an address is given to show."""
    return next(page.context for page in site_pages(archive) if page.url == url)


def headlines(stories: Any) -> list[str]:
    return [story.headline.plain for story in stories]


def test_topic_shows_its_newest_ten_stories_of_whatever_years() -> None:
    archive = archive_of(("2021-03-01", 4), ("2022-03-01", 0), ("2022-12-20", 8), ("2023-01-05", 1))

    stories = shown(archive, "topics/linli/")["stories"]

    assert headlines(stories) == ["第4期第0篇", *(f"第3期第{place}篇" for place in range(8)), "第1期第0篇"]


def test_topic_shows_what_there_is_where_there_are_fewer_or_none() -> None:
    archive = archive_of(("2021-03-01", 2), ("2023-01-05", 0))

    assert headlines(shown(archive, "topics/linli/")["stories"]) == ["第1期第0篇", "第1期第1篇"]
    assert shown(archive, "topics/lengmen/")["stories"] == ()


def test_topics_know_no_more_issues_than_their_newest_stories_need() -> None:
    issues = [(f"{year}-0{month}-01", 3) for year in (2021, 2022) for month in range(1, 10)]
    (group,) = [group for group in site_groups(archive_of(*issues)) if group.name == "topics"]

    *_, newest = group.values

    assert isinstance(newest, tuple)
    assert [reference.source[-7:] for reference in newest] == ["0018.md", "0017.md", "0016.md", "0015.md"]


def test_topic_names_those_it_often_stands_with_the_most_frequent_first() -> None:
    together = ["甲、乙", "甲、乙", "甲、丙", "丙、甲", "丙、甲", "甲、丁", "甲", "乙"]
    body = "".join(
        f"### 第{place}篇\n:slug: s{place}\n:topics: {names}\n\n正文。\n\n" for place, names in enumerate(together)
    )
    topics = {name: Topic(name, slug) for name, slug in (("甲", "jia"), ("乙", "yi"), ("丙", "bing"), ("丁", "ding"))}
    archive = make_archive(make_issue(body), topics=topics)

    def named(slug: str) -> list[str]:
        return [topic.name for topic in shown(archive, f"topics/{slug}/")["companions"]]

    assert {slug: named(slug) for slug in ("jia", "yi", "bing", "ding")} == {
        "jia": ["丙", "乙"],
        "yi": ["甲"],
        "bing": ["甲"],
        "ding": [],
    }


def test_feed_of_a_topic_has_its_newest_ten_stories_and_one_without_is_empty() -> None:
    archive = archive_of(("2021-03-01", 4), ("2023-01-05", 8))

    feed, empty = (shown(archive, f"topics/{slug}/feed.xml") for slug in ("linli", "lengmen"))

    assert [fed.story.url for fed in feed["stories"]][7:] == ["issues/2/s7/", "issues/1/s0/", "issues/1/s1/"]
    assert feed["updated"] == date(2023, 1, 5)
    assert (empty["stories"], empty["updated"]) == ((), date(1970, 1, 1))


def test_archive_shows_its_newest_five_issues_though_the_year_is_new() -> None:
    days = ["2022-11-20", "2022-11-29", "2022-12-08", "2022-12-17", "2022-12-26", "2023-01-04"]

    issues = shown(archive_of(*((day, 1) for day in days)), "archive/")["issues"]

    assert [str(entry.folio.date) for entry in issues] == days[:0:-1]


@pytest.mark.parametrize(("count", "folded"), [(5, False), (6, True)], ids=["五期不收", "六期收起"])
def test_year_goes_from_january_on_month_by_month(count: int, folded: bool) -> None:
    days = ["2023-01-04", "2023-01-13", "2023-03-01", "2023-05-01", "2023-05-10", "2023-12-31"][-count:]

    page = shown(archive_of(*((day, 1) for day in days)), "archive/2023/")

    assert [month.number for month in page["months"]] == [1, 3, 5, 12]
    assert [str(entry.folio.date) for month in page["months"] for entry in month.listed] == days
    assert page["folded"] is folded


def test_year_of_a_topic_goes_by_months_too() -> None:
    archive = archive_of(("2022-12-26", 1), ("2023-01-04", 2), ("2023-01-13", 0), ("2023-05-10", 1))

    months = shown(archive, "topics/linli/2023/")["months"]

    assert [(month.number, headlines(month.listed)) for month in months] == [
        (1, ["第2期第0篇", "第2期第1篇"]),
        (5, ["第4期第0篇"]),
    ]
