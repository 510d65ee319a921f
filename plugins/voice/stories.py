"""Which stories want a recording, and the line `:录音:` in their issue's file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.addresses import is_slug, number_in, recording_folder
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.model import Article, Issue
from plugins.newspaper.problems import Halt, Problem
from plugins.newspaper.reading.issue import read_issue
from plugins.newspaper.whole_files import write_whole
from plugins.voice.program import Program
from plugins.voice.spoken import story_spoken

_OURS = re.compile(r".*-voice-[0-9a-f]{8}\.[a-z0-9]+")
"""A recording that was made here. All others somebody has recorded, and they stay."""
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FIELD = re.compile(rb"(\s*:[^:]+:[ \t]*)")


class Wanted(NamedTuple):
    """A recording of a story as it is now."""

    headline: str
    file: str
    """Named by what is read, and by whom: a story that is unchanged is not read anew, on whatever desk."""
    text: str
    is_stale: bool
    """Whether it has one of another text, or voice."""


def issue_files(content: Path, numbers: list[int], *, every: bool) -> list[Path]:
    """The files of these issues, or of the newest. Raises Halt."""
    files = {number_in(_source(file)): file for file in sorted((content / "issues").glob("*.md"))}
    files.pop(0, None)
    if lacking := [number for number in numbers if number not in files]:
        raise Halt(f"没有总第{lacking[0]}期：content/issues/{lacking[0]:04}.md")
    if not files:
        raise Halt("content/issues/ 里还没有稿件")
    return [files[number] for number in (sorted(files) if every else numbers or [max(files)])]


def _source(file: Path) -> str:
    return f"content/issues/{file.name}"


def open_issue(file: Path) -> Issue:
    """An issue as its file has it now, drafts too. Raises Halt."""
    source = _source(file)
    problems: list[Problem] = []
    try:
        text = read_text(file, source, problems)
    except FileNotFoundError:
        raise Halt(f"{source} 刚刚不见了；请再试一次") from None
    issue = read_issue(text, source).issue if text is not None else None
    if issue is None:
        raise Halt(f"{source} 还读不了；先 invoke check，照它说的改好")
    return issue


def wanted(issue: Issue, program: Program) -> Iterator[Wanted]:
    """Each story that nobody has recorded."""
    return (_wanted(article, program) for article in _unrecorded(issue))


def without_slug(issue: Issue) -> list[str]:
    """Headlines of the stories whose recording could have no name."""
    return [article.headline.plain for article in issue.articles if not is_slug(article.slug)]


def _unrecorded(issue: Issue) -> list[Article]:
    return [
        article
        for article in issue.articles
        if is_slug(article.slug) and (not article.audio or _OURS.fullmatch(article.audio))
    ]


def _wanted(article: Article, program: Program) -> Wanted:
    text = story_spoken(article)
    mark = digest(f"{program.mark}\n{text}".encode())[:8]
    file = f"{article.slug}-voice-{mark}.{program.ending}"
    return Wanted(article.headline.plain, file, text, article.audio not in ("", file))


def name_recordings(file: Path, folder: Path, program: Program) -> None:
    """Write into an issue's file which recordings its stories have; of ours, those that no story names any more go.

    Raises Halt.
    """
    try:
        _name_recordings(file, folder, program)
    except OSError as error:
        raise Halt(f"{_source(file)} 里的“:录音:”没有写成（{error.strerror}）；录音都在，腾开以后再运行一次") from None


def _name_recordings(file: Path, folder: Path, program: Program) -> None:
    content = file.read_bytes()
    lines = _LINE.findall(content)
    for article in reversed(_unrecorded(open_issue(file))):  # so that what stands above keeps its line
        name = _wanted(article, program).file
        if (folder / name).is_file():
            _write(lines, article, name.encode())
    if (named := b"".join(lines)) != content:
        write_whole(file, named)
    kept = {article.audio for article in open_issue(file).articles}
    for recording in folder.glob("*-voice-*"):
        if _OURS.fullmatch(recording.name) and recording.name not in kept:
            recording.unlink()


def _write(lines: list[bytes], article: Article, name: bytes) -> None:
    """Its field, in place of the one it has, or below its slug."""
    if article.audio:
        at = article.line_of("audio") - 1
        field = _FIELD.match(lines[at])
        end = lines[at][len(lines[at].rstrip(b"\r\n")) :]
        lines[at] = (field[1] if field else ":录音: ".encode()) + name + end
        return
    at = article.line_of("slug") - 1
    end = lines[at][len(lines[at].rstrip(b"\r\n")) :] or b"\n"
    lines[at] = lines[at].rstrip(b"\r\n") + end
    lines.insert(at + 1, ":录音: ".encode() + name + end)


def stale_recordings(content: Path, voice: object) -> Iterator[str]:
    """A hint for each of our recordings that reads another text than its story has now."""
    try:
        program = Program.of(voice)
    except Halt:  # told when somebody wants it to read
        return
    for file in sorted((content / "issues").glob("*.md")):
        try:
            if b"-voice-" not in file.read_bytes():
                continue
            issue = open_issue(file)
        except (Halt, OSError):  # told by the check
            continue
        for article in _unrecorded(issue):
            if _wanted(article, program).is_stale:
                where = f"{_source(file)}:{article.line_of('audio')}"
                yield f"{where}: 提示：录音念的是改过以前的稿；请运行 invoke voice --issue {issue.folio.total_issue}"


def folder_of(content: Path, issue: Issue) -> Path:
    return content / recording_folder(issue.folio.total_issue)
