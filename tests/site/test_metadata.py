"""What machines read of a page: the head for search engines and WeChat, and the article as schema.org says it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

Soup = Callable[[str], BeautifulSoup]
ARTICLE = "issues/255/linli-zhongxin/"
ADDRESS = "https://yibin-news.test"

# schema.org, version 29: the properties used here and what they may hold; str is Text, Date or URL.
VOCABULARY: dict[str, dict[str, tuple[str, ...]]] = {
    "NewsArticle": {
        "headline": ("str",),
        "alternativeHeadline": ("str",),
        "description": ("str",),
        "dateline": ("str",),
        "datePublished": ("str",),
        "dateModified": ("str",),
        "correction": ("str", "CorrectionComment"),
        "author": ("Person", "Organization"),
        "publisher": ("Person", "Organization"),
        "printEdition": ("str",),
        "printSection": ("str",),
        "keywords": ("str",),
        "image": ("str", "ImageObject"),
        "inLanguage": ("str",),
        "url": ("str",),
        "mainEntityOfPage": ("WebPage",),
        "isPartOf": ("PublicationIssue",),
    },
    "PublicationIssue": {
        "issueNumber": ("str",),
        "datePublished": ("str",),
        "url": ("str",),
        "isPartOf": ("Periodical",),
    },
    "Periodical": {"name": ("str",), "url": ("str",), "publisher": ("Organization",)},
    "Person": {"name": ("str",)},
    "Organization": {"name": ("str",)},
    "WebPage": {},
    "CorrectionComment": {"text": ("str",), "datePublished": ("str",)},
}


def assert_valid(value: dict[str, Any]) -> None:
    """Every property is one of its type's, and holds what schema.org says it may."""
    properties = VOCABULARY[value["@type"]]
    for name, held in value.items():
        if name.startswith("@"):
            continue
        assert name in properties, name
        for item in held if isinstance(held, list) else [held]:
            if isinstance(item, dict):
                assert item["@type"] in properties[name]
                assert_valid(item)
            else:
                assert "str" in properties[name]
                assert isinstance(item, str)
                assert item


def linked_data(soup: BeautifulSoup) -> dict[str, Any]:
    (script,) = soup.select("script[type='application/ld+json']")
    data: dict[str, Any] = json.loads(script.get_text())
    return data


def test_article_is_valid_linked_data(page: Soup) -> None:
    assert_valid(linked_data(page(ARTICLE)))


def test_article_is_a_news_article_in_an_issue_of_the_paper(page: Soup) -> None:
    data = linked_data(page(ARTICLE))
    assert data["headline"] == "樊灿涛调研中心城区邻里中心建设"
    assert data["dateline"] == "伊滨讯 5月29日"
    assert [author["name"] for author in data["author"]] == ["阮现武", "董浩"]
    assert data["isPartOf"]["issueNumber"] == "255"
    assert data["isPartOf"]["datePublished"] == "2023-06-07"
    assert data["isPartOf"]["isPartOf"]["name"] == "伊滨新闻"


@pytest.mark.parametrize("url", ["", "issues/255/", ARTICLE, "topics/", "topics/linli-zhongxin/", "archive/"])
def test_head_says_the_same_to_search_engines_and_to_wechat(page: Soup, url: str) -> None:
    head = page(url).head
    assert head
    assert head.title

    def content(selector: str) -> str:
        (meta,) = head.select(selector)
        return str(meta["content"])

    assert content("[itemprop=name]") == content("[property='og:title']") == head.title.get_text()
    description = content("[name=description]")
    assert content("[itemprop=description]") == content("[property='og:description']") == description
    assert 0 < len(description) <= 120
    (canonical,) = head.select("[rel=canonical]")
    assert canonical["href"] == content("[property='og:url']")
    assert str(canonical["href"]).startswith(f"{ADDRESS}/")


def test_pages_never_call_the_paper_a_newspaper_or_a_journal(site: Any) -> None:
    """内部资料性出版物管理办法 forbids 本报 and 本刊; the stories' own words are their writers'."""
    for file in site.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for story in soup.select(".body, .story-card__summary"):
            story.decompose()
        assert "本报" not in soup.get_text()
        assert "本刊" not in soup.get_text()
