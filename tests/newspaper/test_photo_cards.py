"""The card that a story with a picture shows in WeChat."""

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.newspaper.gathering.pictures import inspect
from plugins.newspaper.making.photo_cards import STRIP, draw_photo_card, photo_card_file
from tests.newspaper.test_cards import FONTS

SIDE = 600
SHAPES = [(300, 300), (4000, 3000), (900, 1600), (2400, 310), (310, 5000)]


def photo(folder: Path, size: tuple[int, int]) -> Path:
    """A picture that is green, but red along each edge."""
    file = folder / "photo.png"
    image = Image.new("RGB", size, "red")
    image.paste("green", (9, 9, size[0] - 9, size[1] - 9))
    image.save(file)
    return file


@pytest.mark.parametrize("size", SHAPES, ids=["small", "large", "upright", "panorama", "scroll"])
def test_photo_fills_the_card_above_its_strip(tmp_path: Path, size: tuple[int, int]) -> None:
    file = photo(tmp_path, size)
    content = draw_photo_card(file, inspect(file), "2023年6月7日", FONTS)
    card = Image.open(io.BytesIO(content))

    assert (card.format, card.size, card.mode) == ("JPEG", (SIDE, SIDE), "RGB")
    assert len(content) < 60_000
    for place in ((300, 250), (60, 250), (540, 250), (300, 100), (300, SIDE - STRIP - 100)):
        red, green, blue = card.getpixel(place)  # type: ignore[misc]
        assert green > 100 > red + blue, place
    assert not card.info.get("exif")


def test_strip_says_the_date(tmp_path: Path) -> None:
    file = photo(tmp_path, (900, 600))
    facts = inspect(file)
    one, other = (
        Image.open(io.BytesIO(draw_photo_card(file, facts, date, FONTS))).convert("L").crop((244, 500, 600, 600))
        for date in ("2023年6月7日", "2025年12月31日")
    )

    assert min(one.crop((0, 20, 356, 100)).tobytes()) < 60  # ink
    assert one.tobytes() != other.tobytes()
    assert min(one.crop((336, 20, 356, 100)).tobytes()) > 200  # a margin
    assert min(other.crop((0, 20, 10, 100)).tobytes()) > 200


def test_card_is_kept_by_its_picture_and_its_date(tmp_path: Path) -> None:
    facts = inspect(photo(tmp_path, (900, 600)))
    names = {
        photo_card_file(tmp_path, facts, "2023年6月7日", FONTS, ("a", "b")).name,
        photo_card_file(tmp_path, facts, "2023年6月8日", FONTS, ("a", "b")).name,
        photo_card_file(tmp_path, facts._replace(digest="another"), "2023年6月7日", FONTS, ("a", "b")).name,
        photo_card_file(tmp_path, facts, "2023年6月7日", FONTS, ("a", "c")).name,
    }
    assert len(names) == 4
