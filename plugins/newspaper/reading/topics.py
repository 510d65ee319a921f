"""`topics.yaml`, a list of name, slug and one line of description → Topics (专题) by name."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from plugins.newspaper.characters import odd_characters
from plugins.newspaper.fields import TOPIC, english_key, known_words
from plugins.newspaper.model import Topic
from plugins.newspaper.problems import Problem, nearest

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORM = "每个专题写两行：“- name: 名称”，下一行空两格“  slug: 短名”"
_NO_DASH = re.compile(r"\s*(?:name|名称)\s*[:：]")
_WRONG_COLON = re.compile(rf"(\s*(?:-\s*)?)({'|'.join(known_words(TOPIC))})\s*(?:：\s*|:(?=\S))(.*)")
_PARTS_TOPICS = re.compile(r"[、，,;；\s]")


def read_topics(text: str, source: str) -> tuple[dict[str, Topic], list[Problem]]:
    """The topics in the file's order, and what could not be read."""
    problems: list[Problem] = []

    def problem(line: int, message: str) -> None:
        problems.append(Problem(source, line, "topics", message))

    problems += odd_characters(text, source)
    lines = [_with_plain_indent(line) for line in text.splitlines()]
    for at, match in enumerate(map(_WRONG_COLON.match, lines)):
        if match:
            problem(at + 1, f"“{match[2]}”后面的冒号要用半角，后面空一格，写成“{match[2]}: {match[3]}”")
            lines[at] = f"{match[1]}{match[2]}: {match[3]}"
    try:
        node = yaml.compose("\n".join(lines), Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, len(lines) - 1) if mark else 0
        missing = "“name”前面缺“- ”；" if lines and _NO_DASH.match(lines[line]) else "这一行读不懂；"
        problem(line + 1, missing + _FORM)
        return {}, problems
    if node is None:
        problem(1, f"这里一个专题也没有；{_FORM}")
        return {}, problems
    if not isinstance(node, yaml.SequenceNode):
        lost = "“name”前面缺“- ”；" if _NO_DASH.match(lines[node.start_mark.line]) else ""
        problem(node.start_mark.line + 1, lost + _FORM)
        return {}, problems
    topics: dict[str, Topic] = {}
    for entry in node.value:
        line = entry.start_mark.line + 1
        values: dict[str, str] = {}
        wrong = list(_read_entry(entry, lines, values))
        for at, message in wrong:
            problem(at, message)
        name, slug = values.get("name", ""), values.get("slug", "")
        if not name or not slug:
            if not wrong:
                problem(line, f"专题要有 name（名称）和 slug（短名）；{_FORM}")
        elif _PARTS_TOPICS.search(name):
            problem(line, f"专题名“{name}”里不能有空格、顿号、逗号，不然稿件没法写它")
        elif name in topics:
            problem(line, f"专题“{name}”或短名“{slug}”已经有了")
        else:
            topics[name] = Topic(name, slug, values.get("description", ""), source, line)
    return topics, problems


def _with_plain_indent(line: str) -> str:
    """A line that begins as YAML wants it, whatever spaces its editor's keyboard gives."""
    bare = line.lstrip()
    return bare if bare == line or bare.startswith(("-", "#")) else f"  {bare}"


def _read_entry(entry: Any, lines: list[str], values: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Give `values` what an entry says, by key; yield line and message of what cannot be read."""
    line = entry.start_mark.line
    if not isinstance(entry, yaml.MappingNode):
        colon = "冒号要用半角，后面空一格；" if "：" in lines[line] else ""
        yield line + 1, colon + _FORM
        return
    for key_node, value in entry.value:
        at = key_node.start_mark.line + 1
        word = str(key_node.value)
        key = english_key(word, TOPIC)
        if key is None:
            yield at, f"专题没有“{word}”这一项{nearest(word, known_words(TOPIC))}；{_FORM}"
        elif key in values:
            yield at, f"“{word}”写了两次；下一个专题的第一行前面要有“- ”"
            return
        else:
            values[key] = value.value.strip() if isinstance(value, yaml.ScalarNode) else ""
