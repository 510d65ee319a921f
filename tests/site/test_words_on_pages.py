"""Headlines break between words only, on the screens and at the sizes that readers have.

`headlines/headlines.txt` holds headlines in the paper's manner, besides those of the real issue and of the tests'
archive; `headlines/whole.txt` the words in them that a person who reads sees as one. Both were written by hand.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plugins.newspaper.model import Headline, Words
from plugins.newspaper.printing.typesetting import clauses, headline_lines, in_a_row
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.words import read_words
from tests.conftest import ROOT
from tests.site.archive_pages import look
from tests.site.test_typesetting import LINES

HERE = Path(__file__).parent
ISSUES = (*sorted((HERE / "archive/issues").iterdir()), ROOT / "content/issues/0255.md")
PRINTED = [
    match[1]
    for path in ISSUES
    for match in re.finditer(r"^(?:###? |:(?:kicker|deck): )(.+)$", path.read_text(encoding="utf-8"), re.M)
]
HEADLINES = [*PRINTED, *(HERE / "headlines/headlines.txt").read_text(encoding="utf-8").splitlines()]
WHOLE = sorted(set((HERE / "headlines/whole.txt").read_text(encoding="utf-8").split()))
A_WORD = re.compile("|".join(sorted(WHOLE, key=len, reverse=True)))
LOOKS = ("", "data-size=5", "data-edition=elder", "data-edition=elder data-size=5")
SCREENS = [(width, look) for width in (360, 390, 1280) for look in LOOKS]

SET_ON_AN_ARTICLE = """html => document.querySelector(".story").innerHTML = html"""
SET_ON_AN_ISSUE = """html => document.querySelector("main").innerHTML = html"""


def words_of(headline: str) -> tuple[Words, ...]:
    own, _ = read_words((ROOT / "content/words.txt").read_text(encoding="utf-8"), "")
    segmenter = Segmenter(own)
    return tuple(map(segmenter.words, headline.split("|")))


def on_an_article(headline: Headline) -> str:
    line = clauses(tuple(word for line in headline.words for word in line))
    return (
        f'<p class="story__banner">{line}</p><p class="kicker">{line}</p><p class="deck">{line}</p>'
        f'<h1 class="headline">{headline_lines(headline)}</h1>'
        f'<ul class="story-list"><li><a href="">{in_a_row(headline)}</a></li></ul>'
        f'<nav class="neighbours"><a rel="next" href="">{in_a_row(headline)}</a></nav>'
    )


def on_an_issue(headlines: list[Headline]) -> str:
    cards = [
        f'<article class="story-card"><h3 class="story-card__headline"><a href="">{headline_lines(headline)}</a></h3>'
        "</article>"
        for headline in headlines
    ]
    leads = [
        f'<section class="section section--lead"><h2 class="banner">{headline_lines(headline)}</h2>{card}</section>'
        for headline, card in zip(headlines, cards, strict=True)
    ]
    return f'{"".join(leads)}<section class="section"><div class="stories">{"".join(cards)}</div></section>'


@pytest.fixture(scope="module")
def lines(browser: Browser, address: str) -> dict[tuple[int, str], list[list[str]]]:
    """The lines in which every headline stands, in all its places, on each screen."""
    headlines = [Headline(words_of(headline)) for headline in HEADLINES]
    page = browser.new_page()
    found: dict[tuple[int, str], list[list[str]]] = {screen: [] for screen in SCREENS}
    pages = [
        ("issues/302/s3/", SET_ON_AN_ARTICLE, "".join(map(on_an_article, headlines))),
        ("issues/302/", SET_ON_AN_ISSUE, on_an_issue(headlines)),
    ]
    for url, script, html in pages:
        page.goto(address + url)
        page.evaluate(script, html)
        for width, attributes in SCREENS:
            found[width, attributes] += lines_on(page, width, attributes)
    page.close()
    return found


def lines_on(page: Page, width: int, attributes: str) -> list[list[str]]:
    page.set_viewport_size({"width": width, "height": 740})
    look(page, attributes)
    everywhere: list[list[str]] = page.evaluate(LINES)
    return everywhere


def broken_words(lines: list[str]) -> list[str]:
    """The words within which a line ends."""
    text = "".join(lines)
    ends, place = set(), 0
    for line in lines:
        place += len(line)
        ends.add(place)
    return [
        f"{text[match.start() : end]}｜{text[end : match.end()]}"
        for match in A_WORD.finditer(text)
        for end in range(match.start() + 1, match.end())
        if end in ends
    ]


@pytest.mark.parametrize(("width", "attributes"), SCREENS)
def test_no_word_is_broken(lines: dict[tuple[int, str], list[list[str]]], width: int, attributes: str) -> None:
    broken = [(found, words) for words in lines[width, attributes] if (found := broken_words(words))]

    assert len(lines[width, attributes]) > 8 * len(HEADLINES)
    assert broken == []


def test_the_list_of_words_knows_every_headline() -> None:
    assert [headline for headline in HEADLINES if len(headline) > 8 and not A_WORD.search(headline)] == []
    assert [word for word in WHOLE if not any(word in headline.replace("|", "") for headline in HEADLINES)] == []
