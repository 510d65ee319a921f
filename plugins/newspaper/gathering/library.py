"""The content folder → entries of issues and Topics, with the problems of all files at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from plugins.newspaper.addresses import attachment_folder, picture_folder
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.attachments import Attachment, AttachmentUnfit, inspect_attachment
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.gathering.folder import look_through
from plugins.newspaper.gathering.issues import Issues, Read, Stat, Unread
from plugins.newspaper.gathering.pictures import PictureFacts, PictureFile, PictureUnfit, inspect
from plugins.newspaper.gathering.recordings import recordings_of
from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.gathering.words import own_words
from plugins.newspaper.model import Entry, Recording, Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.workers import LEAST, Workers


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
    topics_in_doubt: str | None = None
    """The text of a topics.yaml with slips in it; None where it is right."""


class Begun(NamedTuple):
    """A reading of the content that has begun; the files that must be opened are with the workers."""

    issues: Issues
    workers: Workers
    known: dict[str, Entry]
    """The entries of files that have not changed, by source."""
    read: Iterator[Read]
    """What the others give."""
    problems: tuple[Problem, ...]
    """Of what lies beside them."""


def begin_reading(issues: Issues, workers: Workers) -> Begun:
    """Begin to read every `issues/*.md`; files that the cache knows, unchanged, are not read again."""
    content, cache = issues.content, issues.cache
    words, problems = own_words(content)
    issues.segmenter = Segmenter(words)
    stats, strays = look_through(content / "issues", f"{content.name}/issues")
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
    reads = workers.each("read", unread, lambda file: file.source)
    return Begun(issues, workers, dict(cache.entries), reads, (*strays, *problems))


def read_library(begun: Begun) -> Library:
    """Finish the reading, `topics.yaml`, pictures and recordings too; a bad file never hides another's problems."""
    issues, workers, entries, reads, strays = begun
    content, cache = issues.content, issues.cache
    problems: list[Problem] = [*strays]
    topics, in_doubt = _topics(content / "topics.yaml", cache, problems)
    for read in reads:
        problems += read.problems
        if read.entry:
            entries[read.source] = read.entry
            if not read.problems:  # a file with problems is read again, and tells them again
                cache.add(read.entry, read.contents)
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.total_issue))
    numbered = tuple(entry for entry in ordered if entry.total_issue)
    pictures = _pictures(numbered, content, cache, workers, problems)
    recordings = recordings_of(numbered, content, cache, problems)
    attachments = {
        entry.source: _attachments(entry, content, cache, problems) for entry in numbered if entry.attachments
    }
    return Library(ordered, topics, pictures, recordings, attachments, tuple(sorted(set(problems))), in_doubt)


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
    """Size and times of a file, empty where there is none."""
    try:
        seen = os.stat(path)
    except OSError:
        return ()
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns) if S_ISREG(seen.st_mode) else ()


def _look(content: Path, name: str) -> PictureFacts | PictureUnfit:
    try:
        return inspect(content / name)
    except PictureUnfit as unfit:
        return unfit
    except OSError:
        return PictureUnfit(
            "picture-broken", f"图片 {name.rpartition('/')[2]} 打不开：本机要有权读它，也没有别的程序占着它"
        )


def _topics(path: Path, cache: Cache, problems: list[Problem]) -> tuple[dict[str, Topic], str | None]:
    """Topics by name, and the text of the file where it is in doubt."""
    source = f"{path.parent.name}/{path.name}"
    try:
        text = read_text(path, source, problems)
    except FileNotFoundError:
        problems.append(Problem(source, 1, "topics", "没有这个文件；专题要写在这里"))
        return {}, ""
    if text is None:
        return {}, ""

    def read() -> tuple[dict[str, Topic], list[Problem]]:
        from plugins.newspaper.reading.topics import read_topics

        return read_topics(text, source)

    topics, found = cache.kept("topics", digest(text.encode("utf-8")), read)
    problems += found
    return topics, text if found else None
