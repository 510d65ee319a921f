"""The paper's stamp, drawn from its nameplate."""

import io

from PIL import Image, ImageChops

from plugins.newspaper.making.cards import PAPER, RED
from plugins.newspaper.making.icons import SIDE, TAB_SIDES, draw_favicon, draw_icon
from plugins.newspaper.making.nameplate import first_character
from tests.conftest import ROOT

NAMEPLATE = ROOT / "theme/static/nameplate.svg"


def test_the_first_character_fills_its_box_and_no_other_stands_in_it() -> None:
    shape = first_character(NAMEPLATE, 200)
    assert shape.getbbox() == (0, 0, *shape.size)
    assert 0.8 < shape.width / shape.height < 1.25


def test_the_icon_is_a_white_character_on_red() -> None:
    icon = Image.open(io.BytesIO(draw_icon(NAMEPLATE))).convert("RGB")
    pixels = list(icon.get_flattened_data())
    assert icon.size == (SIDE, SIDE)
    assert icon.getpixel((0, 0)) == RED
    assert 0.05 < pixels.count(PAPER) / len(pixels) < 0.4


def test_the_favicon_has_the_sizes_of_tabs() -> None:
    favicon = Image.open(io.BytesIO(draw_favicon(NAMEPLATE)))
    assert favicon.info["sizes"] == set(TAB_SIDES)


def test_the_theme_has_the_icons_of_its_nameplate() -> None:
    for file, draw in (("icon.png", draw_icon), ("favicon.ico", draw_favicon)):
        kept, drawn = (
            Image.open(io.BytesIO(content)) for content in ((NAMEPLATE.parent / file).read_bytes(), draw(NAMEPLATE))
        )
        assert ImageChops.difference(kept.convert("RGB"), drawn.convert("RGB")).getbbox() is None, "invoke icons"
