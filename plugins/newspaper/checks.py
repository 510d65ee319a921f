"""Every rule of the paper, each a generator of Problems; `check_issues` is the list of them, in order.

A problem whose code an issue has `accepted:`, with a reason, is silent; a code accepted in vain is a problem itself, so
that no acceptance outlives its cause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from plugins.newspaper.lunar import lunar_of, read_lunar
from plugins.newspaper.model import Article, Issue
from plugins.newspaper.problems import Problem

ACCEPTABLE = ("lunar-date", "issue-number", "total-issue", "approval-code", "doubled-word")
"""Codes that an editor may accept, because paper once printed cannot be changed."""

_APPROVAL_CODE = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|自治区)?(?:连续性|一次性)?内部资料"
    r"[\[［〔]审\S{2,4}[\]］〕][0-9]{5}号"
)
_DOUBLED_WORD = re.compile(r"([一-鿿]{2,6})\1|(?:[一-鿿]{2}了){2}")


def check_issues(issues: Sequence[Issue], pictures: Path) -> Iterator[Problem]:
    """Yield the problems of all issues that their files alone do not show.

    `issues` in any order; `pictures` is the folder that holds one folder of pictures per issue (0255/).
    """
    yield from check_repeated_total(issues)
    yield from check_addresses(issues)
    ordered = sorted(issues, key=lambda issue: issue.folio.total_issue)
    continuity = list(check_continuity(ordered))
    for issue in ordered:
        found = [problem for problem in continuity if problem.source == issue.source] if continuity else []
        found += issue.found
        yield from (problem for problem in found if problem.code not in issue.accepted)
        yield from _accepted_in_vain(issue, {problem.code for problem in found})
        yield from check_pictures(issue, pictures)


def check_issue(issue: Issue) -> Iterator[Problem]:
    """Yield the problems that one file shows by itself, accepted or not."""
    yield from check_lunar_date(issue)
    yield from check_approval_code(issue)
    yield from doubled_words(issue)


def check_repeated_total(issues: Iterable[Issue]) -> Iterator[Problem]:
    """One running number, one file (总期号不重复)."""
    first: dict[int, Issue] = {}
    for issue in sorted(issues, key=lambda issue: issue.source):
        total = issue.folio.total_issue
        other = first.setdefault(total, issue)
        if other is not issue:
            message = f"总第{total}期已经在 {other.source} 里；两个文件不能同号，请改正其中一个"
            yield _problem(issue, "total_issue", "repeated-total-issue", message)


def check_addresses(issues: Iterable[Issue]) -> Iterator[Problem]:
    """A former address belongs to one story, and is nobody's present one (旧址不重复)."""
    owners = {article.url: (issue, article) for issue in issues for article in issue.articles}
    for issue in issues:
        for article in issue.articles:
            for alias in article.aliases:
                if alias in owners:
                    holder, other = owners[alias]
                    message = f"旧址 /{alias} 已经是《{other.headline.plain}》（{holder.source}）的地址，请去掉一处"
                    yield Problem(issue.source, article.line, "address-taken", message)
                owners[alias] = (issue, article)


def check_continuity(ordered: Sequence[Issue]) -> Iterator[Problem]:
    """总期号 rises by one, 期号 by one within a year and starts at 1 in a new one, dates rise (期号连续)."""
    for before, after in pairwise(ordered):
        old, new = before.folio, after.folio
        if new.total_issue == old.total_issue:
            continue
        skipped = new.total_issue - old.total_issue - 1
        if skipped:
            message = f"总期号应接上一期（{before.source}，总第{old.total_issue}期）为 {old.total_issue + 1}，这里是 {new.total_issue}"
            yield _problem(after, "total_issue", "total-issue", message)
        if new.date <= old.date:
            message = f"日期应晚于上一期（{before.source}，{old.date.isoformat()}）"
            yield _problem(after, "date", "date-order", message)
        elif new.date.year == old.date.year:
            if new.issue != old.issue + 1 + skipped:
                expected = old.issue + 1 + skipped
                message = f"期号应接上一期（{before.source}，第{old.issue}期）为 {expected}，这里是 {new.issue}"
                yield _problem(after, "issue", "issue-number", message)
        elif not 1 <= new.issue <= 1 + skipped:
            message = f"新的一年期号从 1 数起，应为 {1 if not skipped else f'1 到 {1 + skipped}'}，这里是 {new.issue}"
            yield _problem(after, "issue", "issue-number", message)


def check_lunar_date(issue: Issue) -> Iterator[Problem]:
    """农历日期与公历相符, its 干支 year, leap month and day."""
    folio = issue.folio
    expected = lunar_of(folio.date)
    printed = read_lunar(folio.lunar_date)
    if printed is None:
        message = f"农历日期“{folio.lunar_date}”读不懂，应写成“{expected}”的样子"
        yield _problem(issue, "lunar_date", "lunar-date", message)
    elif printed != expected:
        message = f"农历日期不符：{folio.date.isoformat()} 应为{expected}，这里是{folio.lunar_date}"
        yield _problem(issue, "lunar_date", "lunar-date", message)


def check_approval_code(issue: Issue) -> Iterator[Problem]:
    """准印证号 has its form: 省、连续性内部资料、[审…]、五位数字、号 (内部资料性出版物管理办法, art. 14)."""
    code = issue.folio.approval_code
    if not _APPROVAL_CODE.fullmatch(code):
        message = f"准印证号“{code}”的样子不对，应如“河南省连续性内部资料[审洛阳连]00018号”"
        yield _problem(issue, "approval_code", "approval-code", message)


def doubled_words(issue: Issue) -> Iterator[Problem]:
    """A word set twice (重字): 会议会议, 传达了学习了."""
    for article in issue.articles:
        for line, word in article_doubled_words(article):
            message = f"“{word}”像是重了字；若原报如此，请在 accepted 里写 doubled-word 和原因"
            yield Problem(issue.source, line, "doubled-word", message)


def article_doubled_words(article: Article) -> Iterator[tuple[int, str]]:
    """Line and words of each doubling in the story's headline and text."""
    for line, text in article.text:
        for match in _DOUBLED_WORD.finditer(text):
            yield line, match[0]


def check_pictures(issue: Issue, folder: Path) -> Iterator[Problem]:
    """Every picture that a story shows is in its folder (图片文件在不在)."""
    for article in issue.articles:
        for picture in article.pictures:
            name = f"{issue.folio.total_issue:04}"
            if picture.file and not (folder / name / picture.file).is_file():
                message = f"找不到图片 content/images/{name}/{picture.file}；请放进去，或把括号里留空（图片已散失）"
                yield Problem(issue.source, picture.line, "picture-missing", message)


def _accepted_in_vain(issue: Issue, raised: set[str]) -> Iterator[Problem]:
    for code in issue.accepted:
        if code not in raised:
            message = f"accepted 里的“{code}”已经没有对应的问题，请删去这一行"
            yield _problem(issue, f"accepted.{code}", "accepted-in-vain", message)


def _problem(issue: Issue, key: str, code: str, message: str) -> Problem:
    return Problem(issue.source, issue.lines.get(key, 1), code, message)
