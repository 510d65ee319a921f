"""The stylesheet inside each page."""

import re
from pathlib import Path

import pytest

from plugins.assets import stylesheet, with_chosen_dark
from plugins.newspaper.problems import Halt
from tests.conftest import ROOT

CSS = ROOT / "theme/static/css"


def test_no_selector_loses_a_space_in_the_minifier() -> None:
    """rcssmin drops the space before a pseudo-class, which changes what it selects."""
    for file in CSS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"[\w\])] :(?:is|not|where|has)\(", text), file.name


def test_pages_carry_neither_imports_nor_layers() -> None:
    built = stylesheet(CSS / "main.css")
    assert "@import" not in built
    assert "@layer" not in built


def test_files_stand_in_the_order_of_their_layers(tmp_path: Path) -> None:
    main = tmp_path / "main.css"
    main.write_text('@layer a, b;\n@import url("2.css") layer(b);\n@import url("1.css") layer(a);\n', encoding="utf-8")
    (tmp_path / "1.css").write_text("p { margin: 0.5em 0 10.5em }", encoding="utf-8")
    (tmp_path / "2.css").write_text('p[rel="next"] { color: red; }', encoding="utf-8")
    assert stylesheet(main) == "p{margin:.5em 0 10.5em}p[rel=next]{color:red}"


def test_a_file_without_a_layer_is_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / "main.css").write_text('@layer a;\n@import url("1.css");\n', encoding="utf-8")
    with pytest.raises(Halt, match=r"1\.css"):
        stylesheet(tmp_path / "main.css")


def test_dark_is_written_again_for_whoever_chose_it() -> None:
    text = '@media (prefers-color-scheme: dark) {\n  :root:not([data-scheme="light"]) {\n    --ink: #eee;\n  }\n}\n'
    assert with_chosen_dark(text) == text + '  :root[data-scheme="dark"] {\n    --ink: #eee;\n  }'
    assert stylesheet(CSS / "main.css").count(":root[data-scheme=dark]") == 1
    assert stylesheet(CSS / "main.css").count(":root[data-edition=elder][data-scheme=dark]") == 1


def test_a_rule_for_the_dark_that_would_hold_in_the_light_stops_the_build() -> None:
    with pytest.raises(Halt, match="有一条不是"):
        with_chosen_dark("@media (prefers-color-scheme: dark) {\n  .code img {\n    opacity: 1;\n  }\n}\n")
