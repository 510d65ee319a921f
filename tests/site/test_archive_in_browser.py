"""Figures that every kind of page must reach, on a made-up archive with all that a paper may print, in a real browser."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from tests.conftest import copy_project, run_pelican
from tests.site.conftest import served

KINDS = {
    "front page": "",
    "issue with one story": "issues/301/",
    "issue with twenty": "issues/302/",
    "issue with pictures": "issues/303/",
    "whole issue": "issues/303/print/",
    "pictures": "issues/303/tupian/",
    "table, lists, quotation": "issues/303/biaoge/",
    "long headline": "issues/301/shuiqu/",
    "topics": "topics/",
    "topic": "topics/xiangcun-zhenxing/",
    "topic without stories": "topics/shang-wu/",
    "year of a topic": "topics/minsheng-shishi/2026/",
    "archive": "archive/",
    "year": "archive/2026/",
    "about": "about/",
    "not found": "404.html",
}
LOOKS = {
    "light": "",
    "dark": "data-scheme=dark",
    "elder": "data-edition=elder",
    "elder dark": "data-edition=elder data-scheme=dark",
}
SCREENS = {"phone": (360, 740), "desk": (1280, 900)}
# WCAG 2.1 A and AA, and what axe calls best practice; AAA contrast is asked of the 长者版 only.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AXE_ELDER = {**AXE, "runOnly": [*AXE["runOnly"], "wcag2aaa"]}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("archive"), content=Path(__file__).parent / "archive") / "output"


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    """The archive as the preview shows it (drafts too), but with an address, so that it has cards and codes."""
    output.mkdir()
    with served(output) as address:
        result = run_pelican(output.parent, "--fatal", "warnings", "-e", f'SITEURL="{address[:-1]}"')
        assert result.returncode == 0, result.stdout + result.stderr
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def look(page: Page, attributes: str) -> None:
    """Put the reader's choices on the page, as early.js does."""
    page.evaluate(
        """attributes => {
            const html = document.documentElement;
            for (const name of ["size", "scheme", "edition"]) html.removeAttribute("data-" + name);
            for (const pair of attributes.split(" ").filter(Boolean)) html.setAttribute(...pair.split("="));
        }""",
        attributes,
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_any_kind_of_page(page: Page, address: str, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    found = []
    for kind, url in KINDS.items():
        page.goto(address + url)
        for name, attributes in LOOKS.items():
            look(page, attributes)
            options = AXE_ELDER if "elder" in attributes else AXE
            results = Axe().run(page, options=options)
            found += [
                f"{kind}, {name}: {violation['id']}: {[node['html'][:90] for node in violation['nodes'][:3]]}"
                for violation in results.response["violations"]
            ]
    assert found == []


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
        page.add_style_tag(content="html { font-size: 200% !important }")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append((kind, "200 %"))
    assert wide == []


def test_nothing_shifts_while_a_page_loads(page: Page, address: str) -> None:
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " window.shifts.push([one.value, one.sources.map(s => s.node && s.node.outerHTML && s.node.outerHTML.slice(0, 60))]) })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    shifted = []
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        for kind, url in KINDS.items():
            page.goto(address + url, wait_until="networkidle")
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(60)
            shifted += [(screen, kind, *shift) for shift in page.evaluate("window.shifts")]
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
                " e === document.body || s.outlineStyle !== 'none'] })()"
            )
            assert outlined, (url, place)
            seen.add(place)
        assert len(seen) >= wanted, url


def test_an_article_is_one_small_request_before_the_first_paint(page: Page, address: str, output: Path) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for kind, url in KINDS.items():
        requests.clear()
        page.goto(address + url, wait_until="networkidle")
        hosts = {urlsplit(request).netloc for request in requests if not request.startswith("data:")}
        assert hosts == {urlsplit(address).netloc}, kind
        blocking = page.evaluate(
            "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking').map(e => e.name)"
        )
        assert blocking == [], kind
        files = {unquote(urlsplit(request).path).lstrip("/") for request in requests if not request.startswith("data:")}
        texts = [file if file and not file.endswith("/") else f"{file}index.html" for file in files]
        weight = sum(
            len(gzip.compress((output / file).read_bytes())) for file in texts if file.endswith((".html", ".js"))
        )
        assert weight <= 40_000, kind


def test_longest_real_story_fits_the_first_flight(site: Path) -> None:
    weights = {
        file.parent.name: len(gzip.compress(file.read_bytes(), 9)) for file in site.glob("issues/255/*/index.html")
    }
    weights.pop("print")
    assert max(weights.values()) <= 14_000, weights


def test_every_link_and_picture_of_the_archive_is_there(address: str, output: Path) -> None:
    missing = []
    for file in output.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        found = [str(element[name]) for name in ("href", "src") for element in soup.select(f"[{name}]")]
        found += [part.split()[0] for element in soup.select("[srcset]") for part in str(element["srcset"]).split(", ")]
        for url in found:
            if url.startswith(address):
                path = output / unquote(urlsplit(url).path).lstrip("/")
                if not (path / "index.html" if url.endswith("/") else path).is_file():
                    missing.append((file.name, url))
    assert missing == []


def test_published_pictures_say_nothing_of_place_and_camera(address: str, output: Path) -> None:
    pictures = list((output / "images").rglob("*.*"))
    assert len(pictures) > 15
    for file in pictures:
        assert re.search(rb"Exif|GPS|http://ns.adobe", file.read_bytes()) is None, file.name
