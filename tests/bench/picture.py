"""Cost against size, ours and theirs, both axes by decades, as an SVG that suits light and dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.bench.changes import SCENARIOS
from tests.bench.results import OURS, Size

PANEL_WIDTH, PANEL_HEIGHT = 270, 250
LEFT, TOP, APART = 62, 62, 150
LABEL_GAP = 16
MARKS = ("circle", "square", "triangle", "diamond", "pentagon")
"""Marks differ in shape too, for readers who do not see the colours apart."""


@dataclass(frozen=True)
class Axis:
    """Whole decades from `low` to `high` (exponents) over so many pixels."""

    low: int
    high: int
    length: int

    @classmethod
    def over(cls, values: Sequence[float], length: int) -> "Axis":
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return cls(low, max(high, low + 1), length)

    def at(self, value: float) -> float:
        return round((log10(value) - self.low) / (self.high - self.low) * self.length, 1)

    def decades(self) -> Iterator[tuple[float, str]]:
        """Place and text of each gridline."""
        for exponent in range(self.low, self.high + 1):
            value = 10.0**exponent
            yield self.at(value), f"{value:,.0f}" if exponent >= 0 else f"{value:.{-exponent}f}"


@dataclass
class Line:
    """One tool's costs in one panel; `label` is the height of its name beside the last point."""

    tool: str
    number: int
    points: list[tuple[float, float]]
    label: float

    @property
    def mark(self) -> str:
        return MARKS[self.number % len(MARKS)]


@dataclass(frozen=True)
class Panel:
    """One scenario: title, left edge, lines."""

    title: str
    left: int
    lines: list[Line]


def picture(sizes: Sequence[Size]) -> str:
    """The SVG; a panel for building from nothing, one for building after an edit."""
    scenarios = ("cold", "edit")
    names = list(dict.fromkeys([OURS, *(name for size in sizes for name in size.peers)]))
    seconds = [size.tools[name][key].wall for size in sizes for name in size.tools for key in scenarios]
    across = Axis.over([size.issues for size in sizes], PANEL_WIDTH)
    up = Axis.over(seconds, PANEL_HEIGHT)

    def line(name: str, scenario: str) -> Line:
        points = [
            (across.at(size.issues), PANEL_HEIGHT - up.at(size.tools[name][scenario].wall))
            for size in sizes
            if name in size.tools
        ]
        return Line(name, names.index(name), points, points[-1][1])

    panels = [
        Panel(
            SCENARIOS[scenario],
            LEFT + place * (PANEL_WIDTH + APART),
            _with_labels_apart([line(name, scenario) for name in names]),
        )
        for place, scenario in enumerate(scenarios)
    ]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("performance.svg.jinja").render(
        panels=panels,
        across=list(across.decades()),
        up=list(up.decades()),
        panel_width=PANEL_WIDTH,
        panel_height=PANEL_HEIGHT,
        top=TOP,
        width=LEFT + 2 * (PANEL_WIDTH + APART),
        height=TOP + PANEL_HEIGHT + 72,
    )


def _with_labels_apart(lines: list[Line]) -> list[Line]:
    """Names one below the other where points lie close."""
    lowest = float("-inf")
    for line in sorted(lines, key=lambda line: line.label):
        line.label = lowest = max(line.label, lowest + LABEL_GAP)
    return lines
