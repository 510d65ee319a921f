"""What machines read of the paper (数据): an issue with its texts, and the archive year by year, as JSON.

docs/contracts.md has the form. The archive is cut by year, as its pages are, so that a new issue writes its own file,
that of its year, and the list of years, however long the archive is.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from plugins.newspaper.addresses import ARCHIVE, ISSUE_DATA, LIST_DATA, issue_address, topic_feed_address, year_address
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.issues import IssueRef
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.making.plain_text import paragraphs
from plugins.newspaper.model import (
    Article,
    Byline,
    Contents,
    Headline,
    Issue,
    Masthead,
    Topic,
    Withdrawal,
    WithdrawnStory,
)
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.planning.views import TopicLink, topic_link, topic_links

VERSION = 1
"""Of the form: raised when a key goes or means something else, not when one is added."""

Values = dict[str, Any]


def data_groups(archive: Archive, _materials: Materials) -> Iterator[PageGroup]:
    """A group for each issue, withdrawn ones too; one for each year, and one for the list of years."""
    if not archive.every:
        return
    links = {name: topic_link(topic) for name, topic in archive.topics.items()}
    for entry in archive.every:
        named = tuple(links[name] for name in dict.fromkeys(entry.topics.split()) if name in links)
        yield PageGroup(f"{entry.url}data", (archive.masthead, IssueRef.to(entry), named), files=issue_data)
    for year in archive.years.values():
        yield PageGroup(f"{year.number} data", (year.number, year.listed), files=year_data)
    counts = tuple((number, len(year.entries)) for number, year in archive.years.items() if year.entries)
    newest = archive.entries[-1].total_issue if archive.entries else 0
    values = (archive.masthead, counts, newest, tuple(archive.topics.values()))
    yield PageGroup("archive data", values, files=archive_data)


def issue_data(materials: Materials, masthead: Masthead, issue: Issue, links: tuple[TopicLink, ...]) -> Iterator[Named]:
    folio, site = issue.folio, f"{materials.address}/"
    told = [_story(article, topic_links(article, links), site) for article in issue.articles]
    values = {
        "url": f"{site}{folio.url}",
        "paper": _filled(masthead._replace(**issue.masthead)._asdict()),
        "total_issue": folio.total_issue,
        "issue": folio.issue,
        "date": folio.date.isoformat(),
        "lunar_date": folio.lunar_date,
        "approval_code": folio.approval_code,
        "status": folio.status,
        "withdrawn": issue.withdrawal and _withdrawal(issue.withdrawal),
        "ear": paragraphs(issue.ear),
        "notes": issue.notes,
        "stories": [*told, *(_withdrawn(story, site) for story in issue.withdrawn)],
    }
    yield _file(f"{folio.url}{ISSUE_DATA}", "issue", values)


def year_data(materials: Materials, year: int, issues: tuple[Contents, ...]) -> Iterator[Named]:
    site = f"{materials.address}/"
    url = year_address(year)
    values = {"url": f"{site}{url}", "year": year, "issues": [_contents(issue, site) for issue in reversed(issues)]}
    yield _file(f"{url}{LIST_DATA}", "year", values)


def archive_data(
    materials: Materials,
    masthead: Masthead,
    counts: tuple[tuple[int, int], ...],
    newest: int,
    topics: tuple[Topic, ...],
) -> Iterator[Named]:
    site = f"{materials.address}/"
    values = {
        "url": f"{site}{ARCHIVE}",
        "paper": _filled(masthead._asdict()),
        "newest": newest and f"{site}{issue_address(newest)}{ISSUE_DATA}",
        "years": [
            {"year": year, "url": f"{site}{url}", "data": f"{site}{url}{LIST_DATA}", "issues": issues}
            for year, issues in counts
            for url in [year_address(year)]
        ],
        "topics": [
            _filled(
                {
                    "name": topic.name,
                    "url": f"{site}{topic.url}",
                    "feed": f"{site}{topic_feed_address(topic.slug)}",
                    "description": topic.description,
                }
            )
            for topic in topics
        ],
    }
    yield _file(f"{ARCHIVE}{LIST_DATA}", "archive", values)


def _file(name: str, form: str, values: Values) -> Named:
    said = {"form": f"yibin-news/{form}", "version": VERSION, **_filled(values)}
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return name, DerivedFile("data", (digest(content),), lambda: content, keep=False)


def _filled(values: Values) -> Values:
    """Without the keys that have nothing to say."""
    return {key: value for key, value in values.items() if value}


def _story(article: Article, topics: tuple[TopicLink, ...], site: str) -> Values:
    return _filled(
        {
            "url": f"{site}{article.url}",
            "banner": "".join(article.banner),
            **_headline(article.headline),
            **_byline(article.byline),
            "dateline": article.dateline,
            "topics": [{"name": topic.name, "url": f"{site}{topic.url}"} for topic in topics],
            "summary": article.summary,
            "text": paragraphs(article.body),
            "pictures": [
                _filled({"alt": picture.alt, "caption": picture.caption, "credit": picture.credit})
                for picture in article.pictures
            ],
            "recording": article.recording and f"{site}{quote(article.recording)}",
            "aliases": [f"{site}{alias}" for alias in article.aliases],
            "corrections": [
                {"date": correction.date.isoformat(), "text": correction.text} for correction in article.corrections
            ],
            "notes": article.notes,
        }
    )


def _withdrawn(story: WithdrawnStory, site: str) -> Values:
    aliases = [f"{site}{alias}" for alias in story.aliases]
    return _filled({"url": f"{site}{story.url}", "aliases": aliases, "withdrawn": _withdrawal(story.withdrawal)})


def _withdrawal(withdrawal: Withdrawal) -> Values:
    return {"date": withdrawal.date.isoformat(), "reason": withdrawal.reason}


def _contents(issue: Contents, site: str) -> Values:
    folio = issue.folio
    return {
        "url": f"{site}{folio.url}",
        "data": f"{site}{folio.url}{ISSUE_DATA}",
        "total_issue": folio.total_issue,
        "issue": folio.issue,
        "date": folio.date.isoformat(),
        "lunar_date": folio.lunar_date,
        "status": folio.status,
        "stories": [
            _filled(
                {
                    "url": f"{site}{story.url}",
                    **_headline(story.headline),
                    **_byline(byline),
                    "topics": names,
                    "modified": modified.isoformat(),
                }
            )
            for story, byline, names, modified in zip(
                issue.stories, issue.bylines, issue.topics, issue.modified, strict=True
            )
        ],
    }


def _headline(headline: Headline) -> Values:
    return {"kicker": "".join(headline.kicker), "headline": headline.plain, "deck": "".join(headline.deck)}


def _byline(byline: Byline) -> Values:
    return {"byline": byline.printed, "contributors": [_filled(person._asdict()) for person in byline.people]}
