"""听一期: an issue plays its recordings one after another; an issue without any says nothing of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

SILENT = """
    HTMLMediaElement.prototype.play = function () {
        window.heard = (window.heard || []).concat(this.title);
        Object.defineProperty(this, "paused", {value: false, configurable: true});
        this.dispatchEvent(new Event("play"));
    };
    HTMLMediaElement.prototype.pause = function () {
        Object.defineProperty(this, "paused", {value: true, configurable: true});
        this.dispatchEvent(new Event("pause"));
    };
"""
"""A recording is played without a sound, and ends when the test says so."""
ENDED = "document.querySelectorAll('audio')[%d].dispatchEvent(new Event('ended'))"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.add_init_script(SILENT)
    yield page
    page.close()


def test_issue_plays_its_recordings_one_after_another(page: Page, address: str) -> None:
    page.goto(address + "issues/303/")
    page.click("[data-do=listen]")

    assert page.is_visible(".recordings audio >> nth=1")
    assert page.inner_text("[data-do=listen]") == "暂停"

    page.evaluate(ENDED % 0)
    page.evaluate(ENDED % 1)

    headlines = page.locator("audio").evaluate_all("all => all.map(e => e.title)")
    assert page.evaluate("window.heard") == headlines
    assert len(headlines) == 2
    assert page.evaluate("navigator.mediaSession.metadata.title") == headlines[1]


def test_cards_say_which_story_has_a_recording(page: Page, address: str) -> None:
    page.goto(address + "issues/303/")

    assert page.locator(".story-card small").all_inner_texts() == ["（有录音）"] * 2


@pytest.mark.parametrize(
    ("url", "slugs"),
    [
        ("archive/2026/", ["tupian", "biaoge"]),
        ("topics/xiangcun-zhenxing/", ["tupian"]),
        ("topics/xiangcun-zhenxing/2026/", ["tupian"]),
        ("issues/303/tupian/", ["biaoge"]),
        ("issues/302/", []),
    ],
    ids=["某年", "专题", "专题某年", "本期其他稿件", "没有录音的一期"],
)
def test_lists_say_which_story_has_a_recording(page: Page, address: str, url: str, slugs: list[str]) -> None:
    page.goto(address + url)

    marked = page.locator("li a:has(small:text-is('（有录音）'))").evaluate_all("all => all.map(e => e.pathname)")
    assert marked == [f"/issues/303/{slug}/" for slug in slugs]


def test_only_one_recording_is_heard_at_a_time(page: Page, address: str) -> None:
    page.goto(address + "issues/303/")
    page.evaluate("document.querySelectorAll('audio').forEach(one => one.play())")

    assert page.locator("audio").evaluate_all("all => all.map(e => e.paused)") == [True, False]


def test_issue_without_recordings_says_nothing_of_them(page: Page, address: str) -> None:
    page.goto(address + "issues/302/")

    assert page.locator("audio, [data-do=listen]").count() == 0
