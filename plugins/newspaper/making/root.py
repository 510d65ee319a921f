"""The files of content/root, copied to the root of the site as they are (根目录的文件).

Nothing in them tells that they are ours, so a list of their names lies among the theme's files: printing/record.py
finds by it what is to be removed, though the record be lost.
"""

from collections.abc import Iterator

from plugins.newspaper.addresses import ROOT_LIST
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.gathering.root import ROOT, RootFile, root_files
from plugins.newspaper.making.derived import ROOT_KIND, DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.planning.groups import PageGroup


def root_groups(_archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    files = root_files(materials.content, [])
    if files:
        yield PageGroup("root", (files,), files=root_copies)


def root_copies(materials: Materials, files: tuple[RootFile, ...]) -> Iterator[Named]:
    names = tuple(file.name for file in files)
    yield ROOT_LIST, DerivedFile(ROOT_KIND, names, "\n".join(names).encode, keep=False)
    for file in files:
        yield file.name, DerivedFile(ROOT_KIND, (file,), (materials.content / ROOT / file.name).read_bytes, keep=False)
