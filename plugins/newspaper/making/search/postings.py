"""What of an issue stands in the search index (检索): for each pair of characters, the stories that have it.

A posting is 16 bits: 9 of the key's hash, 3 of a hash of the character that follows the pair, whether it stands in the
headline group, and which of eight stories of the issue it is of. The first 11 bits of the hash are its place: in which
of 2,048 shards it lies. docs/search.md has the form; theme/static/js/search.js reads it.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from plugins.newspaper.gathering.issues import Column, Postings
from plugins.newspaper.making.plain_text import paragraphs
from plugins.newspaper.making.search.folding import fold
from plugins.newspaper.model import Article, Issue
from plugins.newspaper.planning.search import FINEST, STORIES

_FIRST, _SECOND, _NEXT, _SINGLE, _TOPIC = (kind << 21 for kind in range(5))
"""What a character's number is mixed with, by what it is hashed for."""
_KEY, _AFTER = (mask.to_bytes(8, "little") for mask in ((1 << 27) - 1, 7 << 4))
"""The bits of a posting that are its key, and those of the character after it."""
_HEADLINE = STORIES
_PLACES = [place << 16 for place in range((1 << FINEST) + 1)]


def _mixed(number: int) -> int:
    """32 bits that look random (MurmurHash3's last steps)."""
    number = (number ^ number >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    number = (number ^ number >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return number ^ number >> 16


class _Lanes(dict[str, int]):
    """Of each character, in 64 bits, the three parts that it may have in a posting: as first, second, next one."""

    def __missing__(self, character: str) -> int:
        number = ord(character)
        first, second = (_mixed(number + kind) >> 12 << 7 for kind in (_FIRST, _SECOND))
        self[character] = lanes = first | second << 27 | _mixed(number + _NEXT) >> 29 << 58
        return lanes


class _Singles(dict[str, int]):
    """The key of a character by itself: 23 bits in the place of a posting's 20 and 3."""

    def __missing__(self, character: str) -> int:
        self[character] = key = _mixed(ord(character) + _SINGLE) >> 9 << 4
        return key


_lanes, _singles = _Lanes(), _Singles()


def headline_lines(article: Article) -> list[str]:
    """The lines of its headline group."""
    headline = article.headline
    return [line for line in ("".join(headline.kicker), headline.plain, "".join(headline.deck)) if line]


def text_lines(article: Article) -> list[str]:
    """Its text as it is searched, and shown in snippets: crossheads, tables, captions and byline are of it."""
    captions = [
        f"{picture.caption}（{picture.credit}）" if picture.credit else picture.caption for picture in article.pictures
    ]
    return [*paragraphs(article.body), *filter(None, (*captions, article.byline.printed))]


def postings_of(issue: Issue) -> Postings:
    """A column for each eight stories of an issue, and one of nothing where it has none."""
    articles = issue.articles
    return tuple(_column(articles[start : start + STORIES]) for start in range(0, max(len(articles), 1), STORIES))


def _column(articles: Sequence[Article]) -> Column:
    codes: list[int] = []
    for place, article in enumerate(articles):
        headline = _hashed(fold("\n".join(headline_lines(article))))
        text = _hashed(fold("\n".join(text_lines(article)))) - headline
        text.update(map(topic_key, article.topics))
        codes += [code | place for code in text]
        codes += [code | _HEADLINE | place for code in headline]
    codes.sort()
    starts = array("I", [bisect_left(codes, place) for place in _PLACES])
    halves = array("I", codes)
    if sys.byteorder == "big":
        halves.byteswap()
    return memoryview(halves.tobytes()).cast("H")[::2].tobytes(), starts.tobytes()


def _hashed(text: str) -> set[int]:
    """Key and next character of every pair and every character of a folded text."""
    # All pairs at once: each character has 64 bits of one long number, and C adds and masks these.
    lanes = array("Q", map(_lanes.__getitem__, text + "\n\n"))
    number = int.from_bytes(lanes.tobytes(), sys.byteorder)
    mask = int.from_bytes(_KEY * len(text), "little")
    pairs = (number & mask) + (number >> 64 + 27 & mask) & mask
    pairs |= number >> 128 + 54 & int.from_bytes(_AFTER * len(text), "little")
    codes = set(memoryview(pairs.to_bytes(8 * len(text), sys.byteorder)).cast("Q"))
    codes.update(map(_singles.__getitem__, set(text)))
    return codes


def topic_key(name: str) -> int:
    """The key of all stories on a topic."""
    number = _TOPIC
    for character in name:
        number = _mixed(number ^ ord(character))
    return number >> 9 << 4


def shards(columns: Sequence[Column], bits: int) -> Iterator[bytes]:
    """The shards of a segment with these columns: how long each column's part is, then the parts."""
    step = 1 << FINEST - bits
    parts_of = [
        [low[2 * start : 2 * end] for start, end in pairwise(array("I", starts)[::step])] for low, starts in columns
    ]
    for parts in zip(*parts_of, strict=True):
        yield b"".join([_lengths(parts), *parts])


def _lengths(parts: Sequence[bytes]) -> bytes:
    """A byte for each part; 255 stands before three bytes of one that is longer."""
    lengths = list(map(len, parts))
    if max(lengths) < 255:
        return bytes(lengths)
    return b"".join([bytes([size]) if size < 255 else b"\xff" + size.to_bytes(3, "little") for size in lengths])
