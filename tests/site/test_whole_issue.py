"""通读全期: the whole issue on one page begins with its contents, and remembers where its reader was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

URL = "issues/302/print/"
PLACE = "localStorage.getItem('reader-place-' + location.pathname)"
PASSAGE = "document.querySelectorAll('.story .headline, .body > *')[20]"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + URL)
    yield page
    context.close()


def read_on_to(page: Page, place: str) -> None:
    page.evaluate(f"scrollTo(0, {place})")
    page.wait_for_function(f"() => {PLACE} !== window.placeBefore", polling=50)
    page.evaluate(f"window.placeBefore = {PLACE}")


def begin(page: Page) -> None:
    page.reload()
    page.evaluate(f"window.placeBefore = {PLACE}")


def test_contents_lead_to_the_stories_and_headlines_to_their_pages(page: Page, address: str) -> None:
    page.click("#contents li:nth-child(3) a")
    third = page.locator(".story").nth(2)

    assert page.evaluate("document.querySelectorAll('.story')[2].getBoundingClientRect().top") == pytest.approx(
        0, abs=1
    )

    third.locator(".headline a").click()
    assert page.url == address + "issues/302/s3/"


def test_nothing_is_offered_to_who_was_not_here_before(page: Page) -> None:
    begin(page)

    assert not page.is_visible("[data-do=resume]")


def test_who_comes_back_may_go_on_where_the_page_was_left(page: Page) -> None:
    begin(page)
    read_on_to(page, f"{PASSAGE}.offsetTop + 5")
    begin(page)

    page.evaluate("scrollTo(0, 0)")
    page.click("[data-do=resume]")

    assert page.evaluate(f"{PASSAGE}.getBoundingClientRect().top") == pytest.approx(0, abs=1)
    assert page.evaluate(f"{PLACE} !== null")


def test_a_page_read_to_its_end_begins_anew(page: Page) -> None:
    begin(page)
    read_on_to(page, f"{PASSAGE}.offsetTop + 5")
    read_on_to(page, "document.body.scrollHeight")

    assert page.evaluate(PLACE) is None


def test_a_phone_that_keeps_nothing_reads_all_the_same(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page.reload()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("new Promise(done => setTimeout(done, 1000))")

    assert errors == []
    assert not page.is_visible("[data-do=resume]")
