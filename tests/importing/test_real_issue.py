"""The one real issue: its text, imported, is the file that editors made of it."""

import re
from datetime import date
from pathlib import Path

from plugins.importing.desk import import_source
from plugins.importing.runs import import_all
from plugins.newspaper.flow import Gathered, read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.model import Article, Entry
from plugins.newspaper.reading.to_verify import doubt_in
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, issues_in, write_content
from tests.conftest import ROOT
from tests.importing.paper import paper

SOURCE = ROOT / "tests/sources/yibin-news-2023-06-07-no255.txt"
OURS = (ROOT / "content/issues/0255.md").read_text(encoding="utf-8")


def without_what_people_decide(text: str) -> list[str]:
    """The lines less slugs, topics, what is accepted, doubts, and breaks of headlines."""
    header = re.sub(r"accepted:\n(?:  .*\n)+", "", text)
    lines = [line for line in header.split("\n") if line and doubt_in(line) is None]
    kept = [line for line in lines if not re.match(":(?:slug|topics|accepted):", line)]
    return [line.replace("|", " ") if line.startswith("#") else line for line in kept]


def test_it_is_the_file_but_for_what_people_decide(tmp_path: Path) -> None:
    text = import_source(SOURCE, paper(tmp_path)).text

    assert without_what_people_decide(text) == without_what_people_decide(OURS)


def test_its_stories_have_slugs_of_their_own_and_most_have_topics(tmp_path: Path) -> None:
    text = import_source(SOURCE, paper(tmp_path)).text
    slugs = re.findall(r"^:slug: (.*)$", text, re.M)

    assert len(set(slugs)) == 6
    assert all(slug.count("-") < 6 for slug in slugs)
    assert len(re.findall(r"^:topics: ", text, re.M)) >= 4


def test_what_is_to_be_verified_shows_in_the_preview_and_keeps_the_public_site_from_being_built(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    list(import_all([SOURCE], paper(content)))

    def codes(*, published: bool) -> set[str]:
        begun = begin_reading(issues_in(content), Workers())
        found = read_and_check(begun, MASTHEAD, date(2030, 1, 1), published=published)
        assert "待核" not in "".join(
            article.body for entry in found.archive.every for article in _articles(found, entry)
        )
        return {problem.code for problem in found.problems}

    assert codes(published=True) - codes(published=False) == {"to-verify"}


def _articles(found: Gathered, entry: Entry) -> tuple[Article, ...]:
    return found.archive.issue(entry).articles


def test_a_second_import_changes_nothing_and_another_text_is_refused(tmp_path: Path) -> None:
    home = paper(tmp_path / "content")
    ((_, first, _),) = import_all([SOURCE], home)
    file = tmp_path / "content/issues/0255.md"
    before = file.read_bytes(), file.stat().st_mtime_ns
    ((_, again, _),) = import_all([SOURCE], home)

    assert first == again
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before

    file.write_text("别的稿件", encoding="utf-8")
    ((_, none, said),) = import_all([SOURCE], home)
    assert none is None
    assert "--replace" in said
    assert file.read_text(encoding="utf-8") == "别的稿件"
    ((_, replaced, _),) = import_all([SOURCE], home, replace=True)
    assert replaced == first
    assert file.read_bytes() == before[0]
