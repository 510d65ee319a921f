"""The configurations that `invoke server-sample` prints, in real servers; pages bring their policy."""

import http.client
import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from plugins.policy import hash_of
from plugins.server_sample import server_sample
from tests.browser import REFUSED
from tests.conftest import SITE, copy_project, eventually, run_pelican
from tests.site.conftest import served
from tests.web_servers import find_or_install

pytestmark = pytest.mark.slow

KINDS = ("nginx", "caddy")
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
INSIDE = re.compile(r"<(?:script(?: data-day=[^>]*)?|style)>(.*?)</(?:script|style)>", re.S)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


class Site(NamedTuple):
    """The public site below /paper, and the ports at which the servers will show it."""

    project: Path
    ports: dict[str, int]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    ports = {kind: free_port() for kind in KINDS}
    project = copy_project(tmp_path_factory.mktemp("sample"), content=Path(__file__).parent / "archive")
    conf = project / "publishconf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(text.replace(SITE, f"http://127.0.0.1:{ports['nginx']}/paper"), encoding="utf-8")
    result = run_pelican(project, "-s", "publishconf.py")
    assert result.returncode == 0, result.stdout + result.stderr
    (project / "output/.git").mkdir()
    (project / "output/.git/config").write_text("secret", encoding="utf-8")
    return Site(project, ports)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(folder: Path, sample: str, port: int) -> Iterator[None]:
    kept = "".join(f"{name}_temp_path {folder}/{name}; " for name in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""  # the folders of tests are closed to others
    (folder / "nginx.conf").write_text(
        f"{user}\npid {folder}/nginx.pid;\n"
        f"daemon off;\nevents {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off; {kept}\n"
        + sample.replace("listen 80;", f"listen 127.0.0.1:{port};")
        + "}\n",
        encoding="utf-8",
    )
    with started([find_or_install("nginx"), "-e", "stderr", "-c", f"{folder}/nginx.conf"], port, folder):
        yield


@contextmanager
def caddy(folder: Path, sample: str, port: int) -> Iterator[None]:
    text = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(
        text + sample.replace("\n127.0.0.1 {", f"\nhttp://127.0.0.1:{port} {{"), encoding="utf-8"
    )
    with started(
        [find_or_install("caddy"), "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"], port, folder
    ):
        yield


@contextmanager
def started(command: list[str], port: int, home: Path) -> Iterator[None]:
    server = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **dict.fromkeys(HOMES, str(home))})
    try:
        eventually(lambda: answers(port) or server.poll() is not None, f"{command[0]} answers")
        assert server.poll() is None, server.stderr.read().decode() if server.stderr else ""
        yield
    finally:
        server.terminate()
        server.communicate()


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def asked(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


@pytest.mark.parametrize(("kind", "start"), [("nginx", nginx), ("caddy", caddy)])
def test_a_real_server_does_what_the_sample_says(
    site: Site,
    tmp_path: Path,
    browser: Browser,
    kind: str,
    start: Callable[[Path, str, int], AbstractContextManager[None]],
) -> None:
    output, port = site.project / "output", site.ports[kind]
    sample = server_sample(site.project, kind, str(output))
    with start(tmp_path, sample, port):
        page = asked(port, "/paper/issues/302/s11/")
        assert page.status == 200
        assert page.body == (output / "issues/302/s11/index.html").read_bytes()
        assert page.headers["Content-Type"].lower() == "text/html; charset=utf-8"
        assert page.headers["Cache-Control"] == "no-cache"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"

        assert asked(port, "/paper/issues/302/s11/", If_None_Match=page.headers["ETag"]).status == 304
        packed = asked(port, "/paper/issues/302/s11/", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.body) < len(page.body)

        for pattern in ("images/*/*.webp", "images/*/*.jpg", "theme/reader-*.js"):
            file = next(output.glob(pattern)).relative_to(output).as_posix()
            assert asked(port, f"/paper/{file}").headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert asked(port, "/paper/audio/0303/biaoge.mp3").headers["Cache-Control"] == "no-cache"

        for missing in ("/paper/issues/9999/", "/paper/images/0302/aaaaaaaaaaaa-360.jpg", "/paper/.git/config"):
            lost = asked(port, missing)
            assert lost.status == 404
            assert lost.body == (output / "404.html").read_bytes()
            assert "immutable" not in (lost.headers["Cache-Control"] or "")

        for short in ("/paper/issues/302/s11", "/paper"):
            moved = asked(port, short)
            assert moved.status in (301, 308)
            assert moved.headers["Location"].endswith(f"{short}/")
            assert "127.0.0.1" not in moved.headers["Location"]
        look_on_the_way_and_moved(browser, port)


def look_on_the_way_and_moved(browser: Browser, port: int) -> None:
    """In a browser the pages' scripts run: caddy shows them at another address than their own, as one does on the day
    of a move."""
    page = browser.new_page()
    page.clock.set_fixed_time("2040-01-01")
    for path in ("", "issues/302/", "issues/302/print/", "archive/", "issues/303/biaoge/"):
        page.goto(f"http://127.0.0.1:{port}/paper/{path}")
    assert page.locator(".masthead__age").is_visible()
    page.close()


def test_every_page_brings_the_policy_of_what_it_carries(site: Site) -> None:
    for file in (site.project / "output").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        inside = INSIDE.findall(text)
        policy = POLICY.search(text)
        assert policy or not inside, file
        assert [each[:80] for each in inside if policy and hash_of(each) not in policy[1]] == [], file
        assert not policy or policy.end() < text.index(inside[0]), file
        assert not re.search(r"<[^>]* (style|on[a-z]+)=", text), file


def test_what_the_policy_does_not_name_does_not_run_and_a_test_that_meets_it_fails(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    story = (site.project / "output/issues/303/biaoge/index.html").read_text(encoding="utf-8")
    foreign = "<script>document.title = 'foreign'</script><style>body { color: red !important }</style>"
    (tmp_path / "index.html").write_text(story.replace("</body>", f"{foreign}</body>"), encoding="utf-8")
    page = browser.new_page()
    with served(tmp_path) as address:
        page.goto(address)
    assert page.title() != "foreign"
    assert page.locator("body").evaluate("body => getComputedStyle(body).color") != "rgb(255, 0, 0)"
    page.close()
    assert len([line for line in REFUSED if "inline" in line]) == 2
    REFUSED.clear()


def test_the_sample_at_the_root_of_a_domain_is_read_too(site: Site, tmp_path: Path) -> None:
    conf = site.project / "publishconf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(text.replace("/paper", ""), encoding="utf-8")
    sample = server_sample(site.project, "nginx", str(site.project / "output"))
    with nginx(tmp_path, sample, free := free_port()):
        assert asked(free, "/issues/302/").status == 200
        assert asked(free, "/issues/302").headers["Location"] == "/issues/302/"
        assert asked(free, "/nothing").status == 404
    conf.write_text(text, encoding="utf-8")
