"""The Hugo site with our pages is laid out whole; Hugo itself is not needed."""

from pathlib import Path

import pytest

from tests.bench.changes import edited
from tests.bench.corpus import STORIES, Corpus
from tests.bench.report import same_pages
from tests.bench.results import OURS, SAME_PAGES, Printed, Size
from tests.bench.same_pages import SamePages, write_furniture

ISSUES = 12


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "hugo"
    SamePages().write(folder, Corpus(folder, ISSUES))
    return folder


def test_every_issue_and_every_story_has_a_file(site: Path) -> None:
    issues = site / "content" / "issues"

    assert len(list(issues.glob("*/s*.md"))) == ISSUES * STORIES
    assert len(list(issues.glob("*/_index.md"))) == ISSUES


@pytest.mark.parametrize(
    ("partial", "part"),
    [
        ("head.html", "<style>"),
        ("head.html", '<link rel=\\"icon\\"'),
        ("nameplate.html", "<path"),
        ("nav.html", 'data-do=\\"elder\\"'),
        ("colophon.html", "</footer>"),
    ],
)
def test_furniture_is_cut_from_a_page_of_ours(site: Path, partial: str, part: str) -> None:
    assert part in (site / "layouts" / "_partials" / partial).read_text(encoding="utf-8")


def test_a_page_without_the_furniture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nothing for head\.html"):
        write_furniture(tmp_path, "<html></html>")


def test_the_story_that_is_edited_has_what_is_to_be_changed(site: Path) -> None:
    corpus = Corpus(site, ISSUES)
    story = SamePages().file(site, corpus.middle, "s0")

    edited(story, corpus).make(1)

    assert "这一句话第1次改过。" in story.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("theirs", "same"),
    [(Printed(100, 1000), True), (Printed(97, 970), True), (Printed(90, 1000), False), (Printed(100, 1100), False)],
)
def test_pages_are_the_same_to_within_a_twentieth(theirs: Printed, same: bool) -> None:
    printed = {OURS: Printed(100, 1000), SAME_PAGES: theirs}

    assert same_pages(Size(ISSUES, "", {}, {}, printed)) is same
