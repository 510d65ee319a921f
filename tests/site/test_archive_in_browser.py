"""Figures that every kind of page must reach, on a made-up archive with all that a paper may print, in a browser."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.site.archive_pages import KINDS, LOOKS, look, read_to_the_end
from tests.site.links import broken_links

SCREENS = {"phone": (360, 740), "desk": (1280, 900)}
# WCAG 2.1 A and AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a look may change, colours and sizes, is asked in every look; AAA is asked of the 长者版 only.
RULES_OF_A_LOOK = ["color-contrast", "link-in-text-block", "target-size"]
RULES_OF_ELDER = [
    *RULES_OF_A_LOOK,
    "color-contrast-enhanced",
    "identical-links-same-purpose",
    "meta-refresh-no-exceptions",
]
RULES_OF_LOOKS = {"light": RULES, "dark": RULES_OF_A_LOOK, "elder": RULES_OF_ELDER, "elder dark": RULES_OF_ELDER}
RUN_AXE = """
    runOnly => axe.run({runOnly, resultTypes: ["violations"]}).then(found => found.violations.map(
        one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 90))}`))
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_any_kind_of_page(page: Page, address: str, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    found = []
    for kind, url in KINDS.items():
        page.goto(address + url)
        page.evaluate(AXE_SCRIPT)
        for name, attributes in LOOKS.items():
            look(page, attributes)
            found += [f"{kind}, {name}: {broken}" for broken in page.evaluate(RUN_AXE, RULES_OF_LOOKS[name])]
    assert found == []


def test_everything_to_be_pressed_is_as_large_as_a_finger(page: Page, address: str) -> None:
    width, height = SCREENS["phone"]
    page.set_viewport_size({"width": width, "height": height})
    small = []
    for url in [*KINDS.values(), "corrections/"]:
        page.goto(address + url)
        small += page.evaluate(
            """() => [...document.querySelectorAll("a, button, summary, [role=button]")]
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < 43.5 && !e.closest(".body")))
                .map(([e, box]) => [e.outerHTML.slice(0, 90), box.width, box.height])"""
        )
    assert small == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways_at_any_size_of_type(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    variants = [*(f"data-size={size}" for size in range(1, 6)), "data-edition=elder", "data-edition=elder data-size=5"]
    wide = []
    for kind, url in KINDS.items():
        page.goto(address + url)
        for attributes in variants:
            look(page, attributes)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((kind, attributes))
        look(page, "")
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append((kind, "200 %"))
    assert wide == []


def test_nothing_shifts_while_a_page_loads(page: Page, address: str) -> None:
    page.add_init_script(
        """
        const shifts = [];
        const keep = entries => entries.forEach(({value, sources}) =>
            shifts.push([value, sources.map(({node}) => node && node.outerHTML && node.outerHTML.slice(0, 60))]));
        const observer = new PerformanceObserver(list => keep(list.getEntries()));
        observer.observe({type: "layout-shift", buffered: true});
        window.shiftsSoFar = () => { keep(observer.takeRecords()); return shifts; };
        """
    )
    shifted = []
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        for kind, url in KINDS.items():
            page.goto(address + url)
            read_to_the_end(page)
            shifted += [(screen, kind, *shift) for shift in page.evaluate("window.shiftsSoFar()") if shift[0] > 0.001]
    assert shifted == []


def test_everything_is_reached_by_keyboard_and_the_focus_is_seen(page: Page, address: str) -> None:
    for url in ("issues/303/tupian/", "issues/303/", "archive/2026/"):
        page.goto(address + url)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, summary, [tabindex=\"0\"]')]"
            ".filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled).length"
        )
        seen = set()
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            place, outlined = page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return [[...document.querySelectorAll('*')].indexOf(e),"
                " e === document.body || s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2"
                " && s.outlineColor.startsWith('rgb(')"
                " && s.outlineColor !== getComputedStyle(document.body).backgroundColor] })()"
            )
            assert outlined, (url, place)
            seen.add(place)
        assert len(seen) >= wanted, url


def test_a_page_is_one_request_before_the_first_paint_and_small_to_its_end(
    page: Page, address: str, output: Path
) -> None:
    """Text is weighed as a host sends it, compressed, with every picture that a phone asks for."""
    page.set_viewport_size({"width": 360, "height": 740})
    requests: set[str] = set()
    page.on("request", lambda request: None if request.url.startswith("data:") else requests.add(request.url))
    for kind, url in KINDS.items():
        requests.clear()
        page.goto(address + url)
        read_to_the_end(page)
        blocking = page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter(e => e.renderBlockingStatus === 'blocking').map(e => e.name)"
        )
        assert blocking == [], kind
        assert {urlsplit(request).netloc for request in requests} == {urlsplit(address).netloc}, kind
        weights = {}
        for request in requests:
            file = output / unquote(urlsplit(request).path).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            content = file.read_bytes()
            weights[request] = len(gzip.compress(content) if file.suffix in (".html", ".js") else content)
        assert sum(weights.values()) <= 40_000, (kind, weights)


def test_longest_real_story_fits_the_first_flight(site: Path) -> None:
    weights = {
        file.parent.name: len(gzip.compress(file.read_bytes(), 9)) for file in site.glob("issues/255/*/index.html")
    }
    weights.pop("print")
    assert max(weights.values()) <= 14_000, weights


def test_every_link_picture_and_anchor_of_the_archive_is_there(address: str, output: Path) -> None:
    assert broken_links(output, address) == []


def test_published_pictures_say_nothing_of_place_and_camera(address: str, output: Path) -> None:
    pictures = list((output / "images").rglob("*.*"))
    assert len(pictures) > 15
    for file in pictures:
        assert re.search(rb"Exif|GPS|http://ns.adobe", file.read_bytes()) is None, file.name
