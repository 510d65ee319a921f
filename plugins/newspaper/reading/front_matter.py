"""The YAML header of an issue (文首信息) → typed values, or Problems with their lines.

Scalars are read as the editor wrote them, not as YAML guesses them: `date: 2023-02-30` is a wrong date, not an error of
the parser. Most headers are plain `key: value` lines; these are read without YAML, which takes longer to import than an
issue takes to read. A test compares the two ways.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugins.newspaper.fields import FRONT_MATTER, REQUIRED, english_key, known_words
from plugins.newspaper.problems import Problem, nearest
from plugins.newspaper.reading.notices import UnreadNotice, is_withdrawal, read_withdrawal

_PLAIN = re.compile(r"([^\W0-9]\w{0,30}): +(\w[^:#]*)")
"""A line that YAML reads as just these two texts."""
_KEY = re.compile(r"\s*([^\s:：'\"#]{1,16})[ \u3000]*([:：])(\s*)(.*)")
"""A key at the beginning of a line, with whatever colon and spaces."""
_LINE = re.compile(r"\s*(?:#|[^\s:][^:]*:(?:\s|$)|\s)")
"""What YAML takes for a line of a mapping."""
_INDENT = str.maketrans({"\u3000": "  ", "\t": "  ", "\xa0": " "})
_NAMES = {key: twins[0] for key, twins in FRONT_MATTER.items()}


@dataclass(slots=True)
class FrontMatter:
    """Values by key, and the line of each key."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Header (None where there is none), body, and how many lines stand before the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, text, 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    return None, text, 0


def read_front_matter(header: str, source: str) -> tuple[FrontMatter, list[Problem]]:
    """Typed values of the header; a value that is not what its key wants is left out, with a Problem."""
    found = FrontMatter()
    problems: list[Problem] = []

    told: set[str] = set()
    """Keys of lines that cannot be read at all."""

    def problem(line: int, code: str, message: str) -> None:
        problems.append(Problem(source, line, code, message))
        if code == "front-matter" and (match := _KEY.match(header.split("\n")[line - 2])):
            told.add(english_key(match[1], FRONT_MATTER) or "")

    pairs = _plain_pairs(header) or _yaml_pairs(_proper(header.split("\n"), problem), problem)
    for word, line, value in pairs:
        key = english_key(word, FRONT_MATTER)
        if key is None:
            hint = nearest(word, known_words(FRONT_MATTER))
            problem(line, "unknown-key", f"文首信息里没有“{word}”这一项{hint}")
        elif key in found.lines:
            problem(line, "repeated-key", f"“{word}”写了两次（第 {found.lines[key]} 行已有），请留下一个")
        else:
            found.lines[key] = line
            if key == "accepted":
                found.values[key] = _accepted(word, value, line, problem)
            else:
                _read_scalar(key, word, value, found, problem)

    for key in REQUIRED:
        if key not in found.lines and key not in told:
            problem(1, "missing-key", f"文首信息缺{_named(key, pairs)}")
    return found, problems


def _named(key: str, pairs: "_Pairs") -> str:
    """A key that is missing, as this editor would write it."""
    in_chinese = any(word and not word.isascii() for word, _, _ in pairs)
    return f"“{_NAMES[key]}”（{key}）" if in_chinese else f"“{key}”（{_NAMES[key]}）"


_Report = Callable[[int, str, str], None]
_Pairs = list[tuple[str, int, Any]]
"""Key, line and value of each entry: text, or what else YAML found there."""


def _plain_pairs(header: str) -> _Pairs:
    """The pairs of a plain header; none if a line is not plain."""
    pairs: _Pairs = []
    for number, line in enumerate(header.split("\n"), 2):
        match = _PLAIN.fullmatch(line)
        if not match or not line.isprintable():
            return []
        pairs.append((match[1], number, match[2]))
    return pairs


def _proper(lines: list[str], problem: _Report) -> list[str]:
    """The lines with each key at their beginning, a colon and a space behind it: what is meant can be read."""
    proper = []
    for number, text in enumerate(lines, 2):
        match = _KEY.match(text)
        if match and english_key(match[1], FRONT_MATTER):
            if match[2] == "：":
                message = f"“{match[1]}”后面是全角冒号“：”；请改成半角冒号加空格“: ”"
                problem(number, "full-width-colon", message)
            elif not match[3] and match[4]:
                problem(number, "no-space", f"“{match[1]}:”后面要空一格，写成“{match[1]}: {match[4]}”")
            text = f"{match[1]}: {match[4]}"
        else:
            bare = text.lstrip()
            text = text[: len(text) - len(bare)].translate(_INDENT) + bare
        proper.append(text)
    return proper


def _yaml_pairs(lines: list[str], problem: _Report) -> _Pairs:
    """The pairs of any header; a line that cannot be read is told, and left out."""
    import yaml

    for _ in range(len(lines) + 1):
        header = "\n".join(lines)
        try:
            node = yaml.compose(header, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            at = _culprit(lines, error)
            problem(at + 2, "front-matter", "文首信息这一行读不懂；每行应是“键: 值”，冒号用半角，后面空一格")
            lines = [*lines[:at], "", *lines[at + 1 :]]
            continue
        except RecursionError:
            problem(2, "front-matter", "文首信息套得太深，读不懂；每行应是“键: 值”")
            return []
        if node is None and header.strip():
            return []
        if not isinstance(node, yaml.MappingNode):
            problem(2, "front-matter", "文首信息应是一行一个“键: 值”，例如“总期号: 255”")
            return []
        return [
            (
                str(key.value) if isinstance(key, yaml.ScalarNode) else "?",
                key.start_mark.line + 2,
                value.value if isinstance(value, yaml.ScalarNode) else value,
            )
            for key, value in node.value
        ]
    return []


def _culprit(lines: list[str], error: Any) -> int:
    """Which line an error of YAML is about: the last down to there that is no `key: value`, else where it began."""
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    at = [min(mark.line, len(lines) - 1) for mark in marks if mark]
    last = at[-1] if at else len(lines) - 1
    odd = [number for number in range(last + 1) if lines[number].strip() and not _LINE.match(lines[number])]
    filled = [number for number in range(last + 1) if lines[number].strip()] or [last]
    begun = at[0] if at and lines[at[0]].strip() else filled[-1]
    return odd[-1] if odd else begun if len(at) > 1 and begun else filled[-1]


def _read_scalar(key: str, word: str, value: Any, found: FrontMatter, problem: _Report) -> None:
    line = found.lines[key]
    text = value.strip() if isinstance(value, str) else None
    if not text:
        problem(line, "wrong-type", f"“{word}”应写一个值，这里{'是空的' if text == '' else '不是'}")
        return
    try:
        if key == "status" and is_withdrawal(text):
            found.values[key] = read_withdrawal(f"{word}: ", text, line)
        else:
            found.values[key] = _READERS.get(key, str)(text)
    except UnreadNotice as unread:
        problem(line, unread.code, str(unread))
    except ValueError as error:
        problem(line, "no-such-date" if key == "date" else "wrong-type", f"“{word}: {text}”不对：{error}")


def _positive(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) == 0:
        raise ValueError("应是一个正整数，用半角数字")
    return int(text)


def _date(text: str) -> date:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if not match:
        raise ValueError("日期应写成 2023-06-07 的样子")
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise ValueError("没有这一天") from None
    if not 1949 <= day.year <= 2100:
        raise ValueError("年份不像是对的")
    return day


def _status(text: str) -> str:
    statuses = {"draft": "draft", "草稿": "draft", "published": "published", "已发布": "published"}
    if text not in statuses:
        raise ValueError(
            f"状态只有草稿（draft）、已发布（published）和撤下（withdrawn）{nearest(text, [*statuses, '撤下'])}"
        )
    return statuses[text]


_READERS: dict[str, Callable[[str], Any]] = {
    "issue": _positive,
    "total_issue": _positive,
    "date": _date,
    "status": _status,
}


def _accepted(word: str, value: Any, line: int, problem: _Report) -> dict[str, tuple[str, int]]:
    """Code → (reason, line), from a YAML mapping."""
    accepted: dict[str, tuple[str, int]] = {}
    if getattr(value, "id", "") != "mapping":
        problem(line, "wrong-type", f"“{word}”下面应逐行写“问题代号: 原因”，前面空两格")
        return accepted
    for code_node, reason_node in value.value:
        line = code_node.start_mark.line + 2
        code = str(code_node.value)
        reason = reason_node.value.strip() if isinstance(reason_node.value, str) else ""
        if not reason:
            problem(line, "accepted-without-reason", f"“{word}”的“{code}”要写明原因")
        else:
            accepted[code] = (reason, line)
    return accepted
