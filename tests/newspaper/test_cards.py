"""The card that a story without a picture shows in WeChat."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from plugins.newspaper.making.cards import (
    INK,
    PAPER,
    RED,
    SIDE,
    Card,
    Fonts,
    broken,
    card_file,
    draw_card,
    missing,
)
from plugins.newspaper.model import Folio, Headline, Words
from plugins.newspaper.reading.segmenter import Segmenter

THEME = Path(__file__).parent.parent.parent / "theme"
FONTS = Fonts(THEME / "static/nameplate.svg", THEME / "fonts/card.otf")
FOLIO = "2023年6月7日　总第255期"
HEADLINES = (
    "中州时代建设正酣 奋力跑出“洛阳速度”",
    "樊灿涛调研|中心城区邻里中心建设",
    "两所医院加速推进 一所六月底投用",
    "樊灿涛主持召开党工委第6次扩大会议",
    "开学啦",
    "关于进一步加强全区防汛抗旱工作做好汛期安全生产切实保障人民群众生命财产安全的紧急通知（第3号）",
    "长" * 300,
    "A" * 80,
)


def in_words(headline: str) -> tuple[Words, ...]:
    return tuple(map(Segmenter().words, headline.split("|")))


def card(headline: str) -> Card:
    return Card(in_words(headline) if headline else (), FOLIO)


def drawn(headline: str) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(card(headline), FONTS))).convert("RGB")


def where(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The box in which a colour stands."""
    shape = Image.new("1", image.size)
    shape.putdata([pixel == colour for pixel in image.get_flattened_data()])
    return shape.getbbox()


def test_card_of_a_story_says_its_headline_as_printed_and_its_folio() -> None:
    folio = Folio(255, 10, date(2023, 6, 7), "癸卯年四月二十", "")
    words = (("樊灿涛", "调研"), ("中心城区", "邻里中心", "建设"))
    assert Card.of(Headline(words), folio) == Card(words, FOLIO)


@pytest.mark.parametrize("headline", HEADLINES)
def test_card_is_a_small_square_and_nothing_touches_its_edge(headline: str) -> None:
    content = draw_card(card(headline), FONTS)
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.size == (SIDE, SIDE)
    assert len(content) < 25_000
    assert image.getpixel((0, 0)) == PAPER
    for colour in (INK, RED):
        box = where(image, colour)
        assert box
        assert min(box[:2]) >= 36
        assert max(box[2:]) <= SIDE - 20


def test_nameplate_is_red_above_and_headline_black_below() -> None:
    image = drawn("樊灿涛调研|中心城区邻里中心建设")
    above = image.crop((0, 0, SIDE, 200))
    below = image.crop((0, 200, SIDE, SIDE - 80))
    assert where(above, RED)
    assert where(above, INK) is None
    assert where(below, INK)
    assert where(below, RED) is None


def test_nameplates_holes_are_open() -> None:
    strokes = drawn("").crop((0, 100, SIDE, 320))
    covered = sum(pixel == RED for pixel in strokes.get_flattened_data()) / (strokes.width * strokes.height)
    assert 0.12 < covered < 0.25


def test_headline_with_a_character_that_the_face_lacks_is_left_out() -> None:
    assert missing("樊灿涛𠀀调研𠀀", FONTS.font) == ["𠀀"]
    assert draw_card(card("樊灿涛𠀀调研"), FONTS) == draw_card(card(""), FONTS)


def test_face_has_every_character_of_the_national_standard() -> None:
    """GB/T 2312 levels 1 and 2, names that later lists added, and the punctuation of headlines."""
    standard = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in standard)
    assert len(characters) == 6763
    assert (
        missing(characters + "堃喆祎玥翀甦〇" + "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％０９Ａz9%+-./", FONTS.font)
        == []
    )


@pytest.mark.parametrize(
    ("headline", "measure", "expected"),
    [
        ("樊灿涛调研|中心城区邻里中心建设", 10, ["樊灿涛调研", "中心城区邻里中心建设"]),
        ("两所医院加速推进 一所六月底投用", 10, ["两所医院加速推进", "一所六月底投用"]),
        ("樊灿涛主持召开土地工作专题会议", 14, ["樊灿涛主持召开", "土地工作专题会议"]),
        ("全区举行乒乓球比赛", 6, ["全区举行", "乒乓球比赛"]),
        ("甲乙丙丁，戊己庚", 4, ["甲乙丙", "丁，", "戊己庚"]),
        ("甲乙丙“戊己庚”", 4, ["甲乙丙", "“戊己", "庚”"]),
        ("甲乙2023年", 4, ["甲乙", "2023年"]),
    ],
)
def test_headline_is_broken_by_the_rules(headline: str, measure: int, expected: list[str]) -> None:
    assert broken(in_words(headline), measure, FONTS.font) == expected


def test_same_card_gives_the_same_bytes() -> None:
    assert draw_card(card("开学啦"), FONTS) == draw_card(card("开学啦"), FONTS)


def test_card_is_kept_by_what_it_says_and_what_it_is_drawn_with() -> None:
    mark = FONTS.mark
    names = {
        card_file(card("开学啦"), FONTS, mark).name,
        card_file(card("开学|啦"), FONTS, mark).name,
        card_file(card("开学啦"), FONTS, ("another", mark[1])).name,
    }
    assert len(names) == 3
    assert card_file(card("开学啦"), FONTS, mark).make() == draw_card(card("开学啦"), FONTS)


def test_nameplate_is_one_path_that_takes_the_pages_colour() -> None:
    svg = FONTS.nameplate.read_text(encoding="utf-8")
    assert len(svg) < 3100
    assert svg.count("<path") == 1
    assert 'fill="currentColor"' in svg


def test_drawing_that_is_no_nameplate_says_what_one_is(tmp_path: Path) -> None:
    (tmp_path / "nameplate.svg").write_text("<svg><text>伊滨新闻</text></svg>", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape("题字要有 viewBox")):
        draw_card(card(""), Fonts(tmp_path / "nameplate.svg", FONTS.font))
