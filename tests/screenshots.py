"""`invoke screenshots`: pictures of the real site for docs/, as a phone and a desk show it."""

import io
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


def main() -> int:
    try:
        return take_pictures()
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
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                file = ROOT / f"docs/pictures/{name}.png"
                picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
                print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")
                page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
