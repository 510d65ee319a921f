"""Texts as they come in: UTF-8, whatever Windows put before it."""

from pathlib import Path

from plugins.newspaper.problems import Problem


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
