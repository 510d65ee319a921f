"""The page plan is pure, complete, and grows by a fixed number of pages."""

from datetime import date, timedelta
from itertools import pairwise

from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.planning import site_addresses, site_groups, site_pages
from tests.builders import make_archive, make_issue

FIRST = date(2021, 1, 5)


def archive_of(count: int, *, marked: str = "") -> Archive:
    """An archive of issues nine days apart; `marked` is added to the first one's text."""
    issues, numbers = [], {}
    for total in range(1, count + 1):
        day = FIRST + timedelta(days=9 * total)
        numbers[day.year] = numbers.get(day.year, 0) + 1
        body = f"### 标题\n:slug: a\n:topics: 邻里中心\n\n正文{marked if total == 1 else ''}。\n\n### 又一篇\n:slug: b\n\n正文。\n"
        issues.append(
            make_issue(
                body,
                source=f"content/issues/{total:04}.md",
                total_issue=str(total),
                issue=str(numbers[day.year]),
                date=day.isoformat(),
                lunar_date=str(lunar_of(day)),
            )
        )
    return make_archive(*issues)


def fingerprints(archive: Archive) -> dict[str, str]:
    return {page.url: fingerprint(page) for page in site_pages(archive)}


def test_every_address_is_planned_once() -> None:
    urls = [page.url for page in site_pages(archive_of(60))]
    assert len(urls) == len(set(urls))
    assert {"", "latest/", "issues/1/", "issues/60/b/", "topics/", "archive/2021/", "feed.xml", "404.html"} <= set(urls)


def test_addresses_told_from_entries_are_those_of_the_plan() -> None:
    body = "### 甲\n:slug: a\n:topics: 邻里中心\n:aliases: /issues/255/b/\n\n正文。\n"
    for archive in (archive_of(60), make_archive(make_issue(body))):
        assert set(site_addresses(archive)) == {page.url for page in site_pages(archive)} - {"404.html"}


def test_group_whose_mark_stays_has_no_page_that_changed() -> None:
    archives = [archive_of(20), archive_of(20, marked="改了"), archive_of(21)]
    plans = [{group.name: (archive, group) for group in site_groups(archive)} for archive in archives]
    for before, after in pairwise(plans):
        stayed = [name for name in before.keys() & after.keys() if before[name][1].mark == after[name][1].mark]
        assert stayed
        for name in stayed:
            prints = [
                list(map(fingerprint, group.pages(*group.opened(archive.issues))))
                for archive, group in (before[name], after[name])
                if group.pages
            ]
            assert prints[0] == prints[1], name


def test_empty_archive_plans_nothing() -> None:
    assert list(site_pages(make_archive())) == []


def test_new_issue_changes_a_number_of_pages_that_does_not_grow() -> None:
    def added(count: int) -> int:
        before, after = fingerprints(archive_of(count)), fingerprints(archive_of(count + 1))
        return sum(before.get(url) != mark for url, mark in after.items())

    assert added(20) == added(100)


def test_edit_of_a_text_changes_the_pages_that_show_it() -> None:
    before, after = fingerprints(archive_of(20)), fingerprints(archive_of(20, marked="改了"))
    changed = {url for url, mark in after.items() if before[url] != mark}
    assert changed == {"issues/1/", "issues/1/print/", "issues/1/a/", "search/"}


def test_edit_of_the_opening_makes_no_list_due() -> None:
    before, after = (
        {group.name: group.mark for group in site_groups(archive)}
        for archive in (archive_of(20), archive_of(20, marked="改了"))
    )
    assert [name for name, mark in after.items() if before[name] != mark] == ["search", "issues/1/"]


def test_story_that_moves_down_its_file_is_the_same_page() -> None:
    def plan(gap: str) -> dict[str, str]:
        issue = make_issue(f"{gap}### 标题\n:slug: a\n\n正文。\n")
        return fingerprints(make_archive(issue))

    assert plan("") == plan("\n\n\n")


def test_fingerprint_sees_values_not_addresses_in_memory() -> None:
    for page in site_pages(archive_of(2)):
        assert " object at 0x" not in repr(page.context)
        assert " at 0x" not in repr(page.context)
