"""The rules of notices, that a story was withdrawn or corrected (撤下、更正); checking/__init__.py lists them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.newspaper.checking.leftovers import leftovers
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Correction, Issue
from plugins.newspaper.problems import Problem

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading


def check_notices_after_issue(reading: "Reading", issue: Issue) -> Iterator[Problem]:
    """What has come out can be withdrawn or corrected on that day at the earliest (不早于出版日)."""
    for notice in issue.notices:
        if notice.date < issue.folio.date:
            message = f"这里的日期 {notice.date} 早于出版日 {issue.folio.date}；请写更正或撤下的那一天"
            yield Problem(issue.source, notice.line, "notice-date", message)


def check_notices_plain(reading: "Reading", issue: Issue) -> Iterator[Problem]:
    """Readers see a notice as it is written, so there are no marks in it (没有残留的记号)."""
    for notice in issue.notices:
        for _, seen, remedy in leftovers(notice.text if isinstance(notice, Correction) else notice.reason):
            yield Problem(issue.source, notice.line, "leftover-mark", f"“{seen}”会原样印出来：{remedy}")


def check_notices_ahead(archive: Archive) -> Iterator[Problem]:
    """None is of a day that lies ahead (不晚于今天)."""
    today = archive.today.isoformat()
    for entry in archive.every:
        for day, line in entry.dated:
            if day > today:
                message = f"这里的日期 {day} 还没有到（今天是 {today}）；请写更正或撤下的那一天"
                yield Problem(entry.source, line, "notice-date", message)
