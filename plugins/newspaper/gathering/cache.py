"""What is known of the content without opening its files: entries of issues, their contents, facts of pictures.

A file that has not changed is not parsed again, nor even opened. Entries are all that order, checks and the page plan
need; an issue's contents are looked up only for a page that lists them, and its text is read from its file when its
pages are due.
"""

import marshal
import pickle
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from plugins.newspaper.fingerprint import digest, files_digest, fingerprint
from plugins.newspaper.model import Contents, Entry
from plugins.newspaper.reading.segmenter import DICTIONARY
from plugins.newspaper.store import Store

T = TypeVar("T")
Known = tuple[str, bytes]
"""Digest of an issue's contents, and the contents themselves, pickled."""

YEARS_AT_HAND = 8
"""The contents of so many years are kept in memory."""
_CODE = Path(__file__).parent.parent


class Cache:
    """What the last build knew of the content, kept year by year."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or Store()
        self._code = fingerprint(
            sys.version,
            files_digest([_CODE], "*.py"),
            digest(DICTIONARY.read_bytes()),
            version("markdown-it-py"),
            version("mdit-py-plugins"),
        )
        self.entries: dict[str, Entry] = {}
        """By source."""
        for name in self.store.names("entries"):
            # Plain values under a seal: marshal reads them several times faster than pickle.
            for entry in map(Entry._make, self._load(name) or ()):
                self.entries[entry.source] = entry
        self.pictures: dict[str, tuple[Any, ...]] = self._load("pictures") or {}
        """What was seen of each picture, by the name of its file."""
        self.recordings: dict[str, tuple[int, ...]] = self._load("recordings") or {}
        """Size and times of each recording that can be played, by the name of its file."""
        self._saved = dict(self.entries)
        self._saved_pictures, self._saved_recordings = self.pictures, self.recordings
        self._fresh: dict[str, Known] = {}
        """The contents of the issues read since the last save, by source."""
        self._contents: dict[int, Mapping[str, Known]] = {}
        """Those kept, by year and source."""

    def add(self, entry: Entry, contents: bytes) -> None:
        """Enter an issue with its pickled contents; empty ones are as they were."""
        self.entries[entry.source] = entry
        if contents:
            self._fresh[entry.source] = (entry.listed, contents)

    def contents(self, source: str, year: int, listed: str) -> Contents | None:
        """The contents of an issue, whose digest is `listed`; None if the cache has lost them."""
        mark, pickled = self._fresh.get(source) or self._of_year(year).get(source) or ("", b"")
        if mark != listed:
            return None
        contents: Contents = pickle.loads(pickled)
        return contents

    def kept(self, name: str, mark: str, make: Callable[[], T]) -> T:
        """What `make` gives for this mark, made once."""
        pickled = self.store.take(name, self._code + mark)
        if pickled is not None:
            value: T = pickle.loads(pickled)
            return value
        value = make()
        self.store.put(name, self._code + mark, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        return value

    def save(self) -> None:
        """Write what is known of the years that changed."""
        before, after = self._saved, self.entries
        if after != before:
            changed = {entry.year for source, entry in before.items() if after.get(source) != entry}
            changed |= {entry.year for source, entry in after.items() if before.get(source) != entry}
            by_year: dict[int, list[Entry]] = {year: [] for year in changed}
            for entry in after.values():
                if entry.year in changed:
                    by_year[entry.year].append(entry)
            for year, entries in by_year.items():
                self._save_year(year, entries)
            self._saved = dict(after)
            self._fresh.clear()
        if self.pictures != self._saved_pictures:
            self._keep("pictures", self.pictures)
            self._saved_pictures = self.pictures
        if self.recordings != self._saved_recordings:
            self._keep("recordings", self.recordings)
            self._saved_recordings = self.recordings

    def _save_year(self, year: int, entries: list[Entry]) -> None:
        if not entries:
            self.store.drop(f"entries/{year}")
            self.store.drop(f"contents/{year}")
            return
        known = self._of_year(year)
        contents = {}
        for entry in entries:
            of_issue = self._fresh.get(entry.source) or known.get(entry.source)
            if of_issue:
                contents[entry.source] = of_issue
        if contents != known:
            self._keep(f"contents/{year}", contents)
            self._contents[year] = contents
        self._keep(f"entries/{year}", [tuple(entry) for entry in entries])

    def _of_year(self, year: int) -> Mapping[str, Known]:
        if year not in self._contents:
            if len(self._contents) >= YEARS_AT_HAND:
                self._contents.clear()
            self._contents[year] = self._load(f"contents/{year}") or {}
        return self._contents[year]

    def _load(self, name: str) -> Any:
        content = self.store.take(name, self._code)
        return None if content is None else marshal.loads(content)

    def _keep(self, name: str, value: Any) -> None:
        self.store.put(name, self._code, marshal.dumps(value))
