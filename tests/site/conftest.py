"""A real browser and a real server for the tests that look at pages."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import REFUSED, launched
from tests.conftest import copy_project, run_pelican


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(output: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """An output folder, served; gives its address with a slash at its end."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=output)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
    assert REFUSED == []


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("archive"), content=Path(__file__).parent / "archive") / "preview"


@pytest.fixture(scope="session")
def address(output: Path) -> Iterator[str]:
    """The archive as the preview shows it (drafts too), but with an address, so that it has cards and codes."""
    output.mkdir()
    with served(output) as address:
        result = run_pelican(output.parent, "--fatal", "warnings", "-e", f'SITEURL="{address[:-1]}"')
        assert result.returncode == 0, result.stdout + result.stderr
        yield address


@pytest.fixture(scope="session")
def local_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with relative addresses, so that a browser can open the files."""
    project = copy_project(tmp_path_factory.mktemp("browser"))
    assert run_pelican(project, "--relative-urls").returncode == 0
    return project / "preview"
