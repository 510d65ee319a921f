"""A tiny paper of two issues, built whole and held against the golden pages, file by file."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.conftest import copy_project, run_pelican, tree
from tests.mistakes.test_promise_kept import words

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"

INSIDE = re.compile(
    r"<style>.*?</style>|<svg.*?</svg>|<script>.*?</script>|(?<=reader-)[0-9a-f]{8}"
    r'|(?<=-Policy" content=")[^"]*',
    re.S,
)


def test_tiny_paper_is_the_golden_one(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = copy_project(tmp_path, content=HERE / "paper")
    result = run_pelican(project, "--fatal", "warnings")
    assert result.returncode == 0, result.stdout + result.stderr
    # Stylesheet, nameplate and scripts are the same in every page, and are looked at in a browser, not here.
    built = {
        name: INSIDE.sub("<inside>", content.decode())
        for name, content in tree(project / "preview").items()
        if name.endswith((".html", ".xml", ".json")) and not name.startswith(("images/", "theme/"))
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


@pytest.mark.parametrize("issue", [7, 8])
@pytest.mark.parametrize("pages", ["print/index.html", "[!p]*/index.html"], ids=["whole issue", "articles"])
def test_every_character_of_an_issue_is_on_its_pages(issue: int, pages: str) -> None:
    """The promise, held against what templates make of it."""
    soups = [BeautifulSoup(file.read_text("utf-8"), "html.parser") for file in GOLDEN.glob(f"issues/{issue}/{pages}")]
    seen = [soup.body.get_text() for soup in soups if soup.body]
    seen += [str(image["alt"]) for soup in soups for image in soup.select("img[alt]")]
    file = (HERE / f"paper/issues/{issue:04}.md").read_text(encoding="utf-8")
    text = file[file.index("\n#") :] if len(soups) > 1 else file.split("---\n")[2]
    # Neither what was withdrawn, nor targets of links, nor what fields say to the press, nor their names.
    text = re.sub(r"^### .*\n(?::.*\n)*:状态: 撤下.*\n(?:(?!##).*\n?)*", "", text, flags=re.M)
    said = re.sub(r"\]\([^)\s]*|^:(?:slug|短名|topics|专题|aliases):.*|^:更正: \S+|^:\w+:", "", text, flags=re.M)

    assert words(said) - words("".join(seen)) == Counter()
