"""Chrome 87 and iOS 13 get the same page: what they lack is taken out of what pages carry, by MDN's table of who knows
what (tests/lint/old_browser.mjs), and the boxes of all elements are compared. Neither knows cascade layers.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from tests.node import LINT, packages, run
from tests.site.archive_pages import KINDS

BROWSERS = {"Chrome 87": ("chrome_android", 87), "iOS 13": ("safari_ios", 13)}

Old = dict[str, dict[str, Any]]
"""For each browser: what it makes of each stylesheet of our pages, and what our scripts ask for and it lacks."""

FORGIVEN = """
* { text-autospace: no-autospace !important; text-spacing-trim: normal !important; }
.stories * { break-after: auto !important; break-before: auto !important; }
"""
"""Taken from today's browser too: hairs between 汉字 and figures, which may make a line more of a paragraph, and what
keeps a headline and its story together at the foot of a column."""
MAKE_OLD = """({styles, knowsFlexGap}) => {
    const style = document.querySelector("style");
    style.textContent = styles[style.textContent];
    for (const element of knowsFlexGap ? [] : document.body.querySelectorAll("*"))
        if (getComputedStyle(element).display.endsWith("flex")) element.style.gap = "0";
}"""
DIFFERING = """([old, looks, forgiven]) => {
    const html = document.documentElement, style = document.querySelector("style"), today = style.textContent;
    const elements = [...document.querySelectorAll("body, body *:not(svg *)")];
    document.head.append(Object.assign(document.createElement("style"), {textContent: forgiven}));
    const boxes = () => elements.map(element => {
        const {display} = getComputedStyle(element), {left, top, width, height} = element.getBoundingClientRect();
        return display.startsWith("inline") ? [display] : [display, left, top, width, height];
    });
    return looks.flatMap(([name, value]) => {
        html.setAttribute(name, value);
        const now = boxes();
        const found = Object.entries(old).flatMap(([browser, known]) => {
            (MAKE_OLD)(known);
            const then = boxes();
            style.textContent = today;
            for (const element of elements) element.style.gap = "";
            return elements.flatMap((element, place) => {
                const [one, other] = [now[place], then[place]];
                const isSame = one.every((side, at) => at ? Math.abs(side - other[at]) <= 1 : side === other[at]);
                return isSame ? [] : [[browser, value, element.tagName + "." + element.className, one, other]];
            });
        });
        html.removeAttribute(name);
        return found;
    });
}""".replace("MAKE_OLD", MAKE_OLD)
"""Elements that stand elsewhere, or are wider or higher, than in today's browser; of words in a line it is enough that
they are in one."""


def answer(browser: str, styles: list[str], scripts: list[str]) -> dict[str, Any]:
    name, version = BROWSERS[browser]
    asked = {"browser": name, "version": version, "styles": styles, "scripts": scripts}
    said = run(LINT / "old_browser.mjs", text=json.dumps(asked))
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


@pytest.fixture(scope="module")
def old(output: Path, address: str) -> Old:
    packages()
    styles, scripts = set(), set()
    for url in KINDS.values():
        file = output / url if url.endswith("html") else output / url / "index.html"
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        styles.update(style.text for style in soup("style"))
        for script in soup("script"):
            if src := script.get("src"):
                scripts.add((output / str(src).removeprefix(address)).read_text(encoding="utf-8"))
            elif not script.get("type"):
                scripts.add(script.text)
    each = {}
    for browser in BROWSERS:
        found = answer(browser, sorted(styles), sorted(scripts))
        each[browser] = {
            "styles": dict(zip(sorted(styles), found["styles"], strict=True)),
            "dropped": found["dropped"],
            "knowsFlexGap": found["flexGap"],
            "lacked": sorted({name for names in found["lacked"] for name in names}),
        }
    return each


TAKE_AWAY = """lacked => {
    const owners = [window, navigator];
    for (const name of Object.getOwnPropertyNames(window)) {
        const made = /^[A-Z]/.test(name) && window[name] && window[name].prototype;
        if (made) owners.push(made);
    }
    for (const owner of owners) for (const name of lacked) delete owner[name];
}"""
NEW = {
    "层": ("@layer a{b{top:0}}", "", ""),
    "嵌套": ("a{top:0;&:hover{top:0}}", "a{top:0}", "a{top:0}"),
    "选择器": (":is(a){top:0}a{top:0}", "a{top:0}", "a{top:0}"),
    "键盘走到": (":focus-visible{top:0}", ":focus-visible{top:0}", ""),
    "四边": ("a{inset:0}", "a{inset:0}", "a{}"),
    "高宽比": ("a{aspect-ratio:1}", "a{}", "a{}"),
    "夹在中间": ("a{width:clamp(1px,2vw,3px)}", "a{width:clamp(1px,2vw,3px)}", "a{}"),
    "两种高": ("a{height:85vh;height:85svh}", "a{height:85vh}", "a{height:85vh}"),
    "词": ("a{overflow:clip;overflow:auto}", "a{overflow:auto}", "a{overflow:auto}"),
    "调色": ("a{color:color-mix(in srgb,red,blue)}", "a{}", "a{}"),
    "屏宽": ("@media (width>9px){a{top:0}}@media (min-width:9px){b{top:0}}", *["@media (min-width:9px){b{top:0}}"] * 2),
    "容器": ("@container (min-width:9px){a{top:0}}", "", ""),
}
"""A stylesheet, and what is left of it in Chrome 87 and in iOS 13."""


@pytest.mark.parametrize("browser", BROWSERS)
def test_it_drops_what_it_does_not_know(browser: str) -> None:
    place = 1 + list(BROWSERS).index(browser)
    found = answer(browser, [case[0] for case in NEW.values()], ["a.replaceAll(b, c); a.at(-1); a.map(b)", "flat()"])

    assert dict(zip(NEW, found["styles"], strict=True)) == {name: case[place] for name, case in NEW.items()}
    assert found["lacked"] == [["at", *(["replaceAll"] if browser == "iOS 13" else [])], []]


def test_it_reads_no_script_of_a_later_year() -> None:
    asked = {"browser": "safari_ios", "version": 13, "styles": [], "scripts": ["a?.b"]}
    assert "SyntaxError" in run(LINT / "old_browser.mjs", text=json.dumps(asked)).stderr


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(bypass_csp=True)  # the stylesheet becomes another
    yield page
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_it_shows_the_same_page(page: Page, address: str, old: Old, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    looks = [("data-size", "3"), ("data-size", "5"), ("data-edition", "elder")]
    differing = []
    for kind, url in KINDS.items():
        page.goto(address + url, wait_until="domcontentloaded")
        differing += [(kind, *found) for found in page.evaluate(DIFFERING, [old, looks, FORGIVEN])]
    assert differing == []


@pytest.mark.parametrize("browser_of_old", BROWSERS)
def test_its_tools_work(page: Page, address: str, old: Old, browser_of_old: str) -> None:
    """Whatever our scripts ask for and it lacks is not there: no script stops, and each tool answers."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 780})
    page.add_init_script(f"({TAKE_AWAY})({json.dumps(old[browser_of_old]['lacked'])})")
    page.goto(address + "issues/303/tupian/")
    page.evaluate(MAKE_OLD, old[browser_of_old])
    for tool, answered in (("larger", "字号第4档，共五档"), ("scheme", "已换成夜间深色"), ("elder", "已换成长者版")):
        page.locator(f"[data-do={tool}]").click()
        page.get_by_role("status").get_by_text(answered).wait_for()
    page.locator(".picture img").first.click()
    page.locator(".enlarged button").click()
    page.locator("[data-do=link]").click()
    page.get_by_role("status").get_by_text("复制").wait_for()
    bar = page.locator(".controls").bounding_box()

    assert told == []
    assert bar
    assert bar["y"] + bar["height"] == pytest.approx(780, abs=1)
