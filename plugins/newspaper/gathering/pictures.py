"""Pictures as editors hand them in (图片): whether a file can be printed, its size, its pixels."""

import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.newspaper.fingerprint import digest

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 30_000_000
LARGEST_PICTURE = 100_000_000
"""Pixels; unpacked in memory they are three or four times as many bytes."""
LEAST_ON_CARD = 300
"""Pixels on a side, from which on WeChat takes a picture for its card."""
ON_ITS_SIDE = (5, 6, 7, 8)
"""Values of EXIF's orientation for a picture that lies on its side."""

_READABLE = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_ORIENTATION = 0x0112
_UPRIGHT = 1


class PictureUnfit(Exception):
    """A file that cannot be printed as a picture; the message tells the editor what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        """picture-too-large or picture-broken, for a Problem."""

    def __str__(self) -> str:
        return str(self.args[1])


class PictureFacts(NamedTuple):
    """What a page must know of a picture: its size as seen, upright."""

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


def inspect(path: Path) -> PictureFacts:
    """Look at a picture's file, all of it; raises PictureUnfit."""
    bytes_there = os.stat(path).st_size
    if bytes_there > LARGEST_FILE:
        message = f"图片 {path.name} 有 {bytes_there / 1_000_000:.1f} MB，超过 30 MB；请缩小后再放"
        raise PictureUnfit("picture-too-large", message)
    content = path.read_bytes()
    unpacked = unpack(content, path.name)
    return PictureFacts(unpacked.width, unpacked.height, digest(content))


class Unpacked(NamedTuple):
    image: "Image"
    """Its pixels as they lie in the file; of a large JPEG every second, fourth or eighth."""
    width: int
    height: int
    """As it is seen, upright, with all pixels."""
    orientation: int


def unpack(content: bytes, name: str, width: int = 1, height: int = 1) -> Unpacked:
    """Decode a picture, at least as large as wanted; raises PictureUnfit whatever is wrong with it."""
    from PIL import Image, UnidentifiedImageError  # slow to import, so only where a picture is due

    if not content:
        raise PictureUnfit("picture-broken", f"图片 {name} 是空文件；请重新导出再放")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about Pillow's own limit, and about metadata
            image = Image.open(io.BytesIO(content), formats=_READABLE)
            across, down = image.size
            if across * down > LARGEST_PICTURE:
                raise _too_many_pixels(name)
            orientation = _orientation(image)
            if orientation in ON_ITS_SIDE:
                image.draft(None, (2 * height, 2 * width))
                across, down = down, across
            else:
                image.draft(None, (2 * width, 2 * height))
            image.load()
            return Unpacked(image, across, down, orientation)
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
    """方向, from EXIF; upright where EXIF makes no sense."""
    try:
        noted = image.getexif().get(_ORIENTATION, _UPRIGHT)
    except Exception:  # EXIF that cannot be read is no reason to lose the picture
        return _UPRIGHT
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else _UPRIGHT
