"""How headlines break, pictures, the controls and the ear stand: what only a browser that lays a page out can tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.archive_pages import KINDS, look

LINES = """
() => [...document.querySelectorAll(
    ".headline, .story-card__headline, .banner, .story__banner, .kicker, .deck, .story-list a, .neighbours a"
)].map(e => {
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), lines = [];
    let top = NaN;
    for (let text; (text = texts.nextNode());) for (let place = 0; place < text.length; place++) {
        const range = document.createRange();
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        const [box] = range.getClientRects();
        if (!box || !text.data[place].trim()) continue;
        if (!(Math.abs(box.top - top) < box.height / 2)) lines.push("");
        top = box.top;
        lines[lines.length - 1] += text.data[place];
    }
    return lines;
})
"""
"""The lines in which each part of a headline group stands."""
SCREENS = [(320, ""), (360, ""), (360, "data-size=5"), (360, "data-edition=elder"), (414, ""), (1280, "")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(("width", "attributes"), SCREENS)
def test_no_line_of_a_headline_begins_with_a_mark_or_is_a_mere_dash(
    page: Page, address: str, width: int, attributes: str
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    bad = []
    for url in KINDS.values():
        page.goto(address + url)
        look(page, attributes)
        for lines in page.evaluate(LINES):
            bad += [lines for line in lines if line[0] in "、，。：；！？”》）" or not line.strip("—")]
            # What is left of a clause is never one lonely character.
            bad += [lines for line in lines[1:] if len(line) == 1]
    assert bad == []


def test_headline_breaks_between_its_clauses(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + "issues/302/s3/")
    assert ["“村里来了年轻人”——", "返乡大学生的三百六十五天"] in page.evaluate(LINES)


@pytest.mark.parametrize(("width", "height"), [(360, 400), (740, 360), (1280, 700)])
def test_a_tall_picture_is_seen_whole(page: Page, address: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + "issues/303/tupian/")
    tall = page.evaluate("[...document.querySelectorAll('.picture img')].map(e => e.offsetHeight / innerHeight)")
    assert len(tall) == 4
    assert max(tall) == pytest.approx(0.85, abs=0.01)


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("attributes", ["", "data-size=5", "data-edition=elder", "data-edition=elder data-size=5"])
def test_the_row_of_controls_is_full_and_keeps_its_place(page: Page, address: str, width: int, attributes: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + "issues/302/s1/")
    look(page, attributes)
    starts = []
    for there in (False, True):
        page.evaluate("there => document.querySelector('[data-do=listen]').classList.toggle('is-there', there)", there)
        left, right, boxes = page.evaluate(
            """() => {
                const row = document.querySelector(".controls"), box = row.getBoundingClientRect();
                const style = getComputedStyle(row);
                const boxes = [...document.querySelectorAll(".controls > :not(p)")].map(e => e.getBoundingClientRect());
                const margin = 2;
                return [box.left + parseFloat(style.paddingLeft) + margin,
                    box.right - parseFloat(style.paddingRight) - margin,
                    boxes.filter(e => e.width).map(e => [e.top, e.left, e.right])];
            }"""
        )
        assert len({box[0] for box in boxes}) == 1
        assert min(box[1] for box in boxes) == pytest.approx(left, abs=1)
        assert max(box[2] for box in boxes) == pytest.approx(right, abs=1)
        starts.append([box[:2] for box in boxes[:5]])
    assert starts[0] == starts[1]


def test_the_ear_stands_beside_the_lead_only(page: Page, address: str, local_site: Path) -> None:
    """Beside the lead whole; or beside its opening, where it has a photo."""
    page.set_viewport_size({"width": 1280, "height": 900})
    for url, beside in (
        ((local_site / "index.html").as_uri(), ".section--lead > .story-card"),
        (address + "issues/302/", ".section--lead > .story-card > .story-card__summary"),
    ):
        page.goto(url)
        ear, lead, stories, main = (
            page.locator(name).first.bounding_box() for name in (".ear", beside, ".stories", "main")
        )
        assert ear
        assert lead
        assert stories
        assert main
        assert lead["x"] + lead["width"] <= ear["x"]
        assert ear["y"] + ear["height"] <= stories["y"]
        assert stories["width"] == main["width"]


def test_no_line_of_few_characters_is_justified(page: Page, address: str) -> None:
    torn = []
    for width in (320, 360, 390, 414, 768):
        page.set_viewport_size({"width": width, "height": 740})
        for url in ("issues/303/biaoge/", "issues/302/"):
            page.goto(address + url)
            for attributes in (*(f"data-size={size}" for size in range(1, 6)), "data-edition=elder"):
                look(page, attributes)
                torn += page.evaluate(
                    """() => [...document.querySelectorAll("main p")].map(e => [e, getComputedStyle(e)])
                        .filter(([e, style]) => style.textAlign === "justify"
                            && e.clientWidth / parseFloat(style.fontSize) < 15.9)
                        .map(([e, style]) => [innerWidth, style.fontSize, e.clientWidth, e.textContent.slice(0, 9)])"""
                )
    assert torn == []


def test_a_wide_table_says_so_and_its_first_column_stays(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + "issues/303/biaoge/")
    hint = page.evaluate("getComputedStyle(document.querySelector('.table-scroll'), '::before').content")
    assert hint == '"左右滑动看全表"'
    page.evaluate("document.querySelector('.table-scroll').scrollLeft = 200")
    box, first, second = (
        page.locator(f".table-scroll {name}").first.bounding_box() for name in ("table", "td", "td + td")
    )
    assert box
    assert first
    assert second
    assert first["x"] == pytest.approx(16, abs=1)
    assert box["x"] < second["x"] < first["x"]


def test_a_table_of_four_columns_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(address + "issues/303/biaoge/")
    page.evaluate(
        """() => {
            document.querySelectorAll("tr").forEach(row => [...row.children].slice(4).forEach(cell => cell.remove()));
            document.querySelector(".table-scroll").className = "table-scroll";
        }"""
    )
    box, table = (page.locator(name).first.bounding_box() for name in (".table-scroll", "table"))
    assert box
    assert table
    assert table["width"] <= box["width"]
