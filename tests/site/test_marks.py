"""Marks come from values: whatever field of whatever value changes, each page that shows it is printed anew.

The fields are found by the types of the model, so one that is added tomorrow is among them. Each is changed in a paper
that is printed already; the build that follows must give, byte for byte, what a build from nothing gives. Nobody wrote
down which page shows which field, neither in the product nor here.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from PIL import Image

from plugins.newspaper import checking, model
from plugins.newspaper.addresses import article_address
from plugins.newspaper.gathering.attachments import Attachment
from plugins.newspaper.gathering.pictures import PictureFacts, PictureFile
from plugins.newspaper.model import Entry, Issue, Masthead, Recording, Topic
from plugins.newspaper.planning.views import issue_context
from plugins.newspaper.reading.issue import read_issue
from tests import values
from tests.builders import issue_text
from tests.site import test_same_bytes
from tests.site.test_same_bytes import QUICK, Outcome, Paper, Project, difference

UNSHOWN = {
    "Issue.source",
    "Issue.lines",
    "Issue.front_matter",  # until a template shows a key of it: tests/site/test_seams.py
    "Issue.links.line",
    "Issue.found",  # checking/ sets it, and stops the press by it
    "Issue.ear_pictures",  # the ear has them
    "Issue.sections.articles.pictures.line",
    "Issue.accepted",
    "Issue.sections.articles.accepted",  # the notes are what is shown of it
    "Issue.sections.articles.corrections.line",
    "Issue.sections.articles.line",
    "Issue.sections.articles.lines",
    "Issue.withdrawal.line",
    "Issue.withdrawn.headline",  # whatever it was, nobody sees it any more
    "Issue.withdrawn.line",
    "Issue.withdrawn.withdrawal.line",
    "Recording.changed",
    "Topic.source",
    "Topic.line",
}
"""Fields that no page shows, with all that is below them. That none does is tested as well."""

MADE_OF_OTHERS = ("Issue.sections.articles.url", "Issue.withdrawn.url")
"""A story's address follows from its issue's number and its slug, and is changed with these."""

TOPICS = -1
"""Stands for the file of the topics where an issue's number would stand."""

SOURCE = ("source",)
"""Changed by renaming the file; all others are changed as the file is read."""

NOT_OF_PAGES = {("Entry", name) for name in ("stat", "text", "words", "accepted")}
"""What tells whether a file must be read again, and what its editor has accepted: pages have that from the issue."""

NUMBERS = [10, 20, 30, 40]
"""Running numbers of the issues; with room between them, so that one may be numbered anew."""
CHANGED = [40, 10]
"""Issues that are changed: the newest, which front page and feed show, and one that they do not, of the year before."""
WITHDRAWN = 20
"""An issue that is withdrawn as a whole."""
FIRST = date(2021, 11, 5)

STORY = """
> 报眼

![题字](tu.bmp)

## 通栏题
### 甲题|又一行
:slug: gao-0
:topics: 专题、旧题
:kicker: 引题
:deck: 副题
:audio: a.mp3
:aliases: /issues/{total}/jiu/
:更正: 2022-03-01 “甲”应为“乙”
:更正: 2022-03-02 “乙”应为“丙”

伊滨讯 5月29日，居民就近办事，见[附件](fu.txt)。

![大厅](tu.bmp "图为大厅（张三 摄）")

末段。

（阮现武 董浩）

### 乙题
:slug: gao-1

正文。

## 又一栏
### 丙题
:slug: gao-2
:topics: 专题

正文。

### 丁题
:slug: gao-3
:topics: 专题
:aliases: /issues/{total}/yuan/
:状态: 撤下 2022-03-01 应当事人要求

撤下的文字。
"""
"""A story that has everything a story may have, two that have little, and one that was withdrawn."""


@dataclass
class FullPaper(Paper):
    """A paper in which every field of every value stands somewhere."""

    issues: list[test_same_bytes.Issue] = field(default_factory=list)
    topics: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    listed: tuple[Topic, ...] = (Topic("专题", "zhuanti", "一行"), Topic("旧题", "jiuti"), Topic("9专题", "jiuzhuanti"))
    renamed: dict[int, str] = field(default_factory=dict)
    """Files of issues that are not named by their number."""
    saved_again: int = 0
    """An issue whose file has changed, though it says the same; so it is read again. Or TOPICS, for theirs."""

    def files(self) -> dict[str, str]:
        files = {"topics.yaml": "".join(map(_yaml, self.listed)) + "\n" * (self.saved_again == TOPICS)}
        for place, total in enumerate(NUMBERS):
            day = FIRST + timedelta(days=35 * place)
            text = issue_text(
                STORY.format(total=total).replace("专题", self.listed[0].name),
                issue=str(place + 1),
                total_issue=str(total),
                date=str(day),
                sponsor="管委会" if total in CHANGED else None,
                status="撤下 2022-03-02 应有关方面要求" if total == WITHDRAWN else None,
                accepted="\n  lunar-date: 原报如此",
            )
            name = self.renamed.get(total, f"{total:04}")
            files[f"issues/{name}.md"] = text + "\n" * (total == self.saved_again)
        return files


def _yaml(topic: Topic) -> str:
    said = [f"{name}: {getattr(topic, name)}" for name in values.fields_of(Topic) if getattr(topic, name)]
    return f"- {said[0]}\n" + "".join(f"  {line}\n" for line in said[1:])


class Press:
    """A project that was printed once; each change starts from there."""

    def __init__(self, folder: Path, kind: Any = Issue, shown: str = "") -> None:
        """`kind` is the type of the issues, `shown` what an issue's page shows besides: a piece of its template."""
        self.kind = kind
        self.paper = FullPaper()
        masthead = Masthead("报", "办", "编", "批", "声", "发", "印", "数")
        self._settings = {"SITEURL": "https://a.test", "MASTHEAD": masthead._asdict()}
        self.project = Project.begun(folder / "paper", self.paper)
        with open(self.project.folder / "theme/templates/partials/_front.html", "a", encoding="utf-8") as template:
            template.write(shown)
        self._restore_content()
        with self._values_made():
            self.before = self.project.build()
        assert isinstance(self.before, dict), self.before
        self._kept = folder / "kept"
        for place in (self.project.output, self.project.cache):
            shutil.copytree(place, self._kept / place.name)

    def outcomes_after(
        self, change: Callable[[], None], total: int = 0, path: values.Path = (), topic: values.Path = ()
    ) -> tuple[Outcome, Outcome]:
        """What the next build gives after a change, and what a build from nothing gives.

        As they are read, a field of the issue of a running number is changed, and a field of the first topic.
        """
        self._restore_content()
        for folder in (self.project.output, self.project.cache):
            shutil.rmtree(folder)
            shutil.copytree(self._kept / folder.name, folder)
        change()
        self.project.save()
        with self._values_made(total, path, topic):
            return self.project.build(), self.project.clean_build()

    @contextmanager
    def _values_made(self, total: int = 0, path: values.Path = (), topic: values.Path = ()) -> Iterator[None]:
        """Let reading give what is wanted, and the rules keep still."""

        def made(**fields: Any) -> Issue:
            issue = self.kind(**fields)
            if not issue.withdrawal:
                issue = values.filled(self.kind, issue)
            if issue.folio.total_issue == total and path:
                issue = values.changed_at(self.kind, issue, path)
            return with_addresses(issue)

        def topic_made(*said: Any, **fields: Any) -> Topic:
            read = Topic(*said, **fields)
            return values.changed_at(Topic, read, topic) if topic and read.name == "专题" else read

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("plugins.newspaper.reading.issue.Issue", made)
            patch.setattr("plugins.newspaper.reading.topics.Topic", topic_made)
            patch.setattr("plugins.newspaper.gathering.pictures.LEAST_ON_CARD", 5)  # the paper's are tiny
            patch.setattr("plugins.newspaper.planning.views.LEAST_LEAD", 8)
            for name in vars(checking):
                if name.endswith("_CHECKS"):
                    patch.setattr(checking, name, [])
            patch.setattr(checking, "_accepted_wrongly", lambda *_: ())
            yield

    def draw(self, name: str = "tu.bmp", size: tuple[int, int] = (9, 6), colour: str = "red", total: int = 40) -> None:
        file = self.project.content / f"images/{total:04}/{name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(file)

    def record(self, name: str = "a.mp3", sound: bytes = b"ID3 la", total: int = 40, at: int = 1) -> None:
        file = self.project.content / f"audio/{total:04}/{name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(sound)
        os.utime(file, (at, at))

    def attach(self, text: str = "附", name: str = "fu.txt", total: int = 40) -> None:
        file = self.project.content / f"files/{total:04}/{name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _restore_content(self) -> None:
        self.project.paper = self.paper = FullPaper()
        self.project.settings = dict(self._settings)
        self.project.save()
        for total in NUMBERS:
            for number in (total, total + 1):
                for name in ("tu.bmp", "9tu.bmp"):
                    self.draw(name, total=number)
                for name in ("a.mp3", "9a.mp3"):
                    self.record(name, total=number)
                for name in ("fu.txt", "9fu.txt"):
                    self.attach(name=name, total=number)


def with_addresses(issue: Issue) -> Issue:
    """The issue with the addresses that follow from its number and its stories' slugs."""
    return replace(
        issue,
        sections=tuple(
            section._replace(
                articles=tuple(
                    replace(article, url=article_address(issue.folio.total_issue, article.slug))
                    for article in section.articles
                )
            )
            for section in issue.sections
        ),
        withdrawn=tuple(
            replace(story, url=article_address(issue.folio.total_issue, story.slug)) for story in issue.withdrawn
        ),
    )


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    home = Path(tempfile.mkdtemp(dir=QUICK))
    yield Press(home)
    shutil.rmtree(home)


def assert_printed_anew(press: Press, name: str, *outcomes: tuple[Outcome, Outcome]) -> None:
    """Where a field is shown is printed anew, whichever value's it is; and one is shown, or it is in UNSHOWN."""
    for built, clean in outcomes:
        assert difference(built, clean) == []
    changes = any(clean != press.before for _, clean in outcomes)
    if any(name == unshown or name.startswith(f"{unshown}.") for unshown in UNSHOWN):
        assert not changes, f"pages show {name}: strike it from UNSHOWN"
    else:
        assert changes, f"no page shows {name}: add it to UNSHOWN, or to the paper of this test"


def named(path: values.Path) -> str:
    return ".".join(("Issue", *path))


ISSUE_PATHS = [path for path in values.paths(Issue) if named(path) not in MADE_OF_OTHERS]


@pytest.mark.parametrize("path", ISSUE_PATHS, ids=named)
def test_each_field_of_an_issue_is_printed_anew_where_it_is_shown(press: Press, path: values.Path) -> None:
    def outcomes(total: int) -> tuple[Outcome, Outcome]:
        def change() -> None:
            press.paper.saved_again = total
            if path == SOURCE:
                press.paper.renamed[total] = f"{total}"

        return press.outcomes_after(change, total, () if path == SOURCE else path)

    totals = CHANGED if path[0] != "withdrawal" else [*CHANGED, WITHDRAWN] if len(path) == 1 else [WITHDRAWN]
    assert_printed_anew(press, named(path), *map(outcomes, totals))


@pytest.mark.parametrize("name", values.fields_of(Topic))
def test_each_field_of_a_topic_is_printed_anew_where_it_is_shown(press: Press, name: str) -> None:
    def change() -> None:
        if name == "name":  # stories say it, too
            first, *others, _ = press.paper.listed
            press.paper.listed = (values.changed_at(Topic, first, (name,)), *others)
        else:
            press.paper.saved_again = TOPICS

    topic = () if name == "name" else (name,)
    assert_printed_anew(press, f"Topic.{name}", press.outcomes_after(change, topic=topic))


@pytest.mark.parametrize("name", values.fields_of(Masthead))
def test_each_field_of_the_masthead_is_printed_anew_where_it_is_shown(press: Press, name: str) -> None:
    def change() -> None:
        masthead = Masthead(**press.project.settings["MASTHEAD"])
        press.project.settings["MASTHEAD"] = values.changed_at(Masthead, masthead, (name,))._asdict()

    assert_printed_anew(press, f"Masthead.{name}", press.outcomes_after(change))


FILES: dict[str, Callable[[Press], None]] = {
    "PictureFacts.width": lambda press: press.draw(size=(8, 6)),
    "PictureFacts.height": lambda press: press.draw(size=(9, 5)),
    "PictureFacts.digest": lambda press: press.draw(colour="blue"),
    "Recording.size": lambda press: press.record(sound=b"ID3 lalala"),
    "Recording.changed": lambda press: press.record(at=2),
    "Attachment.size": lambda press: press.attach("附件"),
    "Attachment.digest": lambda press: press.attach("件"),
}
"""Fields that tell of a file, and the change of the file by which they change."""


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_replaced_is_printed_anew_where_it_is_shown(press: Press, name: str) -> None:
    assert_printed_anew(press, name, press.outcomes_after(lambda: FILES[name](press)))


# The walk itself


def test_every_field_of_every_value_of_the_model_is_among_the_changed() -> None:
    """Also of the values that are made from an issue, such as a story's card, and of those that others hold."""
    kinds = [kind for kind in vars(model).values() if values.is_value_type(kind) and kind.__module__ == model.__name__]
    hints = {kind.__name__: get_type_hints(kind) for kind in (*kinds, PictureFacts, PictureFile, Attachment)}
    wanted = {(kind, name) for kind, of in hints.items() for name in of if not values.is_value_type(of[name])}
    read = read_issue(
        issue_text(STORY.format(total=255), accepted="\n  lunar-date: 原报如此"), "content/issues/0255.md"
    )
    before = with_addresses(values.filled(Issue, read.issue))
    changed = {tuple(name.split(".")) for name in FILES}
    changed |= {(kind.__name__, name) for kind in (Topic, Masthead) for name in values.fields_of(kind)}
    for path in ISSUE_PATHS:
        after = with_addresses(values.changed_at(Issue, before, path))
        changed |= set(values.differing(_all_made_of(before), _all_made_of(after)))
    changed |= set(values.differing(_all_made_of(before), _all_made_of(_silent(before))))

    assert wanted - changed - NOT_OF_PAGES == set()


def _silent(issue: Issue) -> Issue:
    """Without recordings: lists show whether a story has one, and not which."""
    silent = (tuple(replace(article, audio="") for article in section.articles) for section in issue.sections)
    sections = (section._replace(articles=each) for section, each in zip(issue.sections, silent, strict=True))
    return replace(issue, sections=tuple(sections))


def _all_made_of(issue: Issue) -> tuple[Any, ...]:
    """The issue, and the values that are made from it."""
    contents = issue.as_contents()
    pictures = [picture for article in issue.articles for picture in article.pictures]
    folder = f"images/{issue.folio.total_issue:04}"
    files = tuple(PictureFile(picture.file, folder, PictureFacts(1, 1, "")) for picture in pictures)
    recordings = tuple(Recording(article.audio, 1, 1) for article in issue.articles)
    cards = tuple(article.as_card() for article in issue.articles)
    attachments = tuple(Attachment(f"files/{link.address}", 1, "") for link in issue.links)
    return attachments, issue, issue.notes, contents, cards, Entry.of(issue, contents, (), ""), files, recordings


@dataclass(frozen=True)
class IssueWithEditor(Issue):
    """An issue as it may be tomorrow."""

    editor: str = ""


@dataclass(frozen=True)
class IssueWithHiddenEditor(Issue):
    """An issue whose new field nobody's mark has."""

    editor: str = field(default="", repr=False)


@dataclass(frozen=True)
class IssueWithEditors(Issue):
    """An issue with a field of a type that the tests cannot change."""

    editors: set[str] = field(default_factory=set)


def press_showing_editor(folder: Path, kind: Any, monkeypatch: pytest.MonkeyPatch) -> Press:
    """A press whose pages of an issue show its editor. Which pages depend on that is said nowhere."""

    def with_editor(issue: Any, *others: Any) -> dict[str, Any]:
        return {**issue_context(issue, *others), "editor": issue.editor}

    for module in list(sys.modules.values()):
        if getattr(module, "issue_context", None) is issue_context and module.__name__.startswith("plugins."):
            monkeypatch.setattr(module, "issue_context", with_editor)
    return Press(folder, kind, "{{ editor }}")


def test_a_field_that_is_new_is_walked_and_printed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = press_showing_editor(tmp_path, IssueWithEditor, monkeypatch)
    (path,) = set(values.paths(IssueWithEditor)) - set(values.paths(Issue))

    test_each_field_of_an_issue_is_printed_anew_where_it_is_shown(press, path)


def test_a_field_that_is_hidden_from_the_mark_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = press_showing_editor(tmp_path, IssueWithHiddenEditor, monkeypatch)

    with pytest.raises(AssertionError, match=r"index\.html: different"):
        test_each_field_of_an_issue_is_printed_anew_where_it_is_shown(press, ("editor",))


def test_a_field_that_nobody_can_change_is_an_error() -> None:
    with pytest.raises(values.UnknownType):
        values.changed_at(IssueWithEditors, values.made(IssueWithEditors), ("editors",))
