"""Services are told of new and changed addresses, whatever they answer; their keys are in no message."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from plugins.announcing.announce import announce
from plugins.announcing.services import SERVICES, Service
from plugins.newspaper.problems import Halt
from plugins.public_site import PublicSite
from plugins.publishing.publish import Site
from tests.conftest import copy_project

SITE = "https://yibin.test"
KEY = "0123456789abcdef"
PAGES = [f"{SITE}/", f"{SITE}/issues/256/", f"{SITE}/issues/256/kaigong/"]
LEFT_OUT = [f"{SITE}/latest/", f"{SITE}/issues/256/print/", f"{SITE}/404.html"]


class Asked(NamedTuple):
    """A request as the service had it."""

    path: str
    body: bytes


class Server(ThreadingHTTPServer):
    """Answers as it is told, and keeps what it was asked."""

    answer: tuple[int, bytes] = (200, b"")
    asked: list[Asked]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(Asked(self.path, body))
        status, said = self.server.answer
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with the key's file; both keys are in the environment."""
    (tmp_path / f"{KEY}.txt").write_text(KEY, encoding="utf-8")
    for service in SERVICES.values():
        monkeypatch.setenv(service.key, KEY)
    return tmp_path


def at(server: Server, at_once: int = 1000) -> dict[str, Service]:
    address = f"http://127.0.0.1:{server.server_port}/urls"
    return {name: service._replace(endpoint=address, at_once=at_once) for name, service in SERVICES.items()}


def told(output: Path, services: dict[str, Service], *names: str, addresses: list[str] | None = None) -> str:
    said: list[str] = []
    announce([*PAGES, *LEFT_OUT] if addresses is None else addresses, SITE, output, names, said.append, services)
    assert KEY not in "".join(said)
    return "\n".join(said)


def test_indexnow_has_the_pages_and_where_the_key_is(server: Server, output: Path) -> None:
    assert told(output, at(server), "indexnow") == "已通知IndexNow：3 个网址。"

    (asked,) = server.asked
    assert json.loads(asked.body) == {
        "host": "yibin.test",
        "key": KEY,
        "keyLocation": f"{SITE}/{KEY}.txt",
        "urlList": PAGES,
    }


def test_baidu_has_a_line_for_each_page_and_says_how_many_it_took(server: Server, output: Path) -> None:
    server.answer = (200, b'{"remain":4,"success":2}')

    assert told(output, at(server), "baidu") == "已通知百度：2 个网址。"

    (asked,) = server.asked
    assert asked.path == f"/urls?site=https%3A%2F%2Fyibin.test&token={KEY}"
    assert asked.body.decode().split("\n") == PAGES


def test_many_addresses_go_in_several_requests(server: Server, output: Path) -> None:
    told(output, at(server, at_once=2), "baidu")
    assert [len(asked.body.split()) for asked in server.asked] == [2, 1]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(403, "没有收下（状态 403：钥匙不对", id="钥匙不对"),
        pytest.param(429, "没有收下（状态 429：改天再通知）", id="太多"),
        pytest.param(500, "没有收下（状态 500）", id="服务坏了"),
        pytest.param(307, "没有收下（状态 307）", id="叫到别处去"),
        pytest.param(0, "没有通知到", id="没有回答就断了"),
    ],
)
def test_what_a_service_refuses_is_said_and_stops_nothing(server: Server, output: Path, status: int, said: str) -> None:
    server.answer = (status, f'{{"message": "{KEY} is not valid"}}'.encode())
    both = told(output, at(server), "indexnow", "baidu")
    assert both.count(said) == 2
    assert len(server.asked) == 2


def test_a_service_that_is_not_there_is_said(server: Server, output: Path) -> None:
    services = at(server)
    server.server_close()
    assert "没有通知到百度：连不上" in told(output, services, "baidu")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param(None, "环境变量 INDEXNOW_KEY 没有设", id="没有钥匙"),
        pytest.param("a b\nc secret", "不像一把钥匙", id="不像钥匙"),
        pytest.param("fedcba9876543210", "根目录里没有钥匙文件", id="没有钥匙文件"),
    ],
)
def test_without_a_fit_key_nobody_is_asked(
    server: Server, output: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, said: str
) -> None:
    if key is None:
        monkeypatch.delenv("INDEXNOW_KEY")
    else:
        monkeypatch.setenv("INDEXNOW_KEY", key)
    answer = told(output, at(server), "indexnow")
    assert said in answer
    assert key is None or key not in answer
    assert server.asked == []


def test_without_a_new_page_nobody_is_asked(server: Server, output: Path) -> None:
    assert told(output, at(server), "indexnow", "baidu", addresses=LEFT_OUT) == ""
    assert server.asked == []


@pytest.mark.parametrize(
    ("visibility", "names", "told"),
    [
        pytest.param("public", ["indexnow", "baidu"], ["indexnow", "baidu"], id="公开"),
        pytest.param("unlisted", ["baidu"], [], id="不收录"),
        pytest.param("closed", ["indexnow"], [], id="内部"),
    ],
)
def test_only_a_public_site_is_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visibility: str, names: list[str], told: list[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("plugins.public_site.announce", lambda _, names, **__: asked.extend(names))
    publishing(tmp_path, VISIBILITY=visibility, ANNOUNCE_TO=names).announce([f"{SITE}/"])
    assert asked == told


def test_a_service_that_nobody_knows_is_told_before_anything_is_published(tmp_path: Path) -> None:
    with pytest.raises(Halt, match=r"ANNOUNCE_TO 有“google”；只能是 \"indexnow\"、\"baidu\""):
        publishing(tmp_path, ANNOUNCE_TO=["google"])


def publishing(folder: Path, **settings: object) -> Site:
    """What a project with these settings publishes."""
    project = copy_project(folder / "paper")
    (folder / "srv").mkdir()
    said = {"PUBLISH_TO": f"folder:{folder / 'srv'}", **settings}
    lines = [f"{name} = {value!r}\n" for name, value in said.items()]
    with open(project / "publishconf.py", "a", encoding="utf-8") as conf:
        conf.writelines(lines)
    return PublicSite(project)._site
