"""The real issue on the real site."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.site.links import broken_links

Soup = Callable[[str], BeautifulSoup]
SOURCE = Path(__file__).parent.parent / "sources" / "yibin-news-2023-06-07-no255.txt"

MASTHEAD = [
    "伊滨新闻",
    "2023年6月7日 第10期",
    "河南省新闻出版局批准",
    "河南省连续性内部资料[审洛阳连]00018号",
    "癸卯年四月十四",
    "总第255期",
    "主管主办：洛阳伊滨区管委会",
    "编辑出版：区融媒体中心",
    "内部资料 免费交流",
]
KINDS = {
    "头版": "",
    "最新一期": "latest/",
    "期": "issues/255/",
    "稿件": "issues/255/linli-zhongxin/",
    "专题": "topics/linli-zhongxin/",
    "专题年": "topics/linli-zhongxin/2023/",
    "专题表": "topics/",
    "往期": "archive/",
    "年": "archive/2023/",
    "关于": "about/",
    "没有这一页": "404.html",
}
OF_NO_ISSUE = ["专题", "专题年", "专题表", "往期", "年", "关于", "没有这一页"]
STORIES = [
    "zhongzhou-shidai",
    "linli-zhongxin",
    "liangsuo-yiyuan",
    "wenti-loupan",
    "dang-gongwei-kuoda-huiyi",
    "tudi-gongzuo",
]


def squeezed(text: str) -> str:
    """Text without spaces, and with punctuation of one width."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("，；：（）！？", ",;:()!?"))


def test_every_sentence_of_the_source_is_on_the_site(page: Soup) -> None:
    words = "".join(page(url).get_text() for url in ["issues/255/", *(f"issues/255/{slug}/" for slug in STORIES)])
    site = squeezed(words)
    printed = SOURCE.read_text(encoding="utf-8").partition("扫描左侧二维码")[0]
    # A column break cut these paragraphs in two; they are whole again.
    for cut in ("变化\n\n明显", "重要讲话\n\n精神", "全面吃透党\n\n中央精神"):
        assert cut in printed
        printed = printed.replace(cut, cut.replace("\n", ""))
    pieces = [piece for line in printed.splitlines() for piece in re.split(r"(?<=[。；;！？])|■|[（(]|#+|\s", line)]
    sentences = [squeezed(piece).strip(")[]") for piece in pieces if squeezed(piece)]

    assert len(sentences) > 120
    assert [sentence for sentence in sentences if sentence not in site] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_NO_ISSUE])
def test_every_page_of_an_issue_bears_the_whole_masthead(page: Soup, kind: str) -> None:
    masthead = page(KINDS[kind]).select_one(".masthead")
    assert masthead
    text = " ".join(masthead.get_text(" ").split()).replace("2023年6月7日 第", "2023年6月7日 第")
    assert [item for item in MASTHEAD if item not in text] == []
    assert "原报如此；公历2023年6月7日为癸卯年四月二十" in masthead.get_text()


@pytest.mark.parametrize("kind", OF_NO_ISSUE)
def test_lists_bear_the_nameplate_and_no_issues_date(page: Soup, kind: str) -> None:
    masthead = page(KINDS[kind]).select_one(".masthead")

    assert masthead
    assert masthead.get_text(strip=True) == "伊滨新闻"


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS)
def test_every_page_has_one_h1_and_a_title(page: Soup, url: str) -> None:
    soup = page(url)
    assert len(soup.select("h1")) == 1
    assert soup.title
    assert "伊滨新闻" in soup.title.get_text()


def test_article_page_has_its_parts(page: Soup) -> None:
    soup = page("issues/255/linli-zhongxin/")

    headline = soup.select_one("h1.headline")
    assert headline
    assert [clause.get_text() for clause in headline.select(".clause")] == ["樊灿涛调研", "中心城区邻里中心建设"]
    assert soup.title
    assert soup.title.get_text() == "樊灿涛调研中心城区邻里中心建设 - 伊滨新闻"
    assert soup.select_one(".story__folio").get_text() == "2023年6月7日 第10期 阮现武 董浩"
    assert soup.select_one(".body p").get_text().startswith("伊滨讯 5月29日，")
    assert soup.select_one(".story__banner").get_text() == "加快重点项目建设 聚力打造伊滨科技城"
    assert [link.get_text() for link in soup.select(".topics a")] == ["邻里中心", "公共服务"]
    assert soup.select_one("a[rel=prev]")["href"].endswith("/issues/255/zhongzhou-shidai/")
    assert soup.select_one("a[rel=next]")["href"].endswith("/issues/255/liangsuo-yiyuan/")
    assert len(soup.select(".contents .story-list a")) == 5
    assert soup.select_one(".contents [aria-current]").get_text() == "樊灿涛调研中心城区邻里中心建设"


def test_hospital_captions_stand_as_lost_pictures(page: Soup) -> None:
    captions = page("issues/255/liangsuo-yiyuan/").select(".picture--lost figcaption")
    assert [caption.get_text() for caption in captions] == [
        "北京中医药大学东直门医院洛阳医院伊滨院区",
        "西交大二附院洛阳医院",
    ]


def test_accepted_wording_is_noted_where_it_stands(page: Soup) -> None:
    assert "传达了学习了" in page("issues/255/dang-gongwei-kuoda-huiyi/").select_one(".notes").get_text()
    assert page("issues/255/linli-zhongxin/").select_one(".notes") is None


def test_every_link_leads_to_a_page_and_every_anchor_is_there(site: Path) -> None:
    assert broken_links(site, "https://yibin-news.test/") == []


def test_links_to_other_hosts_are_known(site: Path) -> None:
    for file in site.rglob("*.html"):
        for link in BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("[href*='//']"):
            href = str(link["href"])
            known = ("https://yibin-news.test/", "https://beian.miit.gov.cn/", "data:")
            assert href.startswith(known), href


def test_pages_ask_for_deferred_scripts_of_their_own_and_nothing_of_other_hosts(site: Path) -> None:
    for file in site.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        assert soup.select("iframe, link[rel=stylesheet]") == []
        for script in soup.select("script[src]"):
            assert str(script["src"]).startswith(
                ("https://yibin-news.test/theme/reader-", "https://yibin-news.test/theme/search-")
            )
            assert script.has_attr("defer")
        for element in soup.select("img, source"):
            assert str(element.get("src", "https://yibin-news.test/")).startswith("https://yibin-news.test/")
        assert "{site}" not in str(soup)


def test_feed_is_atom_with_the_full_text(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.parse(site / "feed.xml").getroot().findall(f"{atom}entry")
    ids = {entry.findtext(f"{atom}id") for entry in entries}
    assert len(entries) == len(ids) == len(STORIES)
    assert all(str(name).startswith("urn:uuid:") for name in ids)
    assert "<p>塔吊林立" in str(entries[0].findtext(f"{atom}content"))


def test_after_the_last_story_the_issue_is_finished(page: Soup) -> None:
    first, last = (page(f"issues/255/{slug}/") for slug in (STORIES[0], STORIES[-1]))
    assert first.select(".neighbours__end") == []
    assert first.select_one(".contents small").get_text() == "第1篇/共6篇"
    assert last.select_one(".contents small").get_text() == "第6篇/共6篇"
    assert last.select_one(".neighbours__end").get_text() == "本期读完了"
    assert last.select_one(".neighbours a")["href"].endswith("/latest/")


def test_the_next_story_stands_right_below_the_text(page: Soup) -> None:
    story = page("issues/255/linli-zhongxin/").select_one(".story")
    following = story.find_next_sibling()
    assert following["class"] == ["neighbours"]
    assert following.select_one("a")["rel"] == ["next"]
