"""Pictures (图片) as readers get them: a few widths, WebP with a JPEG beside it, and nothing in them but the picture.

An editor's file may be turned on its side, in the colours of a camera, and say where and by whom it was taken.
What is published is upright, in sRGB, and bare. It is named by what it came from, so that it may be cached for ever.
"""

import contextlib
import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from plugins.newspaper.derived import Wish, edition
from plugins.newspaper.fingerprint import digest, fingerprint

if TYPE_CHECKING:
    from PIL.Image import Image

Format = Literal["webp", "jpg"]

LARGEST_FILE = 30_000_000
LARGEST_PICTURE = 100_000_000
"""Pixels; unpacked in memory they are three or four times as many bytes."""
WIDTHS = (360, 720, 1280)
"""Pixels: a phone, a phone of our days, a desk."""
HIGHEST = 16383
"""Pixels on a side, that WebP can say."""
LEAST_ON_CARD = 300
"""Pixels on a side, from which on WeChat takes a picture for its card."""

_READABLE = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_RECIPE = 1
"""Raised when pictures shall look different: their names change with it."""
_ORIENTATION = 0x0112
_UPRIGHT = 1
_ON_ITS_SIDE = (5, 6, 7, 8)

EDITION = edition(__file__, "pillow")


class PictureUnfit(Exception):
    """A file that cannot be printed as a picture; the message says to the editor what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        """picture-too-large or picture-broken, for a Problem."""

    def __str__(self) -> str:
        return str(self.args[1])


class PictureFacts(NamedTuple):
    """What a page must know of a picture: its size as it is seen, upright."""

    width: int
    height: int
    digest: str
    """Of the file's bytes."""

    @property
    def fits_card(self) -> bool:
        """Whether WeChat may take it for its card (分享卡片)."""
        return min(self.width, self.height) >= LEAST_ON_CARD


class PictureFile(NamedTuple):
    """A picture in its issue's folder (图片文件)."""

    file: str
    """As the editor named it: linli.jpg."""
    folder: str
    """Relative to the content and to the output: images/0255."""
    facts: PictureFacts

    @property
    def name(self) -> str:
        return f"{self.folder}/{self.file}"


class Size(NamedTuple):
    """One width of a picture, in one format."""

    file: str
    """Its name, of digits and letters: 3f2a9c81d07b-720.webp."""
    width: int
    height: int
    format: Format


def inspect(path: Path) -> PictureFacts:
    """Look at a picture's file, all of it; raises PictureUnfit."""
    bytes_there = os.stat(path).st_size
    if bytes_there > LARGEST_FILE:
        message = f"图片 {path.name} 有 {bytes_there / 1_000_000:.1f} MB，超过 30 MB；请缩小后再放"
        raise PictureUnfit("picture-too-large", message)
    content = path.read_bytes()
    unpacked = _unpack(content, path.name)
    return PictureFacts(unpacked.width, unpacked.height, digest(content))


def sizes(facts: PictureFacts) -> tuple[int, ...]:
    """The widths a picture is given, none above its own, the last the largest; two that are almost alike are one."""
    highest = max(1, HIGHEST * facts.width // facts.height)
    largest = min(facts.width, WIDTHS[-1], highest)
    return (*(width for width in WIDTHS if width * 5 < largest * 4), largest)


def planned(facts: PictureFacts) -> tuple[Size, ...]:
    """Every file that a picture becomes, WebP first, small ones first; no pixel is looked at for it."""
    stem = fingerprint(facts.digest, _RECIPE)[:12]
    formats: tuple[Format, ...] = ("webp", "jpg")
    return tuple(
        Size(f"{stem}-{width}.{format}", width, _height(facts, width), format)
        for format in formats
        for width in sizes(facts)
    )


def picture_wish(path: Path, facts: PictureFacts, size: Size) -> Wish:
    """A size of the picture at a path."""
    return Wish("picture", (facts.digest, size, EDITION), lambda: derive(path, facts, size))


def derive(path: Path, facts: PictureFacts, size: Size) -> bytes:
    """The picture in one size: upright, in sRGB, on white where it is transparent, without any metadata."""
    content = path.read_bytes()
    if digest(content) != facts.digest:
        raise PictureUnfit("picture-broken", f"图片 {path.name} 刚刚换过；请再生成一次")
    image, _, _, orientation = _unpack(content, path.name, size.width, size.height)
    box = (size.height, size.width) if orientation in _ON_ITS_SIDE else (size.width, size.height)
    small = _in_srgb(image).resize(box, _lanczos(), reducing_gap=3.0)
    return _packed(_upright(small, orientation), size.format)


class _Unpacked(NamedTuple):
    image: "Image"
    """Its pixels as they lie in the file; of a large JPEG every second, fourth or eighth."""
    width: int
    height: int
    """As it is seen, upright, with all pixels."""
    orientation: int


def _unpack(content: bytes, name: str, width: int = 1, height: int = 1) -> _Unpacked:
    """Unpack a picture of which so many pixels are wanted; whatever is wrong with it is PictureUnfit."""
    from PIL import Image, UnidentifiedImageError  # takes longer than a build in which no picture is due

    if not content:
        raise PictureUnfit("picture-broken", f"图片 {name} 是空文件；请重新导出再放")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow's own limit, and of metadata that nobody will see
            image = Image.open(io.BytesIO(content), formats=_READABLE)
            across, down = image.size
            if across * down > LARGEST_PICTURE:
                raise _too_many_pixels(name)
            orientation = _orientation(image)
            if orientation in _ON_ITS_SIDE:
                image.draft(None, (2 * height, 2 * width))
                across, down = down, across
            else:
                image.draft(None, (2 * width, 2 * height))
            image.load()
            return _Unpacked(image, across, down, orientation)
    except Image.DecompressionBombError:
        raise _too_many_pixels(name) from None
    except UnidentifiedImageError:
        message = f"图片 {name} 打不开，不是 JPG、PNG、WebP 或 GIF；请另存为 JPG 再放（苹果手机的 HEIC 也要另存）"
        raise PictureUnfit("picture-broken", message) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, ArithmeticError, LookupError, TypeError):
        # Pillow's decoders raise any of these on bytes that are cut off or garbled.
        raise PictureUnfit("picture-broken", f"图片 {name} 坏了，读到一半读不下去；请从原图重新导出再放") from None


def _too_many_pixels(name: str) -> PictureUnfit:
    return PictureUnfit("picture-too-large", f"图片 {name} 超过 1 亿像素；请把长边缩到 4000 像素以内再放")


def _orientation(image: "Image") -> int:
    """方向, as the camera noted it; upright where it noted nonsense."""
    try:
        noted = image.getexif().get(_ORIENTATION, _UPRIGHT)
    except Exception:  # a garbled note is no reason to lose the picture
        return _UPRIGHT
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else _UPRIGHT


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
    image.info = {}  # an encoder may write from it what nobody asked for
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
