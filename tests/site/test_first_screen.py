"""The story begins on the first screen: where its first line stands on a phone, on the real issue and the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.archive_pages import look
from tests.site.conftest import served

FIRST_LINE = """
selector => {
    const begun = document.querySelector(selector);
    const texts = document.createTreeWalker(begun, NodeFilter.SHOW_TEXT), range = document.createRange();
    let text = texts.nextNode();
    while (!text.data.trim()) text = texts.nextNode();
    range.selectNodeContents(text);
    const [picture] = begun.querySelectorAll("img");
    return Math.min(range.getClientRects()[0].top, picture ? picture.getBoundingClientRect().top : Infinity);
}
"""
"""Top of the first line of a part of the page, or of its first picture if that stands higher."""
LOOKS = ["", *(f"data-edition=elder data-size={size}" for size in range(1, 6))]
STORY = {"": 300, "data-edition=elder": 480}
"""Pixels from the top, at most, where an article's text begins."""
HEADLINE = {"": 330, "data-edition=elder": 500}
"""And where the first headline of an issue stands."""
RULED = ("内部资料 免费交流", "00018号", "主管主办：", "编辑出版：")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.clock.set_fixed_time("2040-01-01")  # every story is old, and says so above its headline
    yield page
    page.close()


def pages(output: Path, pattern: str) -> list[str]:
    """Addresses of the pages of an output folder that a pattern finds; no redirects."""
    files = [file for file in sorted(output.glob(pattern)) if 'equiv="refresh"' not in file.read_text(encoding="utf-8")]
    return [file.parent.relative_to(output).as_posix() + "/" for file in files if file.parent.name != "print"]


def too_low(page: Page, url: str, selector: str, limits: dict[str, int]) -> list[tuple[str, str, float]]:
    page.goto(url)
    found = []
    for attributes in LOOKS:
        look(page, attributes)
        top = page.evaluate(FIRST_LINE, selector)
        if top > limits[attributes.partition(" ")[0]]:
            found.append((url, attributes, top))
    return found


@pytest.fixture(scope="module", params=["archive", "real issue"])
def paper(request: pytest.FixtureRequest) -> Iterator[tuple[str, Path]]:
    """Address and output folder of a site."""
    if request.param == "archive":
        yield request.getfixturevalue("address"), request.getfixturevalue("output")
    else:
        output = request.getfixturevalue("local_site")
        with served(output) as address:
            yield address, output


def test_an_article_begins_on_the_first_screen(phone: Page, paper: tuple[str, Path]) -> None:
    address, output = paper
    urls = pages(output, "issues/*/*/index.html")
    assert len(urls) > 5
    assert [low for url in urls for low in too_low(phone, address + url, ".body", STORY)] == []


def test_an_issue_begins_on_the_first_screen(phone: Page, paper: tuple[str, Path]) -> None:
    address, output = paper
    urls = ["", "latest/", *pages(output, "issues/*/index.html")]
    assert len(urls) > 2
    assert [low for url in urls for low in too_low(phone, address + url, ".story-card__headline", HEADLINE)] == []


@pytest.mark.parametrize("lines", [4], ids=["四行"])
def test_a_long_headline_alone_still_leaves_the_story_on_the_first_screen(
    phone: Page, address: str, lines: int
) -> None:
    """With neither banner, kicker nor deck, which a headline of four lines seldom has."""
    phone.goto(address + "issues/303/biaoge/")
    phone.evaluate(
        """lines => {
            document.querySelector("h1").innerHTML = Array(lines).fill("三千六百米水渠到地头").join("<br>");
            document.querySelectorAll(".story__banner, .recording").forEach(piece => piece.remove());
        }""",
        lines,
    )
    for attributes in LOOKS:
        look(phone, attributes)
        assert phone.evaluate(FIRST_LINE, ".body") <= STORY[attributes.partition(" ")[0]], attributes


def test_an_article_has_one_line_of_masthead_and_one_of_facts(phone: Page, paper: tuple[str, Path]) -> None:
    address, output = paper
    for url in pages(output, "issues/*/*/index.html"):
        phone.goto(address + url)
        masthead, facts = (
            phone.evaluate("name => document.querySelector(name).offsetHeight", name)
            for name in (".masthead > .folio", ".story__folio")
        )
        line = 16 * 1.6
        assert masthead < 2 * line, url
        assert facts < 2 * line, url


def test_what_the_rules_ask_for_is_seen_on_a_phone(phone: Page, paper: tuple[str, Path]) -> None:
    """内部资料性出版物管理办法 art. 14: 准印证号 and 内部资料 on the front page, and with the rest in each colophon."""
    address, output = paper
    phone.goto(address)
    assert phone.locator(".folio__code").is_visible()
    assert phone.locator(".folio__notice").is_visible()
    for url in ("", pages(output, "issues/*/*/index.html")[0]):
        phone.goto(address + url)
        colophon = phone.locator(".colophon").inner_text()
        assert [words for words in RULED if words not in colophon] == []


@pytest.mark.parametrize("url", ["archive/", "archive/2026/", "topics/", "topics/xiangcun-zhenxing/", "404.html"])
def test_a_list_bears_no_issues_date(phone: Page, address: str, url: str) -> None:
    phone.goto(address + url)
    assert phone.locator(".masthead").inner_text().split() == ["伊滨新闻"]
    assert phone.locator(".masthead time").count() == 0
