"""The real site in a real browser, and the preview as an editor uses it."""

import http.client
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, eventually
from tests.site.test_real_site import KINDS


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(browser: Browser, local_site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    wide = []
    for url in KINDS.values():
        file = local_site / url / "index.html" if url == "" or url.endswith("/") else local_site / url
        page.goto(file.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
    page.close()
    assert wide == []


def test_text_is_large_enough(browser: Browser, local_site: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((local_site / "issues/255/linli-zhongxin/index.html").as_uri())
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)")
    page.close()
    assert size >= 18


def fetch(port: int, path: str) -> str:
    """The page as the server gives it; nothing while there is no server yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8")
    except ConnectionError:
        return ""
    finally:
        connection.close()


def wait_for(port: int, path: str, words: str) -> None:
    eventually(lambda: words in fetch(port, path), f"{path} shows {words}")


def test_preview_shows_a_save_and_a_problem(project: Path) -> None:
    shutil.copy(ROOT / "tasks.py", project / "tasks.py")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "invoke", "serve", "--port", str(port)]
    issue = project / "content/issues/0255.md"
    good = issue.read_text(encoding="utf-8")
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port, "/issues/255/zhongzhou-shidai/", "塔吊林立")
            assert "livereload" in fetch(port, "/")
            issue.write_text(good.replace("塔吊林立", "塔吊如林"), encoding="utf-8")
            wait_for(port, "/issues/255/zhongzhou-shidai/", "塔吊如林")
            issue.write_text(good.replace("total_issue: 255", "total_issue：255"), encoding="utf-8")
            wait_for(port, "/", "content/issues/0255.md:3: ")
            issue.write_text(good, encoding="utf-8")
            wait_for(port, "/issues/255/zhongzhou-shidai/", "塔吊林立")
        finally:
            server.terminate()
