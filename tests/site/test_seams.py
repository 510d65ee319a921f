"""Seams: a check, a kind of page, a file beside an issue or the site, a front matter key is one line in one list.

The toys of tests/toys/ are plugged in by that line, and are then as good as what the paper brings itself: incremental,
whole after a kill, held against the ledger, gone when unplugged.
"""

import io
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pelican.settings import read_settings

from plugins.newspaper.checking import ISSUE_CHECKS
from plugins.newspaper.fields import FRONT_MATTER
from plugins.newspaper.fingerprint import files_digest
from plugins.newspaper.flow import enter_in_ledger
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making import FILES
from plugins.newspaper.planning import PAGES
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.printing.press import StrayFile, UndeclaredAddress
from plugins.newspaper.problems import UnfitToPrint
from plugins.strict_pelican import StrictPelican
from tests.conftest import ROOT, SITE, tree
from tests.site.test_same_bytes import HAS_FORK, QUICK, Paper, Project, difference, in_a_fork_killed_at, small_paper
from tests.toys.contents import INDEX, contents_groups
from tests.toys.epub import epub_groups
from tests.toys.exclamations import check_exclamations
from tests.toys.people import PEOPLE, address, people_groups

REPORTERS = {1: "阮现武", 2: "董浩", 3: "阮现武"}
"""Who wrote each issue."""


@dataclass
class SignedPaper(Paper):
    """A small paper, in which issues have lines of front matter besides, and stories several reporters."""

    front: dict[int, str] = field(default_factory=dict)
    reporters: dict[int, str] = field(default_factory=lambda: dict(REPORTERS))

    def files(self) -> dict[str, str]:
        files = super().files()
        for issue in self.issues:
            text = files[issue.file].replace("（阮现武）", f"（{self.reporters[issue.total]}）")
            files[issue.file] = text.replace("---\n", f"---\n{self.front.get(issue.total, '')}", 1)
        return files


class Seam(NamedTuple):
    """A list of the paper, and the toy that is a line of it."""

    listed: list[Any]
    toy: Any


PEOPLE_PAGES = Seam(PAGES, people_groups)
BOOKS = Seam(FILES, epub_groups)
CONTENTS = Seam(FILES, contents_groups)
NO_SHOUTING = Seam(ISSUE_CHECKS, check_exclamations)
TOY_KEY: dict[str, tuple[str, ...]] = {"toy": ("玩具",)}


@contextmanager
def plugged_in(*seams: Seam, keys: dict[str, tuple[str, ...]] | None = None) -> Iterator[None]:
    """With a line more in each list. It stands in a file of code, and so the digest of all code is another one."""

    def digest_of(folders: Iterable[Path], pattern: str) -> str:
        lines = f"{seams}{keys}" if pattern == "*.py" else ""
        return files_digest(folders, pattern) + lines

    with pytest.MonkeyPatch.context() as patch:
        for module in [module for name, module in sys.modules.items() if name.startswith("plugins.")]:
            if vars(module).get("files_digest") is files_digest:
                patch.setattr(module, "files_digest", digest_of)
        for key, twins in (keys or {}).items():
            patch.setitem(FRONT_MATTER, key, twins)
        for seam in seams:
            seam.listed.append(seam.toy)
        try:
            yield
        finally:
            for seam in seams:
                seam.listed.remove(seam.toy)


@pytest.fixture
def paper() -> SignedPaper:
    small = small_paper(issues=3)
    return SignedPaper(small.issues, small.topics)


@pytest.fixture
def project(paper: SignedPaper) -> Iterator[Project]:
    """A project that was printed without any toy; the toys' templates lie beside the theme's."""
    home = Path(tempfile.mkdtemp(dir=QUICK))
    project = Project.begun(home / "paper", paper)
    project.settings["THEME_TEMPLATES_OVERRIDES"] = [str(ROOT / "tests/toys/templates")]
    project.build()
    yield project
    shutil.rmtree(home)


def written(project: Project) -> dict[str, int]:
    return {name: (project.output / name).stat().st_mtime_ns for name in tree(project.output)}


def written_by_build(project: Project) -> set[str]:
    """Files that the next build writes or removes; its output must be what a build from nothing gives."""
    before = written(project)
    assert difference(project.build(), project.clean_build()) == []
    after = written(project)
    return {name for name in after if after[name] != before.get(name)} | (before.keys() - after.keys())


def person(name: str) -> str:
    return f"{address(name)}index.html"


ALL_PEOPLE = {f"{PEOPLE}index.html", person("阮现武"), person("董浩")}
ALL_BOOKS = {f"issues/{total}/toy.epub" for total in REPORTERS}

KINDS = [
    pytest.param(PEOPLE_PAGES, ALL_PEOPLE, id="people pages"),
    pytest.param(BOOKS, ALL_BOOKS, id="a book beside each issue"),
    pytest.param(CONTENTS, {INDEX}, id="contents beside the site"),
]


@pytest.mark.parametrize(("seam", "files"), KINDS)
def test_a_line_adds_its_files_and_touches_no_other(project: Project, seam: Seam, files: set[str]) -> None:
    with plugged_in(seam):
        assert written_by_build(project) == files


@pytest.mark.parametrize(("seam", "files"), KINDS)
def test_a_second_build_writes_nothing(project: Project, seam: Seam, files: set[str]) -> None:
    with plugged_in(seam):
        project.build()
        assert written_by_build(project) == set()


@pytest.mark.parametrize(("seam", "files"), KINDS)
def test_what_is_unplugged_is_gone(project: Project, seam: Seam, files: set[str]) -> None:
    with plugged_in(seam):
        project.build()
    assert written_by_build(project) == files
    assert not files & tree(project.output).keys()


@pytest.mark.parametrize(("seam", "files"), KINDS)
def test_what_is_unplugged_is_gone_though_the_record_was_lost(project: Project, seam: Seam, files: set[str]) -> None:
    with plugged_in(seam):
        project.build()
    shutil.rmtree(project.cache)
    assert difference(project.build(), project.clean_build()) == []


@pytest.mark.parametrize(
    ("seam", "part", "files"),
    [
        pytest.param(PEOPLE_PAGES, "ending", set(), id="a text is not on people pages"),
        pytest.param(PEOPLE_PAGES, "headline", {person("董浩")}, id="a headline is on its reporter's page"),
        pytest.param(BOOKS, "ending", {"issues/2/toy.epub"}, id="a text is in its issue's book"),
        pytest.param(BOOKS, "headline", {"issues/2/toy.epub"}, id="a headline is in its issue's book"),
        pytest.param(CONTENTS, "ending", set(), id="a text is not in the contents"),
        pytest.param(CONTENTS, "headline", {INDEX}, id="a headline is in the contents"),
    ],
)
def test_an_edit_writes_what_shows_it(
    project: Project, paper: SignedPaper, seam: Seam, part: str, files: set[str]
) -> None:
    with plugged_in(seam):
        project.build()
        setattr(paper.issues[1].stories[0], part, "乙")
        project.save()
        assert written_by_build(project) & (ALL_PEOPLE | ALL_BOOKS | {INDEX}) == files


def test_a_reporter_comes_and_another_goes(project: Project, paper: SignedPaper) -> None:
    with plugged_in(PEOPLE_PAGES):
        project.build()
        paper.reporters[2] = "张三"
        project.save()
        people = {name for name in written_by_build(project) if name.startswith(PEOPLE)}

    assert people == {f"{PEOPLE}index.html", person("张三"), person("董浩")}


def test_a_file_of_bytes_sees_values_and_rendered_text(project: Project) -> None:
    with plugged_in(BOOKS):
        project.build()
    with zipfile.ZipFile(io.BytesIO((project.output / "issues/2/toy.epub").read_bytes())) as book:
        assert book.namelist() == ["mimetype", "title.txt", "gao-0.xhtml", "gao-1.xhtml"]
        assert "总第2期" in book.read("title.txt").decode()
        assert "<h1>干部甲下乡邻里中心</h1>" in book.read("gao-0.xhtml").decode()


def test_a_book_follows_the_template_of_its_chapters(project: Project) -> None:
    overrides = project.folder / "overrides"
    shutil.copytree(ROOT / "tests/toys/templates", overrides)
    project.settings["THEME_TEMPLATES_OVERRIDES"] = [str(overrides)]
    with plugged_in(BOOKS):
        project.build()
        chapter = overrides / "toy_chapter.xml"
        chapter.write_text(chapter.read_text(encoding="utf-8").replace("<h1>", "<h1>■"), encoding="utf-8")
        assert written_by_build(project) == ALL_BOOKS


@pytest.mark.skipif(not HAS_FORK, reason="builds are killed in a fork")
@pytest.mark.parametrize("parallel", [False, True], ids=["serial", "parallel"])
def test_a_build_with_toys_that_is_killed_is_finished_by_the_next(project: Project, parallel: bool) -> None:
    toys = (PEOPLE_PAGES, BOOKS, CONTENTS)
    without = project.clean_build()
    with plugged_in(*toys):
        whole = project.clean_build()
    assert isinstance(without, dict)
    assert isinstance(whole, dict)
    caught = 0
    for moment in range(0, 80, 4):
        with plugged_in(*toys):
            in_a_fork_killed_at(moment, lambda: project.build(parallel=parallel))
            left = tree(project.output)
            caught += bool(whole.keys() & left.keys() - without.keys()) and whole.keys() != left.keys()
            assert [name for name, content in left.items() if name in whole and content != whole[name]] == []
            if moment % 8:
                assert difference(project.build(), whole) == []
        assert difference(project.build(), without) == []

    # With workers, whoever is killed first is hardly ever at a toy.
    assert caught or parallel


# The ledger


def build_for_the_public(project: Project, *, enter: bool = False) -> list[str]:
    """Build as `publishconf.py` does, and enter the addresses if that is asked; gives the problems that stopped it."""
    places = {"PATH": project.content, "THEME": project.folder / "theme", "OUTPUT_PATH": project.output}
    override = {name: str(place) for name, place in places.items()} | project.settings
    override |= {"CACHE_PATH": str(project.cache), "SITEURL": SITE}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [*sys.path])
        patch.setattr("plugins.newspaper.making.cards.draw_card", lambda *_: b"a card")
        build = StrictPelican(read_settings(str(ROOT / "publishconf.py"), override=override))
        try:
            build.run()
        except UnfitToPrint as unfit:
            return list(map(str, unfit.problems))
    if enter:
        enter_in_ledger(project.content, build.settings["PERMALINKS"])
    return []


def test_addresses_of_a_new_kind_of_page_are_held_against_the_ledger(project: Project) -> None:
    ledger = project.content / "permalinks.tsv"
    assert build_for_the_public(project, enter=True) == []
    before = ledger.read_text(encoding="utf-8").splitlines()
    with plugged_in(PEOPLE_PAGES):
        assert build_for_the_public(project) == []
        assert ledger.read_text(encoding="utf-8").splitlines() == before

        assert build_for_the_public(project, enter=True) == []
        entered = ledger.read_text(encoding="utf-8").splitlines()[len(before) :]
    vanished = build_for_the_public(project)

    assert entered == sorted([f"/{PEOPLE}", f"/{address('阮现武')}", f"/{address('董浩')}"])
    assert len(vanished) == 3
    assert all("现在会打不开" in problem for problem in vanished)
    assert (project.output / PEOPLE / "index.html").is_file()


def test_page_whose_address_is_not_declared_is_refused(project: Project) -> None:
    def undeclared(archive: Archive) -> Iterator[PageGroup]:
        for group in people_groups(archive):
            yield replace(group, addresses=dict)

    with plugged_in(Seam(PAGES, undeclared)), pytest.raises(UndeclaredAddress, match=address("阮现武")):
        project.build()


def test_file_that_nobody_would_know_as_ours_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.toys.contents.INDEX", "toy.json")
    with plugged_in(CONTENTS), pytest.raises(StrayFile, match=r"^toy\.json"):
        project.build()


# A check


def test_a_new_check_stops_the_press_and_names_the_line(project: Project, paper: SignedPaper) -> None:
    paper.issues[1].stories[0].headline = "！！"
    project.save()
    assert isinstance(project.build(), dict)
    before = written(project)
    with plugged_in(NO_SHOUTING):
        stopped = project.build()
        assert stopped == project.clean_build()
        assert written(project) == before
    assert stopped == ["content/issues/0002.md:9: 《干部！！下乡邻里中心》有两个叹号，请留下一个（exclamation）"]
    assert isinstance(project.build(), dict)


def test_a_new_check_looks_at_every_file_and_at_none_that_stays(project: Project) -> None:
    looked: list[str] = []

    def check(reading: Any, issue: Any) -> Iterator[Any]:
        looked.append(issue.source)
        return check_exclamations(reading, issue)

    project.clock_is_ahead = 3600
    with plugged_in(Seam(ISSUE_CHECKS, check)):
        project.build()
        assert set(looked) == {f"content/issues/000{total}.md" for total in REPORTERS}
        looked.clear()
        project.build()

    assert looked == []


# A key of the front matter


def test_a_new_key_of_the_front_matter_is_on_its_issues_page(project: Project, paper: SignedPaper) -> None:
    with plugged_in(keys=TOY_KEY):
        assert written_by_build(project) == set()
        paper.front[2] = "玩具: 积木\n"
        project.save()
        assert written_by_build(project) == {"issues/2/index.html"}
        assert "玩具：积木" in (project.output / "issues/2/index.html").read_text(encoding="utf-8")
        assert written_by_build(project) == set()
        paper.front[2] = "toy: 木马\n"
        project.save()
        assert written_by_build(project) == {"issues/2/index.html"}
    before = written(project)
    (problem,) = project.build()

    assert "没有“toy”这一项" in problem
    assert written(project) == before


def test_no_line_of_a_toy_is_left_in_the_product() -> None:
    listed = [each.__module__ for each in (*PAGES, *FILES, *ISSUE_CHECKS)]
    assert [module for module in listed if not module.startswith("plugins.newspaper.")] == []
