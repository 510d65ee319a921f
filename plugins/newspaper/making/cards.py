"""Share cards (分享卡片): the square picture that WeChat shows beside a link to a story that has no picture.

Nameplate, headline, folio, as on paper. WeChat cuts cards to a square and shows them small, so the nameplate is large
and the palette has fifteen colours. The nameplate is `theme/static/nameplate.svg`, the font lies in `theme/fonts/`: no
font of the machine is used, so that every machine draws the same card. See docs/decisions/0010.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.newspaper import headlines
from plugins.newspaper.dates import chinese_date
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.headlines import units
from plugins.newspaper.making import nameplate
from plugins.newspaper.making.derived import DerivedFile, recipe
from plugins.newspaper.making.nameplate import nameplate_shape
from plugins.newspaper.model import Folio, Headline, Words

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIDE = 600
PAPER, INK, RED = (255, 253, 248), (27, 25, 23), (179, 20, 15)
"""--white, --black and --red of theme/static/css/tokens.css."""

MARGIN = 40
HEADLINE_TOP, HEADLINE_BOTTOM = 208, 504
LARGEST, LEAST_COMFORTABLE, SMALLEST = 84, 50, 32
"""Sizes of the headline in pixels."""
LEADING = 1.36
ELLIPSIS = "……"

_SHADES = 7
"""Between paper and ink, and between paper and red: with paper, fifteen colours, four bits a pixel."""
_RUN_LENGTHS = 3
"""zlib's Z_RLE."""
_CENTRE = 0.38
"""How far the middle of a 汉字 is above the baseline, in ems."""

RECIPE = recipe(__file__, "pillow") + recipe(nameplate.__file__, "pillow") + recipe(headlines.__file__, "pillow")


class Card(NamedTuple):
    """What a card says."""

    headline: tuple[Words, ...]
    """Its lines as printed; a card of the paper itself has none."""
    folio: str
    """期号与日期: the line at its foot."""

    @classmethod
    def of(cls, headline: Headline, folio: Folio) -> "Card":
        """The card of a story."""
        day = folio.date
        return cls(headline.words, f"{chinese_date(day)}　总第{folio.total_issue}期")


class Fonts(NamedTuple):
    """The files a card is drawn with."""

    nameplate: Path
    """SVG of one path."""
    font: Path

    @property
    def mark(self) -> tuple[str, str]:
        """Digest of both."""
        return digest(self.nameplate.read_bytes()), digest(self.font.read_bytes())


def card_file(card: Card, fonts: Fonts, mark: tuple[str, str]) -> DerivedFile:
    """A card; `mark` is that of the fonts, taken once for all cards."""
    return DerivedFile("card", (card, mark, RECIPE), lambda: draw_card(card, fonts))


def draw_card(card: Card, fonts: Fonts) -> bytes:
    """PNG of a card, 600 pixels square. A headline with a character that the font lacks is left out."""
    from PIL import Image, ImageChops, ImageDraw

    ink, red = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
    black, bars = ImageDraw.Draw(ink), ImageDraw.Draw(red)
    text = "".join(word for line in card.headline for word in line)
    has_headline = bool(text) and not missing(text, fonts.font)

    shape = nameplate_shape(fonts.nameplate, 420 if has_headline else 520)
    middle = 104 if has_headline else 224
    red.paste(shape, ((SIDE - shape.width) // 2, middle - shape.height // 2))
    # 文武线: a thick rule and a thin one
    under, foot = middle + (80 if has_headline else 106), SIDE - 78
    bars.rectangle((MARGIN, under, SIDE - MARGIN - 1, under + 5), fill=255)
    bars.rectangle((MARGIN, under + 10, SIDE - MARGIN - 1, under + 11), fill=255)
    if has_headline:
        _set_headline(black, card.headline, fonts.font)
    bars.rectangle((MARGIN, foot, SIDE - MARGIN - 1, foot + 1), fill=255)
    if not missing(card.folio, fonts.font):
        _set_line(black, card.folio, _font(fonts.font, 28), foot + 38)

    # Each of the sixteen colours is a number: 0 paper, 1–7 towards ink, 8–14 towards red. The two never meet.
    step = 256 / (_SHADES + 1)
    in_ink = ink.point([int(value / step) for value in range(256)])
    in_red = red.point([int(value / step) and int(value / step) + _SHADES for value in range(256)])
    drawn = ImageChops.lighter(in_ink, in_red)
    indexed = Image.frombytes("P", drawn.size, drawn.tobytes())
    indexed.putpalette(_palette())
    png = io.BytesIO()
    # A card is runs of one colour: packed as such it is as small as with zlib's best, in a fortieth of the time.
    indexed.save(png, "PNG", bits=4, compress_level=6, compress_type=_RUN_LENGTHS)
    return png.getvalue()


def missing(text: str, font: Path) -> list[str]:
    """The characters of a text that the font lacks (缺字)."""
    return [character for character in dict.fromkeys(text) if not character.isspace() and _lacks(font, character)]


def broken(lines: Sequence[Words], measure: float, font: Path) -> list[str]:
    """A headline in lines of at most so many ems: split at spaces, and what is still too long in even lines."""
    return [line for phrase in _phrases(lines) for line in _even(phrase, measure, font)]


def _phrases(lines: Sequence[Words]) -> Iterator[list[str]]:
    """The words of each line, split at spaces."""
    for line in lines:
        phrase: list[str] = []
        for word in line:
            phrase.append(word)
            if word.endswith(" "):
                yield phrase
                phrase = []
        if phrase:
            yield phrase


def _even(phrase: Sequence[str], measure: float, font: Path) -> list[str]:
    measured = [(part, _ems(part, font)) for word in phrase for part in _parts(word.rstrip(), measure, font)]
    fewest = len(_poured(measured, measure))
    if fewest == 1:
        return ["".join(phrase).strip()]
    limit = sum(width for _, width in measured) / fewest
    while limit < measure and len(_poured(measured, limit)) > fewest:
        limit += 0.25
    return _poured(measured, min(limit, measure))


def _parts(word: str, measure: float, font: Path) -> Iterator[str]:
    """A word whole; one that is longer than a line in units, or even in characters."""
    if _ems(word, font) <= measure:
        yield word
    else:
        for unit in units(word):
            yield from [unit] if _ems(unit, font) <= measure else unit


def _poured(measured: Sequence[tuple[str, float]], measure: float) -> list[str]:
    """Parts, each with its width, in lines as full as they get."""
    lines: list[str] = []
    filled = measure
    for part, width in measured:
        if filled + width > measure:
            lines.append("")
            filled = 0.0
        lines[-1] += part
        filled += width
    return [line.strip() for line in lines]


class _Setting(NamedTuple):
    size: int
    lines: list[str]
    fits: bool
    whole: bool
    """No word is longer than a line."""


def _settings(lines: Sequence[Words], font: Path) -> Iterator[_Setting]:
    """The headline in every size, largest first."""
    longest = max(_ems(word.rstrip(), font) for line in lines for word in line)
    for size in range(LARGEST, SMALLEST - 1, -2):
        measure = (SIDE - 2 * MARGIN) / size
        set_in_size = broken(lines, measure, font)
        fits = len(set_in_size) * size * LEADING <= HEADLINE_BOTTOM - HEADLINE_TOP
        yield _Setting(size, set_in_size, fits, longest <= measure)


def _set_headline(draw: "ImageDraw", lines: Sequence[Words], font: Path) -> None:
    """In as few lines as fit at a comfortable size, and then as large as possible."""
    settings = list(_settings(lines, font))
    fitting = [setting for setting in settings if setting.fits]
    fitting = [setting for setting in fitting if setting.whole] or fitting
    comfortable = [setting for setting in fitting if setting.size >= LEAST_COMFORTABLE]
    if comfortable:
        chosen = min(comfortable, key=lambda setting: len(setting.lines))
    else:
        chosen = fitting[0] if fitting else settings[-1]
    size, lines_set = chosen.size, chosen.lines
    if not chosen.fits:
        room = int((HEADLINE_BOTTOM - HEADLINE_TOP) / (size * LEADING))
        lines_set = [*lines_set[: room - 1], lines_set[room - 1][:-2] + ELLIPSIS]
    pitch = size * LEADING
    first = (HEADLINE_TOP + HEADLINE_BOTTOM - pitch * (len(chosen) - 1)) / 2
    for place, line in enumerate(lines_set):
        _set_line(draw, line, _font(font, size), first + place * pitch)


def _set_line(draw: "ImageDraw", line: str, font: "FreeTypeFont", middle: float) -> None:
    """A line in the middle of the card, measured by its ink: the empty half of a quotation mark does not count."""
    left, _, right, _ = font.getbbox(line, anchor="ls")
    across = (SIDE - (left + right)) / 2
    draw.text((round(across), round(middle + _CENTRE * font.size)), line, font=font, fill=255, anchor="ls")


def set_at_the_right(
    draw: "ImageDraw", line: str, font: Path, right: int, middle: int, colour: tuple[int, int, int]
) -> None:
    """A line of small type that ends at a place, on a card of colours."""
    size = 38
    draw.text((right, round(middle + _CENTRE * size)), line, font=_font(font, size), fill=colour, anchor="rs")


def _palette() -> list[int]:
    shades = [
        round(paper + (colour - paper) * shade / _SHADES)
        for target in (INK, RED)
        for shade in range(1, _SHADES + 1)
        for paper, colour in zip(PAPER, target, strict=True)
    ]
    return [*PAPER, *shades]


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    # Not Raqm, which Windows lacks and which a line of 汉字 does not need.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _ems(text: str, font: Path) -> float:
    """How long a text is in this font, in ems."""
    return _font(font, 100).getlength(text) / 100


@cache
def _lacks(font: Path, character: str) -> bool:
    """Whether the font shows its □ for a character; U+10FFFF is in no font."""
    drawn = _font(font, 32)
    return bytes(drawn.getmask(character)) == bytes(drawn.getmask("\U0010ffff"))
