"""Pages carry the stylesheet without its cascade layers, which old phones do not know; it must mean the same.

What main.css says, with its layers and unminified, is held against what the page carries: the computed value of every
property that the stylesheet sets, of every element, on each kind of page, in each look, on screen and on paper.
"""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser

from plugins.assets import with_chosen_dark
from tests.conftest import ROOT
from tests.site.archive_pages import KINDS, LOOKS, look

CSS = ROOT / "theme/static/css"
MEDIA = {
    "screen": ("screen", "light", [*LOOKS.values(), "data-size=5", "class=touched"]),
    "dark screen": ("screen", "dark", ["", "data-scheme=light", "data-edition=elder"]),
    "paper": ("print", "light", list(LOOKS.values())),
}
"""Medium, the system's scheme, the looks."""

# Elements cannot be made to hover: :hover and its kin become classes, which weigh the same; each state is a look.
COMPARE = """([layered, states]) => {
    const flat = document.querySelector("style"), html = document.documentElement;
    const touched = text => text.replace(/:(hover|focus|focus-visible|disabled)\\b/g, ".touched");
    flat.textContent = touched(flat.textContent);
    const other = Object.assign(document.createElement("style"), {textContent: touched(layered)});
    flat.after(other);
    const names = new Set();
    const collect = rules => [...rules].forEach(rule => {
        for (const name of rule.style || []) if (!name.startsWith("--")) names.add(name);
        collect(rule.cssRules || []);
    });
    collect(flat.sheet.cssRules);
    collect(other.sheet.cssRules);
    // Of elements that no selector tells apart (the tenth card, the third paragraph) one is enough.
    const keys = new Map(), kin = new Map([[null, ""]]);
    for (const e of document.querySelectorAll("html, body, body *:not(svg *)")) {
        const {parentElement: parent, previousElementSibling: before} = e;
        const said = / (href|src|alt|id|datetime|aria-label|width|height|title)="[^"]*"/g;
        const tag = e.cloneNode().outerHTML.replace(said, "");
        kin.set(e, [kin.get(parent), tag, before && before.className, !before, !e.nextElementSibling].join());
        keys.set(kin.get(e), e);
    }
    const elements = [...keys.values()];
    const snapshot = layers => {
        flat.sheet.disabled = layers;
        other.sheet.disabled = !layers;
        return elements.flatMap(element => [null, "::before"].map(part => {
            const style = getComputedStyle(element, part);
            return part && style.content === "none" ? "" : Array.from(names, name => style.getPropertyValue(name));
        }));
    };
    const wrong = [];
    for (const state of states) {
        for (const name of ["size", "scheme", "edition"]) html.removeAttribute("data-" + name);
        for (const pair of state.split(" ").filter(Boolean)) html.setAttribute(...pair.split("="));
        html.className = "js";
        elements.slice(1).forEach(e => e.classList.toggle("touched", state === "class=touched"));
        const one = snapshot(false), two = snapshot(true);
        one.forEach((values, place) => [...names].forEach((name, number) => {
            if (values[number] !== two[place][number]) {
                const element = elements[place >> 1];
                wrong.push([state, element.tagName + "." + element.className + (place % 2 ? "::before" : ""), name,
                    "with layers", two[place][number], "without", values[number]].join(" "));
            }
        }));
    }
    return [elements.length, wrong.slice(0, 20)];
}"""
ENLARGED = "<dialog class='enlarged enlarged--plain' open><img alt=''><button>关闭</button></dialog>"


def layered() -> str:
    """The stylesheet as main.css says it."""
    main = (CSS / "main.css").read_text(encoding="utf-8")

    def imported(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{ {with_chosen_dark((CSS / found[1]).read_text(encoding='utf-8'))} }}"

    return re.sub(r'@import url\("([^"]+)"\) layer\((\w+)\);', imported, main)


@pytest.mark.parametrize("width", [360, 1280])
def test_styles_are_the_same_without_layers(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)  # it puts in styles of its own
    wrong = []
    for kind, url in KINDS.items():
        for medium, (media, scheme, states) in MEDIA.items():
            page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(address + url, wait_until="domcontentloaded")
            page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", ENLARGED)
            seen, differing = page.evaluate(COMPARE, [layered(), states])
            assert seen > 30
            wrong += [f"{kind}, {medium}: {line}" for line in differing]
    page.close()
    assert wrong == []


def test_dark_by_choice_is_dark_by_the_phone(browser: Browser, address: str) -> None:
    colours = (
        "[...document.querySelectorAll('*')].map(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"
    )
    page = browser.new_page()
    page.goto(address + KINDS["whole issue"])
    for edition in ("", "data-edition=elder "):
        page.emulate_media(color_scheme="dark")
        look(page, edition)
        by_the_phone = page.evaluate(colours)
        look(page, edition + "data-scheme=light")
        in_the_light = page.evaluate(colours)
        page.emulate_media(color_scheme="light")
        look(page, edition + "data-scheme=dark")
        assert page.evaluate(colours) == by_the_phone
        look(page, edition)
        assert page.evaluate(colours) == in_the_light
    page.close()


def test_dark_needs_no_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    corner = Image.open(io.BytesIO(page.screenshot())).convert("RGB").getpixel((0, 0))
    assert corner == (0x19, 0x17, 0x15)
    context.close()
