"""The files of the search index (检索): the text of each story, shards of postings, and the mark that they belong
together.
"""

import json
from collections.abc import Iterator

from plugins.newspaper.addresses import SEARCH
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.issues import IssueRef, Postings, PostingsRef
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.making.search.folding import SIMPLIFIED, simplified_in
from plugins.newspaper.making.search.postings import shards, text_lines
from plugins.newspaper.model import Article, Issue
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.planning.search import AFTER, LAST, index_mark, searched, segments

MARK, TABLE = f"{SEARCH}mark.txt", f"{SEARCH}simplified.txt"


def index_groups(archive: Archive, _materials: Materials) -> Iterator[PageGroup]:
    """The texts of each issue, each segment of the index, its mark, and the table of traditional characters."""
    if not archive.every:
        return
    for entry in searched(archive):
        if entry.slugs:
            values = (IssueRef.to(entry), PostingsRef.to(entry))
            yield PageGroup(f"{entry.url}search", values, files=story_texts)
    parts = segments(archive)
    for segment in parts:
        postings = tuple(map(PostingsRef.to, segment.entries))
        yield PageGroup(
            f"search {segment.name}", (segment.name, segment.bits, postings), files=segment_files, turn=AFTER
        )
    yield PageGroup("search mark", tuple(segment.mark for segment in parts), files=mark_files, turn=LAST)
    yield PageGroup("search table", (digest(SIMPLIFIED.read_bytes()),), files=table_files)


def story_texts(_materials: Materials, issue: Issue, _postings: Postings) -> Iterator[Named]:
    """Each story as the script holds it against what was asked for, and shows it."""
    # The postings are among the values so that whoever has read the issue works them out; the segments find them kept.
    for place, article in enumerate(issue.articles):
        yield _file(f"{SEARCH}{issue.folio.total_issue}/{place}.json", story_text(issue, article).encode("utf-8"))


def story_text(issue: Issue, article: Article) -> str:
    headline = article.headline
    lines = text_lines(article)
    values = {
        "url": article.url,
        "kicker": "".join(headline.kicker),
        "headline": headline.plain,
        "deck": "".join(headline.deck),
        "date": f"{article.date.year}年{article.date.month}月{article.date.day}日",
        "issue": f"第{issue.folio.issue}期（总第{issue.folio.total_issue}期）",
        "topics": article.topics,
        "text": lines,
        "simple": simplified_in("".join([*headline.kicker, headline.plain, *headline.deck, *lines])),
    }
    filled = {key: value for key, value in values.items() if value}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


def segment_files(_materials: Materials, name: str, bits: int, postings: tuple[Postings, ...]) -> Iterator[Named]:
    columns = [column for of_issue in postings for column in of_issue]
    for number, shard in enumerate(shards(columns, bits)):
        yield _file(f"{SEARCH}{name}/{number}.bin", shard)


def mark_files(_materials: Materials, *marks: str) -> Iterator[Named]:
    yield _file(MARK, index_mark(iter(marks)).encode())


def table_files(_materials: Materials, _digest: str) -> Iterator[Named]:
    yield _file(TABLE, SIMPLIFIED.read_bytes())


def _file(name: str, content: bytes) -> Named:
    return name, DerivedFile("search", (digest(content),), lambda: content, keep=False)
