"""The rules of the whole archive, each a generator of Problems; checking/__init__.py lists them."""

from collections.abc import Iterator
from itertools import pairwise

from plugins.newspaper.addresses import is_topic_slug
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Entry
from plugins.newspaper.problems import Problem, nearest


def check_topics(archive: Archive) -> Iterator[Problem]:
    """Every topic that a story names is in topics.yaml (专题都有)."""
    unknown = archive.topics_named - archive.topics.keys()
    for entry in archive.every if unknown else ():
        if not unknown.isdisjoint(entry.topics.split()):
            for article in archive.issue(entry).articles:
                for name in article.topics:
                    if name not in archive.topics:
                        hint = nearest(name, archive.topics) or "；新专题请先写进去"
                        message = f"content/topics.yaml 里没有专题“{name}”{hint}"
                        yield Problem(entry.source, article.line_of("topics"), "unknown-topic", message)


def check_topic_slugs(archive: Archive) -> Iterator[Problem]:
    """A topic's slug has its form, and is no other topic's (专题的短名)."""
    slugs: set[str] = set()
    for topic in archive.topics.values():
        if topic.slug in slugs:
            message = f"专题“{topic.name}”或短名“{topic.slug}”已经有了"
            yield Problem(topic.source, topic.line, "topics", message)
        elif not is_topic_slug(topic.slug):
            message = f"短名“{topic.slug}”只能用小写字母、数字和连字符"
            yield Problem(topic.source, topic.line, "topics", message)
        slugs.add(topic.slug)


def check_repeated_total(archive: Archive) -> Iterator[Problem]:
    """One running number, one file (总期号不重复)."""
    first: dict[int, Entry] = {}
    for entry in archive.every:
        other = first.setdefault(entry.total_issue, entry)
        if other is not entry:
            message = f"总第{entry.total_issue}期已经在 {other.source} 里；两个文件不能同号，请改正其中一个"
            yield _problem(entry, "total_issue", "repeated-total-issue", message)


def check_continuity(archive: Archive) -> Iterator[Problem]:
    """总期号 rises by one, 期号 by one within a year and starts at 1 in a new one, dates rise (期号连续)."""
    for old, new in pairwise(archive.every):
        if new.total_issue == old.total_issue:
            continue
        skipped = new.total_issue - old.total_issue - 1
        if skipped:
            message = f"总期号应接上一期（{old.source}，总第{old.total_issue}期）为 {old.total_issue + 1}，这里是 {new.total_issue}"
            yield _problem(new, "total_issue", "total-issue", message)
        if new.day <= old.day:
            message = f"日期应晚于上一期（{old.source}，{old.day}）"
            yield _problem(new, "date", "date-order", message)
        elif new.day[:4] == old.day[:4]:
            if new.issue != old.issue + 1 + skipped:
                expected = old.issue + 1 + skipped
                message = f"期号应接上一期（{old.source}，第{old.issue}期）为 {expected}，这里是 {new.issue}"
                yield _problem(new, "issue", "issue-number", message)
        elif not 1 <= new.issue <= 1 + skipped:
            message = f"新的一年期号从 1 数起，应为 {1 if not skipped else f'1 到 {1 + skipped}'}，这里是 {new.issue}"
            yield _problem(new, "issue", "issue-number", message)


def _problem(entry: Entry, key: str, code: str, message: str) -> Problem:
    return Problem(entry.source, entry.line(key), code, message)
