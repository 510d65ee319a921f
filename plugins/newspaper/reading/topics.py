"""`topics.yaml`, a list of name, slug and one line of description → Topics (专题) by name."""

from typing import Any

import yaml

from plugins.newspaper.model import Topic
from plugins.newspaper.problems import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_topics(text: str, source: str) -> tuple[dict[str, Topic], list[Problem]]:
    """The topics in the file's order, and what could not be read."""
    problems: list[Problem] = []

    def problem(line: int, message: str) -> None:
        problems.append(Problem(source, line, "topics", message))

    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem(mark.line + 1 if mark else 1, "这一行读不懂；每个专题写“- name: 名称”，下一行写“  slug: 短名”")
        return {}, problems
    topics: dict[str, Topic] = {}
    for entry in node.value if isinstance(node, yaml.SequenceNode) else ():
        line = entry.start_mark.line + 1
        values = _values(entry)
        name, slug = values.get("name", ""), values.get("slug", "")
        if not name or not slug:
            problem(line, "专题要有 name（名称）和 slug（短名）")
        elif name in topics:
            problem(line, f"专题“{name}”或短名“{slug}”已经有了")
        else:
            topics[name] = Topic(name, slug, values.get("description", ""), source, line)
    return topics, problems


def _values(entry: Any) -> dict[str, str]:
    if not isinstance(entry, yaml.MappingNode):
        return {}
    return {str(key.value): str(value.value).strip() for key, value in entry.value}
