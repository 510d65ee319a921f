"""The one real issue: its text, imported, is the file that editors made of it."""

import re
from pathlib import Path

from plugins.importing.desk import import_source
from plugins.importing.runs import import_all
from plugins.newspaper.reading.to_verify import doubt_in
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
