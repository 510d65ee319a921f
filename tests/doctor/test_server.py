"""What is said of a real nginx that shows a site of a few pages, well or badly."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from plugins.doctor.certificate import certificate_findings
from plugins.doctor.finding import Finding
from plugins.doctor.links import Written, link_findings
from plugins.doctor.server import chosen, server_findings
from plugins.newspaper.checking.ledger import read_ledger
from plugins.publishing.release import Release
from plugins.servers.sample import sample
from tests.publishing.tiny import TinySite, write
from tests.web_servers import find_or_install, free_port, nginx

pytestmark = pytest.mark.slow

BARE = """
server {{ listen 80; server_name old.test; root {root}; add_header Content-Security-Policy "style-src 'none'"; }}
server {{ listen 80; server_name closed.test; return 403; }}
server {{ listen 80; server_name broken.test; return 502; }}
server {{ listen 80; server_name moving.test; return 301 https://other.test$request_uri; }}
server {{ listen 80; server_name hollow.test; root {root};
  location / {{ try_files $uri $uri/index.html /index.html; }} }}
server {{ listen 80; server_name links.test;
  location /gone {{ return 410; }} location /lost {{ return 404; }} location /shy {{ return 403; }}
  location /moved/ {{ return 302 /; }} location / {{ return 200 ok; }} }}
"""
"""Servers that a technician may find on a bad day."""


class Online(NamedTuple):
    """A site that was published to a folder, and is shown by nginx."""

    folder: Path
    port: int
    ledger: list[str]
    release: Release

    def found(self, visibility: str = "public", host: str = "127.0.0.1") -> list[Finding]:
        return list(server_findings(f"http://{host}:{self.port}", self.ledger, self.release, visibility))


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "srv").mkdir()
    tiny = TinySite(folder, f"folder:{folder}/srv", folder / "srv")
    write(tiny.site.output / "index.html", b"<p>page</p>" * 500)
    write(tiny.site.output / "images/0001/0123456789ab-720.webp", b"picture")
    tiny.publish()
    port = free_port()
    settings = {"SITEURL": f"http://127.0.0.1:{port}", "PUBLISH_TO": tiny.address, "VISIBILITY": "public"}
    release = tiny.place.look().release
    assert release
    with nginx(folder, sample("nginx", settings) + BARE.format(root=tiny.seen), port):
        yield Online(tiny.seen, port, list(read_ledger(tiny.ledger)), release)


@pytest.fixture(autouse=True)
def hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that end in .test are this machine's."""
    import socket

    asked = socket.getaddrinfo

    def here(host: str, *arguments: object, **named: object) -> object:
        return asked("127.0.0.1" if host.endswith(".test") else host, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", here)


def said(findings: list[Finding]) -> str:
    return "\n".join(map(str, findings))


def test_of_a_server_that_does_what_the_sample_says_nothing_is_wrong(online: Online) -> None:
    found = online.found()
    assert {finding.mark for finding in found} == {"好"}, said(found)
    assert f"都打得开，与 {online.release.name} 一字不差" in said(found)


def test_a_page_that_is_not_the_published_one_is_named(online: Online) -> None:
    page = online.folder / "issues/1/a/index.html"
    before = page.read_bytes()
    write(page, b"<p>foreign</p>")
    found = said(online.found())
    page.unlink()
    lost = said(online.found())
    write(page, before)

    assert (
        f"[错] 网页：http://127.0.0.1:{online.port}/issues/1/a/ 与发布的 {online.release.name} 不一样（14 字节" in found
    )
    assert "/issues/1/a/ 没有（状态 404）" in lost


@pytest.mark.parametrize(
    ("host", "visibility", "expected"),
    [
        ("old.test", "public", "[错] 响应头：服务器自己的 Content-Security-Policy 管着样式和脚本"),
        ("old.test", "public", "[注意] 响应头：没有 字符集、X-Content-Type-Options、frame-ancestors"),
        ("old.test", "public", "[注意] 响应头：网页的 Cache-Control 是“什么也没说”"),
        ("old.test", "public", "[注意] 压缩：网页没有压缩就发"),
        ("old.test", "public", "[注意] 图片：图片没有说可以存多久"),
        ("old.test", "public", "[错] 隐藏的文件：http://old.test:{port}/.releases/current 谁都看得见"),
        ("old.test", "public", "[注意] 404：没有的网址给的不是网站自己的 404 页"),
        ("hollow.test", "public", "[错] 404：没有的网址给状态 200，应为 404"),
        ("broken.test", "public", "http://broken.test:{port}/ 等 3 个（看了 3 个）给状态 502；看服务器的记录"),
        ("moving.test", "public", "/ 等 3 个（看了 3 个）转到了 https://other.test/；SITEURL 要写成"),
        ("closed.test", "public", "[错] 网站：http://closed.test:{port}/ 不让看（状态 403）"),
        ("closed.test", "closed", "[好] 只给内部看：没有密码的人打不开（状态 403）"),
        ("127.0.0.1", "closed", "[错] 只给内部看：VISIBILITY 是 closed，可是 http://127.0.0.1:{port}/ 谁都打得开"),
        ("127.0.0.1", "unlisted", "[注意] 响应头：没有 X-Robots-Tag: noindex"),
    ],
)
def test_what_is_wrong_with_a_server_is_said_with_what_to_do(
    online: Online, host: str, visibility: str, expected: str
) -> None:
    assert expected.format(port=online.port) in said(online.found(visibility, host))


def test_headers_of_a_host_that_has_no_configuration_of_ours_are_set_in_its_console(online: Online) -> None:
    found = said(list(server_findings(f"http://old.test:{online.port}", [], online.release, own_server=False)))
    assert "没有 字符集、X-Content-Type-Options、frame-ancestors；在它的控制台里设" in found
    assert "server-sample" not in found


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("http://127.0.0.1:{free}", "打不开：服务器没有开网页服务"),
        ("http://no-such-name.invalid", "打不开：找不到这个域名"),
        ("https://127.0.0.1:{port}", "打不开：https 没有配好"),
    ],
)
def test_a_server_that_does_not_answer_is_one_line(online: Online, site: str, expected: str) -> None:
    found = list(server_findings(site.format(free=free_port(), port=online.port), online.ledger, online.release))
    assert [finding.mark for finding in found] == ["错"]
    assert expected in found[0].said


def test_ten_addresses_are_asked_for_from_first_to_last() -> None:
    ledger = ["", *(f"issues/{number}/" for number in range(1, 256))]
    asked = chosen(ledger)
    assert (len(asked), asked[0], asked[1], asked[-1]) == (10, "", "issues/1/", "issues/255/")
    assert chosen([""]) == [""]
    assert chosen(["", "a/", "b/"]) == ["", "a/", "b/"]


def test_links_to_other_sites_that_are_dead_are_named_at_their_line(online: Online) -> None:
    base = f"http://links.test:{online.port}"
    written = ["/gone", "/lost", "/shy", "/moved/old.html", "/fine", "/fine#part"]
    links = [Written("content/issues/0001.md", line, f"{base}{path}") for line, path in enumerate(written, 1)]
    links += [Written("content/issues/0001.md", 8, address) for address in ("mailto:a@b.cn", "https://paper.test/own/")]
    links.append(Written("content/pages/about.md", 9, "http://no-such-name.invalid/x"))

    assert [str(finding).partition("；")[0] for finding in link_findings(links, "https://paper.test")] == [
        f"[错] 外链：content/issues/0001.md:1: {base}/gone 已经没有了（状态 410）",
        f"[错] 外链：content/issues/0001.md:2: {base}/lost 已经没有了（状态 404）",
        f"[注意] 外链：content/issues/0001.md:3: {base}/shy 给状态 403，也许只是不理会程序",
        f"[注意] 外链：content/issues/0001.md:4: {base}/moved/old.html 转到了首页，原来的内容也许没有了",
        "[错] 外链：content/pages/about.md:9: http://no-such-name.invalid/x 打不开：找不到这个域名",
    ]


# Certificates


def certificate(folder: Path, name: str, days: int, subject: str) -> None:
    """One signed by itself, which the test trusts; `days` before now where they are negative."""
    key, request, made = (folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
    (folder / "index.txt").write_text("", encoding="utf-8")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index.txt\nnew_certs_dir={folder}\nrand_serial=yes\n"
        f"default_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n"
        f"[x]\nsubjectAltName=IP:{subject}\nbasicConstraints=CA:TRUE\n",
        encoding="utf-8",
    )
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    times = ("-days", str(days)) if days > 0 else ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
    signed = ("-selfsign", "-batch", "-notext", "-config", folder / "ca.cnf", "-in", request, "-keyfile", key)
    for command in (
        (find_or_install("openssl"), "req", *curve, "-keyout", key, "-out", request, "-subj", "/CN=paper"),
        (find_or_install("openssl"), "ca", *signed, *times, "-out", made),
    ):
        subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("days", "subject", "trusted", "mark", "expected"),
    [
        (80, "127.0.0.1", True, "好", "还有 79 天"),
        (6, "127.0.0.1", True, "错", "还有 5 天到期（"),
        (-1, "127.0.0.1", True, "错", "证书过期了；在服务器上运行 certbot renew"),
        (80, "127.0.0.2", True, "错", "证书是别的域名的"),
        (80, "127.0.0.1", False, "错", "证书是自己签的"),
    ],
    ids=["好", "快到期", "过期", "别的域名", "自己签的"],
)
def test_a_certificate_is_good_or_said_not_to_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    subject: str,
    trusted: bool,
    mark: str,
    expected: str,
) -> None:
    certificate(tmp_path, "paper", days, subject)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper.pem"))
    port = free_port()
    site = f"https://127.0.0.1:{port}"
    settings = {"SITEURL": site, "PUBLISH_TO": f"folder:{tmp_path}", "VISIBILITY": "public"}
    made = sample("nginx", settings).replace("/etc/nginx/paper", f"{tmp_path}/paper")
    (tmp_path / "index.html").write_text("<p>paper</p>", encoding="utf-8")
    with nginx(tmp_path, made.replace(f"listen {port} ssl", f"listen 127.0.0.1:{port} ssl"), port):
        [found] = certificate_findings(site)
        assert "打不开" not in said(list(server_findings(site, [""], None))), "a bad certificate hides nothing else"
    assert found.mark == mark
    assert expected in found.said
