"""`invoke screenshots`: pictures for docs/, the real site as a phone and a desk show it, and the handbook's forms."""

import io
import re
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser import NoBrowser, launched
from tests.conftest import ROOT, copy_project, run_pelican
from tests.site.archive_pages import read_to_the_end
from tests.site.conftest import served

PHONE, DESK = (360, 740, 2), (1280, 900, 1)
SHOTS = {
    "front-page": ("", DESK, "light", ""),
    "front-page-phone": ("", PHONE, "light", ""),
    "front-page-phone-dark": ("", PHONE, "dark", ""),
    "front-page-phone-elder": ("", PHONE, "light", "elder"),
    "archive-phone": ("archive/", PHONE, "light", ""),
    "article-phone": ("issues/255/linli-zhongxin/", PHONE, "light", ""),
    "article-phone-dark": ("issues/255/linli-zhongxin/", PHONE, "dark", ""),
    "article-phone-elder": ("issues/255/linli-zhongxin/", PHONE, "light", "elder"),
    "article": ("issues/255/linli-zhongxin/", DESK, "dark", ""),
}
COLOURS = 48
"""Enough for paper, ink and red with their edges; the files are a quarter as large."""


FORM = re.compile(r"^```story\n(.*?)^```\n\n!\[[^]]*\]\(pictures/editors/([\w-]+)\.png\)", re.M | re.S)
"""An example of the handbook, and the name of the picture that shows it."""


def main() -> int:
    try:
        return take_pictures() or take_forms()
    except NoBrowser as none:
        print(none, file=sys.stderr)
        return 1


def take_pictures() -> int:
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        (project / "preview").mkdir()
        # People look at these: they show the system's fonts.
        with served(project / "preview") as address, launched(own_font=False) as browser:
            built = run_pelican(project, "-e", f'SITEURL="{address[:-1]}"')
            if built.returncode:
                print(built.stdout, built.stderr, sep="\n", file=sys.stderr)
                return 1
            for name, (url, (width, height, scale), scheme, edition) in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    device_scale_factor=scale,
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                if edition:
                    page.add_init_script(f"localStorage.setItem('reader-edition', '{edition}')")
                page.goto(address + url)
                read_to_the_end(page)
                page.evaluate("scrollTo(0, 0)")
                save(page.screenshot(), name)
                page.close()
    return 0


def take_forms() -> int:
    """What each form of the handbook looks like: its examples are the stories of an issue."""
    handbook = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    header = re.findall(r"^```issue\n(---\n.*?\n---\n)", handbook, re.M | re.S)[0]
    forms = {name: text for text, name in FORM.findall(handbook)}
    stories = "".join(f"\n### {name}\n:短名: {name}\n\n{text}" for name, text in forms.items())
    with tempfile.TemporaryDirectory() as folder:
        content = copy_project(Path(folder)) / "content"
        (content / "issues/0256.md").write_text(header + stories, encoding="utf-8")
        for kind in ("images", "files"):
            (content / kind / "0256").mkdir(parents=True)
        shutil.copy(ROOT / "tests/site/archive/images/0303/heng.jpg", content / "images/0256/linli.jpg")
        (content / "files/0256/baoming.pdf").write_bytes(b"%PDF-1.7\n" + b"% " * 60_000 + b"\n%%EOF\n")
        built = run_pelican(content.parent)
        if built.returncode:
            print(built.stdout, built.stderr, sep="\n", file=sys.stderr)
            return 1
        with served(content.parent / "preview") as address, launched(own_font=False) as browser:
            page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
            for name in forms:
                page.goto(f"{address}issues/256/{name}/")
                read_to_the_end(page)
                page.locator(".body").evaluate("body => body.style.padding = '12px'")
                save(page.locator(".body").screenshot(), f"editors/{name}")
    return 0


def save(screenshot: bytes, name: str) -> None:
    """Keep a screenshot with few colours in docs/pictures/."""
    file = ROOT / f"docs/pictures/{name}.png"
    file.parent.mkdir(exist_ok=True)
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
