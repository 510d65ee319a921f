"""The paper's stamp (图章): the first character of the nameplate, white on red.

A browser shows it in a tab, a phone on its screen, WeChat beside a link to a page that has no picture of its own.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.newspaper.addresses import FAVICON, ICON
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making.cards import PAPER, RED
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.making.nameplate import first_character
from plugins.newspaper.planning.groups import PageGroup
from plugins.newspaper.whole_files import write_whole

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 300
"""WeChat takes no picture for a card that is smaller."""
TAB_SIDES = [(16, 16), (32, 32), (48, 48)]
FILES = ((ICON, "icon.png"), (FAVICON, "favicon.ico"))
"""Where each is in the output, and its file beside the nameplate."""


def files_beside_the_site(_archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    """The icons as the theme has them; `invoke icons` draws them, so that no build has to."""
    folder = materials.fonts.nameplate.parent
    icons = tuple((name, digest((folder / file).read_bytes())) for name, file in FILES if (folder / file).is_file())
    if icons:
        yield PageGroup("icons", (icons,), files=icon_files)


def icon_files(materials: Materials, icons: tuple[tuple[str, str], ...]) -> Iterator[Named]:
    files = dict(FILES)
    for name, mark in icons:
        path = materials.fonts.nameplate.parent / files[name]
        yield name, DerivedFile("icon", (name, mark), path.read_bytes, keep=False)


def draw_icons(nameplate: Path) -> None:
    """Draw both beside the nameplate."""
    for name, draw in ((ICON, draw_icon), (FAVICON, draw_favicon)):
        write_whole(nameplate.parent / dict(FILES)[name], draw(nameplate))


def draw_icon(path: Path) -> bytes:
    """PNG; a phone rounds its corners, so it has a broad edge."""
    file = io.BytesIO()
    _stamp(path, 0.72).quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


def draw_favicon(path: Path) -> bytes:
    """ICO in three sizes, the character as large as the stamp."""
    file = io.BytesIO()
    _stamp(path, 0.92).save(file, "ICO", sizes=TAB_SIDES)
    return file.getvalue()


def _stamp(path: Path, share: float) -> "Image":
    from PIL import Image

    stamp = Image.new("RGB", (SIDE, SIDE), RED)
    shape = first_character(path, round(SIDE * share))
    stamp.paste(PAPER, ((SIDE - shape.width) // 2, (SIDE - shape.height) // 2), shape)
    return stamp
