"""The share card (分享卡片) of a story with a picture: its photo, square, and below it nameplate and date.

Old news is sent on too: the date tells its age before anybody opens it. Drawn with the same files as other cards.
"""

import io
from pathlib import Path

from plugins.newspaper.gathering.pictures import PictureFacts
from plugins.newspaper.making import cards, pictures
from plugins.newspaper.making.cards import INK, PAPER, RED, SIDE, Fonts
from plugins.newspaper.making.derived import DerivedFile, recipe
from plugins.newspaper.making.nameplate import nameplate_shape
from plugins.newspaper.making.pictures import picture_between

STRIP = 104
"""Pixels of paper at the foot."""
_MARGIN = 24
_NAMEPLATE = 216
_HIGH = 0.35
"""Where a picture that is too high is cut: faces are in its upper half."""

RECIPE = recipe(__file__, "pillow") + cards.RECIPE + pictures.RECIPE


def photo_card_file(path: Path, facts: PictureFacts, date: str, fonts: Fonts, mark: tuple[str, str]) -> DerivedFile:
    """The card of a picture; `mark` is that of the fonts."""
    values = (facts.digest, date, mark, RECIPE)
    return DerivedFile("card", values, lambda: draw_photo_card(path, facts, date, fonts))


def draw_photo_card(path: Path, facts: PictureFacts, date: str, fonts: Fonts) -> bytes:
    """JPEG of a card, 600 pixels square."""
    from PIL import Image, ImageDraw, ImageOps

    room = (SIDE, SIDE - STRIP)
    photo = picture_between(path, facts, *room)
    card = Image.new("RGB", (SIDE, SIDE), PAPER)
    card.paste(ImageOps.fit(photo, room, centering=(0.5, _HIGH)), (0, 0))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, room[1], SIDE, room[1] + 5), fill=RED)
    middle = room[1] + 6 + (STRIP - 6) // 2
    shape = nameplate_shape(fonts.nameplate, _NAMEPLATE)
    card.paste(RED, (_MARGIN, middle - shape.height // 2), shape)
    cards.set_at_the_right(draw, date, fonts.font, SIDE - _MARGIN, middle, INK)
    packed = io.BytesIO()
    card.save(packed, "JPEG", quality=80, progressive=True, optimize=True)
    return packed.getvalue()
