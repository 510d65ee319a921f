"""The configurations that `invoke server-sample` prints, in real servers; pages bring their policy."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from plugins.newspaper.problems import Halt
from plugins.policy import hash_of
from plugins.servers.sample import sample, server_sample
from tests.browser import REFUSED
from tests.conftest import SITE, copy_project, run_pelican
from tests.site.conftest import served
from tests.web_servers import asked, caddy, free_port, nginx

pytestmark = pytest.mark.slow

KINDS = ("nginx", "caddy")
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

        assert page.headers["X-Robots-Tag"] is None
        for missing in (
            "/paper/issues/9999/",
            "/paper/images/",
            "/paper/images/0302/aaaaaaaaaaaa-360.jpg",
            "/paper/.git/config",
        ):
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


Server = Callable[[Path, str, int], AbstractContextManager[None]]
SERVERS = pytest.mark.parametrize(("kind", "start"), [("nginx", nginx), ("caddy", caddy)])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of a few pages, each of which says where it is."""
    for name in ("index.html", "issues/1/index.html", "404.html", "closed.html"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<p>{name}</p>", encoding="utf-8")
    return tmp_path / "site"


def settings(site: str, **others: Any) -> dict[str, Any]:
    return {"SITEURL": site, "PUBLISH_TO": "", "VISIBILITY": "public"} | others


@SERVERS
@pytest.mark.parametrize("below", ["", "/paper"], ids=["域名的根", "子目录"])
def test_a_closed_site_is_seen_by_those_who_have_a_password(
    small: Path, tmp_path: Path, kind: str, start: Server, below: str
) -> None:
    port = free_port()
    made = sample(kind, settings(f"http://127.0.0.1:{port}{below}", VISIBILITY="closed"), str(small))
    users = tmp_path / "users"
    users.write_text(USERS[kind], encoding="utf-8")
    made = re.sub(r"/etc/\w+/paper\.\w+", str(users), made)
    with start(tmp_path, made, port):
        for url in ("/", "/issues/1/", "/nowhere/"):
            shut = asked(port, below + url)
            assert (shut.status, shut.body) == (401, b"<p>closed.html</p>"), url
            assert shut.headers["WWW-Authenticate"].startswith("Basic")
        assert asked(port, f"{below}/issues/1/", Authorization=PASSWORD).body == b"<p>issues/1/index.html</p>"
        assert asked(port, f"{below}/issues/1/", Authorization=PASSWORD).headers["X-Robots-Tag"] == "noindex"
        assert asked(port, f"{below}/nowhere/", Authorization=PASSWORD).status == 404
        assert asked(port, f"{below}/closed.html").status == 200


@SERVERS
def test_who_is_in_the_offices_network_needs_no_password(small: Path, tmp_path: Path, kind: str, start: Server) -> None:
    port = free_port()
    made = sample(kind, settings(f"http://127.0.0.1:{port}", VISIBILITY="closed"), str(small))
    users = tmp_path / "users"
    users.write_text(USERS[kind], encoding="utf-8")
    made = re.sub(r"/etc/\w+/paper\.\w+", str(users), made).replace("10.0.0.0/8", "127.0.0.0/8")
    made = re.sub(r"# (?=satisfy|allow|deny|not remote_ip)", "", made)
    with start(tmp_path, made, port):
        assert asked(port, "/issues/1/").body == b"<p>issues/1/index.html</p>"
        assert asked(port, "/issues/").status == 404


def test_where_only_the_network_counts_others_are_shown_the_closed_page(small: Path, tmp_path: Path) -> None:
    port = free_port()
    made = sample("nginx", settings(f"http://127.0.0.1:{port}", VISIBILITY="closed"), str(small))
    made = re.sub(r"# (?=allow|deny|error_page)", "", re.sub(r"(?m)^ +auth_basic.*\n", "", made))
    with nginx(tmp_path, made, port):
        shut = asked(port, "/issues/1/")
        assert (shut.status, shut.body) == (403, b"<p>closed.html</p>")


PASSWORD = "Basic ZWRpdG9yOmlua3N0b25l"  # editor:inkstone
USERS = {
    "nginx": "editor:{SHA}fye0A++q0+b4LH1htrhxVPmqCd4=\n",
    "caddy": "editor $2a$14$YEIP4goClbQY7bACf5gjM.dK...C68ch9NuMWFCPZZe.ZXbscJ.3u\n",
}


@SERVERS
def test_what_is_unlisted_says_so_of_every_file(small: Path, tmp_path: Path, kind: str, start: Server) -> None:
    port = free_port()
    with start(tmp_path, sample(kind, settings(f"http://127.0.0.1:{port}", VISIBILITY="unlisted"), str(small)), port):
        for url in ("/", "/nowhere/"):
            assert asked(port, url).headers["X-Robots-Tag"] == "noindex"


@SERVERS
@pytest.mark.parametrize(
    ("old", "new", "asked_for", "leads_to"),
    [
        ("http://old.test", "http://127.0.0.1:{port}", "/issues/1/?a=b", "http://127.0.0.1:{port}/issues/1/?a=b"),
        ("http://old.test/xinwen", "http://127.0.0.1:{port}/paper", "/xinwen/", "http://127.0.0.1:{port}/paper/"),
        ("http://old.test/xinwen", "http://127.0.0.1:{port}/paper", "/xinwen", "http://127.0.0.1:{port}/paper/"),
        (
            "http://127.0.0.1:{port}",
            "http://127.0.0.1:{port}/paper",
            "/issues/1/",
            "http://127.0.0.1:{port}/paper/issues/1/",
        ),
        (
            "http://127.0.0.1:{port}/xin.wen",
            "http://127.0.0.1:{port}",
            "/xin.wen/feed.xml",
            "http://127.0.0.1:{port}/feed.xml",
        ),
    ],
    ids=["换域名", "换域名和目录", "不带斜线", "搬进子目录", "搬出子目录"],
)
def test_old_addresses_lead_to_the_new_ones(
    small: Path, tmp_path: Path, kind: str, start: Server, old: str, new: str, asked_for: str, leads_to: str
) -> None:
    port = free_port()
    old, new, leads_to = (each.format(port=port) for each in (old, new, leads_to))
    made = sample(kind, settings(new, MOVED_FROM=[f"{old}/"]), str(small))
    host = "old.test" if "old.test" in old else f"127.0.0.1:{port}"
    with start(tmp_path, made.replace("\nhttp://old.test {", f"\nhttp://old.test:{port} {{"), port):
        answer = asked(port, asked_for, Host=host)
        assert (answer.status, answer.headers["Location"]) == (301, leads_to)
        page = asked(port, f"{new.partition(str(port))[2]}/issues/1/")
        assert (page.status, page.body) == (200, b"<p>issues/1/index.html</p>")


def test_what_the_address_says_of_port_and_https_is_kept() -> None:
    nginx_at, caddy_at = (
        lambda site, kind=kind: sample(kind, settings(site), "/srv/yibin/current")  # type: ignore[misc]
        for kind in ("nginx", "caddy")
    )
    assert "listen 8080;" in nginx_at("http://yibin.test:8080")
    assert "listen 8443 ssl;" in nginx_at("https://yibin.test:8443")
    assert "listen 80;" in nginx_at("https://yibin.test")
    assert "server_name [::1];" in nginx_at("http://[::1]")
    assert "\nhttp://yibin.test:8080 {" in caddy_at("http://yibin.test:8080")
    assert "\nhttps://yibin.test {" in caddy_at("https://yibin.test/paper")
    assert "server_name xn--qoqu09e.xn--fiqs8s;" in nginx_at("https://伊滨.中国/paper")
    assert "\nhttps://xn--qoqu09e.xn--fiqs8s {" in caddy_at("https://伊滨.中国/paper")
    for made in (nginx_at, caddy_at):
        assert "Strict-Transport-Security" in made("https://yibin.test")
        assert "Strict-Transport-Security" not in made("http://yibin.test")


@pytest.mark.parametrize("old", ["old.test", "ftp://old.test", "https://old.test/新闻 旧", "https://old.test:70000", 7])
def test_a_former_address_that_is_none_is_told(old: Any) -> None:
    with pytest.raises(Halt, match="MOVED_FROM"):
        sample("nginx", settings("https://yibin.test", MOVED_FROM=[old]), "/srv")
