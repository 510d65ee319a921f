"""What was measured, and the numbers that follow from it."""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench.corpus import STORIES
from tests.bench.measure import Cost

OURS = "伊滨新闻"
SAME_PAGES = "Hugo, same pages"
"""The peer that prints what ours prints."""


@dataclass
class Measured:
    """All repetitions of one scenario with one tool."""

    costs: list[Cost] = field(default_factory=list)
    peak: int | None = None

    @property
    def wall(self) -> float:
        return median(cost.wall for cost in self.costs)

    @property
    def cpu(self) -> float:
        return median(cost.cpu for cost in self.costs)


@dataclass(frozen=True)
class Printed:
    """The pages of a finished site."""

    pages: int
    size: int

    @classmethod
    def under(cls, output: Path) -> "Printed":
        sizes = [path.stat().st_size for path in output.rglob("*.html")]
        return cls(len(sizes), sum(sizes))


@dataclass
class Size:
    """What was measured at one size."""

    issues: int
    place: str
    tools: dict[str, dict[str, Measured]]
    """Tool → scenario → what it cost; ours is the first."""
    versions: dict[str, str]
    printed: dict[str, Printed]

    @property
    def articles(self) -> int:
        return self.issues * STORIES

    @property
    def ours(self) -> dict[str, Measured]:
        return self.tools[OURS]

    @property
    def peers(self) -> dict[str, dict[str, Measured]]:
        return {name: measured for name, measured in self.tools.items() if name != OURS}

    def ratios(self, name: str, scenario: str, what: str) -> list[float]:
        """A peer's cost over ours, repetition by repetition."""
        pairs = zip(self.tools[name][scenario].costs, self.ours[scenario].costs, strict=True)
        return [getattr(theirs, what) / getattr(ours, what) for theirs, ours in pairs]
