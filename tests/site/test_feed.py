"""The feed is Atom as RFC 4287 wants it, and has of a story what its page has: headline group, text, recording."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from plugins.newspaper.planning.front import SOUND, Enclosure
from tests.conftest import run_pelican
from tests.site.test_building import ISSUE, edit

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
STORY = "### 中州时代建设正酣 奋力跑出“洛阳速度”\n"


@pytest.fixture(scope="module")
def real(site: Path) -> Element:
    return fromstring((site / "feed.xml").read_bytes())


@pytest.fixture(params=["feed.xml", "topics/linli-zhongxin/feed.xml"], ids=["paper", "topic"])
def feed(site: Path, request: pytest.FixtureRequest) -> Element:
    return fromstring((site / request.param).read_bytes())


def texts(element: Element, name: str) -> list[str]:
    return [each.text or "" for each in element.findall(f"{ATOM}{name}")]


def links(element: Element, relation: str) -> list[dict[str, str]]:
    return [each.attrib for each in element.findall(f"{ATOM}link") if each.get("rel", "alternate") == relation]


def holds_of_each(elements: list[Element], holds: Callable[[Element], bool]) -> bool:
    return bool(elements) and all(map(holds, elements))


def test_feed_and_entries_have_what_atom_requires_once(feed: Element) -> None:
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for required in ("id", "title", "updated"):
            (text,) = texts(element, required)
            assert text.strip(), required
        assert len(links(element, "alternate")) == 1
        assert element.findall(f"{ATOM}author/{ATOM}name")
    assert len(links(feed, "self")) == 1
    ids = [*texts(feed, "id"), *(text for entry in entries for text in texts(entry, "id"))]
    assert len(ids) == len(set(ids))


def test_dates_addresses_and_elements_have_their_form(feed: Element) -> None:
    dates = [each.text or "" for name in ("updated", "published") for each in feed.iter(f"{ATOM}{name}")]
    assert [date for date in dates if not DATE.fullmatch(date)] == []
    assert [text for each in feed.iter(f"{ATOM}id") if not (text := each.text or "").startswith("urn:uuid:")] == []
    addresses = [each.get("href", "") for each in feed.iter(f"{ATOM}link")]
    assert [address for address in addresses if not address.startswith("https://")] == []
    known = {"title", "id", "link", "updated", "published", "author", "category", "summary", "content"}
    entries = feed.findall(f"{ATOM}entry")
    assert {each.tag.removeprefix(ATOM) for entry in entries for each in entry} <= known


def test_the_papers_feed_has_whole_texts_and_a_topics_names_the_same_stories(real: Element, site: Path) -> None:
    entries = real.findall(f"{ATOM}entry")
    assert holds_of_each(entries, lambda entry: len(entry.findall(f"{ATOM}content")) == 1)
    assert holds_of_each(entries, lambda entry: len(entry.findall(f"{ATOM}summary")) == 1)
    assert {each.get("type") for each in real.iter(f"{ATOM}content")} == {"html"}
    topic = fromstring((site / "topics/linli-zhongxin/feed.xml").read_bytes())
    ids = [id for entry in topic.findall(f"{ATOM}entry") for id in texts(entry, "id")]
    assert ids
    assert {*ids} < {id for entry in entries for id in texts(entry, "id")}


def test_a_story_is_fed_with_its_headline_group_and_its_recording(project: Path) -> None:
    edit(project, ISSUE, STORY, f"{STORY}:kicker: 一期&二期\n:deck: 明年下半年投产\n:audio: 中州.m4a\n")
    recording = project / "content/audio/0255/中州.m4a"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(SOUND_FILE)
    result = run_pelican(project, "-s", "publishconf.py")
    assert result.returncode == 0, result.stdout + result.stderr

    feed = fromstring((project / "output/feed.xml").read_bytes())
    (entry,) = (entry for entry in feed.findall(f"{ATOM}entry") if links(entry, "enclosure"))
    (enclosure,) = links(entry, "enclosure")
    (content,) = texts(entry, "content")

    assert enclosure["type"] == "audio/mp4"
    assert enclosure["length"] == str(recording.stat().st_size)
    assert enclosure["href"].endswith("/audio/0255/%E4%B8%AD%E5%B7%9E.m4a")
    assert content.index("<p><strong>一期&amp;二期</strong></p>") < content.index("明年下半年投产")
    assert content.index("明年下半年投产") < content.index("塔吊林立")


SOUND_FILE = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42isom" + bytes(64)


@pytest.mark.parametrize("ending", SOUND)
def test_each_kind_of_recording_has_its_type(ending: str) -> None:
    assert Enclosure(f"audio/0255/a.{ending.upper()}", 1).type.startswith("audio/")
