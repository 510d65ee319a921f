"""The paper's rules (检查). Four lists name them all; a new rule is one function, and one line here.

A problem is not told if its code is one of ACCEPTABLE and the issue has it under `accepted:`, with a reason. A code
that is accepted without such a problem is a problem itself, so that the list stays short. So are words that a story
accepts and does not have.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.newspaper.checking.archive import (
    check_topic_slugs,
    check_topics,
)
from plugins.newspaper.checking.continuity import check_continuity, check_repeated_total
from plugins.newspaper.checking.issue import (
    check_approval_code,
    check_file_name,
    check_lunar_date,
)
from plugins.newspaper.checking.links import Plan, check_former_addresses_free, check_links, check_page_addresses
from plugins.newspaper.checking.notices import (
    check_notices_after_issue,
    check_notices_ahead,
    check_notices_plain,
)
from plugins.newspaper.checking.promise import check_promise
from plugins.newspaper.checking.story import (
    ACCEPTED_LINE,
    check_accepted,
    check_any_story,
    check_banners,
    check_bodies,
    check_doubled_words,
    check_file_names,
    check_former_addresses,
    check_headlines,
    check_slugs,
    check_to_verify,
)
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Entry, Issue
from plugins.newspaper.problems import Problem, nearest

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading

STORY_CHECKS: list[Callable[["Reading"], Iterator[Problem]]] = [
    check_any_story,
    check_banners,
    check_headlines,
    check_bodies,
    check_slugs,
    check_file_names,
    check_former_addresses,
    check_promise,
    check_accepted,
    check_doubled_words,
    check_to_verify,
]
"""What stories and banners show: asked once, when a file is read, even where its header gives no issue."""

ISSUE_CHECKS: list[Callable[["Reading", Issue], Iterator[Problem]]] = [
    check_file_name,
    check_lunar_date,
    check_approval_code,
    check_notices_after_issue,
    check_notices_plain,
]
"""What an issue shows by itself: asked once, when its file is read, and kept with it."""

ARCHIVE_CHECKS: list[Callable[[Archive], Iterator[Problem]]] = [
    check_repeated_total,
    check_continuity,
    check_topics,
    check_topic_slugs,
    check_notices_ahead,
]
"""What only the whole archive shows: asked in every build, so these look at entries, and rarely open an issue."""

PLAN_CHECKS: list[Callable[[Archive, Plan], Iterator[Problem]]] = [
    check_former_addresses_free,
    check_page_addresses,
    check_links,
]
"""What only all addresses of the site show: asked in every build, and only of those that wrote such."""

ACCEPTABLE = ("lunar-date", "issue-number", "total-issue", "approval-code")
"""Codes that an editor may accept in the front matter, because paper once printed cannot be changed. Words
of a story are accepted in the story: `check_doubled_words`."""

PREVIEWED = ("to-verify",)
"""Codes that keep nothing out of the preview, where editors look at what they verify."""

FOLLOWS = (("date-order", "lunar-date"), ("repeated-total-issue", "file-name"))
"""A cause, and what follows from it in the same issue: the cause alone is told."""


def checked(reading: "Reading") -> "Reading":
    """A reading with what the rules find in it: kept with its issue, or among its problems where it gave none."""
    found = [problem for story_check in STORY_CHECKS for problem in story_check(reading)]
    issue = reading.issue
    if issue is None:
        return reading._replace(problems=(*reading.problems, *found))
    found += [problem for issue_check in ISSUE_CHECKS for problem in issue_check(reading, issue)]
    return reading._replace(issue=replace(issue, found=tuple(found)))


def check_archive(archive: Archive) -> Iterator[Problem]:
    """Every problem of the archive that is not accepted, those of single issues among them."""
    found: dict[str, list[Problem]] = {}
    for check in ARCHIVE_CHECKS:
        for problem in check(archive):
            found.setdefault(problem.source, []).append(problem)
    for entry in archive.every:
        if entry.found or entry.accepted or entry.source in found:
            problems = [*found.pop(entry.source, ()), *entry.problems]
            raised = {problem.code for problem in problems}
            follow = {code for cause, code in FOLLOWS if cause in raised}
            yield from (each for each in problems if each.code not in follow and not _accepts(entry, each.code))
            yield from _accepted_wrongly(entry, raised)
    for problems in found.values():
        yield from problems


def check_plan(archive: Archive, plan: Plan) -> Iterator[Problem]:
    """Every problem of what is to be printed where."""
    for check in PLAN_CHECKS:
        yield from check(archive, plan)


def _accepts(entry: Entry, code: str) -> bool:
    return code in ACCEPTABLE and code in entry.accepted


def _accepted_wrongly(entry: Entry, raised: set[str]) -> Iterator[Problem]:
    for code in entry.accepted:
        line = entry.line(f"accepted.{code}")
        if code == "doubled-word":
            message = f"“{code}”改在稿件里认可：请删去这一行，在那篇稿件的标题下写“{ACCEPTED_LINE}”"
            yield Problem(entry.source, line, "unknown-accepted", message)
        elif code not in ACCEPTABLE:
            message = f"没有“{code}”这个代号{nearest(code, ACCEPTABLE)}（有：{'、'.join(ACCEPTABLE)}）"
            yield Problem(entry.source, line, "unknown-accepted", message)
        elif code not in raised:
            message = f"“{code}”已经没有对应的问题，请删去这一行"
            yield Problem(entry.source, line, "accepted-in-vain", message)
