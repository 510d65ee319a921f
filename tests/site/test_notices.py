"""What readers and machines see of a story that was corrected (更正) or withdrawn (撤下), and of attachments (附件)."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.site.test_metadata import assert_valid, linked_data
from tests.site.test_same_bytes import QUICK, Issue, Paper, Project, Story, small_paper

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://a.test"
FIRST, LAST = "issues/5/gao-0/", "issues/5/gao-1/"
"""The two stories of the newest issue, of 2022-03-25."""


class Site:
    """A paper built for the public after some edit."""

    def __init__(self, folder: Path, edit: Callable[[Paper], None]) -> None:
        paper = small_paper()
        edit(paper)
        project = Project.begun(folder / "paper", paper)
        project.settings = {"SITEURL": ADDRESS, "PUBLIC": True}
        built = project.build()
        assert isinstance(built, dict), built
        self.files = built

    def page(self, url: str) -> BeautifulSoup:
        return BeautifulSoup(self.files[f"{url}index.html"].decode(), "html.parser")

    def feed(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.files["feed.xml"])


Built = Callable[[Callable[[Issue], None]], Site]


@pytest.fixture
def after() -> Iterator[Built]:
    """The site after an edit of the newest issue."""
    home = Path(tempfile.mkdtemp(dir=QUICK))
    yield lambda edit: Site(home, lambda paper: edit(paper.issues[-1]))
    shutil.rmtree(home)


def correct(issue: Issue) -> None:
    issue.stories[0].corrections = 2


def withdraw(issue: Issue) -> None:
    issue.stories[0] = Story("gao-0", (0,), headline="秘", opening="秘", alias=True, picture=True, withdrawn=True)


def withdraw_all(issue: Issue) -> None:
    issue.withdrawn = True
    issue.stories[0].alias = True


def test_correction_stands_dated_below_the_story(after: Built) -> None:
    site = after(correct)
    for url in (FIRST, "issues/5/print/"):
        said = [line.get_text() for line in site.page(url).select(".corrections p")]
        assert said == ["更正　2022年3月25日：第0段", "更正　2022年3月25日：第1段"]
    assert not site.page(LAST).select(".corrections")


def test_correction_is_valid_linked_data(after: Built) -> None:
    site = after(correct)
    data = linked_data(site.page(FIRST))

    assert_valid(data)
    assert data["dateModified"] == "2022-03-25"
    assert [each["text"] for each in data["correction"]] == ["第0段", "第1段"]
    assert "dateModified" not in linked_data(site.page(LAST))


def test_correction_reaches_the_feed(after: Built) -> None:
    feed = after(correct).feed()
    content = feed.findtext(f"{ATOM}entry/{ATOM}content")

    assert feed.findtext(f"{ATOM}updated") == "2022-03-25T00:00:00+08:00"
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated") == "2022-03-25T00:00:00+08:00"
    assert content
    assert "<p>更正（2022年3月25日）：第0段</p>" in content


def test_every_page_links_to_the_corrections(after: Built) -> None:
    site = after(correct)
    listed = site.page("corrections/")

    assert [str(link["href"]) for link in listed.select(".correction a")] == [f"{ADDRESS}/{FIRST}"] * 2
    for name in site.files:
        if name.endswith("index.html") and "jiu-" not in name:
            assert f'href="{ADDRESS}/corrections/"' in site.files[name].decode(), name


def test_withdrawn_story_says_so_at_its_addresses(after: Built) -> None:
    page = after(withdraw).page(FIRST)

    assert page.select_one("h1.headline").get_text() == "此稿已撤下"  # type: ignore[union-attr]
    assert [each.get_text() for each in page.select(".withdrawal dd")][1:] == ["2022年3月25日", "乙"]
    assert page.select("meta[name=robots][content=noindex]")
    assert not page.select("script[type='application/ld+json'], meta[property='og:image'], .code, .neighbours")


def test_former_address_of_a_withdrawn_story_leads_to_it(after: Built) -> None:
    page = after(withdraw).page("issues/5/jiu-gao-0/")

    assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={ADDRESS}/{FIRST}"  # type: ignore[index]
    assert "秘" not in page.get_text()


def test_nothing_of_a_withdrawn_story_is_published(after: Built) -> None:
    site = after(withdraw)

    saying = {name for name, content in site.files.items() if "秘".encode() in content}
    assert saying == {"search/simplified.txt"}, "a table of characters"
    assert [name for name in site.files if name.startswith(FIRST)] == [f"{FIRST}index.html"]
    assert [name for name in site.files if name.startswith("images/0005")] == []
    linking = [name for name, content in site.files.items() if f'href="{ADDRESS}/{FIRST}"'.encode() in content]
    assert sorted(linking) == ["issues/5/gao-0/index.html", "issues/5/jiu-gao-0/index.html"]


def test_withdrawn_issue_says_so_on_each_of_its_pages(after: Built) -> None:
    site = after(withdraw_all)
    for url, said in [("issues/5/", "本期"), ("issues/5/print/", "本期"), (FIRST, "此稿"), (LAST, "此稿")]:
        page = site.page(url)
        assert page.select_one("h1.headline").get_text() == f"{said}已撤下"  # type: ignore[union-attr]
        assert page.select("meta[name=robots][content=noindex]")
        assert not page.select(".unpublished")


def test_withdrawn_issue_is_in_no_list(after: Built) -> None:
    site = after(withdraw_all)
    of_issue = re.compile(rf'href="{ADDRESS}/issues/5/[^"]*"')
    linking = {name for name in site.files if of_issue.search(site.files[name].decode("utf-8", "replace"))}

    assert {name for name in linking if not name.startswith("issues/5/")} == set()
    assert [name for name in site.files if name.startswith("issues/5/") and name.endswith(".png")] == []
    (canonical,) = site.page("latest/").select("link[rel=canonical]")
    assert canonical["href"] == f"{ADDRESS}/issues/4/"


def test_attachment_is_published_under_its_digest_with_kind_and_size(after: Built) -> None:
    def attach(issue: Issue) -> None:
        issue.stories[0].attached = True

    site = after(attach)
    for url in (FIRST, "issues/5/print/"):
        link = site.page(url).select_one(".body a")
        assert link
        file = str(link["href"]).removeprefix(f"{ADDRESS}/")
        assert re.fullmatch(r"files/0005/[0-9a-f]{12}\.txt", file)
        assert site.files[file] == "甲".encode()
        assert "见表（文本，1 KB）。" in site.page(url).get_text()
    assert f'href="{ADDRESS}/{file}"' in (site.feed().findtext(f"{ATOM}entry/{ATOM}content") or "")
