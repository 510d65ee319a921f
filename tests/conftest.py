"""The real site, built once by the real command, and its pages as soup."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import settings

from tests.browser import REFUSED

ROOT = Path(__file__).parent.parent
EXAMPLE = "https://yibin-news.example"
SITE = "https://yibin-news.test"
"""The site's address in a copy of the project, because no public site is built for the example."""

settings.register_profile("same", derandomize=True)
settings.load_profile(
    "same"
)  # what lands is judged by the same cases each time; --hypothesis-profile=default draws anew

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell starts what runs in its background deaf to Ctrl+C, and so would be each preview that a test ends by it."""

SLOW_FIXTURES = {"browser", "in_bucket", "in_folder", "over_ssh", "project", "tiny", "tool"}
"""What takes one of these drives a browser, builds a paper again and again, or publishes to a server."""
MOST = 4
"""Seconds of a processor that a test may take which is not slow."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `invoke test --quick` leaves out."""
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let no slow test go unmarked, and no page of any test against its Content-Security-Policy."""
    before = os.times()
    yield
    if refused := " ".join(REFUSED):
        REFUSED.clear()
        pytest.fail(refused, pytrace=False)
    took = sum(os.times()[:4]) - sum(before[:4])
    if took > MOST and not item.get_closest_marker("slow"):
        pytest.fail(f"{took:.1f} s are slow: see SLOW_FIXTURES in {__name__}, or mark the test as slow", pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden pages anew")


def eventually(happened: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for what another process does and cannot tell; the one place where a test looks again and again."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)


def run_pelican(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`pelican content …` as the technician types it, in a project folder."""
    command = [str(Path(sys.executable).with_name("pelican")), "content", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)


def copy_project(folder: Path, content: Path = ROOT / "content") -> Path:
    """The project without its history and output, for a test to change."""
    shutil.copytree(content, folder / "content")
    for name in ("theme", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "publishconf.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(EXAMPLE, SITE), encoding="utf-8")
    return folder


def tree(output: Path) -> dict[str, bytes]:
    """Every file of an output folder."""
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of the real content, built for the public."""
    project = copy_project(tmp_path_factory.mktemp("real"))
    result = run_pelican(project, "-s", "publishconf.py", "--fatal", "warnings")
    assert result.returncode == 0, result.stdout + result.stderr
    return project / "output"


@pytest.fixture(scope="session")
def page(site: Path) -> Callable[[str], BeautifulSoup]:
    """Soup of the page at an address."""

    def soup(url: str) -> BeautifulSoup:
        file = site / url / "index.html" if url == "" or url.endswith("/") else site / url
        return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")

    return soup


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)
