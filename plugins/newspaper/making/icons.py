"""The paper's stamp (图章): the first character of the nameplate, white on red.

A browser shows it in a tab, a phone on its screen, WeChat beside a link to a page that has no picture of its own.
"""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.newspaper.addresses import FAVICON, ICON
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making import nameplate
from plugins.newspaper.making.cards import PAPER, RED
from plugins.newspaper.making.derived import DerivedFile, recipe
from plugins.newspaper.making.files import Materials, Named
from plugins.newspaper.making.nameplate import first_character
from plugins.newspaper.planning.groups import PageGroup

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 300
"""WeChat takes no picture for a card that is smaller."""
TAB_SIDES = [(16, 16), (32, 32), (48, 48)]

RECIPE = recipe(__file__, "pillow") + recipe(nameplate.__file__, "pillow")


def files_beside_the_site(_archive: Archive, materials: Materials) -> Iterator[PageGroup]:
    if materials.fonts.nameplate.is_file():
        yield PageGroup("icons", (), files=icon_files)


def icon_files(materials: Materials) -> Iterator[Named]:
    path = materials.fonts.nameplate
    mark = digest(path.read_bytes())
    yield ICON, DerivedFile("icon", (ICON, mark, RECIPE), partial(draw_icon, path))
    yield FAVICON, DerivedFile("icon", (FAVICON, mark, RECIPE), partial(draw_favicon, path))


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
