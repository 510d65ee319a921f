"""Plugins of others, as they come from their packages: they find our articles, and what they do to pages stays once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rtoml
from bs4 import BeautifulSoup

from tests.conftest import run_pelican, tree
from tests.site.test_building import ISSUE, edit

PAGE = Path("output/issues/255/linli-zhongxin/index.html")


def use(project: Path, plugin: str, *settings: str) -> None:
    edit(project, Path("pelicanconf.py"), '"plugins.edition",', f'"plugins.edition", "{plugin}",')
    with open(project / "pelicanconf.py", "a", encoding="utf-8") as file:
        file.write("\n".join(("", *settings, "")))


def build(project: Path) -> str:
    result = run_pelican(project, "-s", "publishconf.py", "--fatal", "warnings")
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def without_byline(project: Path) -> None:
    """A story that names nobody: some plugins ask each article for its author."""
    text = (project / ISSUE).read_text(encoding="utf-8")
    (project / ISSUE).write_text(re.sub(r"\n（[^\n]*）\n(?=\n###|$)", "\n", text, count=1), encoding="utf-8")


def test_search_is_given_every_article(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pelican-search runs the program `stork`, which no registry has that tests may use; one that does nothing stands
    in for it. So what is tested is that the plugin gets our articles and pages, not the index that stork makes."""
    programs = project / "programs"
    programs.mkdir()
    (programs / "stork").write_text("#!/bin/sh\n", encoding="utf-8")
    (programs / "stork").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    use(project, "search")
    for _ in range(2):
        build(project)
        files = rtoml.load(project / "output/search.toml")["input"]["files"]
        slugs = re.findall(r"^:slug: (\S+)$", (project / ISSUE).read_text(encoding="utf-8"), re.M)
        assert {f"/issues/255/{slug}/" for slug in slugs} | {"/about/"} == {file["url"] for file in files}
        assert [file["path"] for file in files if not (project / "output" / file["path"]).is_file()] == []


def test_seo_adds_to_each_page_once(project: Path) -> None:
    without_byline(project)
    use(project, "seo", "SEO_ENHANCER = SEO_ENHANCER_OPEN_GRAPH = True")
    build(project)
    first = tree(project / "output")
    soup = BeautifulSoup(first["issues/255/linli-zhongxin/index.html"], "html.parser")
    assert "BreadcrumbList" in str(soup.find_all("script", type="application/ld+json"))
    # It writes a robots.txt of its own in each build; ours, which says who may find the site, takes its place.
    assert "印出 0 页，写了 1 个文件" in build(project)
    assert tree(project / "output") == first
    edit(project, ISSUE, "塔吊林立", "塔吊如林")
    build(project)
    second = tree(project / "output")
    count = {name: content.count(b"BreadcrumbList") for name, content in first.items()}
    assert {name: content.count(b"BreadcrumbList") for name, content in second.items()} == count
    assert second == clean_public(project)


def clean_public(project: Path) -> dict[str, bytes]:
    """What a build into an empty folder gives."""
    (project / "output").rename(project / "before")
    (project / ".cache").rename(project / ".cache-before")
    build(project)
    files = tree(project / "output")
    for name in ("output", ".cache"):
        (project / name).rename(project / f"{name}-clean")
    (project / "before").rename(project / "output")
    (project / ".cache-before").rename(project / ".cache")
    return files


def test_pages_that_are_minified_are_not_printed_again_and_heal(project: Path) -> None:
    build(project)
    plain = tree(project / "output")
    use(project, "minify")
    build(project)
    small = tree(project / "output")
    assert len(small["index.html"]) < len(plain["index.html"])
    assert b"sha256-" in plain["index.html"]
    assert b"sha256-" not in small["index.html"], "the stylesheet in the page is another by now"

    assert "印出 0 页，写了 0 个文件" in build(project)

    (project / PAGE).unlink()
    (project / "output/index.html").write_bytes(b"tampered")
    build(project)
    healed = tree(project / "output")
    assert [
        name for name in ("index.html", "issues/255/linli-zhongxin/index.html") if healed[name] != small[name]
    ] == []

    edit(project, Path("pelicanconf.py"), ' "minify",', "")
    build(project)
    assert tree(project / "output") == plain


def test_an_installed_plugin_that_nobody_asked_for_costs_nothing(project: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pelican", "content"]
    imported = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=True).stderr

    assert "plugins.strict_pelican" in imported
    assert "pelican.plugins.seo" not in imported
