"""What a page is on paper: sheets counted in the PDF that the browser makes of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import SITE

A4 = {"width": 673, "height": 988}
"""The text area of a sheet in pixels: 210×297 mm less the margins of print.css."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def public(page: Page, site: Path) -> Page:
    """A page at the public site's own address, as print needs its QR codes."""

    def answer(route: Route) -> None:
        file = site / route.request.url.removeprefix(f"{SITE}/").split("?")[0]
        route.fulfill(path=file / "index.html" if file.is_dir() else file)

    page.route(f"{SITE}/**", answer)
    return page


def sheets(page: Page, url: str) -> int:
    page.goto(url)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_real_article_is_one_sheet_with_its_code(public: Page) -> None:
    assert sheets(public, f"{SITE}/issues/255/linli-zhongxin/") == 1
    public.emulate_media(media="print")
    assert public.evaluate("document.querySelector('.code img').complete")
    assert public.locator(".code__address").is_visible()


@pytest.mark.parametrize("slug", ["linli-zhongxin", "dang-gongwei-kuoda-huiyi"])
def test_the_code_stands_in_the_corner_and_touches_no_word(public: Page, slug: str) -> None:
    public.set_viewport_size(A4)  # type: ignore[arg-type]
    public.goto(f"{SITE}/issues/255/{slug}/")
    public.emulate_media(media="print")
    code = public.locator(".code img").bounding_box()
    assert code
    assert code["y"] == pytest.approx(0, abs=1)
    assert code["x"] + code["width"] == pytest.approx(A4["width"], abs=1)
    touched = public.evaluate(
        """([left, bottom]) => {
            const texts = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
            const range = document.createRange(), found = [];
            for (let text; (text = texts.nextNode());) {
                range.selectNodeContents(text);
                if ([...range.getClientRects()].some(box => box.right > left && box.top < bottom && box.width > 1))
                    found.push(text.data);
            }
            return found;
        }""",
        [code["x"], code["y"] + code["height"]],
    )
    assert touched == []


def test_a_photo_story_has_its_pictures_small_and_two_abreast(page: Page, address: str) -> None:
    assert sheets(page, address + "issues/303/tupian/") <= 2
    page.emulate_media(media="print")
    page.set_viewport_size(A4)  # type: ignore[arg-type]
    boxes = [picture.bounding_box() for picture in page.locator(".body .picture img").all()]
    assert all(box and box["height"] <= 9 * 96 / 2.54 + 1 for box in boxes)
    tops = [
        round(top)
        for top in page.evaluate(
            "[...document.querySelectorAll('.body .picture')].map(e => e.getBoundingClientRect().top)"
        )
    ]
    assert len(set(tops)) < len(tops)
