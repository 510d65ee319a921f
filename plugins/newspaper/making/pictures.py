"""Pictures (图片) as readers get them: a few widths, WebP with a JPEG beside it, and nothing in them but the picture.

An editor's file may lie on its side, have the colours of a camera, and tell where and by whom it was taken. What is
published is upright, in sRGB, without metadata. Its name changes with its content, so browsers may keep it for ever.
"""

import contextlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.gathering.pictures import ON_ITS_SIDE, PictureFacts, PictureUnfit, unpack
from plugins.newspaper.making.derived import DerivedFile, recipe

if TYPE_CHECKING:
    from PIL.Image import Image

Format = Literal["webp", "jpg"]

WIDTHS = (360, 720, 1280)
"""Pixels: an old phone, a new one, a desk."""
HIGHEST = 16383
"""The most pixels on a side that WebP allows."""

_STYLE = 1
"""Raised when pictures shall look different: their names change with it."""

RECIPE = recipe(__file__, "pillow")


class Size(NamedTuple):
    """One width of a picture, in one format."""

    file: str
    """Its name, of digits and letters: 3f2a9c81d07b-720.webp."""
    width: int
    height: int
    format: Format


def sizes(facts: PictureFacts) -> tuple[int, ...]:
    """The widths a picture is given, none above its own, the last the largest; two that are almost alike are one."""
    highest = max(1, HIGHEST * facts.width // facts.height)
    largest = min(facts.width, WIDTHS[-1], highest)
    return (*(width for width in WIDTHS if width * 5 < largest * 4), largest)


def planned(facts: PictureFacts) -> tuple[Size, ...]:
    """Every file that a picture becomes, WebP first, small ones first; opens no file."""
    stem = fingerprint(facts.digest, _STYLE)[:12]
    formats: tuple[Format, ...] = ("webp", "jpg")
    return tuple(
        Size(f"{stem}-{width}.{format}", width, _height(facts, width), format)
        for format in formats
        for width in sizes(facts)
    )


def picture_file(path: Path, facts: PictureFacts, size: Size) -> DerivedFile:
    """A size of the picture at a path."""
    return DerivedFile("picture", (facts.digest, size, RECIPE), lambda: derive(path, facts, size))


def derive(path: Path, facts: PictureFacts, size: Size) -> bytes:
    """The picture in one size, without any metadata."""
    return _packed(_drawn(path, facts, size.width, size.height), size.format)


def picture_between(path: Path, facts: PictureFacts, width: int, height: int) -> "Image":
    """The picture, just large enough to fill a box, in which more of it will not show."""
    scale = max(width / facts.width, height / facts.height)
    return _drawn(path, facts, round(scale * facts.width), round(scale * facts.height))


def _drawn(path: Path, facts: PictureFacts, width: int, height: int) -> "Image":
    """The picture in a size: upright, in sRGB, on white where it is transparent."""
    content = path.read_bytes()
    if digest(content) != facts.digest:
        raise PictureUnfit("picture-broken", f"图片 {path.name} 刚刚换过；请再生成一次")
    image, _, _, orientation = unpack(content, path.name, width, height)
    box = (height, width) if orientation in ON_ITS_SIDE else (width, height)
    small = _in_srgb(image).resize(box, _lanczos(), reducing_gap=3.0)
    return _upright(small, orientation)


def _in_srgb(image: "Image") -> "Image":
    """The picture in the web's colours, on white paper where it is transparent."""
    from PIL import Image, ImageCms

    if image.mode.startswith("I"):  # 16 bits of grey, which `convert` would cut off
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        colours = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(colours, mask=colours.getchannel("A"))
        image.info = colours.info
    elif image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    if profile := image.info.get("icc_profile"):
        # A profile that is damaged, or of other colours than the picture's, says nothing.
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
    return image.convert("RGB")


def _upright(image: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _packed(image: "Image", format: Format) -> bytes:
    image.info = {}  # encoders write metadata from it
    packed = io.BytesIO()
    if format == "webp":
        image.save(packed, "WEBP", quality=78, method=4)
    else:
        image.save(packed, "JPEG", quality=80, progressive=True, optimize=True)
    return packed.getvalue()


def _lanczos() -> int:
    from PIL.Image import Resampling

    return Resampling.LANCZOS


def _height(facts: PictureFacts, width: int) -> int:
    return min(HIGHEST, max(1, round(facts.height * width / facts.width)))
