"""No line of the source is longer than an editor's window."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

COLUMNS = 120
"""A 汉字 counts as one."""
KINDS = (".py", ".css", ".html", ".xml", ".js", ".md", ".toml", ".yml", "Makefile")
MADE = {
    ".git",
    ".venv",
    ".cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "node_modules",
    "output",
    "preview",
}
NOT_SOURCE = (
    "content/",
    "docs/performance.md",  # written by the bench
    "tests/bench/sites/",  # others' sites: their bytes are what is measured
    "tests/newspaper/cases/",
    "tests/site/archive/",
    "tests/site/golden/",
    "tests/site/paper/",
    "tests/sources/",
)


def sources() -> Iterator[str]:
    """Files of the project that people write."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        for file in files:
            name = Path(folder, file).relative_to(ROOT).as_posix()
            if name.endswith(KINDS) and not name.startswith(NOT_SOURCE):
                yield name


def too_long(name: str, line: str) -> bool:
    """Whether a line could be shorter; a row of a table and a picture's tag in Markdown cannot."""
    return len(line) > COLUMNS and not (name.endswith(".md") and line.startswith(("| ", "<img ")))


def test_lines_are_short() -> None:
    long = [
        f"{name}:{number}"
        for name in sources()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        if too_long(name, line)
    ]
    assert "\n".join(long) == ""


def test_every_kind_of_source_is_looked_at() -> None:
    assert {"tasks.py", "Makefile", "pyproject.toml", "tests/browser.py", ".github/workflows/test.yml"} <= {*sources()}
