"""A tiny paper of two issues, built whole and held against the golden pages, file by file."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import copy_project, run_pelican, tree

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"

INSIDE = re.compile(r"<style>.*?</style>|<svg.*?</svg>|<script>.*?</script>|(?<=reader-)[0-9a-f]{8}", re.S)


def test_tiny_paper_is_the_golden_one(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = copy_project(tmp_path, content=HERE / "paper")
    result = run_pelican(project, "--fatal", "warnings")
    assert result.returncode == 0, result.stdout + result.stderr
    # Stylesheet, nameplate and scripts are the same in every page, and are looked at in a browser, not here.
    built = {
        name: INSIDE.sub("<inside>", content.decode())
        for name, content in tree(project / "preview").items()
        if name.endswith((".html", ".xml")) and not name.startswith(("images/", "theme/"))
    }
    if request.config.getoption("--refresh-golden"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, text in built.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")

    golden = {name: content.decode() for name, content in tree(GOLDEN).items()}
    assert sorted(built) == sorted(golden)
    for name, text in built.items():
        assert text == golden[name], name
