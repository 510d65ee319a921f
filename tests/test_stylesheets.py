"""How the stylesheets are written: linted, formatted, a file for each partial, each palette once."""

import re

import pytest

from tests.conftest import ROOT
from tests.node import packages, run

CSS = ROOT / "theme/static/css"
FILES = sorted(CSS.rglob("*.css"))


@pytest.fixture(scope="module", autouse=True)
def linters() -> None:
    packages()


STYLELINT = ("stylelint/bin/stylelint.mjs", "--config", "tests/lint/stylelint.config.mjs")
PRETTIER = ("prettier/bin/prettier.cjs", "--check")


@pytest.mark.parametrize("program", [STYLELINT, PRETTIER], ids=["stylelint", "prettier"])
def test_linter_finds_nothing(program: tuple[str, ...]) -> None:
    result = run(*program, *(file.relative_to(ROOT).as_posix() for file in FILES))
    assert result.returncode == 0, result.stdout + result.stderr


def test_linter_refuses_what_old_phones_drop() -> None:
    new = [
        "margin-block: 1em",
        "inset-block-start: 0",
        "inset: 0",
        "width: clamp(1px, 2vw, 3px)",
        "margin: 0 !important",
    ]
    rules = [
        *(f"a {{ {each}; }}" for each in new),
        "a { b & { top: 0; } }",
        ":is(a) { top: 0; }",
        "@layer a { b { top: 0; } }",
    ]
    said = run(*STYLELINT, "--stdin", "--formatter", "unix", text="\n\n".join(rules)).stderr
    refused = {int(line) for line in re.findall(r":(\d+):\d+: .*(?:disallowed|important|nesting|Chrome 87)", said)}
    assert refused == set(range(1, 2 * len(rules), 2)), said


def test_no_line_is_longer_than_an_editor_is_wide() -> None:
    long = [(file.name, line) for file in FILES for line in file.read_text("utf-8").splitlines() if len(line) > 120]
    assert long == []


def test_each_file_is_in_the_contents() -> None:
    named = re.findall(r'url\("([^"]+)"\)', (CSS / "main.css").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(file.relative_to(CSS).as_posix() for file in FILES if file.name != "main.css")


def test_each_partial_has_a_stylesheet_of_its_name() -> None:
    partials = {file.stem.removeprefix("_") for file in (ROOT / "theme/templates/partials").iterdir()}
    in_the_head = {"assets"}
    assert partials - in_the_head <= {file.stem for file in (CSS / "components").iterdir()}


def test_each_palette_stands_once() -> None:
    """Light, dark, 长者版, 长者版 dark, and paper's; raw colours stand nowhere else but behind codes and pictures."""
    papers = {file.stem: file.read_text("utf-8").count("--paper: ") for file in FILES}
    assert {name: count for name, count in papers.items() if count} == {"palettes": 4, "print": 1}
    raw = {file.stem for file in FILES if re.search(r"#[0-9a-f]{3}", file.read_text("utf-8"))}
    assert raw == {"palettes", "print", "code", "picture"}


def test_nothing_is_styled_by_its_number() -> None:
    assert not [file.name for file in FILES if "nth-" in file.read_text("utf-8")]
