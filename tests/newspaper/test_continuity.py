"""Random archives with planted faults: each is told once, in the issue that is wrong."""

import random
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest

from plugins.newspaper.checking import check_archive
from plugins.newspaper.checking.continuity import check_continuity, check_repeated_total
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.model import Entry
from plugins.newspaper.problems import Problem
from tests.builders import make_archive, make_entry, make_issue

PLAIN = make_issue()


def archive_of(entries: list[Entry]) -> Archive:
    return replace(make_archive(PLAIN), entries=tuple(sorted(entries, key=lambda entry: entry.total_issue)))


def good_entries(chance: random.Random, issues: int) -> list[Entry]:
    """An archive as it should be: about nine days apart, over several years."""
    plain = make_entry(PLAIN)
    total, issue, day = (
        chance.randint(2, 200),
        chance.randint(1, 30),
        date(2019, 1, 1) + timedelta(chance.randint(0, 300)),
    )
    entries = []
    for _ in range(issues):
        source = f"content/issues/{total:04}.md"
        entries.append(plain._replace(source=source, total_issue=total, issue=issue, day=day.isoformat(), found=()))
        before, day = day, day + timedelta(chance.randint(5, 14))
        total, issue = total + 1, issue + 1 if day.year == before.year else 1
    return entries


def told(entries: list[Entry]) -> list[Problem]:
    archive = archive_of(entries)
    return sorted([*check_repeated_total(archive), *check_continuity(archive)])


def with_wrong_issue(entry: Entry, chance: random.Random) -> Entry:
    wrong = chance.choice([number for number in range(1, 50) if number != entry.issue])
    return entry._replace(issue=wrong)


def with_wrong_date(entry: Entry, chance: random.Random) -> Entry:
    """Far enough to be out of order; half of the time the lunar date gives it away."""
    day = date.fromisoformat(entry.day) + timedelta(chance.choice([-1, 1]) * chance.randint(40, 3000))
    found = ((5, "lunar-date", ""),) if chance.random() < 0.5 else ()
    return entry._replace(day=day.isoformat(), found=found)


def with_wrong_total(entry: Entry, chance: random.Random) -> Entry:
    """The number in the header; the file keeps its name, which tells it."""
    wrong = chance.choice([number for number in range(1, 900) if number != entry.total_issue])
    return entry._replace(total_issue=wrong, found=((3, "file-name", ""),))


FAULTS = {"期号": with_wrong_issue, "日期": with_wrong_date}


@pytest.mark.parametrize("seed", range(40))
def test_good_archive_has_no_problem(seed: int) -> None:
    chance = random.Random(seed)
    assert told(good_entries(chance, chance.randint(1, 120))) == []


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_told_once_where_it_is(fault: str, seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, chance.randint(8, 120))
    place = chance.randrange(2, len(entries) - 1)
    entries[place] = FAULTS[fault](entries[place], chance)
    assert [problem.source for problem in told(entries)] == [entries[place].source]


@pytest.mark.parametrize("seed", range(60))
def test_wrong_issue_is_told_once_at_either_end_too(seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, 20)
    for place in (0, len(entries) - 1):
        wrong = [*entries]
        wrong[place] = entries[place]._replace(issue=entries[place].issue + chance.randint(2, 9))
        assert [problem.source for problem in told(wrong)] == [entries[place].source]


@pytest.mark.parametrize("seed", range(60))
def test_two_faults_far_apart_are_told_twice(seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, 90)
    places = (chance.randrange(3, 30), chance.randrange(50, 85))
    entries[places[0]] = with_wrong_issue(entries[places[0]], chance)
    entries[places[1]] = with_wrong_date(entries[places[1]], chance)
    assert [problem.source for problem in told(entries)] == sorted(entries[place].source for place in places)


@pytest.mark.parametrize("seed", range(60))
def test_wrong_running_number_in_a_header_is_told_by_its_file_s_name_alone(seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, 60)
    place = chance.randrange(len(entries))
    entries[place] = with_wrong_total(entries[place], chance)
    assert told(entries) == []


@pytest.mark.parametrize("seed", range(30))
def test_wrong_running_number_of_header_and_file_is_told_once(seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, 60)
    place, wrong = chance.randrange(2, 58), 900 + chance.randrange(90)
    entries[place] = entries[place]._replace(total_issue=wrong, source=f"content/issues/{wrong:04}.md")
    (problem,) = told(entries)
    assert (problem.source, problem.code) == (entries[place].source, "total-issue")


@pytest.mark.parametrize("seed", range(30))
def test_lost_issue_is_told_once_at_the_next(seed: int) -> None:
    chance = random.Random(seed)
    entries = good_entries(chance, 60)
    place = chance.randrange(1, 59)
    del entries[place]
    assert [(problem.source, problem.code) for problem in told(entries)] == [(entries[place].source, "total-issue")]


def test_copied_file_is_told_at_the_copy_alone() -> None:
    front = {"lunar_date": str(lunar_of(date(2023, 6, 7)))}
    copy = make_issue(source="content/issues/0255 (1).md", **front)
    issue = make_issue(source="content/issues/0255.md", **front)
    for issues in ((copy, issue), (issue, copy)):
        (problem,) = check_archive(make_archive(*issues))
        assert (problem.source, problem.code) == (copy.source, "repeated-total-issue")


def test_what_a_header_does_not_say_is_not_held_against_its_neighbours() -> None:
    entries = good_entries(random.Random(1), 30)
    for unknown in ({"issue": 0}, {"day": date.min.isoformat()}):
        assert told([*entries[:9], entries[9]._replace(**unknown), *entries[10:]]) == []


def test_numbers_begun_anew_are_told_once_and_may_be_accepted() -> None:
    entries = good_entries(random.Random(3), 12)
    anew = [entry._replace(issue=entry.issue + 3) for entry in entries[6:9]]
    assert {entry.day[:4] for entry in entries[5:9]} == {entries[5].day[:4]}
    (problem,) = told([*entries[:6], *anew])
    assert (problem.source, problem.code) == (anew[0].source, "issue-number")


def test_ten_times_the_archive_takes_few_milliseconds() -> None:
    archive = archive_of(good_entries(random.Random(2), 2550))
    assert archive.every
    took = []
    for _ in range(5):
        begun = perf_counter()
        assert list(check_continuity(archive)) == []
        took.append(perf_counter() - begun)
    assert min(took) < 0.1
