"""Each kind of page of the made-up archive, and each look that a reader may give it."""

from playwright.sync_api import Page

KINDS = {
    "front page": "",
    "issue with one story": "issues/301/",
    "issue with twenty": "issues/302/",
    "issue with pictures": "issues/303/",
    "whole issue": "issues/303/print/",
    "pictures": "issues/303/tupian/",
    "table, lists, quotation": "issues/303/biaoge/",
    "long headline": "issues/301/shuiqu/",
    "topics": "topics/",
    "topic": "topics/xiangcun-zhenxing/",
    "topic without stories": "topics/shang-wu/",
    "year of a topic": "topics/minsheng-shishi/2026/",
    "archive": "archive/",
    "year": "archive/2026/",
    "about": "about/",
    "not found": "404.html",
}
LOOKS = {
    "light": "",
    "dark": "data-scheme=dark",
    "elder": "data-edition=elder",
    "elder dark": "data-edition=elder data-scheme=dark",
}


def look(page: Page, attributes: str) -> None:
    """Put the reader's choices on the page, as early.js does."""
    page.evaluate(
        """attributes => {
            const html = document.documentElement;
            for (const name of ["size", "scheme", "edition"]) html.removeAttribute("data-" + name);
            for (const pair of attributes.split(" ").filter(Boolean)) html.setAttribute(...pair.split("="));
        }""",
        attributes,
    )


def wait_until_seen(page: Page) -> None:
    """Wait for the first picture of a page: a touch before it lands elsewhere, since the page has no width yet."""
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")


def read_to_the_end(page: Page) -> None:
    """Scroll to the end as a reader does, screen by screen, until every picture has come and been painted."""
    page.evaluate(
        """async () => {
            const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            for (let place = 0; place < document.body.scrollHeight; place += innerHeight) {
                scrollTo({top: place, behavior: "instant"});
                await painted();
            }
            scrollTo({top: document.body.scrollHeight, behavior: "instant"});
            const pictures = [...document.images].filter(picture => picture.checkVisibility());
            await Promise.all(pictures.map(picture => picture.complete || new Promise(done => {
                picture.addEventListener("load", done);
                picture.addEventListener("error", done);
            })));
            await painted();
        }"""
    )
