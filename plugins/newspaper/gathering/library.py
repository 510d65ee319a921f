"""The content folder → entries of issues and Topics, with the problems of all files at once."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.newspaper.addresses import picture_folder, recording_address
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.cache import Cache, pickled
from plugins.newspaper.gathering.pictures import PictureFacts, PictureFile, PictureUnfit, inspect
from plugins.newspaper.model import Contents, Entry, Issue, Recording, Topic
from plugins.newspaper.problems import Halt, Problem
from plugins.newspaper.workers import in_parallel

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading

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


def read_library(content: Path, cache: Cache, checked: Callable[["Reading"], "Reading"]) -> Library:
    """Read every `issues/*.md` and `topics.yaml`; a bad file never hides another's problems.

    Files that are in the cache, unchanged, are not read again; what is read is kept. `checked` holds the paper's rules
    against a reading (checking/), and gives it with what they find.
    """
    problems: list[Problem] = []
    topics = _topics(content / "topics.yaml", cache, problems)
    stats = _stats(content / "issues", f"{content.name}/issues/")
    known = cache.entries
    entries = {
        source: known[source]
        for source, stat in stats.items()
        if stat and source in known and known[source].stat == stat
    }
    fresh = [source for source, stat in stats.items() if source not in entries]
    cache.entries = dict(entries)
    for read in in_parallel(partial(_read_file, content, stats, known, checked), fresh):
        problems += read.problems
        if read.entry:
            entries[read.source] = read.entry
            cache.add(read.entry, read.issue, read.contents, sound=not read.problems)
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.total_issue))
    pictures = _pictures(ordered, content, cache, problems)
    recordings = {entry.source: _recordings(entry, content, problems) for entry in ordered if entry.recordings}
    return Library(ordered, topics, pictures, recordings, tuple(sorted(set(problems))))


class CachedIssues:
    """Issues from the cache; one that the cache has lost is read from its file again."""

    def __init__(self, content: Path, cache: Cache, checked: Callable[["Reading"], "Reading"]) -> None:
        self._content = content
        self._checked = checked
        self._cache = cache
        self.kept = cache.kept
        self._taken_down: dict[str, Contents] = {}

    def issue(self, entry: Entry) -> Issue:
        """The whole issue. Raises Halt if its file was changed since the build began, so that it cannot be read."""
        return self._cache.issue(entry) or self._read_again(entry)

    def contents(self, entry: Entry) -> Contents:
        """The issue's contents. Raises Halt as `issue` does."""
        contents = self._taken_down.get(entry.listed)
        if contents is None:
            if len(self._taken_down) >= AT_HAND:
                self._taken_down.clear()
            contents = self._cache.contents(entry) or self._read_again(entry).as_contents()
            self._taken_down[entry.listed] = contents
        return contents

    def _read_again(self, entry: Entry) -> Issue:
        from plugins.newspaper.reading.issue import read_issue

        text = read_text(self._content / "issues" / Path(entry.source).name, entry.source, [])
        issue = self._checked(read_issue(text or "", entry.source)).issue
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


def _read_file(
    content: Path,
    stats: Mapping[str, tuple[int, ...]],
    known: Mapping[str, Entry],
    checked: Callable[["Reading"], "Reading"],
    source: str,
) -> Read:
    problems: list[Problem] = []
    text = read_text(content / "issues" / source.rpartition("/")[2], source, problems)
    if text is None:
        return Read(source, None, b"", b"", tuple(problems))
    printed = digest(text.encode("utf-8"))
    before = known.get(source)
    if before and before.text == printed:
        return Read(source, before._replace(stat=stats[source]), b"", b"", ())
    from plugins.newspaper.reading.issue import read_issue  # a parser that an unchanged archive does not need

    reading = checked(read_issue(text, source))
    issue, found = reading.issue, reading.problems
    if issue is None:
        return Read(source, None, b"", b"", found)
    contents = issue.as_contents()
    entry = Entry.of(issue, contents, stats[source], printed)
    return Read(source, entry, pickled(issue), pickled(contents), found)


def _pictures(
    entries: Sequence[Entry], content: Path, cache: Cache, problems: list[Problem]
) -> dict[str, tuple[PictureFile, ...]]:
    """The picture files of each issue that has any, with a Problem for each that is not there or cannot be printed.

    A file is unpacked once; what was seen of it is kept by its size and times.
    """
    found: dict[str, tuple[PictureFile, ...]] = {}
    wanted = [
        (entry, picture_folder(entry.total_issue), file, line) for entry in entries for file, line in entry.pictures
    ]
    seen = {(folder, file): _seen(content / folder / file, cache) for _, folder, file, _ in wanted}
    unseen = [place for place, (stat, facts) in seen.items() if stat and not facts]
    for place, looked in zip(unseen, in_parallel(partial(_look, content), unseen), strict=True):
        stat, _ = seen[place]
        seen[place] = (stat, looked)
        if isinstance(looked, PictureFacts):
            cache.put(f"picture {'/'.join(place)}", stat, looked)
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
        name = recording_address(entry.total_issue, file)
        try:
            stat = os.stat(content / name)
            found.append(Recording(name, stat.st_size, stat.st_mtime_ns))
        except OSError:
            message = f"找不到录音 {content.name}/{name}；请放进去，或删去“:audio:”这一行"
            problems.append(Problem(entry.source, line, "audio-missing", message))
    return tuple(found)


def _seen(path: Path, cache: Cache) -> tuple[str, PictureFacts | PictureUnfit | None]:
    """Size and times of a picture's file, empty where it is not there; and what the cache knows of it as it is."""
    try:
        stat = os.stat(path)
    except OSError:
        return "", None
    mark = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
    facts = cache.take(f"picture {path.parent.parent.name}/{path.parent.name}/{path.name}", mark)
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


def _topics(path: Path, cache: Cache, problems: list[Problem]) -> dict[str, Topic]:
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

    topics, found = cache.kept("topics", digest(text.encode("utf-8")), read)
    problems += found
    return topics
