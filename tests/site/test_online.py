"""Fit to be online: who may find the site, the sitemap, and the files that others want to find at its root."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plugins.newspaper.gathering.root import LARGEST, root_files
from plugins.newspaper.making.online import robots
from tests.conftest import SITE, copy_project, run_pelican, tree

NOINDEX = b'<meta name="robots" content="noindex">'
PROOF = "MP_verify_Ab12.txt"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


class Public:
    """A small paper, built for the public as its settings are."""

    def __init__(self, folder: Path) -> None:
        self.project = copy_project(folder, content=Path(__file__).parent / "paper")
        self.root = self.project / "content/root"

    def build(self, **settings: object) -> dict[str, bytes]:
        given = [argument for name, value in settings.items() for argument in ("-e", f"{name}={value}")]
        result = run_pelican(self.project, "-s", "publishconf.py", "--fatal", "warnings", *given)
        assert result.returncode == 0, result.stdout + result.stderr
        return tree(self.project / "output")

    def refused(self, **settings: object) -> str:
        given = [argument for name, value in settings.items() for argument in ("-e", f"{name}={value}")]
        result = run_pelican(self.project, "-s", "publishconf.py", *given)
        assert result.returncode == 1
        assert "Traceback" not in result.stdout + result.stderr
        return result.stderr


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Public:
    return Public(tmp_path_factory.mktemp("online"))


def indexed(output: dict[str, bytes]) -> set[str]:
    """The pages that search engines may list."""
    return {name for name, content in output.items() if name.endswith(".html") and NOINDEX not in content}


def locations(content: bytes) -> list[str]:
    return [str(each.text).removeprefix(f"{SITE}/") for each in ElementTree.fromstring(content).iter(LOC)]


def test_the_sitemap_names_every_page_that_may_be_listed(site: Path) -> None:
    parts = locations((site / "sitemap.xml").read_bytes())
    named = [page for part in parts for page in locations((site / part).read_bytes())]
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    noindex = {page for page in pages if NOINDEX in (site / page / "index.html").read_bytes()}

    assert len(named) == len({*named})
    assert {page.strip("/") or "." for page in named} == pages - noindex - {"latest"}
    assert f"Sitemap: {SITE}/sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


def test_a_correction_is_a_change_in_the_sitemap(public: Public) -> None:
    output = public.build()
    year = output["sitemap-2023.xml"].decode()

    assert f"<loc>{SITE}/issues/7/yi-pian/</loc><lastmod>2024-01-03</lastmod>" in year
    assert f"<loc>{SITE}/sitemap-2023.xml</loc><lastmod>2024-01-03</lastmod>" in output["sitemap.xml"].decode()
    assert "chexia" not in year
    assert not [name for name in output if name == "closed.html" or name.startswith(".well-known")]


def test_who_may_find_the_site_is_one_setting(public: Public) -> None:
    before = public.build()
    assert {"index.html", "issues/7/index.html", "issues/8/jiu-zhi/index.html"} <= indexed(before)
    for kind in ("unlisted", "closed"):
        output = public.build(VISIBILITY=f'"{kind}"')
        assert indexed(output) == set()
        assert not [name for name in output if name.startswith("sitemap")]
        lost = {name for name in before.keys() - output.keys() if not name.startswith("sitemap")}
        assert lost == set()
        assert b"Disallow: /\n" in output["robots.txt"]
        assert ("closed.html" in output) == (kind == "closed")
    assert "这里只给规定的读者看" in output["closed.html"].decode()
    assert b'http-equiv="Content-Security-Policy"' in output["closed.html"]
    assert public.build() == before


def test_whom_to_tell_of_a_hole_is_where_it_is_looked_for(public: Public) -> None:
    output = public.build(SECURITY_TXT='{"contact": "mailto:a@b.cn", "expires": "2027-01-01"}')
    said = output[".well-known/security.txt"].decode()
    assert "\nContact: mailto:a@b.cn\nExpires: 2027-01-01T00:00:00+08:00\n" in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("VISIBILITY", '"内部"', '只能是 "public"', id="没有这一种"),
        pytest.param("VISIBILITY", '""', '只能是 "public"', id="空着"),
        pytest.param("SECURITY_TXT", '{"contact": "a@b.cn", "expires": "2027-01-01"}', "mailto:", id="邮箱没有 mailto"),
        pytest.param("SECURITY_TXT", '{"contact": "mailto:a@b.cn"}', "expires", id="没有日期"),
        pytest.param("SECURITY_TXT", '{"contact": "mailto:a@b.cn", "expires": "2026-13-01"}', "expires", id="没有这天"),
        pytest.param("SECURITY_TXT", '"mailto:a@b.cn"', "expires", id="只写了邮箱"),
        pytest.param("VISIBILITY", '["closed"]', '只能是 "public"', id="写成了几种"),
    ],
)
def test_a_setting_that_cannot_be_is_told_in_a_line(public: Public, name: str, value: str, said: str) -> None:
    told = public.refused(**{name: value})
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("root", ["", "/paper"], ids=["at the root", "below a path"])
def test_robots_that_read_noindex_are_let_in_to_read_it(root: str) -> None:
    said = robots("unlisted", f"https://a.test{root}")
    assert f"User-agent: *\nDisallow: {root}/\n" in said
    assert f"User-agent: Googlebot\nUser-agent: bingbot\nAllow: {root}/\n" in said
    assert f"Disallow: {root}/files/\n" in said


def test_a_file_of_the_root_comes_and_goes(public: Public) -> None:
    before = public.build()
    public.root.mkdir()
    (public.root / ".well-known").mkdir()
    (public.root / PROOF).write_bytes(b"proof")
    (public.root / ".well-known/assetlinks.json").write_bytes(b"[]")
    (public.root / "README.md").write_text("说明", encoding="utf-8")

    output = public.build()
    assert {name: output[name] for name in output.keys() - before.keys() - {"theme/root.txt"}} == {
        PROOF: b"proof",
        ".well-known/assetlinks.json": b"[]",
    }

    (public.root / PROOF).unlink()
    shutil.rmtree(public.project / ".cache")  # what was printed is forgotten, and found again
    assert PROOF not in public.build()
    shutil.rmtree(public.root)
    assert public.build() == before


def put(folder: Path, name: str, content: bytes = b"proof") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


ROOT_SLIPS: dict[str, tuple[Callable[[Path], None], str]] = {
    "文件夹": (lambda root: put(root, "verify/a.txt"), "是一个文件夹"),
    "中文名": (lambda root: put(root, "验证.txt"), "不能放在网站的根目录"),
    "有空格": (lambda root: put(root, "a (1).txt"), "不能放在网站的根目录"),
    "附件": (lambda root: put(root, "report.pdf"), "不能放在网站的根目录"),
    "没有后缀": (lambda root: put(root, "verify"), "不能放在网站的根目录"),
    "头版": (lambda root: put(root, "index.html"), "网站自己生成"),
    "头版大写": (lambda root: put(root, "Index.HTML".replace("HTML", "html")), "网站自己生成"),
    "robots": (lambda root: put(root, "robots.txt"), "网站自己生成"),
    "网站地图": (lambda root: put(root, "sitemap-2023.xml"), "网站自己生成"),
    "security": (lambda root: put(root, ".well-known/security.txt"), "网站自己生成"),
    "隐藏文件夹里的文件夹": (lambda root: put(root, ".well-known/acme/a"), "是一个文件夹"),
    "太大": (lambda root: put(root, "a.txt", bytes(LARGEST + 1)), "太大了"),
}


@pytest.mark.parametrize(("make", "said"), ROOT_SLIPS.values(), ids=ROOT_SLIPS)
def test_what_cannot_lie_at_the_root_is_told(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "content/root")
    problems: list[object] = []
    assert root_files(tmp_path / "content", problems) == ()  # type: ignore[arg-type]
    assert len(problems) == 1
    assert re.match(r"content/root/\S.*:1: “.*”", str(problems[0]))
    assert said in str(problems[0])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_nothing_at_the_root_is_told(tmp_path: Path) -> None:
    root = tmp_path / "content/root"
    root.mkdir(parents=True)
    (root / "a.txt").symlink_to("gone.txt")
    problems: list[object] = []
    assert root_files(tmp_path / "content", problems) == ()  # type: ignore[arg-type]
    assert "打不开" in str(problems[0])


def test_a_slip_at_the_root_stops_the_press(public: Public) -> None:
    public.root.mkdir()
    put(public.root, "验证.txt")
    told = public.refused()
    shutil.rmtree(public.root)
    assert "content/root/验证.txt:1: " in told
