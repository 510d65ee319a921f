"""The real site in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.test_real_site import KINDS


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(browser: Browser, local_site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    wide = []
    for url in KINDS.values():
        file = local_site / url / "index.html" if url == "" or url.endswith("/") else local_site / url
        page.goto(file.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
    page.close()
    assert wide == []


def test_text_is_large_enough(browser: Browser, local_site: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((local_site / "issues/255/linli-zhongxin/index.html").as_uri())
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)")
    page.close()
    assert size >= 18
