"""Pictures outside the story, and columns: the lead's photo, small ones beside headlines, no white holes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
BOX = "e => { const box = e.getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom]; }"
COLUMNS = """
() => [...document.querySelectorAll(".stories")].map(stories => {
    const foot = stories.getBoundingClientRect().bottom, ends = new Map();
    for (const block of stories.querySelectorAll("h2, h3, p"))
        for (const box of block.getClientRects())
            ends.set(Math.round(box.left / 50), Math.max(box.bottom, ends.get(Math.round(box.left / 50)) || 0));
    return [...ends.values()].map(end => foot - end);
})
"""
"""Of each group of stories, how far above its foot each column ends."""
STRIP = """
() => {
    const range = document.createRange(), boxes = [], ear = document.querySelector(".ear");
    range.selectNodeContents(document.querySelector(".section--lead > .story-card > .story-card__summary"));
    boxes.push(...range.getClientRects(), ...ear ? [ear.getBoundingClientRect()] : []);
    return [false, true].map(isRight => boxes.filter(box => box.left + box.right > innerWidth === isRight))
        .map(half => [Math.min, Math.max, Math.min, Math.max].map((most, side) =>
            most(...half.map(box => box[["left", "right", "top", "bottom"][side]]))));
}
"""
"""The halves of the strip below the lead's photo: the columns of its opening, or its opening and the 报眼."""
THREE_LINES = 3 * 1.85 * 18


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_lead_photo_stands_across_the_phone_and_is_loaded_at_once(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address + "issues/303/")
    photo = page.locator(".story-card__photo")

    left, right, _, _ = photo.evaluate(BOX)

    assert (left, right) == (16, 344)
    assert photo.get_attribute("loading") is None
    assert photo.get_attribute("alt") == "麦田"


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("look", ["", "elder"])
def test_small_photos_stand_beside_their_headlines_and_wait_to_be_seen(
    page: Page, address: str, screen: dict[str, int], look: str
) -> None:
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    page.add_init_script(f"localStorage.setItem('reader-edition', '{look}')")
    page.goto(address + "issues/302/")
    photos = page.locator(".story-card__thumbnail")

    assert photos.count() == 2
    for place in range(2):
        photo = photos.nth(place)
        left, right, top, bottom = photo.evaluate(BOX)
        card = photo.locator("xpath=ancestor::article")
        words = photo.locator("xpath=ancestor::a/span")

        assert (right - left, bottom - top) == (96, 72)
        assert right <= card.evaluate(BOX)[1] + 0.5
        assert words.evaluate(BOX)[1] < left
        assert photo.get_attribute("loading") == "lazy"


@pytest.mark.parametrize("url", ["issues/302/", "issues/303/"], ids=["twenty", "two"])
def test_columns_of_a_wide_screen_have_no_white_holes(page: Page, address: str, url: str) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(address + url)
    columns = page.evaluate(COLUMNS)

    assert [len(ends) for ends in columns] == ([3, 3] if "302" in url else [1])
    assert max(end for ends in columns for end in ends) <= THREE_LINES


@pytest.mark.parametrize("url", ["issues/301/", "issues/302/", "issues/303/"], ids=["alone", "twenty", "two"])
def test_lead_photo_goes_across_a_wide_screen_and_its_text_fills_the_strip_below(
    page: Page, address: str, url: str
) -> None:
    """The first is upright, the second has a 报眼 beside its opening."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(address + url)
    left, right, top, bottom = page.locator(".story-card__photo").evaluate(BOX)
    begin, end, *_ = page.locator("main").evaluate(BOX)
    above = [each.evaluate(BOX)[3] for each in page.locator(".section--lead > .story-card > :is(h2, h3, .deck)").all()]
    strip = page.evaluate(STRIP)

    assert (left, right) == (begin, end)
    assert bottom - top <= 0.7 * DESK["height"]
    assert max(above) <= top
    assert bottom < min(strip[0][2], strip[1][2])
    assert abs(strip[0][3] - strip[1][3]) <= THREE_LINES
    assert strip[0][0] - begin < 3 * 18
    assert end - strip[1][1] < 3 * 18


def test_what_is_sent_on_is_the_photo_with_the_date(page: Page, address: str) -> None:
    page.goto(address + "issues/303/tupian/")
    card = page.get_attribute("meta[property='og:image']", "content")
    assert card == f"{address}issues/303/tupian/card.jpg"
    assert page.request.get(card).headers["content-type"] == "image/jpeg"


def test_a_panorama_that_is_enlarged_fills_the_height_and_pans(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address + "issues/303/tupian/")
    page.locator(".picture img").nth(3).click()
    page.wait_for_function("() => document.querySelector('.enlarged img').naturalWidth")

    assert page.evaluate("document.querySelector('.enlarged img').offsetHeight") == pytest.approx(780, abs=1)
    assert page.evaluate("document.querySelector('.enlarged').scrollWidth") > 3 * 780
    page.evaluate("document.querySelector('.enlarged').scrollTo(1e6, 0)")
    assert page.locator(".enlarged button").evaluate(BOX)[1] <= 360


def test_a_usual_picture_that_is_enlarged_is_seen_whole(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address + "issues/303/tupian/")
    page.locator(".picture img").first.click()
    page.wait_for_selector("dialog.enlarged img")

    assert page.evaluate("document.querySelector('.enlarged').scrollWidth") == 360
