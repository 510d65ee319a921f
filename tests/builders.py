"""Issues that are valid by default; a test overrides the one thing it is about."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from plugins.newspaper.checking import check_archive, checked
from plugins.newspaper.gathering.archive import Archive, gather
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.gathering.issues import Issues
from plugins.newspaper.gathering.library import Library
from plugins.newspaper.making.search.postings import postings_of
from plugins.newspaper.model import Contents, Entry, Issue, Masthead, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import Reading, read_issue

T = TypeVar("T")

FRONT = {
    "issue": "10",
    "total_issue": "255",
    "date": "2023-06-07",
    "lunar_date": "癸卯年四月二十",
    "approval_code": "河南省连续性内部资料[审洛阳连]00018号",
}
STORY = "### 樊灿涛调研|邻里中心建设\n:slug: linli-zhongxin\n:topics: 邻里中心\n\n伊滨讯 5月29日，群众就近享受服务。\n\n（阮现武 董浩）\n"
TOPICS = "- name: 邻里中心\n  slug: linli-zhongxin\n- name: 公共服务\n  slug: gonggong-fuwu\n"


def issue_text(body: str = STORY, **front: str | None) -> str:
    """An issue's file; a front matter value of None leaves its key out."""
    lines = [f"{key}: {value}" for key, value in {**FRONT, **front}.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body])


def reading(body: str = STORY, **front: str | None) -> Reading:
    return read_issue(issue_text(body, **front), "content/issues/0255.md")


def problems_in(text: str, source: str = "content/issues/0255.md") -> list[Problem]:
    """Everything that an issue's file shows by itself: what cannot be read, and what the rules find."""
    reading = checked(read_issue(text, source))
    return sorted({*reading.problems, *(reading.issue.found if reading.issue else ())})


def make_issue(body: str = STORY, source: str = "content/issues/0255.md", **front: str | None) -> Issue:
    issue = checked(read_issue(issue_text(body, **front), source)).issue
    assert issue is not None
    return issue


def make_entry(issue: Issue) -> Entry:
    return Entry.of(issue, issue.as_contents(), (), "")


MASTHEAD = Masthead("伊滨新闻", "管委会", "融媒体中心", "出版局", "内部资料 免费交流")


class IssuesAtHand:
    """Issues at hand, without a cache."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self._issues = {issue.source: issue for issue in issues}

    def issue(self, source: str, mark: str) -> Issue:
        return self._issues[source]

    def contents(self, source: str, year: int, mark: str) -> Contents:
        return self._issues[source].as_contents()

    def kept(self, name: str, mark: str, make: Callable[[], T]) -> T:
        return make()


def make_archive(*issues: Issue, topics: dict[str, Topic] | None = None) -> Archive:
    """The archive of these issues, oldest first; with every topic that they name, where none are given."""
    names = {name for issue in issues for article in issue.articles for name in article.topics}
    named = {name: Topic(name, f"t{number}") for number, name in enumerate(sorted(names))}
    library = Library(tuple(map(make_entry, issues)), named if topics is None else topics, {}, {}, {}, ())
    return gather(library, IssuesAtHand(issues), MASTHEAD, date(2030, 1, 1))


def issues_in(content: Path) -> Issues:
    """The issues of a content folder, of which nothing is known yet."""
    return Issues(content, Cache(), checked, postings_of)


def problems_of(*issues: Issue) -> list[Problem]:
    """What the rules find in an archive of these issues, with every topic that they name."""
    return list(check_archive(make_archive(*issues)))


def write_content(folder: Path, issues: dict[str, str]) -> Path:
    """A content folder with these issue files."""
    (folder / "issues").mkdir(parents=True)
    (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    for name, text in issues.items():
        (folder / "issues" / name).write_text(text, encoding="utf-8")
    return folder


def codes(problems: object) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]
