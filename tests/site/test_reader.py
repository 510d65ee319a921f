"""The reader's controls in a real browser: remembered, silent without a script, out of the way of scrolling."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import copy_project, run_pelican
from tests.site.archive_pages import wait_until_seen
from tests.site.conftest import served

ARTICLE = "issues/8/fen-hang/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small paper of the tests, which has a picture, built and served."""
    project = copy_project(tmp_path_factory.mktemp("reader"), content=Path(__file__).parent / "paper")
    result = run_pelican(project)
    assert result.returncode == 0, result.stdout + result.stderr
    with served(project / "preview") as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, address: str) -> Page:
    page = phone.new_page()
    page.goto(address + ARTICLE)
    return page


def font_size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)"))


def test_type_size_has_five_steps_and_is_remembered(page: Page, address: str) -> None:
    sizes = []
    for _ in range(3):
        page.click("[data-do=smaller]")
    for _ in range(5):
        sizes.append(font_size(page))
        page.click("[data-do=larger]")
    assert sizes == sorted(set(sizes))
    page.goto(address)
    assert page.evaluate("document.documentElement.dataset.size") == "5"


def test_choice_is_applied_before_the_first_paint(page: Page, phone: BrowserContext, address: str) -> None:
    page.click("[data-do=elder]")
    other = phone.new_page()
    other.route("**/reader-*.js", lambda route: route.abort())
    other.goto(address)
    assert other.evaluate("document.documentElement.dataset.edition") == "elder"


@pytest.mark.parametrize(("phones_own", "chosen"), [("light", "dark"), ("dark", "light")])
def test_night_is_chosen_against_the_phone_and_given_back_to_it(page: Page, phones_own: str, chosen: str) -> None:
    page.emulate_media(color_scheme=phones_own)  # type: ignore[arg-type]
    page.reload()
    seen = []
    for _ in range(3):
        seen.append((page.get_attribute("html", "data-scheme"), page.get_attribute("[data-do=scheme]", "aria-pressed")))
        page.click("[data-do=scheme]")
    own, other = str(phones_own == "dark").lower(), str(chosen == "dark").lower()
    assert seen == [(None, own), (chosen, other), (None, own)]


def test_elder_edition_is_larger_of_one_column_and_says_so(page: Page) -> None:
    before = font_size(page)
    page.click("[data-do=elder]")
    assert font_size(page) >= 1.4 * before
    assert page.get_attribute("[data-do=elder]", "aria-pressed") == "true"
    heights = page.evaluate(
        "[...document.querySelectorAll('button, nav a')].filter(e => e.offsetHeight).map(e => e.offsetHeight)"
    )
    assert min(heights) >= 48


def test_browsers_own_size_setting_is_not_locked(page: Page) -> None:
    viewport = page.get_attribute("meta[name=viewport]", "content")
    assert viewport == "width=device-width, initial-scale=1, viewport-fit=cover"
    before = font_size(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert font_size(page) == pytest.approx(2 * before)


def test_citation_is_copied_where_there_is_no_clipboard(phone: BrowserContext, address: str) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = phone.new_page()
    page.goto(address + ARTICLE)
    page.evaluate("document.addEventListener('copy', () => { window.copied = document.activeElement.value })")
    page.click("[data-do=citation]")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent === '已复制'")
    assert str(page.evaluate("window.copied")).endswith("，《伊滨新闻》2024年1月5日第1期")


def test_picture_is_enlarged_and_the_back_key_closes_it_only(page: Page, address: str) -> None:
    page.click("figure.picture img")
    page.wait_for_selector("dialog.enlarged img")
    page.go_back()
    page.wait_for_selector("dialog.enlarged", state="detached")
    assert page.url == address + ARTICLE
    assert page.evaluate("document.activeElement.matches('figure.picture img')")


def test_arrow_keys_turn_to_the_next_story_and_back(page: Page, address: str) -> None:
    page.keyboard.press("ArrowRight")
    page.wait_for_url(address + "issues/8/sanshi/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(address + ARTICLE)


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """A fifth of a second by the finger's own clock, however long the messages take."""
    client = page.context.new_cdp_session(page)
    begun = time.time()
    for kind, point, at in (("touchStart", [start], 0), ("touchMove", [end], 0.1), ("touchEnd", [], 0.2)):
        points = [{"x": x, "y": y} for x, y in point]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": begun + at})


SWIPES = [
    ("left", (300, 400), (120, 410), True),
    ("scrolling", (300, 600), (200, 200), False),
    ("edge", (352, 400), (60, 400), False),
    ("near the edge", (320, 400), (60, 400), False),
    ("slanting by 20°", (300, 400), (120, 465), False),
    ("short", (300, 400), (190, 400), False),
]


def turned_by_swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> bool:
    wait_until_seen(page)
    # Where a swipe turns to no other page, the address tells at once whether it turned.
    page.evaluate(
        """() => {
            document.querySelectorAll("a[rel=prev], a[rel=next]").forEach(link => { link.href = "#turned"; });
            window.lifted = new Promise(lifted => ["touchend", "touchcancel"].forEach(end =>
                window.addEventListener(end, () => lifted(location.hash))));
        }"""
    )
    swipe(page, start, end)
    return bool(page.evaluate("window.lifted"))


@pytest.mark.parametrize(("start", "end", "turns"), [swipe[1:] for swipe in SWIPES], ids=[swipe[0] for swipe in SWIPES])
def test_swipe_turns_the_page_and_never_fights_scrolling(
    page: Page, start: tuple[int, int], end: tuple[int, int], turns: bool
) -> None:
    assert turned_by_swipe(page, start, end) == turns


def test_swipe_turns_articles_only(page: Page, address: str) -> None:
    page.goto(address + "issues/7/")
    assert page.locator("a[rel=next]").count() == 1
    assert not turned_by_swipe(page, *SWIPES[0][1:3])


def test_swipe_leads_to_the_next_story(page: Page, address: str) -> None:
    wait_until_seen(page)
    swipe(page, *SWIPES[0][1:3])
    page.wait_for_url(address + "issues/8/sanshi/")


AGES = [("2024-12-31", ""), ("2025-01-06", "1年前的报道 · 看最新一期"), ("2031-06-01", "7年前的报道 · 看最新一期")]


@pytest.mark.parametrize(("today", "said"), AGES, ids=["近的", "一年", "七年"])
def test_an_old_story_says_so_above_its_headline_and_leads_to_the_newest(
    page: Page, address: str, today: str, said: str
) -> None:
    """The page is the same bytes on every day: it says its own date (2024-01-05), the phone says the rest."""
    page.clock.set_fixed_time(today)
    page.reload()
    age = page.locator(".masthead__age")
    assert age.is_visible() == bool(said)
    assert age.inner_text() == said
    if said:
        assert age.bounding_box()["y"] < page.locator("h1").bounding_box()["y"]  # type: ignore[index]
        age.locator("a").click()
        page.wait_for_url(address + "latest/")
        assert page.locator(".masthead__age").count() == 0


def shown(page: Page) -> list[str]:
    return page.locator(".share button:visible").all_inner_texts()


def test_in_wechat_a_hint_points_to_its_own_menu(browser: Browser, address: str) -> None:
    wechat = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/116.0 Mobile MicroMessenger/8.0.49"
    context = browser.new_context(viewport=PHONE, is_mobile=True, user_agent=wechat)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + ARTICLE)
    assert shown(page) == ["发给朋友", "复制链接", "复制出处"]
    assert page.locator("a[href$='feed.xml']:visible").count() == 0  # nobody can subscribe there
    page.click("[data-do=share]")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.includes('发送给朋友')")
    box = page.locator("[role=status]").bounding_box()
    assert box
    assert box["y"] < 100
    assert box["x"] + box["width"] > 300
    context.close()


SHARES = [
    ("undefined", ["复制链接", "复制出处", "打印"]),
    ("what => { window.sent = what; return Promise.resolve(); }", ["发给朋友", "复制链接", "复制出处", "打印"]),
]


@pytest.mark.parametrize(("share", "buttons"), SHARES, ids=["不能", "能"])
def test_elsewhere_the_phone_is_asked_to_send_it_on_if_it_can(
    phone: BrowserContext, address: str, share: str, buttons: list[str]
) -> None:
    phone.add_init_script(f"Object.defineProperty(navigator, 'share', {{value: {share}}})")
    page = phone.new_page()
    page.goto(address + ARTICLE)
    assert shown(page) == buttons
    if "发给朋友" in buttons:
        page.click("[data-do=share]")
        assert page.evaluate("window.sent.title").startswith("不在通栏题下分两行的标题")
        assert page.evaluate("window.sent.url").endswith(ARTICLE)


def test_listening_is_offered_only_where_the_phone_has_a_chinese_voice(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address + ARTICLE)
    assert not page.is_visible("[data-do=listen]")

    phone.add_init_script(
        "speechSynthesis.getVoices = () => [{lang: 'zh-CN', localService: true}];"
        "window.spoken = []; window.SpeechSynthesisUtterance = function (text) { this.text = text };"
        "speechSynthesis.speak = words => { window.spoken.push(words.text); setTimeout(words.onend, 20) };"
    )
    page.goto(address + ARTICLE)
    page.click("[data-do=listen]")
    page.wait_for_function("() => document.querySelector('[data-do=listen]').textContent === '听'")
    spoken = page.evaluate("window.spoken")
    assert spoken[0] == "不在通栏题下分两行的标题"
    assert len(spoken) > 1


def test_missing_page_of_an_issue_points_to_the_issue(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    missing = page.request.get(address + "404.html").body()
    page.route("**/issues/7/nowhere/", lambda route: route.fulfill(body=missing, content_type="text/html"))
    page.goto(address + "issues/7/nowhere/")
    assert page.get_attribute("[data-newest] li:first-child a", "href") == "/issues/7/"


def test_without_script_no_dead_button_shows(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + ARTICLE)
    assert page.locator("button:visible").count() == 0
    assert page.is_visible(".body p")
    context.close()


def test_without_script_every_kind_of_page_reads_and_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    way = [
        (".story-card__headline a", "issues/8/fen-hang/", ".body p"),
        (".topics a", "topics/linli-zhongxin/", ".story-list a"),
        (".nav a >> text=专题", "topics/", ".topic-list a"),
        (".nav a >> text=往期", "archive/", ".story-list a"),
        (".years a", "archive/2024/", ".story-list a"),
        (".story-list a", "issues/8/fen-hang/", ".body p"),
        ("a[rel=next]", "issues/8/sanshi/", ".headline"),
        (".contents .nav a >> text=最新一期", "", ".story-card__summary"),
    ]
    for link, url, seen in way:
        page.locator(link).first.click()
        page.wait_for_url(address + url)
        page.locator(seen).first.wait_for(state="visible")
    context.close()


def test_script_is_small(page: Page) -> None:
    source = page.get_attribute("script[src]", "src")
    assert source
    script = page.request.get(page.url.split("/issues/")[0] + source).body()
    assert len(gzip.compress(script)) < 7_000
