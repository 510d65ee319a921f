"""The neutral form: what every kind of source is brought into, before anything is recognised in it."""

from typing import Literal, NamedTuple

from plugins.newspaper.problems import Halt

Kind = Literal["text", "picture", "table", "rule"]

Role = Literal["", "kicker", "headline", "deck", "banner", "byline"]


class Unreadable(Halt):
    """A source that cannot be taken in: one Chinese sentence with what to do."""


class Paragraph(NamedTuple):
    """A paragraph of the source, characters as they stand there; what is not known of its looks is 0, False or None."""

    text: str
    """Of a picture, the words that the source has for it; of a table, its cells, parted by tabs and ends of lines."""
    place: str
    """第12行, 第3段, 第1版第2栏: for the report."""
    kind: Kind = "text"
    level: int = 0
    """Of a heading that the source marks as one, 1 the highest."""
    role: Role = ""
    """What the source says that it is."""
    size: float = 0.0
    """Of most of its characters, in points."""
    centred: bool = False
    bold: bool = False
    """All of it."""
    indented: bool | None = None
    """Whether its first line is."""
    gap: int = 0
    """Empty lines before it."""
    quoted: bool = False
    boxed: bool = False
    """Set apart in a box (文本框)."""
    margin: bool = False
    """In the header or footer of a page (页眉、页脚): no story's."""
    picture: bytes = b""
    name: str = ""
    """File name of the picture."""

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table."""
        return [line.split("\t") for line in self.text.split("\n")]


class Source(NamedTuple):
    """What a file gave."""

    kind: str
    """文本, Word …: for the report."""
    paragraphs: tuple[Paragraph, ...]
    """In reading order."""
    remarks: tuple[str, ...] = ()
    """What whoever imports it should know: that pictures are not in the old form of Word, and the like."""
    title: str = ""
    """Headline of the only story, where the source is one story."""
    doubts: tuple[str, ...] = ()
    """What must be looked at beside the original: words that could not be read."""


class Left(NamedTuple):
    """A piece of the source that is not in the issue's file (没有收入)."""

    place: str
    text: str
    why: str


class Doubt(NamedTuple):
    """What the import was not sure of (存疑)."""

    place: str
    text: str
