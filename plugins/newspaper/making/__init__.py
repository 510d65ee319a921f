"""Files beside pages (派生文件). FILES lists every kind; a new kind is a module, and its line here."""

from collections.abc import Callable, Iterator

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making.data import data_groups
from plugins.newspaper.making.files import Materials, files_beside_issues
from plugins.newspaper.making.icons import files_beside_the_site
from plugins.newspaper.making.online import online_groups
from plugins.newspaper.making.root import root_groups
from plugins.newspaper.making.search.index import index_groups
from plugins.newspaper.planning.groups import PageGroup

FILES: list[Callable[[Archive, Materials], Iterator[PageGroup]]] = [
    files_beside_issues,
    files_beside_the_site,
    data_groups,
    index_groups,
    online_groups,
    root_groups,
]
"""Kinds of files, beside issues or beside the whole site; each yields its groups."""


def site_files(archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """Every group of files of the site."""
    for kind in FILES:
        yield from kind(archive, materials)
