"""What machines read has the form of docs/contracts.md, and leads from the archive to each text."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup

from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.making.data import data_groups
from plugins.newspaper.making.files import Materials
from plugins.newspaper.making.plain_text import paragraphs
from tests.builders import make_archive, make_issue
from tests.conftest import ROOT, SITE

ISSUE = "issues/255/"
STORY = f"{ISSUE}linli-zhongxin/"
MATERIALS = cast("Materials", SimpleNamespace(address=SITE))


def data(site: Path, name: str) -> Any:
    return json.loads((site / name).read_text(encoding="utf-8"))


def made(archive: Archive) -> dict[str, Any]:
    """Every file, by its name."""
    return {
        name: json.loads(file.make())
        for group in data_groups(archive, MATERIALS)
        if group.files
        for name, file in group.files(MATERIALS, *group.opened(archive.issues))
    }


def test_a_story_has_what_its_page_shows(site: Path, page: Callable[[str], BeautifulSoup]) -> None:
    (story,) = [each for each in data(site, f"{ISSUE}issue.json")["stories"] if each["url"] == f"{SITE}/{STORY}"]
    body = page(STORY).select_one(".body")
    assert body
    for figure in body.select("figure"):
        figure.decompose()

    assert story["headline"] == "樊灿涛调研中心城区邻里中心建设"
    assert story["dateline"] == "伊滨讯 5月29日"
    assert story["contributors"] == [{"name": "阮现武"}, {"name": "董浩"}]
    assert {"name": "邻里中心", "url": f"{SITE}/topics/linli-zhongxin/"} in story["topics"]
    assert "".join("".join(story["text"]).split()) == "".join(body.get_text().split())


def test_the_archive_leads_to_every_text(site: Path) -> None:
    archive = data(site, "archive/index.json")
    years = [data(site, year["data"].removeprefix(f"{SITE}/")) for year in archive["years"]]
    issues = [issue for year in years for issue in year["issues"]]
    listed = [story["url"] for issue in issues for story in issue["stories"]]
    texts = [
        story["url"]
        for issue in issues
        for story in data(site, issue["data"].removeprefix(f"{SITE}/"))["stories"]
        if story["text"]
    ]

    assert listed == texts
    assert f"{SITE}/{STORY}" in texts
    assert archive["newest"] == issues[-1]["data"]
    assert all((site / topic["feed"].removeprefix(f"{SITE}/")).is_file() for topic in archive["topics"])


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", f"{ISSUE}issue.json"),
        ("latest/", f"{ISSUE}issue.json"),
        (ISSUE, f"{ISSUE}issue.json"),
        ("archive/", "archive/index.json"),
        ("archive/2023/", "archive/2023/index.json"),
    ],
)
def test_a_page_links_to_its_data(page: Callable[[str], BeautifulSoup], url: str, name: str) -> None:
    (link,) = page(url).select('link[rel="alternate"][type="application/json"]')
    assert link["href"] == f"{SITE}/{name}"


def test_what_was_withdrawn_says_so_and_nothing_else() -> None:
    gone = make_issue(
        "### 甲\n:slug: jia\n\n正文。\n",
        source="content/issues/0001.md",
        total_issue="1",
        status="撤下 2023-07-01 应要求",
    )
    partly = make_issue(
        "### 乙\n:slug: yi\n:aliases: /issues/2/jiu/\n:状态: 撤下 2023-07-01 应要求\n\n乙的正文。\n\n"
        "### 丙\n:slug: bing\n\n丙的正文。\n",
        source="content/issues/0002.md",
        total_issue="2",
        issue="2",
        date="2023-06-16",
    )
    files = made(make_archive(gone, partly))
    told = {"date": "2023-07-01", "reason": "应要求"}

    assert files["issues/1/issue.json"]["status"] == "withdrawn"
    assert [files["issues/1/issue.json"]["withdrawn"]] == [told]
    assert [story.get("text", story.get("withdrawn")) for story in files["issues/2/issue.json"]["stories"]] == [
        ["丙的正文。"],
        told,
    ]
    assert [issue["total_issue"] for issue in files["archive/2023/index.json"]["issues"]] == [2]
    assert not [name for name, content in files.items() if "乙" in json.dumps(content, ensure_ascii=False)]


def test_drafts_are_in_no_public_file() -> None:
    issues = [
        make_issue(
            "### 甲\n:slug: jia\n\n正文。\n",
            source=f"content/issues/000{total}.md",
            total_issue=str(total),
            issue=str(total),
            **({"status": "draft"} if total == 2 else {}),
        )
        for total in (1, 2)
    ]
    archive = make_archive(*issues)

    assert made(archive)["issues/2/issue.json"]["status"] == "draft"
    assert "issues/2" not in json.dumps(made(archive.public()))


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param("<p>甲&amp;乙</p>\n<p>3&lt;5</p>\n", ["甲&乙", "3<5"], id="段落"),
        pytest.param(
            "<h2>小标题</h2>\n<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>\n", ["小标题", "甲", "乙"], id="小标题、列表"
        ),
        pytest.param(
            "<table>\n<tr>\n<th>村</th>\n<th>亩</th>\n</tr>\n<tr>\n<td>东</td>\n<td></td>\n</tr>\n</table>\n",
            ["村\t亩", "东\t"],
            id="表格",
        ),
        pytest.param("<figure><img alt='图'><figcaption>图</figcaption></figure>\n<p>文</p>\n", ["文"], id="图片"),
        pytest.param('<p><strong>甲</strong>见<a href="/b">乙</a></p>\n', ["甲见乙"], id="行内"),
    ],
)
def test_text_is_plain_paragraphs(html: str, lines: list[str]) -> None:
    assert paragraphs(html) == lines


def test_every_key_is_in_the_contract() -> None:
    told = (ROOT / "docs/contracts.md").read_text(encoding="utf-8").partition("## What machines read")[2]
    golden = [json.loads(file.read_text("utf-8")) for file in (ROOT / "tests/site/golden").rglob("*.json")]

    assert len(golden) > 3
    assert {*keys(golden)} <= {*re.findall(r"`([a-z_]+)`", told.partition("\n## ")[0])}


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(inner)
