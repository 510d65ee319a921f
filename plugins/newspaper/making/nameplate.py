"""The nameplate (报头题字) as a shape for cards: the outlines of `theme/static/nameplate.svg`, filled.

Only outlines of SVG are read here, and Pillow fills polygons; every renderer of SVG would need a system library.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@lru_cache(maxsize=4)
def nameplate_shape(path: Path, width: int) -> "Image":
    """The nameplate's shape, white on black, in a width."""
    size, contours = _read(path)
    return _filled(contours, size, width)


def first_character(path: Path, width: int) -> "Image":
    """The shape of the nameplate's first character, in a width: of the four in a row, what the first quarter begins."""
    size, contours = _read(path)
    first = [contour for contour in contours if min(point.real for point in contour) < size.real / 4]
    points = [point for contour in first for point in contour]
    corner = complex(min(point.real for point in points), min(point.imag for point in points))
    far = complex(max(point.real for point in points), max(point.imag for point in points))
    return _filled([[point - corner for point in contour] for contour in first], far - corner, width)


def _read(path: Path) -> tuple[complex, list[list[complex]]]:
    """Size and contours of the nameplate."""
    svg = path.read_text(encoding="utf-8")
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    outline = re.search(r'<path d="([^"]+)"', svg)
    if not view or not outline:
        raise ValueError(f'{path}: 题字要有 viewBox="0 0 宽 高" 和一个 <path d=…>')
    return complex(float(view[1]), float(view[2])), _contours(outline[1])


def _filled(contours: list[list[complex]], size: complex, width: int) -> "Image":
    from PIL import Image, ImageChops, ImageDraw

    height = round(width * size.imag / size.real)
    scale = 4 * width / size.real
    shape = Image.new("1", (4 * width, 4 * height))
    for contour in contours:
        layer = Image.new("1", shape.size)
        ImageDraw.Draw(layer).polygon([(point.real * scale, point.imag * scale) for point in contour], fill=1)
        shape = ImageChops.logical_xor(shape, layer)  # a contour within another is a hole
    return shape.convert("L").resize((width, height), Image.Resampling.BOX)


_TOKEN = re.compile(r"([MLHVCSQTZ])|([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)", re.IGNORECASE)
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}


def _contours(outline: str) -> list[list[complex]]:
    """An SVG path's contours as polygons. Points are complex numbers; arcs are not read, a nameplate has none."""
    contours: list[list[complex]] = []
    here = handle = 0j
    for command, numbers in _commands(outline):
        kind = command.upper()
        origin = here if command.islower() else 0j
        if kind == "H":
            points = [complex(numbers[0] + origin.real, here.imag)]
        elif kind == "V":
            points = [complex(here.real, numbers[0] + origin.imag)]
        else:
            points = [origin + complex(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "M":
            contours.append(points)
        elif kind == "Z":
            points = [contours[-1][0]]
        else:
            if kind in "ST":
                points.insert(0, handle)
            contours[-1] += _curve([here, *points])
        here = points[-1]
        handle = 2 * here - points[-2] if kind in "CSQT" else here
    return contours


def _commands(outline: str) -> Iterator[tuple[str, list[float]]]:
    """Each command of a path with its numbers; one with the numbers of several is given as several."""
    command, numbers = "", list[float]()
    for letter, number in _TOKEN.findall(outline):
        if letter:
            command = letter
            if letter in "Zz":
                yield letter, []
            continue
        numbers.append(float(number))
        if len(numbers) == _ARGUMENTS[command.upper()]:
            yield command, numbers
            command = {"M": "L", "m": "l"}.get(command, command)
            numbers = []


def _curve(points: Sequence[complex], pieces: int = 12) -> list[complex]:
    """A line or Bézier curve as points after its first, by de Casteljau."""
    if len(points) == 2:
        return [points[1]]
    drawn = []
    for piece in range(1, pieces + 1):
        share = piece / pieces
        level = list(points)
        while len(level) > 1:
            level = [one + (other - one) * share for one, other in pairwise(level)]
        drawn.append(level[0])
    return drawn
