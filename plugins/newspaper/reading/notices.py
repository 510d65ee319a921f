"""What an editor says of a story or an issue that has been published: withdrawn (撤下), corrected (更正).

Each is a day and a sentence, on one line: `:状态: 撤下 2023-06-20 应当事人要求`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from plugins.newspaper.model import Article, Correction, Withdrawal, WithdrawnStory
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.sections import Sections

_WITHDRAWN = ("撤下", "withdrawn")
_BETWEEN = r"[\s，,、；;：:（）()]*"
_DATED = re.compile(rf"{_BETWEEN}(\d{{4}})[-./年](\d{{1,2}})[-./月](\d{{1,2}})日?(?!\d){_BETWEEN}(.*)", re.S)


class UnreadNotice(ValueError):
    """A notice that cannot be read; the message shows the editor the line to write."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def is_withdrawal(text: str) -> bool:
    """Whether a status begins as that of something withdrawn."""
    return text.startswith(_WITHDRAWN)


def read_withdrawal(field: str, text: str, line: int) -> Withdrawal:
    """`撤下 2023-06-20 应当事人要求`; `field` is the field as its editor wrote it, `:状态: `. Raises UnreadNotice."""
    word = next((word for word in _WITHDRAWN if text.startswith(word)), "")
    if not word:
        message = f"“{field}{text}”不对：稿件只有“撤下”这一种状态，如“{field}撤下 2023-06-20 应当事人要求”"
        raise UnreadNotice("wrong-type", f"{message}；整期还不发表，在文首信息里写“状态: 草稿”")
    code, example = "withdrawal", f"{field}{word} 2023-06-20 应当事人要求"
    day, reason = _dated(text.removeprefix(word), code, f"“{field}{word}”要写明哪天、为什么撤下", example)
    if not reason:
        raise UnreadNotice(code, f"“{field}{text}”没有写原因；请写成“{field}{word} {day} 原因”")
    return Withdrawal(day, reason, line)


def read_correction(field: str, text: str, line: int) -> Correction:
    """`2023-06-20 第三段“1700亩”应为“1800亩”`. Raises UnreadNotice."""
    code, example = "correction", f"{field}2023-06-20 第三段“1700亩”应为“1800亩”"
    day, correction = _dated(text, code, f"“{field.strip()}”要先写哪天更正的，再写更正什么", example)
    if not correction:
        raise UnreadNotice(code, f"“{field}{text}”没有写更正什么；请写成“{example}”的样子")
    return Correction(day, correction, line)


def _dated(text: str, code: str, wanted: str, example: str) -> tuple[date, str]:
    """The day a notice begins with, and its sentence."""
    match = _DATED.fullmatch(text)
    if not match:
        raise UnreadNotice(code, f"{wanted}，如“{example}”")
    try:
        day = date(*map(int, match.group(1, 2, 3)))
    except ValueError:
        raise UnreadNotice("no-such-date", f"“{text.strip()}”里的日期不对：没有这一天") from None
    return day, match[4].strip()


_Corrections = tuple[Correction, ...]


def notices_of(found: Sections) -> tuple[tuple[Withdrawal | None, ...], tuple[_Corrections, ...]]:
    """Of each story, since when it is withdrawn, and its corrections in the order of their days."""
    withdrawals: list[Withdrawal | None] = []
    corrections: list[_Corrections] = []
    for story in found.stories:
        withdrawal, corrected = None, list[Correction]()
        for notice in story.notices:
            try:
                if notice.key == "status":
                    withdrawal = read_withdrawal(f":{notice.word}: ", notice.text, notice.line)
                else:
                    corrected.append(read_correction(f":{notice.word}: ", notice.text, notice.line))
            except UnreadNotice as unread:
                found.problems.append(Problem(found.source, notice.line, unread.code, str(unread)))
        withdrawals.append(withdrawal)
        corrections.append(tuple(sorted(corrected, key=lambda correction: correction.date)))
    return tuple(withdrawals), tuple(corrections)


def whole_withdrawal(status: object, withdrawals: Sequence[Withdrawal | None]) -> Withdrawal | None:
    """Since when the whole issue is withdrawn: as its status says, or because no story of it stands any more."""
    if isinstance(status, Withdrawal):
        return status
    each = [withdrawal for withdrawal in withdrawals if withdrawal]
    if status == "draft" or not each or len(each) < len(withdrawals):
        return None
    last = max(each, key=lambda withdrawal: withdrawal.date)
    return replace(last, reason="；".join(dict.fromkeys(withdrawal.reason for withdrawal in each)))


def withdrawn_story(article: Article, withdrawal: Withdrawal) -> WithdrawnStory:
    """What is left of an article that was withdrawn."""
    return WithdrawnStory(
        url=article.url,
        slug=article.slug,
        headline=article.headline.plain,
        withdrawal=withdrawal,
        topics=article.topics,
        aliases=article.aliases,
        line=article.line,
    )
