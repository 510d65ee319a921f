"""A new file beside the whole site: an index of all stories for machines. Its line is in FILES."""

import json
from collections.abc import Iterator
from functools import partial

from plugins.newspaper.addresses import ARCHIVE
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.issues import ContentsRef
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.model import Contents
from plugins.newspaper.planning.groups import PageGroup

INDEX = f"{ARCHIVE}toy.json"
"""In one of the paper's own folders (addresses.FOLDERS), so that it is known as ours though the record be lost."""


def contents_groups(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    yield PageGroup("toy", (tuple(map(ContentsRef.to, archive.entries)),), files=contents_files)


def contents_files(materials: Materials, issues: tuple[Contents, ...]) -> Iterator[Named]:
    headlines = tuple((story.url, story.headline.plain) for issue in issues for story in issue.stories)
    yield INDEX, DerivedFile("toy", headlines, partial(as_json, headlines), keep=False)


def as_json(headlines: tuple[tuple[str, str], ...]) -> bytes:
    return json.dumps(dict(headlines), ensure_ascii=False).encode("utf-8")
