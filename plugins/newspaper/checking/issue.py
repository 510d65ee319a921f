"""The rules of a single issue, each a generator of Problems; checking/__init__.py lists them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from plugins.newspaper.lunar import lunar_of, read_lunar
from plugins.newspaper.model import Issue
from plugins.newspaper.problems import Problem

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading

_APPROVAL_CODE = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|自治区)?(?:连续性|一次性)?内部资料"
    r"[\[［〔]审\S{2,4}[\]］〕][0-9]{5}号"
)


def check_file_name(reading: "Reading", issue: Issue) -> Iterator[Problem]:
    """The file of total issue 255 is 0255.md, so that files stand in order and an issue is found by its number."""
    total = issue.folio.total_issue
    if total and not issue.source.endswith(f"/{total:04}.md"):
        message = f"总第{total}期的文件应叫 {total:04}.md；请改文件名，或改总期号"
        yield _problem(issue, "total_issue", "file-name", message)


def check_lunar_date(reading: "Reading", issue: Issue) -> Iterator[Problem]:
    """农历日期与公历相符, its 干支 year, leap month and day."""
    folio = issue.folio
    if folio.date == date.min or not folio.lunar_date:
        return  # that has been told
    expected = lunar_of(folio.date)
    printed = read_lunar(folio.lunar_date)
    if printed is None:
        message = f"农历日期“{folio.lunar_date}”读不懂，应写成“{expected}”的样子"
        yield _problem(issue, "lunar_date", "lunar-date", message)
    elif printed != expected:
        message = f"农历日期不符：{folio.date.isoformat()} 应为{expected}，这里是{folio.lunar_date}"
        yield _problem(issue, "lunar_date", "lunar-date", message)


def check_approval_code(reading: "Reading", issue: Issue) -> Iterator[Problem]:
    """准印证号 has its form: 省、连续性内部资料、[审…]、五位数字、号 (内部资料性出版物管理办法, art. 14)."""
    code = issue.folio.approval_code
    if code and not _APPROVAL_CODE.fullmatch(code):
        message = f"准印证号“{code}”的样子不对，应如“河南省连续性内部资料[审洛阳连]00018号”"
        yield _problem(issue, "approval_code", "approval-code", message)


def _problem(issue: Issue, key: str, code: str, message: str) -> Problem:
    return Problem(issue.source, issue.lines.get(key, 1), code, message)
