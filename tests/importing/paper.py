"""A paper into which tests import."""

from pathlib import Path

from plugins.importing.desk import Imported, Paper, import_source
from plugins.importing.neighbours import Neighbours
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.topics import read_topics
from tests.conftest import ROOT

MASTHEAD = {
    "name": "伊滨新闻",
    "sponsor": "洛阳伊滨区管委会",
    "publisher": "区融媒体中心",
    "approving_body": "河南省新闻出版局",
    "notice": "内部资料 免费交流",
}


def paper(content: Path) -> Paper:
    topics, _ = read_topics((ROOT / "content/topics.yaml").read_text(encoding="utf-8"), "topics.yaml")
    return Paper(content, MASTHEAD, topics, Segmenter(), Neighbours(content / "issues"))


def imported(folder: Path, text: str | bytes, name: str = "0300.txt") -> Imported:
    """What comes of a source with this text."""
    source = folder / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return import_source(source, paper(folder / "content"))
