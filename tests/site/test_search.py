"""The search finds what a scan of the texts finds: the page with its script, in a browser, on the real site."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from plugins.newspaper.making.search.folding import fold
from tests.site.conftest import served

SAID = ".search__said"


@pytest.fixture(scope="module")
def search(browser: Browser, local_site: Path) -> Iterator[tuple[Page, str]]:
    with served(local_site) as address:
        page = browser.new_page(viewport={"width": 360, "height": 780})
        yield page, address
        page.close()


def found(search: tuple[Page, str], asked: str, **narrowed: str) -> list[str]:
    """Headlines of all stories that are found, in their order."""
    page, address = search
    page.goto(f"{address}search/?{urlencode({'q': asked, **narrowed})}")
    page.wait_for_function("said => !['', '正在检索……'].includes(document.querySelector(said).textContent)", arg=SAID)
    while page.locator(".search__more").is_visible():
        before = page.locator(".search__found h2").count()
        page.locator(".search__more").click()
        page.wait_for_function("n => document.querySelectorAll('.search__found h2').length > n", arg=before)
    return page.locator(".search__found h2").all_inner_texts()


def scanned(site: Path, *words: str) -> set[str]:
    """Headlines of the stories that have all words, by their texts."""
    headlines = set()
    for file in site.glob("search/*/*.json"):
        story = json.loads(file.read_text("utf-8"))
        lines = [fold(story.get(key, "")) for key in ("kicker", "headline", "deck")] + [*map(fold, story["text"])]
        if all(any(word in line for line in lines) for word in words):
            headlines.add(story["headline"])
    return headlines


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param("樊", ["樊"], id="一个字"),
        pytest.param("项目", ["项目"], id="两个字"),
        pytest.param("樊灿涛", ["樊灿涛"], id="三个字"),
        pytest.param("鄰里中心", ["邻里中心"], id="繁体"),
        pytest.param("１７００亩", ["1700亩"], id="全角数字"),
        pytest.param("5月 29日", ["5月", "29日"], id="两个词"),
        pytest.param("阮现武", ["阮现武"], id="署名"),
        pytest.param("没有这回事", ["没有这回事"], id="没有的"),
    ],
)
def test_it_finds_what_a_scan_finds(search: tuple[Page, str], local_site: Path, asked: str, words: list[str]) -> None:
    headlines = found(search, asked)
    assert len(headlines) == len({*headlines})
    assert {*headlines} == scanned(local_site, *words)


def test_it_is_narrowed_by_year_and_topic(search: tuple[Page, str], local_site: Path) -> None:
    everything = found(search, "樊灿涛", year="2023")
    on_topic = found(search, "樊灿涛", topic="邻里中心")
    assert {*everything} == scanned(local_site, "樊灿涛")
    assert 0 < len(on_topic) < len(everything)


def test_what_was_asked_for_is_marked_and_the_answer_can_be_sent(search: tuple[Page, str]) -> None:
    page, address = search
    page.goto(f"{address}search/")
    page.locator("#q").fill("邻里中心")
    page.locator("#q").press("Enter")
    page.locator("mark").first.wait_for()
    assert {*page.locator("mark").all_inner_texts()} == {"邻里中心"}
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "邻里中心"


def test_an_index_that_is_not_the_pages_own_is_not_trusted(search: tuple[Page, str]) -> None:
    page, _ = search
    page.route("**/mark.txt*", lambda route: route.fulfill(body="another"))
    try:
        assert found(search, "邻里中心") == []
        assert "请刷新" in page.locator(SAID).inner_text()
    finally:
        page.unroute("**/mark.txt*")
