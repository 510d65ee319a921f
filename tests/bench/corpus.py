"""A paper of any number of issues, made of the real issue's sentences: the same number makes the same bytes."""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from plugins.newspaper.lunar import lunar_of

ROOT = Path(__file__).parent.parent.parent
SITES = Path(__file__).parent / "sites"
BUILD = (str(Path(sys.executable).with_name("pelican")), "content", "-q")
"""The real command."""
OUTPUT = "output"
"""The folder that it builds, as the other tools do; a paper's own preview has another one."""
SEED = 255
STORIES = 8
PARAGRAPHS = 5
SENTENCES = 3
TOPICS = 40
BANNER = "加快重点项目建设 聚力打造伊滨科技城"
_FIRST_DAY = date(1990, 1, 3)
_SENTENCE = re.compile(r"[^。！？]+[。！？][”’]?")
# Doubled words would be problems, and signs of Markdown would be marked up.
_UNFIT = re.compile(r"([一-鿿]{2,6})\1|(?:[一-鿿]{2}了){2}|[][*_#<>|\\`（）]|讯 ")


@dataclass(frozen=True)
class Story:
    """A story, as every tool's site is made from."""

    slug: str
    headline: str
    topics: tuple[int, int]
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return "\n\n".join("".join(sentences) for sentences in self.paragraphs)


@dataclass(frozen=True)
class Corpus:
    """A paper in a folder of its own, ready to be built there."""

    folder: Path
    issues: int

    def file(self, number: int) -> Path:
        return self.folder / "content" / "issues" / f"{number:04}.md"

    @property
    def topics_file(self) -> Path:
        return self.folder / "content" / "topics.yaml"

    @property
    def middle(self) -> int:
        """The issue that is edited: its neighbours are as old as itself."""
        return (self.issues + 1) // 2

    def day(self, number: int) -> date:
        return _FIRST_DAY + timedelta(days=self._days_apart * (number - 1))

    def of_year(self, number: int) -> int:
        """The issue's number within its year."""
        before = (date(self.day(number).year, 1, 1) - _FIRST_DAY).days
        return number - max(1, -(-before // self._days_apart) + 1) + 1

    @property
    def _days_apart(self) -> int:
        """The real paper's pace, as long as the lunar tables last."""
        return 9 if self.issues < 3000 else 1

    def issue_text(self, number: int, variant: int = 0) -> str:
        """The Markdown of an issue; another variant has other text at the same addresses."""
        day = self.day(number)
        lines = [
            "---",
            f"issue: {self.of_year(number)}",
            f"total_issue: {number}",
            f"date: {day}",
            f"lunar_date: {lunar_of(day)}",
            "approval_code: 河南省连续性内部资料[审洛阳连]00018号",
            "---",
            "",
            f"## {BANNER}",
        ]
        for story in stories(number, variant):
            topics = "、".join(map(topic_name, story.topics))
            lines += ["", f"### {story.headline}", f":slug: {story.slug}", f":topics: {topics}", "", story.text]
            lines += ["", "（张三 李四）"]
        return "\n".join([*lines, ""])


def topic_name(topic: int) -> str:
    return f"专题{topic:02}"


def topic_slug(topic: int) -> str:
    return f"t{topic:02}"


def stories(number: int, variant: int = 0) -> Iterator[Story]:
    """The stories of an issue; they do not depend on how many issues there are."""
    random = Random(f"{SEED} {number} {variant}")
    for place in range(STORIES):
        yield Story(
            f"s{place}",
            f"总第{number}期第{place + 1}篇报道",
            # 2 × number + 1 is odd, so the two are never the same.
            ((number + place) % TOPICS, (3 * number + place + 1) % TOPICS),
            tuple(tuple(random.choice(sentences()) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)),
        )


@cache
def sentences() -> tuple[str, ...]:
    """Sentences of the real issue's stories that stand by themselves."""
    text = (ROOT / "content" / "issues" / "0255.md").read_text(encoding="utf-8").rpartition("\n---\n")[2]
    found = [
        match[0].strip()
        for line in text.splitlines()
        if line and line[0] not in "#:>（!|-"
        for match in _SENTENCE.finditer(line)
    ]
    return tuple(sentence for sentence in dict.fromkeys(found) if len(sentence) > 12 and _stands_alone(sentence))


def _stands_alone(sentence: str) -> bool:
    return not _UNFIT.search(sentence) and all(sentence.count(a) == sentence.count(b) for a, b in ("“”", "‘’", "《》"))


def write_corpus(folder: Path, issues: int) -> Corpus:
    """A whole project of so many issues, no pictures, in an empty folder."""
    corpus = Corpus(folder, issues)
    for name in ("theme", "plugins", "content/pages"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder / name)
    with open(folder / "pelicanconf.py", "a", encoding="utf-8") as settings:
        settings.write(f'\nOUTPUT_PATH, PUBLIC_OUTPUT_PATH = "{OUTPUT}", "public"\n')
    topics = [f"- name: {topic_name(topic)}\n  slug: {topic_slug(topic)}\n" for topic in range(TOPICS)]
    corpus.topics_file.write_text("".join(topics), encoding="utf-8")
    corpus.file(1).parent.mkdir()
    for number in range(1, issues + 1):
        corpus.file(number).write_text(corpus.issue_text(number), encoding="utf-8")
    return corpus
