"""Texts as they come in: UTF-8, whatever Windows put before it."""

from pathlib import Path

from plugins.newspaper.problems import Problem


def read_text(path: Path, source: str, problems: list[Problem]) -> str | None:
    """The file's text; None, with a Problem, where it cannot be opened or is not UTF-8 (不是 UTF-8 编码).

    Raises FileNotFoundError.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError:
        message = "打不开：这里要是一个文件，本机有权读它，也没有别的程序占着它"
        problems.append(Problem(source, 1, "unreadable", message))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 编码；请用记事本打开，选“另存为”，编码选 UTF-8，再保存一次"
        problems.append(Problem(source, line, "not-utf8", message))
        return None
