"""The content folder → entries of issues and Topics, with the problems of all files at once."""

import os
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.checks import check_entries, check_topics
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.model import Contents, Entry, Issue, Recording, Topic
from plugins.newspaper.pictures import PictureFacts, PictureFile, PictureUnfit, inspect
from plugins.newspaper.problems import Halt, Problem
from plugins.newspaper.shelf import Shelf, pickled
from plugins.newspaper.workers import in_parallel

SETTLED_NS = 2_500_000_000
"""A file is known by its times once they are this old."""
AT_HAND = 512
"""So many contents are kept at hand: a year's lists show the same ones several times."""


class Library(NamedTuple):
    """Everything the content folder says of the paper (not of the site's standing pages)."""

    entries: tuple[Entry, ...]
    topics: Mapping[str, Topic]
    """By name."""
    pictures: Mapping[str, tuple[PictureFile, ...]]
    """The picture files of each issue that has any, by the issue's source."""
    recordings: Mapping[str, tuple[Recording, ...]]
    """The recordings of each issue that has any, by the issue's source."""
    problems: tuple[Problem, ...]


class Read(NamedTuple):
    """What a file that had to be opened gave: an entry with its pickled issue and contents, or problems."""

    source: str
    entry: Entry | None
    issue: bytes
    contents: bytes
    problems: tuple[Problem, ...]


def read_library(content: Path, shelf: Shelf) -> Library:
    """Read every `issues/*.md` and `topics.yaml`; a bad file never hides another's problems.

    Files that are on the shelf, unchanged, are not read again; what is read is shelved.
    """
    problems: list[Problem] = []
    topics = _topics(content / "topics.yaml", shelf, problems)
    stats = _stats(content / "issues", f"{content.name}/issues/")
    shelved = shelf.entries
    entries = {
        source: shelved[source]
        for source, stat in stats.items()
        if stat and source in shelved and shelved[source].stat == stat
    }
    fresh = [source for source, stat in stats.items() if source not in entries]
    shelf.entries = dict(entries)
    for read in in_parallel(partial(_read_file, content, stats, shelved), fresh):
        problems += read.problems
        if read.entry:
            entries[read.source] = read.entry
            shelf.add(read.entry, read.issue, read.contents, sound=not read.problems)
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.total_issue))
    pictures = _pictures(ordered, content, shelf, problems)
    recordings = {entry.source: _recordings(entry, content, problems) for entry in ordered if entry.recordings}
    problems += check_entries(ordered)
    problems += _topic_problems(ordered, fresh, topics, content, shelf)
    return Library(ordered, topics, pictures, recordings, tuple(sorted(set(problems))))


class Shelved:
    """Issues from the shelf; one that the shelf has lost is read from its file again."""

    def __init__(self, content: Path, shelf: Shelf) -> None:
        self._content = content
        self._shelf = shelf
        self.kept = shelf.kept
        self._taken_down: dict[str, Contents] = {}

    def issue(self, entry: Entry) -> Issue:
        """The whole issue. Raises Halt if its file was changed since the build began, so that it cannot be read."""
        return self._shelf.issue(entry) or self._read_again(entry)

    def contents(self, entry: Entry) -> Contents:
        """The issue's contents. Raises Halt as `issue` does."""
        contents = self._taken_down.get(entry.listed)
        if contents is None:
            if len(self._taken_down) >= AT_HAND:
                self._taken_down.clear()
            contents = self._shelf.contents(entry) or self._read_again(entry).as_contents()
            self._taken_down[entry.listed] = contents
        return contents

    def _read_again(self, entry: Entry) -> Issue:
        from plugins.newspaper.reading.issue import read_issue

        text = read_text(self._content / "issues" / Path(entry.source).name, entry.source, [])
        issue = read_issue(text or "", entry.source).issue
        if issue is None:
            raise Halt(f"{entry.source} 刚刚又改过了；请再试一次")
        return issue


def _stats(folder: Path, prefix: str) -> dict[str, tuple[int, ...]]:
    """Source → size, times and inode of its file; an empty tuple where it changed so lately that these may not tell.

    A file system's clock may stand for seconds (FAT: two), so a file can change again without looking it.
    """
    settled = time.time_ns() - SETTLED_NS
    found: dict[str, tuple[int, ...]] = {}
    try:
        for file in os.scandir(folder):
            if file.name.endswith(".md"):
                stat = file.stat()
                size, changed, created = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
                known = changed < settled and created < settled
                found[prefix + file.name] = (size, changed, created, stat.st_ino) if known else ()
    except FileNotFoundError:
        return {}
    return dict(sorted(found.items()))


def _read_file(content: Path, stats: Mapping[str, tuple[int, ...]], shelved: Mapping[str, Entry], source: str) -> Read:
    problems: list[Problem] = []
    text = read_text(content / "issues" / source.rpartition("/")[2], source, problems)
    if text is None:
        return Read(source, None, b"", b"", tuple(problems))
    printed = digest(text.encode("utf-8"))
    before = shelved.get(source)
    if before and before.text == printed:
        return Read(source, before._replace(stat=stats[source]), b"", b"", ())
    from plugins.newspaper.reading.issue import read_issue  # a parser that an unchanged archive does not need

    reading = read_issue(text, source)
    issue, found = reading.issue, reading.problems
    if issue is None:
        return Read(source, None, b"", b"", found)
    contents = issue.as_contents()
    entry = Entry.of(issue, contents, stats[source], printed)
    return Read(source, entry, pickled(issue), pickled(contents), found)


def _pictures(
    entries: Sequence[Entry], content: Path, shelf: Shelf, problems: list[Problem]
) -> dict[str, tuple[PictureFile, ...]]:
    """The picture files of each issue that has any, with a Problem for each that is not there or cannot be printed.

    A file is unpacked once; what was seen of it is shelved by its size and times.
    """
    found: dict[str, tuple[PictureFile, ...]] = {}
    wanted = [
        (entry, f"images/{entry.total_issue:04}", file, line) for entry in entries for file, line in entry.pictures
    ]
    seen = {(folder, file): _seen(content / folder / file, shelf) for _, folder, file, _ in wanted}
    unseen = [place for place, (stat, facts) in seen.items() if stat and not facts]
    for place, looked in zip(unseen, in_parallel(partial(_look, content), unseen), strict=True):
        stat, _ = seen[place]
        seen[place] = (stat, looked)
        if isinstance(looked, PictureFacts):
            shelf.put(f"picture {'/'.join(place)}", stat, looked)
    for entry, folder, file, line in wanted:
        _, facts = seen[folder, file]
        if isinstance(facts, PictureFacts):
            found[entry.source] = (*found.get(entry.source, ()), PictureFile(file, folder, facts))
        elif isinstance(facts, PictureUnfit):
            problems.append(Problem(entry.source, line, facts.code, str(facts)))
        else:
            message = f"找不到图片 {content.name}/{folder}/{file}；请放进去，或把括号里留空（图片已散失）"
            problems.append(Problem(entry.source, line, "picture-missing", message))
    return found


def _recordings(entry: Entry, content: Path, problems: list[Problem]) -> tuple[Recording, ...]:
    """The issue's recordings, with a Problem for each that is not there."""
    found = []
    for file, line in entry.recordings:
        name = f"audio/{entry.total_issue:04}/{file}"
        try:
            stat = os.stat(content / name)
            found.append(Recording(name, stat.st_size, stat.st_mtime_ns))
        except OSError:
            message = f"找不到录音 {content.name}/{name}；请放进去，或删去“:audio:”这一行"
            problems.append(Problem(entry.source, line, "audio-missing", message))
    return tuple(found)


def _seen(path: Path, shelf: Shelf) -> tuple[str, PictureFacts | PictureUnfit | None]:
    """Size and times of a picture's file, empty where it is not there; and what the shelf knows of it as it is."""
    try:
        stat = os.stat(path)
    except OSError:
        return "", None
    mark = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
    facts = shelf.take(f"picture {path.parent.parent.name}/{path.parent.name}/{path.name}", mark)
    return mark, facts if isinstance(facts, PictureFacts) else None


def _look(content: Path, place: tuple[str, str]) -> PictureFacts | PictureUnfit:
    try:
        return inspect(content.joinpath(*place))
    except PictureUnfit as unfit:
        return unfit


def read_text(path: Path, source: str, problems: list[Problem]) -> str | None:
    """The file's text; None, with a Problem, where it is not UTF-8 (不是 UTF-8 编码)."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "文件不是 UTF-8 编码；请用记事本打开，选“另存为”，编码选 UTF-8，再保存一次"
        problems.append(Problem(source, line, "not-utf8", message))
        return None


def _topic_problems(
    ordered: Sequence[Entry], fresh: Sequence[str], topics: Mapping[str, Topic], content: Path, shelf: Shelf
) -> list[Problem]:
    """The stories that name an unknown topic; only fresh files are looked at while all was well and topics are the same."""
    mark = digest("\0".join(topics).encode("utf-8"))
    well = shelf.take("topics known", mark)
    unsure = set(fresh)
    looked_at = [entry for entry in ordered if not well or entry.source in unsure]
    problems = list(check_topics(looked_at, topics, Shelved(content, shelf).issue))
    if problems or not well:
        shelf.put("topics known", mark, not problems)
    return problems


def _topics(path: Path, shelf: Shelf, problems: list[Problem]) -> dict[str, Topic]:
    """Topics by name."""
    source = f"{path.parent.name}/{path.name}"
    if not path.exists():
        problems.append(Problem(source, 1, "topics", "没有这个文件；专题要写在这里"))
        return {}
    text = read_text(path, source, problems)
    if text is None:
        return {}

    def read() -> tuple[dict[str, Topic], list[Problem]]:
        from plugins.newspaper.reading.topics import read_topics

        return read_topics(text, source)

    topics, found = shelf.kept("topics", digest(text.encode("utf-8")), read)
    problems += found
    return topics
