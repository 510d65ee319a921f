"""What was recognised (样稿): stories and their parts, before they are written in the form of a file."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from plugins.importing.masthead import Facts
from plugins.importing.neutral import Doubt, Left

BlockKind = Literal["text", "crosshead", "picture", "table", "quote"]


@dataclass(slots=True)
class Block:
    """A paragraph of a story, a picture, a table."""

    kind: BlockKind
    text: str
    """Of a picture its alternative text; of a table, its cells, parted by tabs and ends of lines."""
    place: str
    doubt: str = ""
    caption: str = ""
    name: str = ""
    """File of a picture; empty where it is lost."""
    picture: bytes = b""
    indented: bool | None = None


@dataclass(slots=True)
class DraftStory:
    """A story as it is being put together."""

    place: str
    headline: list[str] = field(default_factory=list)
    """Line by line."""
    places: list[tuple[str, str]] = field(default_factory=list)
    """Every line of the headline group, as it stood, and where."""
    kicker: str = ""
    deck: str = ""
    banner: str = ""
    byline: str = ""
    """With its brackets where it closes the text."""
    byline_place: str = ""
    signed: bool = False
    """Whether the byline stood under the headline, so that it gets a field."""
    blocks: list[Block] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    goes_on: bool = False
    """下转."""
    comes_from: bool = False
    """上接."""
    slug: str = ""
    topics: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        return "".join(self.headline)

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


class Mend(NamedTuple):
    """Something mechanical that was put right, for the report."""

    place: str
    what: str
    times: int = 0
    """How many times; 0 where each is told with its place."""


@dataclass(slots=True)
class Draft:
    """An issue as it was recognised."""

    facts: Facts
    ear: list[Block] = field(default_factory=list)
    stories: list[DraftStory] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    """Those of the issue as a whole; a story's stand with it."""
    mends: list[Mend] = field(default_factory=list)
