"""Issues are read aloud, story by story (读报)."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.problems import Halt
from plugins.voice.program import NotRead, Program
from plugins.voice.stories import folder_of, name_recordings, open_issue, wanted, without_slug

Say = Callable[[str], None]


class Outcome(NamedTuple):
    """How many stories were read, were as they are, could not be read; and files that could not be opened."""

    read: int
    kept: int
    failed: int

    def __str__(self) -> str:
        failed = f"，没有读成 {self.failed} 篇" if self.failed else ""
        return f"读了 {self.read} 篇，不用读的 {self.kept} 篇{failed}。"


def read_aloud(content: Path, files: Iterable[Path], program: Program, say: Say) -> Outcome:
    """Make every recording that is lacking; one that fails stops no other. What is made stays, whatever comes."""
    outcomes = []
    for file in files:
        try:
            outcomes.append(_read_issue(content, file, program, say))
        except Halt as halt:
            say(str(halt))
            outcomes.append(Outcome(0, 0, 1))
    return Outcome(*map(sum, zip(*outcomes, strict=True)))


def _read_issue(content: Path, file: Path, program: Program, say: Say) -> Outcome:
    issue = open_issue(file)
    folder = folder_of(content, issue)
    stories = list(wanted(issue, program))
    lacking = [story for story in stories if not (folder / story.file).is_file()]
    nameless = without_slug(issue)
    for headline in nameless:
        say(f"{file.name} {headline}：没有读，先写好短名，invoke check 会说怎么写")
    failed = 0
    try:
        for number, story in enumerate(lacking, 1):
            where = f"{file.name} [{number}/{len(lacking)}] {story.headline}"
            try:
                size = program.record(story.text, folder / story.file)
            except NotRead as why:
                failed += 1
                stale = "；原来的录音没有动，念的是旧稿" if story.is_stale else ""
                say(f"{where}：没有读成，{why}{stale}")
            else:
                say(f"{where}：{size / 1e3:.0f} KB")
    finally:
        name_recordings(file, folder, program)
    kept = len(issue.articles) - len(nameless) - len(lacking)
    return Outcome(len(lacking) - failed, kept, failed + len(nameless))
