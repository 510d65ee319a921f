"""What happens to a site between two builds; each repetition is a fresh change of its kind."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.corpus import OUTPUT, Corpus, stories, topic_name

SCENARIOS = {
    "cold": "从零生成",
    "unchanged": "没有改动",
    "edit": "改一篇",
    "add": "添一期",
    "rename": "专题改名",
    "theme": "改版式",
}
RENAMED = 7
"""The topic that is renamed."""


class Change(Protocol):
    """A kind of change, made anew for each repetition."""

    apart: bool
    """Whether it must be undone before it can be made again."""

    lasting: bool
    """Whether the site is another one after it."""

    def make(self, repetition: int) -> None: ...

    def undo(self) -> None: ...


@dataclass
class Cold:
    """The output and everything remembered is gone."""

    folder: Path
    leftovers: tuple[str, ...]
    undone = "never"

    def make(self, repetition: int) -> None:
        for name in self.leftovers:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def undo(self) -> None: ...


class Unchanged:
    """Nothing happens."""

    undone = "never"

    def make(self, repetition: int) -> None: ...

    def undo(self) -> None: ...


class Rewritten:
    """One file says something else in one place."""

    undone = "end"

    def __init__(self, path: Path, old: str, new: str) -> None:
        self._path, self._old, self._new = path, old, new
        self._original = path.read_text(encoding="utf-8")
        if old not in self._original:
            raise ValueError(f"{path.name} lacks what is to be changed: {old}")

    def make(self, repetition: int) -> None:
        text = self._original.replace(self._old, self._new.format(repetition), 1)
        self._path.write_text(text, encoding="utf-8")

    def undo(self) -> None:
        self._path.write_text(self._original, encoding="utf-8")


@dataclass
class Added:
    """The next issue arrives."""

    corpus: Corpus
    undone = "each"

    def make(self, repetition: int) -> None:
        number = self.corpus.issues + 1
        self.corpus.file(number).write_text(self.corpus.issue_text(number, repetition), encoding="utf-8")

    def undo(self) -> None:
        self.corpus.file(self.corpus.issues + 1).unlink()


@dataclass
class Renamed:
    """A topic has another name, in the list of topics and in every story that names it."""

    corpus: Corpus
    undone = "end"

    def __post_init__(self) -> None:
        self._name = topic_name(RENAMED)

    def make(self, repetition: int) -> None:
        self._rename(f"{topic_name(RENAMED)}改{repetition}")

    def undo(self) -> None:
        self._rename(topic_name(RENAMED))

    def _rename(self, name: str) -> None:
        for path in (self.corpus.topics_file, *self.corpus.file(1).parent.iterdir()):
            text = path.read_text(encoding="utf-8")
            if self._name in text:
                path.write_text(text.replace(self._name, name), encoding="utf-8")
        self._name = name


def edited(path: Path, corpus: Corpus) -> Rewritten:
    """The first sentence of the middle issue's first story changes, in whichever file a tool has it."""
    sentence = next(stories(corpus.middle)).paragraphs[0][0]
    return Rewritten(path, sentence, "这一句话第{}次改过。")


def changes_of(corpus: Corpus) -> Mapping[str, Change]:
    """All that happens to our own site."""
    base = corpus.folder / "theme" / "templates" / "base.html"
    return {
        "cold": Cold(corpus.folder, (OUTPUT, ".cache")),
        "unchanged": Unchanged(),
        "edit": edited(corpus.file(corpus.middle), corpus),
        "add": Added(corpus),
        "rename": Renamed(corpus),
        "theme": Rewritten(base, "</body>", "<!-- 改版{} --></body>"),
    }
