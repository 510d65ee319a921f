"""The bar under the thumb: in reach, in nobody's way, and every press is answered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site.archive_pages import KINDS, LOOKS, look, read_to_the_end

PHONE = {"width": 360, "height": 780}
STORY = "issues/303/biaoge/"
LONG_STORY = "issues/303/tupian/"
BAR = "document.querySelector('.controls').getBoundingClientRect()"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_it_is_at_the_bottom_of_a_phones_screen_wherever_one_reads(page: Page, address: str) -> None:
    for url in KINDS.values():
        page.goto(address + url)
        for place in (0, 200):
            page.evaluate("place => scrollTo(0, place)", place)
            assert page.evaluate(f"{BAR}.bottom") == pytest.approx(780, abs=1), url


@pytest.mark.parametrize("attributes", [*LOOKS.values(), "data-size=5", "data-edition=elder data-size=5"])
def test_it_never_covers_the_last_line(page: Page, address: str, attributes: str) -> None:
    for url in KINDS.values():
        page.goto(address + url)
        look(page, attributes)
        read_to_the_end(page)
        assert page.evaluate(f"document.querySelector('.colophon').getBoundingClientRect().bottom - {BAR}.top") <= 0, (
            url
        )


@pytest.mark.parametrize("zoom", ["100%", "200%"])
def test_it_never_covers_what_the_keyboard_has_reached(page: Page, address: str, zoom: str) -> None:
    for url in (STORY, LONG_STORY, "issues/302/", "archive/2026/", "about/"):
        page.goto(address + url)
        zoomed(page, zoom)
        for _ in range(page.locator("a, button, summary, [tabindex]").count()):
            page.keyboard.press("Tab")
            hidden = page.evaluate(
                f"""() => {{
                    const e = document.activeElement, box = e.getBoundingClientRect();
                    return !e.closest(".controls") && e !== document.body && box.height < {BAR}.top
                        && box.bottom > {BAR}.top && e.outerHTML;
                }}"""
            )
            assert not hidden, url


def test_it_stays_clear_of_the_phones_own_bar(page: Page, address: str) -> None:
    page.goto(address + STORY)
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"bottom": 34, "left": 20, "right": 20}})
    lowest, left, right = page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll(".controls > :not(p)")].map(e => e.getBoundingClientRect())
                .filter(box => box.width);
            return [Math.max(...boxes.map(b => b.bottom)), Math.min(...boxes.map(b => b.left)),
                Math.max(...boxes.map(b => b.right))];
        }"""
    )
    assert lowest <= 780 - 34
    assert left >= 20
    assert right <= 360 - 20


def test_it_is_out_of_the_way_on_paper_without_a_script_and_on_a_wide_screen(
    browser: Browser, page: Page, address: str
) -> None:
    page.goto(address + STORY)
    page.emulate_media(media="print")
    assert not page.is_visible(".controls")

    plain = browser.new_page(java_script_enabled=False)
    plain.goto(address + STORY)
    assert not plain.is_visible(".controls")
    plain.close()

    desk = browser.new_page(viewport={"width": 1280, "height": 900})
    desk.goto(address + STORY)
    nav, bar, main = (desk.locator(name).first.bounding_box() for name in (".nav", ".controls", "main"))
    assert nav
    assert bar
    assert main
    assert nav["y"] + nav["height"] <= bar["y"]
    assert bar["y"] + bar["height"] <= main["y"]
    desk.close()


def test_contents_are_a_press_away(page: Page, address: str) -> None:
    for url in KINDS.values():
        page.goto(address + url)
        page.click(".controls a")
        assert page.locator("#contents").bounding_box()["y"] < 780 - 100, url  # type: ignore[index]
        assert page.locator("#contents a:visible").count(), url


@pytest.mark.parametrize("kind", ["pictures", "issue with twenty", "archive"])
def test_what_is_at_the_top_of_the_screen_stays_there(page: Page, address: str, kind: str) -> None:
    top = """() => [...document.querySelectorAll("main p, main li, main h1, main h2, main h3, figure, tr")]
        .findIndex(block => block.getBoundingClientRect().bottom > 3)"""
    seen_of_it = top.replace("findIndex", "find") + ".getBoundingClientRect().bottom"
    page.goto(address + KINDS[kind])
    read_to_the_end(page)
    end = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    for place in range(150, end - 800, 390):
        page.evaluate("place => scrollTo(0, place)", place)
        if (left := page.evaluate(seen_of_it)) < 12:
            page.evaluate("left => scrollBy(0, left)", left)
        read = page.evaluate(top)
        for press in ("larger", "larger", "elder", "smaller", "elder", "smaller"):
            page.click(f"[data-do={press}]")
            assert page.evaluate(top) == read, (place, press)


ANSWERS = [
    ("larger", "字号第4档，共五档"),
    ("larger", "字号第5档，共五档"),
    ("larger", "已是最大的字"),
    ("smaller", "字号第4档，共五档"),
    ("scheme", "已换成夜间深色"),
    ("scheme", "已换成日间浅色"),
    ("elder", "已换成长者版"),
    ("elder", "已换回普通版"),
    ("link", "已复制"),
    ("citation", "已复制"),
]


def test_every_press_is_answered_where_one_sees_it(page: Page, address: str) -> None:
    page.goto(address + STORY)
    for press, answer in ANSWERS:
        page.locator(f"[data-do={press}]").click()
        page.wait_for_function("answer => document.querySelector('[role=status]').textContent === answer", arg=answer)
        box = page.locator("[role=status]").bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= page.evaluate(f"{BAR}.top")
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    page.wait_for_function("() => document.querySelector('[role=status]').textContent === ''")


@pytest.mark.parametrize("edition", ["", "data-edition=elder"])
def test_each_of_the_five_sizes_differs_in_either_edition(page: Page, address: str, edition: str) -> None:
    page.goto(address + STORY)
    sizes = []
    for size in range(1, 6):
        look(page, f"{edition} data-size={size}")
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)"))
    assert sizes == sorted(set(sizes))


# Text alone grows, as WeChat's own size of type makes it; boxes do not grow with it

OVERFLOWS = """() => {
    const found = new Set(), range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
        let block = text.parentElement;
        if (!text.data.trim() || block.closest(".unseen, .skip-link")) continue;
        while (getComputedStyle(block).display === "inline") block = block.parentElement;
        const box = block.getBoundingClientRect();
        for (const word of text.data.matchAll(/\\S+/g)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            for (const {left, right, top, bottom} of range.getClientRects()) {
                const middle = (top + bottom) / 2, beyond = !block.closest(".table-scroll") && right > innerWidth + 1;
                if (left < box.left - 1 || right > box.right + 1 || middle < box.top || middle > box.bottom || beyond)
                    found.add(`${block.tagName}.${block.className} ${word[0].slice(0, 12)}`);
            }
        }
    }
    const pieces = [...document.querySelectorAll(".controls > *, .nav > a, .share > *, .masthead > *")]
        .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
    for (const [one, a] of pieces) for (const [other, b] of pieces) {
        if (one === other || one.parentNode !== other.parentNode) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1) found.add(`${one.textContent.trim()} over ${other.textContent.trim()}`);
    }
    return [...found];
}"""
"""Text that stands outside the box it belongs to, or the screen, and neighbours one over the other."""


def zoomed(page: Page, zoom: str) -> None:
    page.evaluate("zoom => { document.documentElement.style.textSizeAdjust = zoom; }", zoom)


ELDER_5 = "data-edition=elder data-size=5"
SIZES = ["", "data-size=5", "data-edition=elder"]


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize(("zoom", "looks"), [("100%", [*SIZES, ELDER_5]), ("150%", [*SIZES, ELDER_5]), ("200%", SIZES)])
def test_text_that_alone_grows_stays_within_its_boxes(
    page: Page, address: str, zoom: str, looks: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    grown = "document.querySelector('.colophon p:last-child').offsetHeight"
    broken = []
    for kind, url in KINDS.items():
        page.goto(address + url)
        page.evaluate("document.querySelectorAll('.controls__listen').forEach(e => e.classList.add('is-there'))")
        before = page.evaluate(grown)
        zoomed(page, zoom)
        assert page.evaluate(grown) > before or zoom == "100%"
        for attributes in looks:
            look(page, attributes)
            broken += [(kind, attributes, line) for line in page.evaluate(OVERFLOWS)]
            assert page.evaluate("document.querySelector('.skip-link').getBoundingClientRect().bottom") <= 0
    assert broken == []


def test_no_line_of_few_characters_is_justified_where_text_alone_has_grown(page: Page, address: str) -> None:
    """As WeChat does it: widths stay what they are for the stylesheet."""
    for url, text in (("issues/303/biaoge/", ".body p"), ("issues/302/", ".story-card__summary")):
        page.goto(address + url)
        for zoom, align in (("100%", "justify"), ("150%", "start"), ("100%", "justify")):
            zoomed(page, zoom)
            page.evaluate("dispatchEvent(new Event('resize'))")
            assert page.locator(text).first.evaluate("e => getComputedStyle(e).textAlign") == align


def test_the_phones_frame_has_the_colour_of_the_paper(page: Page, address: str) -> None:
    seen = """() => [...document.querySelectorAll("meta[name=theme-color]")]
        .find(meta => matchMedia(meta.media).matches).content"""
    paper = "getComputedStyle(document.body).backgroundColor"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        printed = re.search(
            rf'content="(#\w+)" media="\(prefers-color-scheme: {scheme}', page.request.get(address).text()
        )
        assert printed
        page.goto(address)
        page.evaluate("colour => { document.body.style.outlineColor = colour; }", printed[1])
        assert page.evaluate("getComputedStyle(document.body).outlineColor") == page.evaluate(paper)
        for press in ("scheme", "scheme", "elder", "elder"):
            page.click(f"[data-do={press}]")
            assert page.evaluate(seen) == page.evaluate(paper)
