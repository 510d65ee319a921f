"""The content folder → entries of issues and Topics, with the problems of all files at once."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.addresses import attachment_folder, picture_folder, recording_address
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.attachments import Attachment, AttachmentUnfit, inspect_attachment
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.gathering.issues import Issues, Read, Stat, Unread
from plugins.newspaper.gathering.pictures import PictureFacts, PictureFile, PictureUnfit, inspect
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.model import Entry, Recording, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.words import read_words
from plugins.newspaper.workers import LEAST, Workers

SETTLED_NS = 2_500_000_000
"""A file is known by its times once they are this old."""


class Library(NamedTuple):
    """Everything the content folder says of the paper (not of the pages that are not news)."""

    entries: tuple[Entry, ...]
    topics: Mapping[str, Topic]
    """By name."""
    pictures: Mapping[str, tuple[PictureFile, ...]]
    """The picture files of each issue that has any, by the issue's source."""
    recordings: Mapping[str, tuple[Recording, ...]]
    """The recordings of each issue that has any, by the issue's source."""
    attachments: Mapping[str, tuple[Attachment, ...]]
    """The attachments of each issue that has any, by the issue's source."""
    problems: tuple[Problem, ...]


class Begun(NamedTuple):
    """A reading of the content that has begun; the files that must be opened are with the workers."""

    issues: Issues
    workers: Workers
    known: dict[str, Entry]
    """The entries of files that have not changed, by source."""
    read: Iterator[Read]
    """What the others give."""
    problems: tuple[Problem, ...]
    """Of the paper's own words."""


def begin_reading(issues: Issues, workers: Workers) -> Begun:
    """Begin to read every `issues/*.md`; files that the cache knows, unchanged, are not read again."""
    content, cache = issues.content, issues.cache
    words, problems = _words(content / "words.txt")
    issues.segmenter = Segmenter(words)
    stats = _stats(content / "issues", f"{content.name}/issues/")
    before = cache.entries
    cache.entries = {
        source: before[source]
        for source, stat in stats.items()
        if stat and source in before and (before[source].stat, before[source].words) == (stat, issues.segmenter.mark)
    }
    unread = [Unread(source, stat, before.get(source)) for source, stat in stats.items() if source not in cache.entries]
    if len(unread) >= LEAST:
        import plugins.newspaper.reading.issue  # noqa: F401 - once, for all workers to inherit

    workers.learn("read", issues.read)
    workers.learn("look", partial(_look, content))
    return Begun(issues, workers, dict(cache.entries), workers.each("read", unread, lambda file: file.source), problems)


def read_library(begun: Begun) -> Library:
    """Finish the reading, `topics.yaml`, pictures and recordings too; a bad file never hides another's problems."""
    issues, workers, entries, reads, found = begun
    content, cache = issues.content, issues.cache
    problems: list[Problem] = list(found)
    topics = _topics(content / "topics.yaml", cache, problems)
    for read in reads:
        problems += read.problems
        if read.entry:
            entries[read.source] = read.entry
            if not read.problems:  # a file with problems is read again, and tells them again
                cache.add(read.entry, read.contents)
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.total_issue))
    pictures = _pictures(ordered, content, cache, workers, problems)
    recordings = {entry.source: _recordings(entry, content, problems) for entry in ordered if entry.recordings}
    attachments = {
        entry.source: _attachments(entry, content, cache, problems) for entry in ordered if entry.attachments
    }
    return Library(ordered, topics, pictures, recordings, attachments, tuple(sorted(set(problems))))


def _stats(folder: Path, prefix: str) -> dict[str, Stat]:
    """Source → size, times and inode of its file; an empty tuple where it changed so lately that these may not tell.

    A file system's clock may stand for seconds (FAT: two), so a file can change again without looking it.
    """
    settled = time.time_ns() - SETTLED_NS
    found: dict[str, Stat] = {}
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


def _pictures(
    entries: Sequence[Entry], content: Path, cache: Cache, workers: Workers, problems: list[Problem]
) -> dict[str, tuple[PictureFile, ...]]:
    """The picture files of each issue that has any, with a Problem for each that is not there or cannot be printed.

    A file is unpacked once; what was seen of it is kept by its size and times.
    """
    found: dict[str, tuple[PictureFile, ...]] = {}
    wanted = [
        (entry, picture_folder(entry.total_issue), file, line) for entry in entries for file, line in entry.pictures
    ]
    stats = {f"{folder}/{file}": _stamp(content / folder / file) for _, folder, file, _ in wanted}
    seen: dict[str, PictureFacts | PictureUnfit] = {}
    for name, stat in stats.items():
        known = cache.pictures.get(name)
        if stat and known and known[0] == stat:
            seen[name] = PictureFacts(*known[1])
    unseen = [name for name, stat in stats.items() if stat and name not in seen]
    seen.update(zip(unseen, workers.each("look", unseen), strict=True))
    cache.pictures = {
        name: (stats[name], tuple(facts)) for name, facts in seen.items() if isinstance(facts, PictureFacts)
    }
    for entry, folder, file, line in wanted:
        facts = seen.get(f"{folder}/{file}")
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


def _attachments(entry: Entry, content: Path, cache: Cache, problems: list[Problem]) -> tuple[Attachment, ...]:
    """The issue's attachments, with a Problem for each that cannot be published."""
    folder = attachment_folder(picture_folder(entry.total_issue))
    found: dict[str, Attachment] = {}
    for file, line in entry.attachments:
        try:
            look = partial(inspect_attachment, content, folder, file)
            name = f"attachment/{digest(f'{folder}/{file}'.encode())}"
            found[file] = cache.kept(name, repr(_stamp(content / folder / file)), look)
        except AttachmentUnfit as unfit:
            problems.append(Problem(entry.source, line, unfit.code, str(unfit)))
    return tuple(found.values())


def _stamp(path: Path) -> Stat:
    """Size and times of a file, empty where it is not there."""
    try:
        stat = os.stat(path)
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _look(content: Path, name: str) -> PictureFacts | PictureUnfit:
    try:
        return inspect(content / name)
    except PictureUnfit as unfit:
        return unfit


def _words(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The paper's own words; it need not have any."""
    source = f"{path.parent.name}/{path.name}"
    unread: list[Problem] = []
    text = read_text(path, source, unread) if path.exists() else ""
    words, found = read_words(text or "", source)
    return words, (*unread, *found)


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
