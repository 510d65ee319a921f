"""The browser of the tests measures 汉字 with the paper's own font, the same on every machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

WIDTHS = """
([font, text]) => {
    const drawing = document.createElement("canvas").getContext("2d");
    drawing.font = `100px ${font}`;
    return [...text].map(character => drawing.measureText(character).width);
}
"""
SYSTEMS = [
    "'DejaVu Sans'", "'DejaVu Sans Mono'", "'Liberation Sans'", "'Liberation Serif'", "'Noto Sans'",
    "'Noto Sans CJK SC'", "'WenQuanYi Zen Hei'", "Roboto", "Ubuntu", "Cantarell",
]  # fmt: skip
"""Fonts that a Linux may have."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("font", [*SYSTEMS, "serif", "sans-serif", "monospace"])
def test_no_font_of_the_system_is_seen(page: Page, font: str) -> None:
    text = "WiMl0.…—“汉"
    assert page.evaluate(WIDTHS, [font, text]) == page.evaluate(WIDTHS, ["'Noto Serif CJK SC'", text])


def test_every_hanzi_of_the_pages_is_one_em_wide(page: Page, address: str, output: Path) -> None:
    pages = "".join(file.read_text(encoding="utf-8") for file in output.rglob("*.html"))
    hanzi = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", pages))))
    assert len(hanzi) > 300
    for font in ("serif", "sans-serif"):
        assert set(page.evaluate(WIDTHS, [font, hanzi])) == {100}
    assert page.evaluate(WIDTHS, ["serif", "，。：；！？、（）《》“”"]) == [100] * 13
