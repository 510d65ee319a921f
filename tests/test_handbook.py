"""The editors' handbook (编辑手册) names every form, field and code, and its examples are what they say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.newspaper.checking import checked
from plugins.newspaper.fields import FRONT_MATTER, STORY
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue
from plugins.newspaper.reading.topics import read_topics
from tests.builders import problems_in, problems_of
from tests.conftest import ROOT

HANDBOOK = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
SOURCE = "content/issues/0256.md"
TELLERS = ("problem", "unfit", "fault", "notice")
"""Ends of the names of what tells a problem."""
HEADLINE = "### 标题\n:短名: biaoti\n"
_EXAMPLE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \|([^|]*)\|(.*?)\|(.*?)\|$", re.M)
"""A code, what it says, what has it, what cures it; a bar within a cell is written `\\|`."""
_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


def examples(kind: str) -> list[str]:
    return [text for found, text in _EXAMPLE.findall(HANDBOOK) if found == kind]


def file_of(kind: str, text: str) -> str:
    """The file of an issue that an example is, or stands in."""
    if kind == "story":
        text = f"{HEADLINE}\n{text}"
    return text if kind == "issue" else sample(text)


def sample(body: str = f"{HEADLINE}\n正文。\n", header: str = "") -> str:
    """The handbook's own issue with another text, and lines of another header."""
    whole = examples("issue")[0].split("---\n", 2)[1].splitlines()
    keys = [line.partition(":")[0] for line in header.splitlines()]
    kept = [line for line in whole if line.partition(":")[0] not in keys]
    return "\n".join(["---", *kept, *header.splitlines(), "---", "", body])


@pytest.mark.parametrize("kind", ["issue", "story", "body"])
def test_each_example_is_an_issue_without_problems(kind: str) -> None:
    assert examples(kind)
    found = {text: problems_in(file_of(kind, text), SOURCE) for text in examples(kind)}

    assert {text: problems for text, problems in found.items() if problems} == {}


def test_the_example_of_topics_reads() -> None:
    (text,) = examples("topics")
    topics, problems = read_topics(text, "content/topics.yaml")

    assert problems == []
    named = re.findall(r"^:专题: (.*)$", "".join(examples("issue")), re.M)
    assert {name for line in named for name in line.split("、")} <= topics.keys()


def test_every_key_and_field_is_named_in_both_languages() -> None:
    said = set(re.findall(r"`:?([^`:：\s]+):?`", HANDBOOK))
    for table in (FRONT_MATTER, STORY):
        assert [word for key, twins in table.items() for word in (key, *twins) if word not in said] == []


def codes_told() -> Iterator[str]:
    """Every code that a check or reader gives to a problem, as the source has it."""
    for file in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func).lower().endswith(TELLERS):
                yield from _code_among(node.args)


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", None) or getattr(function, "id", "")


def _code_among(arguments: list[ast.expr]) -> Iterator[str]:
    """The last argument that is, or may be, a word like a code; a key may stand before it."""
    for argument in reversed(arguments):
        words = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        found = [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        if codes := [word for word in found if _CODE.fullmatch(word)]:
            yield from codes
            return


def rows() -> dict[str, tuple[str, str]]:
    """Code → what has it, what cures it."""
    return {code: (wrong.strip(), right.strip()) for code, _, wrong, right in _ROW.findall(HANDBOOK)}


def test_every_code_of_check_is_in_the_table() -> None:
    assert sorted(set(codes_told()) - rows().keys()) == []


def test_every_code_of_the_table_is_told_by_the_source() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "plugins").rglob("*.py"))
    assert [code for code in rows() if f'"{code}"' not in source] == []


def lines_in(cell: str) -> str:
    """The lines that a cell of the table shows, `:短名: 邻里` or several parted by ⏎; empty where it has words only."""
    match = re.fullmatch(r"`+ ?(.*?) ?`+", cell)
    return match[1].replace("\\|", "|").replace("⏎", "\n") if match else ""


def problems_with(lines: str) -> list[Problem]:
    """What is told of the handbook's issue with these lines in it: a header's, a story's fields, or its text."""
    if re.match(r"[^\s:：#>]+:(?: |\n)", lines):
        return told(sample(header=lines))
    if lines.startswith((":", "：")):
        fields = lines if ":短名:" in lines else f":短名: biaoti\n{lines}"
        return told(sample(f"### 标题\n{fields}\n\n正文。\n"))
    body = lines if lines.startswith("#") else f"{HEADLINE}\n{lines}"
    return told(sample(f"{body}\n"))


def told(text: str) -> list[Problem]:
    """What is told of an issue that is alone in the archive."""
    reading = checked(read_issue(text, SOURCE))
    return [*reading.problems, *(problems_of(reading.issue) if reading.issue else ())]


@pytest.mark.parametrize("code", sorted(rows()))
def test_what_the_table_shows_has_the_problem_and_its_cure_has_not(code: str) -> None:
    wrong, right = rows()[code]
    assert wrong, "an example"
    assert right, "its cure"
    if shown := lines_in(wrong):
        assert code in [problem.code for problem in problems_with(shown)]
    if cured := lines_in(right):
        assert problems_with(cured) == []


def test_each_picture_of_a_form_is_there() -> None:
    pictures = re.findall(r"\(pictures/editors/([\w-]+\.png)\)", HANDBOOK)
    assert pictures
    assert [name for name in pictures if not Path(ROOT, "docs/pictures/editors", name).is_file()] == []
