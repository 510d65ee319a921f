"""The content folder → Issues and Topics, with the problems of all files at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from plugins.newspaper.checks import check_issues
from plugins.newspaper.model import Issue, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue
from plugins.newspaper.shelf import Shelf

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the content folder says of the paper (not of the site's standing pages)."""

    issues: tuple[Issue, ...]
    topics: tuple[Topic, ...]
    problems: tuple[Problem, ...]


def read_library(content: Path, shelf_path: Path | None = None) -> Library:
    """Read every `issues/*.md` and `topics.yaml`; a bad file never hides another's problems.

    With a shelf, files that have not changed since they were last read are not parsed again.
    """
    problems: list[Problem] = []
    topics = _topics(content / "topics.yaml", problems)
    by_name = {topic.name: topic for topic in topics}
    issues: list[Issue] = []
    shelf = Shelf(shelf_path) if shelf_path else None
    for path in sorted((content / "issues").glob("*.md")):
        source = f"{content.name}/issues/{path.name}"
        text = read_text(path, source, problems)
        if text is None:
            continue
        read = partial(read_issue, text, source, by_name)
        reading = shelf.reading(read, text, source, topics) if shelf else read()
        problems += reading.problems
        if reading.issue:
            problems += _file_name(path, reading.issue)
            issues.append(reading.issue)
    if shelf:
        shelf.close()
    problems += check_issues(issues, content / "images")
    return Library(tuple(issues), topics, tuple(sorted(set(problems))))


def read_text(path: Path, source: str, problems: list[Problem]) -> str | None:
    """The file's text; None, with a Problem, where it is not UTF-8 (不是 UTF-8 编码)."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 编码；请用记事本打开，选“另存为”，编码选 UTF-8，再保存一次"
        problems.append(Problem(source, line, "not-utf8", message))
        return None


def _file_name(path: Path, issue: Issue) -> Iterator[Problem]:
    expected = f"{issue.folio.total_issue:04}.md"
    if path.name != expected:
        message = f"总第{issue.folio.total_issue}期的文件应叫 {expected}；请改文件名，或改总期号"
        yield Problem(issue.source, issue.lines.get("total_issue", 1), "file-name", message)


def _topics(path: Path, problems: list[Problem]) -> tuple[Topic, ...]:
    """Topics of `topics.yaml`, a list of name, slug and one line of description."""
    source = f"{path.parent.name}/{path.name}"

    def problem(line: int, message: str) -> None:
        problems.append(Problem(source, line, "topics", message))

    if not path.exists():
        problem(1, "没有这个文件；专题要写在这里")
        return ()
    text = read_text(path, source, problems)
    if text is None:
        return ()
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem(mark.line + 1 if mark else 1, "这一行读不懂；每个专题写“- name: 名称”，下一行写“  slug: 短名”")
        return ()
    topics: dict[str, Topic] = {}
    slugs: set[str] = set()
    for entry in node.value if isinstance(node, yaml.SequenceNode) else ():
        line = entry.start_mark.line + 1
        values = (
            {str(key.value): str(value.value).strip() for key, value in entry.value}
            if isinstance(entry, yaml.MappingNode)
            else {}
        )
        name, slug = values.get("name", ""), values.get("slug", "")
        if not name or not slug:
            problem(line, "专题要有 name（名称）和 slug（短名）")
        elif name in topics or slug in slugs:
            problem(line, f"专题“{name}”或短名“{slug}”已经有了")
        elif not slug.isascii() or slug != slug.lower() or not slug.replace("-", "").isalnum():
            problem(line, f"短名“{slug}”只能用小写字母、数字和连字符")
        else:
            topics[name] = Topic(name, slug, values.get("description", ""))
            slugs.add(slug)
    return tuple(topics.values())
