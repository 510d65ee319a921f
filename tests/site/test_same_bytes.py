"""Same bytes: whatever a build started from, its output is that of a clean serial build, byte for byte.

A machine edits a small paper at random (its files, theme and settings, the output, the cache, the clock), builds now
and then, and holds each output against a build into an empty folder. Builds run in this process, many a second; the
killed ones run in a fork of it. What a killed build leaves is looked at with real commands in test_building.
"""

import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from jinja2 import Environment, StrictUndefined
from pelican.settings import read_settings
from PIL import Image

from plugins import edition  # by itself: Pelican loads it without telling the package
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.making.codes import draw_code
from plugins.newspaper.problems import UnfitToPrint
from plugins.strict_pelican import StrictPelican
from tests.builders import issue_text
from tests.conftest import ROOT, SITE, copy_project, run_pelican, tree

pytestmark = pytest.mark.slow

Outcome = dict[str, bytes] | list[str]
"""What a build gives: every file of its output, or the problems that stopped it."""

T = TypeVar("T")

HAS_FORK = hasattr(os, "fork")
QUICK = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""A folder in memory, where there is one; else the usual one."""


@dataclass
class Story:
    slug: str
    topics: tuple[int, ...]
    headline: str = "甲"
    opening: str = "甲"
    ending: str = "甲"
    alias: bool = False
    picture: bool = False
    corrections: int = 0
    withdrawn: bool = False
    attached: bool = False


@dataclass
class Issue:
    total: int
    number: int
    day: date
    stories: list[Story]
    is_draft: bool = False
    withdrawn: bool = False

    @property
    def file(self) -> str:
        return f"issues/{self.total:04}.md"

    @property
    def attachment(self) -> str:
        return f"files/{self.total:04}/biao.txt"

    @property
    def picture(self) -> str:
        return f"images/{self.total:04}/tu.bmp"


@dataclass
class Paper:
    """What the content folder should say."""

    issues: list[Issue]
    topics: dict[int, tuple[str, str, str]]
    """Name, slug and description."""
    pages: dict[str, str] = field(default_factory=lambda: {"about": "甲"})

    def files(self) -> dict[str, str]:
        """Every text file of the content folder. Gaps that a lost issue leaves are accepted, as editors do."""
        entries = "".join(
            f"- name: {name}\n  slug: {slug}\n  description: {line}\n" for name, slug, line in self.topics.values()
        )
        files = {"topics.yaml": entries}
        for slug, text in self.pages.items():
            files[f"pages/{slug}.md"] = f"Title: 关于{text}\nSlug: {slug}\n\n数字版{text}。\n"
        for before, issue in pairwise([None, *self.issues]):
            assert issue
            front: dict[str, str | None] = {
                "issue": str(issue.number),
                "total_issue": str(issue.total),
                "date": str(issue.day),
                "lunar_date": str(lunar_of(issue.day)),
                "status": "draft" if issue.is_draft else f"撤下 {issue.day} 甲" if issue.withdrawn else None,
            }
            if accepted := _accepted(before, issue):
                front["accepted"] = "".join(f"\n  {code}: 原报如此" for code in accepted)
            files[issue.file] = issue_text("\n".join(self._story(issue, story) for story in issue.stories), **front)
        return files

    def _story(self, issue: Issue, story: Story) -> str:
        lines = [f"### 干部{story.headline}下乡|邻里中心", f":slug: {story.slug}"]
        if story.topics:
            lines.append(f":topics: {'、'.join(self.topics[topic][0] for topic in story.topics)}")
        if story.alias:
            lines.append(f":aliases: /issues/{issue.total}/jiu-{story.slug}/")
        if story.withdrawn:
            lines.append(f":状态: 撤下 {issue.day} 乙")
        lines += [f":更正: {issue.day} 第{number}段" for number in range(story.corrections)]
        lines += ["", f"伊滨讯 5月29日，居民{story.opening}就近办事。", ""]
        if story.picture:
            lines += ['![大厅](tu.bmp "图为大厅（张三 摄）")', ""]
        if story.attached:
            lines += ["见[表](biao.txt)。", ""]
        return "\n".join([*lines, f"末段{story.ending}。", "", "（阮现武）", ""])


def _accepted(before: Issue | None, issue: Issue) -> list[str]:
    if before is None:
        return []
    skipped = issue.total - before.total - 1
    follows = (
        issue.number == before.number + 1 + skipped
        if issue.day.year == before.day.year
        else 1 <= issue.number <= 1 + skipped
    )
    return ["total-issue"] * bool(skipped) + ["issue-number"] * (not follows)


def small_paper(issues: int = 5, stories: int = 2) -> Paper:
    """Issues five weeks apart from November 2021 on, so that the third is the first of a new year."""
    paper = Paper([], {number: (f"专题{number}", f"zhuanti-{number}", "甲") for number in range(3)})
    for _ in range(issues):
        paper.issues.append(following(paper, stories))
    paper.issues[0].stories[0].picture = True
    return paper


def following(paper: Paper, stories: int) -> Issue:
    """The issue after the newest."""
    if not paper.issues:
        total, number, day = 1, 1, date(2021, 11, 5)
    else:
        newest = paper.issues[-1]
        day = newest.day + timedelta(days=35)
        total, number = newest.total + 1, newest.number + 1 if day.year == newest.day.year else 1
    return Issue(total, number, day, [Story(f"gao-{place}", ((total + place) % 3,)) for place in range(stories)])


@dataclass
class Project:
    """A folder with a paper in it, and the circumstances under which it is built."""

    folder: Path
    paper: Paper
    settings: dict[str, Any] = field(default_factory=dict)
    today: date = date(2022, 7, 1)
    clock_is_ahead: float = 0
    """Seconds; a file saved just now looks old to a clock that is ahead, and is known by its times."""
    markdown_version: str = ""

    @classmethod
    def begun(cls, folder: Path, paper: Paper) -> "Project":
        shutil.copytree(ROOT / "theme", folder / "theme", ignore=shutil.ignore_patterns("*.otf"))
        project = cls(folder, paper)
        project.font.parent.mkdir(exist_ok=True)
        project.font.write_bytes(b"a font")
        project.save()
        return project

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def font(self) -> Path:
        return self.folder / "theme/fonts/card.otf"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def cache(self) -> Path:
        return self.folder / ".cache"

    def save(self) -> None:
        """Bring the content folder to what the paper says; what is as it should be is not touched."""
        wanted = self.paper.files()
        present = {name for name in tree(self.content) if name.endswith((".md", ".yaml"))}
        for name in present - wanted.keys():
            (self.content / name).unlink()
        for name, text in wanted.items():
            file = self.content / name
            if name not in present or file.read_bytes() != text.encode():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
        for issue in self.paper.issues:
            if any(story.picture for story in issue.stories) and not (self.content / issue.picture).exists():
                draw(self.content / issue.picture, "red")
            if any(story.attached for story in issue.stories) and not (self.content / issue.attachment).exists():
                attach(self.content / issue.attachment, "甲")

    def build(self, *, parallel: bool = False) -> Outcome:
        return self._build(self.output, self.cache, parallel=parallel)

    def clean_build(self) -> Outcome:
        """What a serial build into an empty folder, with an empty cache, gives; under an ordinary clock."""
        with tempfile.TemporaryDirectory(dir=QUICK) as empty:
            usual = replace(self, clock_is_ahead=0, markdown_version="")
            return usual._build(Path(empty, "output"), Path(empty, "cache"), parallel=False)

    def state(self) -> tuple[object, ...]:
        """All that an output may depend on."""
        files = {**tree(self.content), **{f"theme/{name}": file for name, file in tree(self.folder / "theme").items()}}
        return (self.today, repr(sorted(self.settings.items())), hash(frozenset(files.items())))

    def _build(self, output: Path, cache: Path, *, parallel: bool) -> Outcome:
        places = {"PATH": self.content, "THEME": self.folder / "theme", "OUTPUT_PATH": output, "CACHE_PATH": cache}
        (self.content / "permalinks.tsv").unlink(missing_ok=True)  # the ledger has tests of its own
        override = {name: str(place) for name, place in places.items()} | self.settings
        if override.get("PUBLIC"):
            override["SITEURL"] = override.get("SITEURL") or SITE  # no public site is built without
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "path", [*sys.path])
            patch.setattr(edition, "datetime", SimpleNamespace(now=lambda _: self.today_at_noon))
            patch.setattr("plugins.newspaper.gathering.folder.time", SimpleNamespace(time_ns=self.time_ns))
            patch.setattr("plugins.newspaper.gathering.cache.version", self.version_of)
            for name, function in SLOW.items():
                patch.setattr(name, function)
            patch.setattr("plugins.newspaper.workers.LEAST", 2 if parallel else sys.maxsize)
            patch.setattr("plugins.newspaper.workers._cores", lambda: 2)
            try:
                StrictPelican(read_settings(str(ROOT / "pelicanconf.py"), override=override)).run()
            except UnfitToPrint as unfit:
                return list(map(str, unfit.problems))
        (self.content / "permalinks.tsv").unlink(missing_ok=True)
        return tree(output)

    @property
    def today_at_noon(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 12)

    def time_ns(self) -> int:
        return time.time_ns() + int(self.clock_is_ahead * 1e9)

    def version_of(self, package: str) -> str:
        return version(package) + (self.markdown_version if package == "markdown-it-py" else "")


def once(slow: Callable[..., T], key: Callable[..., object]) -> Callable[..., T]:
    """A slow function that works once for each key; what is under test is who calls it, and when."""
    made: dict[object, T] = {}

    def remembered(*arguments: Any, **options: Any) -> T:
        asked = key(*arguments, **options)
        if asked not in made:
            made[asked] = slow(*arguments, **options)
        return made[asked]

    return remembered


SLOW = {
    # A card that says what it would be drawn from.
    "plugins.newspaper.making.cards.draw_card": lambda card, fonts: repr((card, fonts.mark)).encode(),
    "plugins.newspaper.making.photo_cards.draw_photo_card": lambda path, facts, date, fonts: repr(
        (facts.digest, date, fonts.mark)
    ).encode(),
    "plugins.newspaper.making.codes.draw_code": once(draw_code, str),
    "jinja2.Environment.compile": once(
        Environment.compile, lambda jinja, source, name, _: (source, name, jinja.trim_blocks, jinja.lstrip_blocks)
    ),
}


def draw(file: Path, colour: str) -> None:
    """A picture whose file is of the same size in every colour."""
    bitmap = io.BytesIO()
    Image.new("RGB", (9, 6), colour).save(bitmap, "BMP")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bitmap.getvalue())


def attach(file: Path, word: str) -> None:
    """A file for readers to take, of the same size whatever it says."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(word, encoding="utf-8")


def difference(built: Outcome, clean: Outcome) -> list[str]:
    """What is wrong with an outcome, in few words."""
    if isinstance(built, list) or isinstance(clean, list):
        return [] if built == clean else [f"built: {built!s:.500}", f"clean: {clean!s:.500}"]
    return [
        f"{name}: {'stale' if name not in clean else 'lacking' if name not in built else 'different'}"
        for name in sorted(built.keys() | clean.keys())
        if built.get(name) != clean.get(name)
    ]


def in_a_fork_killed_at(moment: int, build: Callable[[], object]) -> None:
    """Run a build in a process that is killed, with all its workers, at its so-manieth change to the disk.

    A write that is killed leaves half of what it should have written.
    """
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setpgid(0, 0)
        left = [moment]

        def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
            def called(*arguments: Any, **options: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    if call is write:
                        write(arguments[0], arguments[1][: len(arguments[1]) // 2])
                    os.killpg(0, signal.SIGKILL)
                return call(*arguments, **options)

            return called

        write = os.write
        for name in ("write", "replace", "unlink", "rmdir", "mkdir"):
            setattr(os, name, deadly(getattr(os, name)))
        build()
    finally:
        os._exit(0)


WORD = st.sampled_from("甲乙丙")
"""Of one size, and few: a text often returns to what it was."""
PLACE = st.integers(0, 7)
OTHER_JINJA = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": False}
BUILD = st.sampled_from(["not yet", "not yet", "serial", "parallel"] if HAS_FORK else ["not yet", "serial"])


def edit(**arguments: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A rule that changes something, and may build then."""

    def made(change: Callable[..., None]) -> Any:
        def changed(self: "Press", then: str, **drawn: Any) -> None:
            change(self, **drawn)
            if then != "not yet":
                self.build(then)

        changed.__name__ = change.__name__
        return rule(then=BUILD, **arguments)(changed)

    return made


class Press(RuleBasedStateMachine):
    """Whatever is done to the project, a build is as good as a clean one."""

    clean: dict[tuple[object, ...], Outcome] = {}  # noqa: RUF012 - of the whole run: a state often comes back

    @initialize(seconds=st.sampled_from([0, 3600]))
    def begin(self, seconds: float) -> None:
        self.home = Path(tempfile.mkdtemp(dir=QUICK))
        self.project = Project.begun(self.home / "paper", small_paper())
        self.project.clock_is_ahead = seconds
        self.earlier_cache: Path | None = None
        self.build("serial")

    def teardown(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    # Building

    def build(self, how: str) -> None:
        before = tree(self.project.output) if self.project.output.exists() else {}
        built = self.project.build(parallel=how == "parallel")
        clean = self.clean_build()
        assert difference(built, clean) == []
        if isinstance(clean, list):
            assert tree(self.project.output) == before

    def clean_build(self) -> Outcome:
        state = self.project.state()
        if state not in self.clean:
            if len(self.clean) > 20:
                self.clean.clear()
            self.clean[state] = self.project.clean_build()
        return self.clean[state]

    if HAS_FORK:

        @edit(moment=st.integers(0, 80), parallel=st.booleans())
        def a_build_is_killed(self, moment: int, parallel: bool) -> None:
            before = tree(self.project.output) if self.project.output.exists() else {}
            clean = self.clean_build()
            in_a_fork_killed_at(moment, lambda: self.project.build(parallel=parallel))
            if self.project.output.exists() and isinstance(clean, dict):
                whole = {*before.values(), *clean.values()}
                left = tree(self.project.output).items()
                assert [name for name, content in left if content not in whole and not name.endswith(".part")] == []

    # Writing

    def issue(self, place: int) -> Issue:
        return self.project.paper.issues[place % len(self.project.paper.issues)]

    def story(self, place: int) -> Story:
        stories = [story for issue in self.project.paper.issues for story in issue.stories]
        return stories[-1 - place % len(stories)]

    @edit(place=PLACE, part=st.sampled_from(["headline", "opening", "ending"]), word=WORD)
    def a_text_is_mended(self, place: int, part: str, word: str) -> None:
        setattr(self.story(place), part, word)
        self.project.save()

    @edit(place=PLACE, word=WORD)
    def a_text_is_mended_behind_the_clocks_back(self, place: int, word: str) -> None:
        issue = self.issue(place)
        file = self.project.content / issue.file
        before = file.stat()
        issue.stories[0].ending = word
        self.project.save()
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size

    @edit(place=PLACE, slug=st.sampled_from(["gao-0", "gao-9", "xin"]), at_end=st.booleans())
    def a_story_is_added(self, place: int, slug: str, at_end: bool) -> None:
        stories = self.issue(place).stories
        if slug not in {story.slug for story in stories}:
            stories.insert(len(stories) if at_end else 0, Story(slug, (0, 1)))
        self.project.save()

    @edit(place=PLACE, which=st.integers(0, 1))
    def a_story_is_dropped(self, place: int, which: int) -> None:
        stories = self.issue(place).stories
        if len(stories) > 1:
            del stories[which]
        self.project.save()

    @edit(place=PLACE)
    def stories_change_places(self, place: int) -> None:
        self.issue(place).stories.reverse()
        self.project.save()

    @edit(place=PLACE, slug=st.sampled_from(["gao-7", "gao-8"]))
    def a_story_gets_another_address(self, place: int, slug: str) -> None:
        stories = self.issue(place).stories
        if slug not in {story.slug for story in stories}:
            stories[0].slug = slug
        self.project.save()

    @edit(place=PLACE)
    def an_alias_comes_or_goes(self, place: int) -> None:
        story = self.story(place)
        story.alias = not story.alias
        self.project.save()

    @edit(place=PLACE)
    def a_story_is_withdrawn_or_stands_again(self, place: int) -> None:
        story = self.story(place)
        story.withdrawn = not story.withdrawn
        self.project.save()

    @edit(place=PLACE, corrections=st.integers(0, 2))
    def a_story_is_corrected(self, place: int, corrections: int) -> None:
        self.story(place).corrections = corrections
        self.project.save()

    @edit(place=PLACE)
    def an_issue_is_withdrawn_or_stands_again(self, place: int) -> None:
        issue = self.issue(place)
        issue.withdrawn = not issue.withdrawn
        self.project.save()

    # Topics

    @edit(place=PLACE, topics=st.sampled_from([(), (0,), (1,), (2,), (0, 2)]))
    def a_story_changes_its_topics(self, place: int, topics: tuple[int, ...]) -> None:
        self.story(place).topics = topics
        self.project.save()

    @edit(topic=st.integers(0, 2), part=st.integers(0, 2), word=st.sampled_from("ab"))
    def a_topic_changes_its_name_slug_or_description(self, topic: int, part: int, word: str) -> None:
        said = list(self.project.paper.topics[topic])
        said[part] = said[part].rstrip("ab") + word
        self.project.paper.topics[topic] = (said[0], said[1], said[2])
        self.project.save()

    @edit()
    def topics_change_places(self) -> None:
        self.project.paper.topics = dict(reversed(self.project.paper.topics.items()))
        self.project.save()

    # Issues

    @precondition(lambda self: len(self.project.paper.issues) < 8)
    @edit(stories=st.integers(1, 3))
    def the_next_issue_comes_out(self, stories: int) -> None:
        self.project.paper.issues.append(following(self.project.paper, stories))
        self.project.save()

    @precondition(lambda self: len(self.project.paper.issues) > 2)
    @edit(place=st.integers(1, 8))
    def an_issue_vanishes(self, place: int) -> None:
        del self.project.paper.issues[-(place % len(self.project.paper.issues))]
        self.project.save()

    @edit(skipped=st.integers(0, 2))
    def the_newest_issue_is_renumbered(self, skipped: int) -> None:
        before, issue = self.project.paper.issues[-2:]
        file = self.project.content / issue.file
        issue.number += before.total + 1 + skipped - issue.total
        issue.total = before.total + 1 + skipped
        issue.number = max(issue.number, 1)
        os.rename(file, self.project.content / issue.file)
        self.project.save()

    @edit(place=PLACE)
    def an_issue_becomes_a_draft_or_is_published(self, place: int) -> None:
        issue = self.issue(place)
        issue.is_draft = not issue.is_draft
        self.project.save()

    @edit(place=PLACE, days=st.sampled_from([-30, -3, 3, 30, 300]))
    def an_issue_is_dated_anew(self, place: int, days: int) -> None:
        issue = self.issue(place)
        day = issue.day + timedelta(days=days)
        others = [other.day for other in self.project.paper.issues if other is not issue]
        between = sorted([*others, issue.day]).index(issue.day) == sorted([*others, day]).index(day)
        if between and day not in others:
            issue.day = day
        self.project.save()

    @edit(place=PLACE, word=WORD)
    def a_page_that_is_not_news_comes_changes_or_goes(self, place: int, word: str) -> None:
        pages = self.project.paper.pages
        slug = "about" if place % 2 else "tougao"
        if pages.get(slug) == word:
            del pages[slug]
        else:
            pages[slug] = word
        self.project.save()

    # Pictures

    @edit(place=PLACE)
    def a_picture_comes_or_goes(self, place: int) -> None:
        story = self.story(place)
        story.picture = not story.picture
        self.project.save()

    @edit(colour=st.sampled_from(["red", "blue"]), behind_the_clocks_back=st.booleans())
    def a_picture_is_replaced(self, colour: str, behind_the_clocks_back: bool) -> None:
        for file in self.project.content.glob("images/*/*"):
            before = file.stat()
            draw(file, colour)
            if behind_the_clocks_back:
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    # Attachments

    @edit(place=PLACE)
    def an_attachment_comes_or_goes(self, place: int) -> None:
        story = self.story(place)
        story.attached = not story.attached
        self.project.save()

    @edit(word=WORD, behind_the_clocks_back=st.booleans())
    def an_attachment_is_replaced(self, word: str, behind_the_clocks_back: bool) -> None:
        for file in self.project.content.glob("files/*/*"):
            before = file.stat()
            attach(file, word)
            if behind_the_clocks_back:
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    # Slips

    @rule(
        place=PLACE,
        slip=st.sampled_from(["date", "topic", "encoding", "file name", "no story", "attachment", "link"]),
        how=BUILD,
    )
    def a_slip_stops_the_press_and_is_mended(self, place: int, slip: str, how: str) -> None:
        file = self.project.content / self.issue(place).file
        text = file.read_text(encoding="utf-8")
        match slip:
            case "date":
                file.write_text(text.replace("date: 2", "date: 9", 1), encoding="utf-8")
            case "topic":
                file.write_text(text.replace(":slug:", ":topics: 没有的专题\n:slug:", 1), encoding="utf-8")
            case "encoding":
                file.write_bytes(text.encode("gb18030"))
            case "file name":
                os.rename(file, file.with_name("9999.md"))
            case "attachment":
                file.write_text(f"{text}\n见[表](meiyou.pdf)。\n", encoding="utf-8")
            case "link":
                file.write_text(f"{text}\n见[下期](/issues/999/)。\n", encoding="utf-8")
            case "no story":
                file.write_text(text.replace("###", "####"), encoding="utf-8")
        assert isinstance(self.clean_build(), list)
        if how != "not yet":
            self.build(how)
        self.project.save()

    # Files

    @edit(seconds=st.sampled_from([-1e8, -60, 0, 1e6]), folder=st.sampled_from(["content", "theme", "output"]))
    def files_are_touched(self, seconds: float, folder: str) -> None:
        for file in (self.project.folder / folder).rglob("*"):
            os.utime(file, (time.time() + seconds,) * 2)

    @edit()
    def files_are_saved_as_they_were(self) -> None:
        for file in self.project.content.rglob("*.*"):
            content = file.read_bytes()
            file.unlink()
            file.write_bytes(content)

    @edit(place=st.integers(0, 99), harm=st.sampled_from(["deleted", "changed", "cut off", "emptied"]))
    def an_output_file_is_harmed(self, place: int, harm: str) -> None:
        files = sorted(tree(self.project.output).items())
        if not files:
            return
        name, content = files[place % len(files)]
        file = self.project.output / name
        if harm == "deleted":
            file.unlink()
        else:
            file.write_bytes({"changed": bytes(len(content)), "cut off": content[:-1], "emptied": b""}[harm])
            os.utime(file, (1e9, 1e9))  # a clock may stand for some milliseconds

    @edit()
    def the_output_is_deleted(self) -> None:
        shutil.rmtree(self.project.output, ignore_errors=True)

    @edit()
    def the_project_moves(self) -> None:
        folder = self.home / ("paper" if self.project.folder.name != "paper" else "moved")
        os.rename(self.project.folder, folder)
        self.project.folder = folder

    # Theme and settings

    @edit(place=st.integers(0, 99), word=WORD)
    def a_template_or_stylesheet_changes(self, place: int, word: str) -> None:
        theme = sorted(file for file in (ROOT / "theme").rglob("*") if file.suffix in (".html", ".xml", ".css", ".svg"))
        file = theme[place % len(theme)]
        text, block = file.read_text(encoding="utf-8"), "{% block content %}"
        mark = f"/*!{word}*/" if file.suffix == ".css" else f"<!-- {word} -->"
        text = text.replace(block, block + mark) if block in text else text + mark
        (self.project.folder / "theme" / file.relative_to(ROOT / "theme")).write_text(text, encoding="utf-8")

    @edit(word=WORD)
    def the_font_of_the_cards_changes(self, word: str) -> None:
        self.project.font.write_text(word, encoding="utf-8")

    @edit(
        setting=st.sampled_from(
            [
                ("SITENAME", "伊滨新闻"),
                ("SITENAME", "伊滨"),
                ("SITEURL", ""),
                ("SITEURL", "https://a.test"),
                ("RELATIVE_URLS", True),
                ("RELATIVE_URLS", False),
                ("COLOPHON", {"icp": "豫ICP备1号", "police": "", "government_mark": None}),
                ("PUBLIC", True),
                ("PUBLIC", False),
                ("JINJA_ENVIRONMENT", OTHER_JINJA),
            ]
        )
    )
    def a_setting_changes(self, setting: tuple[str, object]) -> None:
        name, value = setting
        self.project.settings[name] = value

    @edit(today=st.dates(date(2021, 11, 20), date(2022, 9, 1)))
    def it_is_another_day(self, today: date) -> None:
        self.project.today = today

    @edit(seconds=st.sampled_from([-1e7, 0, 3600, 1e7]))
    def the_clock_is_put(self, seconds: float) -> None:
        self.project.clock_is_ahead = seconds

    @edit(of=st.sampled_from(["", ".1"]))
    def markdown_it_gets_another_version(self, of: str) -> None:
        self.project.markdown_version = of

    # Cache

    def caches(self) -> list[Path]:
        return sorted(file for file in self.project.cache.rglob("*") if file.is_file())

    @edit()
    def the_cache_is_lost(self) -> None:
        shutil.rmtree(self.project.cache, ignore_errors=True)

    @edit(harm=st.sampled_from(["flipped", "cut off", "wiped", "foreign"]), seed=st.integers(0, 9999))
    def the_cache_is_damaged(self, harm: str, seed: int) -> None:
        chance = random.Random(seed)
        for file in self.caches():
            content = bytearray(file.read_bytes())
            if content and chance.random() < 0.7:
                at = chance.randrange(len(content))
                match harm:
                    case "flipped":
                        for _ in range(9):
                            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                    case "cut off":
                        del content[at:]
                    case "wiped":
                        content[at:] = bytes(len(content) - at)
                    case "foreign":
                        content[:] = b"a foreign file" * 999
                file.write_bytes(content)

    @edit()
    def the_cache_is_put_by(self) -> None:
        if self.project.cache.exists():
            self.earlier_cache = self.home / "earlier"
            shutil.rmtree(self.earlier_cache, ignore_errors=True)
            shutil.copytree(self.project.cache, self.earlier_cache)

    @precondition(lambda self: self.earlier_cache)
    @edit()
    def an_earlier_cache_comes_back(self) -> None:
        assert self.earlier_cache
        shutil.rmtree(self.project.cache, ignore_errors=True)
        shutil.copytree(self.earlier_cache, self.project.cache)


Press.TestCase.settings = settings(
    max_examples=32,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
test_any_path_leads_to_the_same_bytes = Press.TestCase


# Paths that chance finds seldom


@pytest.fixture
def press() -> Iterator[Press]:
    """A press that has printed the small paper once."""
    press = Press()
    press.begin(seconds=0)
    yield press
    press.teardown()


def keep_first_stories(project: Project, stories: int) -> None:
    del project.paper.issues[0].stories[stories:]
    project.save()


def test_story_that_an_earlier_cache_does_not_know_goes_with_its_page(press: Press) -> None:
    press.the_cache_is_put_by("not yet")
    press.a_story_is_added("serial", place=0, slug="xin", at_end=True)
    press.an_earlier_cache_comes_back("not yet")
    keep_first_stories(press.project, 2)
    press.build("serial")


def test_project_that_moves_away_and_back_leaves_nothing_stale(press: Press) -> None:
    press.the_project_moves("serial")
    press.a_story_is_added("serial", place=0, slug="xin", at_end=True)
    press.the_project_moves("not yet")
    keep_first_stories(press.project, 2)
    press.build("serial")


def test_record_that_names_another_file_is_not_trusted(press: Press) -> None:
    (record,) = press.project.cache.glob("record-????????????????")
    content = record.read_bytes()
    changed = content.replace(b"issues/1/gao-1/index.html", b"issues/1/gao-2/index.html")
    record.write_bytes(changed)
    keep_first_stories(press.project, 1)
    press.build("serial")

    assert changed != content


def test_record_of_an_earlier_build_harms_nothing(press: Press) -> None:
    (record,) = press.project.cache.glob("record-????????????????")
    for word in "甲乙丙":
        earlier = record.read_bytes()
        press.a_text_is_mended("serial", place=7, part="ending", word=word)
        record.write_bytes(earlier)
        press.a_text_is_mended("serial", place=7, part="ending", word="。")


@pytest.mark.parametrize("harm", ["cut off", "wiped", "flipped"])
def test_cache_damaged_anywhere_is_thrown_away(press: Press, harm: str) -> None:
    for seed in range(8):
        press.the_cache_is_damaged("not yet", harm=harm, seed=seed)
        press.a_text_is_mended("not yet", place=seed, part="headline", word="乙")
        press.an_issue_vanishes("serial", place=1)
        press.the_next_issue_comes_out("serial", stories=2)


@pytest.mark.parametrize("lost", [(), ("index.html",), ("index.html", "feed.xml", "404.html")], ids=len)
def test_page_goes_though_all_knowledge_of_it_was_lost(press: Press, lost: tuple[str, ...]) -> None:
    press.the_cache_is_lost("not yet")
    for name in lost:
        (press.project.output / name).unlink()
    press.project.paper.pages.clear()
    press.an_issue_vanishes("serial", place=1)


def test_nothing_stays_when_the_only_public_issue_goes_and_the_cache_lost(press: Press) -> None:
    press.the_cache_is_lost("not yet")
    press.a_setting_changes("not yet", setting=("SITEURL", "https://a.test"))
    press.a_setting_changes("not yet", setting=("PUBLIC", True))
    press.it_is_another_day("serial", today=date(2020, 1, 1))


@pytest.mark.skipif(not HAS_FORK, reason="builds are killed in a fork")
def test_half_a_file_that_a_killed_build_left_goes_though_the_cache_was_lost(press: Press) -> None:
    half: list[Path] = []
    for moment in range(5, 60):
        press.a_text_is_mended("not yet", place=0, part="headline", word="甲乙"[moment % 2])
        press.a_build_is_killed("not yet", moment=moment, parallel=False)
        half = list(press.project.output.glob("*.part"))
        if half:
            break
    press.the_cache_is_lost("serial")

    assert half


@pytest.mark.parametrize("harm", ["deleted", "changed", "cut off", "emptied"])
def test_output_file_that_was_harmed_is_printed_again(press: Press, harm: str) -> None:
    for place in range(0, 99, 9):
        press.an_output_file_is_harmed("not yet", place=place, harm=harm)
    press.build("serial")


def test_file_of_the_same_size_and_time_is_another_file(press: Press) -> None:
    press.the_clock_is_put("serial", seconds=3600)
    press.a_text_is_mended_behind_the_clocks_back("serial", place=1, word="乙")


def test_story_follows_the_address_of_its_topic(press: Press) -> None:
    press.a_topic_changes_its_name_slug_or_description("serial", topic=0, part=1, word="a")


@pytest.mark.parametrize("behind_the_clocks_back", [False, True])
def test_feed_shows_the_picture_that_replaced_another(press: Press, behind_the_clocks_back: bool) -> None:
    press.a_picture_comes_or_goes("serial", place=0)
    press.the_clock_is_put("serial", seconds=3600)
    press.a_picture_is_replaced("serial", colour="blue", behind_the_clocks_back=behind_the_clocks_back)


def test_cards_are_drawn_anew_in_another_font(press: Press) -> None:
    press.a_setting_changes("serial", setting=("SITEURL", "https://a.test"))
    press.the_font_of_the_cards_changes("serial", word="乙")


def test_templates_are_printed_anew_under_other_jinja_settings(press: Press) -> None:
    press.a_setting_changes("serial", setting=("JINJA_ENVIRONMENT", OTHER_JINJA))


@pytest.mark.parametrize("how", ["serial", "parallel"])
def test_slip_in_a_file_saved_just_now_is_told_as_a_clean_build_tells_it(press: Press, how: str) -> None:
    press.a_text_is_mended("serial", place=1, part="opening", word="乙")
    press.a_slip_stops_the_press_and_is_mended(place=1, slip="date", how=how)


# Whole builds


def test_builds_at_other_times_are_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.begun(tmp_path, small_paper())
    first = project.clean_build()
    later = datetime(2031, 5, 6, 7, 8, 9)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls.fromtimestamp(later.timestamp(), tz)

    for name, module in list(sys.modules.items()):
        if name.startswith(("plugins.", "pelican.", "jinja2.")) and vars(module).get("datetime") is datetime:
            monkeypatch.setattr(module, "datetime", Later)
    monkeypatch.setattr(time, "time", later.timestamp)
    monkeypatch.setattr(time, "localtime", lambda seconds=None: later.timetuple())
    monkeypatch.setattr(time, "gmtime", lambda seconds=None: later.timetuple())
    project.today = later.date()

    assert difference(project.clean_build(), first) == []


@pytest.mark.skipif(not HAS_FORK, reason="without fork there are no workers")
def test_parallel_cold_build_is_the_serial_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.begun(tmp_path, small_paper(issues=30, stories=1))
    serial = project.clean_build()
    forks: list[int] = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: forks.append(1) or fork())

    assert difference(project.build(parallel=True), serial) == []
    assert len(forks) == 2  # one a core, to read and to print


def test_copy_on_another_machine_builds_the_same(tmp_path: Path) -> None:
    here = Project.begun(tmp_path / "here", small_paper())
    here.build()
    # Files that are not copied as they were have other times; those of the content come in no order.
    shutil.copytree(here.folder, tmp_path / "there", copy_function=shutil.copy)
    there = replace(here, folder=tmp_path / "there")
    for file in there.content.rglob("*"):
        os.utime(file, (random.Random(file.name).randrange(10**9),) * 2)
    unchanged = there.build()
    clean = there.clean_build()
    del there.paper.issues[-1]
    there.save()

    assert difference(unchanged, clean) == []
    assert difference(there.build(), there.clean_build()) == []


def test_order_of_hashes_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        project = copy_project(tmp_path / seed)
        result = run_pelican(project, "-s", "publishconf.py", "--fatal", "warnings")
        assert result.returncode == 0, result.stdout + result.stderr
        built.append(tree(project / "output"))

    assert difference(built[0], built[1]) == []
