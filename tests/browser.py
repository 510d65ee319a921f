"""The browser that the tests drive: found here, or installed by `python -m tests.browser`.

It is the same on every machine: it knows one font, which the paper brings. docs/decisions/0016 says why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
PROGRAMS = tuple(
    Path(os.environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData") if name in os.environ
)
PLACES = {
    "darwin": tuple(
        Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
        for name in ("Chromium", "Google Chrome", "Microsoft Edge")
    ),
    "win32": tuple(
        programs / f"{place}.exe"
        for place in (
            "Chromium/Application/chrome",
            "Google/Chrome/Application/chrome",
            "Microsoft/Edge/Application/msedge",
        )
        for programs in PROGRAMS
    ),
}.get(sys.platform, ())
"""Where systems without a command on the PATH keep their browsers."""
INSTALL = (("apt-get", "update", "-q"), ("apt-get", "install", "-y", "-q", "chromium"))
ADVICE = "请先装上 Chromium（Chrome、Edge 也行）；装在别处的，用环境变量 CHROMIUM 写明它的路径。"

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
FONTS = {"FONTCONFIG_FILE": str(ROOT / "tests/site/fonts.conf"), "XDG_CACHE_HOME": str(ROOT / ".cache/browser")}
PATIENCE = 60_000
"""Milliseconds after which what a test waits for will not come. No test waits for this to pass."""
REFUSED: list[str] = []
"""What browsers did not allow a page by its Content-Security-Policy, as they said it; no test may add to this."""


class NoBrowser(Exception):
    """There is none; says what to do."""


def find_browser() -> str:
    """Path of a browser that is here. Raises NoBrowser."""
    if named := os.environ.get("CHROMIUM"):
        if not shutil.which(named):
            raise NoBrowser(f"环境变量 CHROMIUM 写的是 {named}，那里没有可以运行的浏览器。")
        return named
    here = (*map(shutil.which, NAMES), *(str(place) for place in PLACES if place.is_file()))
    if found := next(filter(None, here), None):
        return found
    raise NoBrowser(f"没有找到 Chromium。{ADVICE}")


def find_or_install_browser() -> str:
    """Path of a browser that is here, or is after Debian's package was installed. Raises NoBrowser."""
    try:
        return find_browser()
    except NoBrowser:
        if os.environ.get("CHROMIUM") or not shutil.which("apt-get"):
            raise
    for command in INSTALL:
        if subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False).returncode:
            raise NoBrowser(f"没有找到 Chromium，“{' '.join(command)}”也没有成功（要联网，要管理员权限）。{ADVICE}")
    return find_browser()


def environment(*, own_font: bool = True) -> dict[str, str]:
    """The environment of a browser that knows no font but ours; or the system's, for pictures that people look at."""
    return {**os.environ, **(FONTS if own_font else {})}


@contextmanager
def launched(*, own_font: bool = True) -> Iterator[Browser]:
    """A browser whose pages wait long for what must come. Raises NoBrowser."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), env=dict(environment(own_font=own_font)), timeout=PATIENCE
        )
        browser.on("context", _begin)
        yield browser
        browser.close()


def _begin(context: BrowserContext) -> None:
    context.set_default_timeout(PATIENCE)
    context.on("console", lambda said: REFUSED.append(said.text) if "Content Security Policy" in said.text else None)


def main() -> int:
    try:
        find_or_install_browser()
    except NoBrowser as none:
        print(none, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
