"""All issues in order: neighbours, years, topics (往期)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from plugins.newspaper.model import Article, Issue, Masthead, Topic


@dataclass(frozen=True)
class Archive:
    """Every issue that this build shows, oldest first, with the ways into it that pages need."""

    issues: tuple[Issue, ...]
    topics: tuple[Topic, ...]
    masthead: Masthead
    by_year: dict[int, list[Issue]] = field(default_factory=dict)
    by_topic: dict[str, dict[int, list[Article]]] = field(default_factory=dict)
    """Topic's slug → year → its stories, oldest issue first."""
    positions: dict[int, int] = field(default_factory=dict)

    @property
    def newest(self) -> Issue:
        return self.issues[-1]

    def neighbours(self, issue: Issue) -> tuple[Issue | None, Issue | None]:
        """The issue before and the issue after (上一期、下一期), None at the ends."""
        position = self.positions[issue.folio.total_issue]
        return (
            self.issues[position - 1] if position else None,
            self.issues[position + 1] if position + 1 < len(self.issues) else None,
        )

    def issue_of(self, article: Article) -> Issue:
        return self.issues[self.positions[article.total_issue]]

    def masthead_of(self, issue: Issue) -> Masthead:
        """The paper's masthead with what this issue overrides."""
        return replace(self.masthead, **issue.masthead) if issue.masthead else self.masthead


def gather(
    issues: Iterable[Issue], topics: Iterable[Topic], masthead: Masthead, today: date, *, public: bool
) -> Archive:
    """Put the issues in order of their running number.

    An issue dated after `today` is embargoed. A public archive leaves drafts and embargoed issues out;
    a preview shows them, marked by their folio's status.
    """
    marked = sorted((_marked(issue, today) for issue in issues), key=lambda issue: issue.folio.total_issue)
    shown = tuple(issue for issue in marked if not public or issue.folio.status == "published")
    archive = Archive(shown, tuple(topics), masthead)
    for position, issue in enumerate(shown):
        year = issue.folio.date.year
        archive.positions[issue.folio.total_issue] = position
        archive.by_year.setdefault(year, []).append(issue)
        for article in issue.articles:
            for topic in article.topics:
                archive.by_topic.setdefault(topic.slug, {}).setdefault(year, []).append(article)
    return archive


def _marked(issue: Issue, today: date) -> Issue:
    if issue.folio.status == "draft" or issue.folio.date <= today:
        return issue
    return replace(issue, folio=replace(issue.folio, status="embargoed"))
