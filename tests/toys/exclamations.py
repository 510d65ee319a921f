"""A new check: a headline does not shout. Its line is in ISSUE_CHECKS."""

from collections.abc import Iterator

from plugins.newspaper.model import Issue
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import Reading


def check_exclamations(reading: Reading, issue: Issue) -> Iterator[Problem]:
    """标题里没有两个叹号。"""
    for article in issue.articles:
        if "！！" in article.headline.plain:
            message = f"《{article.headline.plain}》有两个叹号，请留下一个"
            yield Problem(issue.source, article.line, "exclamation", message)
