"""The issue that the slips are made in, and how a slip is written down."""

from collections.abc import Callable
from typing import NamedTuple

from bs4 import BeautifulSoup

from plugins.newspaper.checking import checked
from plugins.newspaper.model import Article, Issue
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue

SOURCE = "content/issues/0256.md"
GOOD = """\
---
issue: 11
total_issue: 256
date: 2023-06-16
lunar_date: 癸卯年四月廿九
approval_code: 河南省连续性内部资料[审洛阳连]00018号
---

> 民生连着民心，民心凝聚民力。
>
> ——【摘自全区工作会议报告】

## 加快重点项目建设 聚力打造伊滨科技城

### 区领导调研|邻里中心建设
:slug: linli-zhongxin
:topics: 邻里中心、公共服务
:kicker: 把实事办到家门口
:deck: 六个邻里中心年底开门

伊滨讯 6月15日，区领导到光武街道调研邻里中心建设。他说，群众的事没有小事。

![邻里中心大厅](dating.jpg "图为邻里中心大厅（白璐 摄）")

大厅里有食堂、药房和阅览室。“一餐热饭”行动七月开始，老人每餐八元。

#### 三步走

- 先办食堂
- 再办托老
- 后办阅览

| 社区 | 面积 |
|---|---|
| 康庄 | 1200 |
| 司马 | 860 |

来龙去脉可看[第255期](/issues/255/)。

（阮现武 董浩）

### 麦收一线见闻
:slug: maishou-yixian
:topics: 公共服务

伊滨讯 6月14日，庞村镇的麦子熟了。收割机一天收三百亩。

农机手说，今年的麦子比去年好。

（秦书瑶）

## 综合

### 问题楼盘化解工作推进会召开
:slug: wenti-loupan

6月13日，会议在区政务中心召开，研究下一步工作。

（尹子健）
"""


class Edited(NamedTuple):
    """The good issue with a slip in it, read and checked."""

    text: str
    place: int
    """Where the slip begins."""
    issue: Issue | None
    articles: tuple[Article, ...]
    ear: str
    problems: list[Problem]

    @property
    def html(self) -> str:
        return "\n".join([self.ear, *(article.body for article in self.articles)])

    @property
    def seen(self) -> str:
        """What readers see of the texts, a line for each block."""
        soup = BeautifulSoup(self.html, "html.parser")
        return soup.get_text()

    def line_of(self, words: str) -> int:
        """The line where these words first stand at or below the slip's own line, or else in the file."""
        start = self.text.rfind("\n", 0, self.place) + 1
        place = self.text.find(words, start)
        if place < 0:
            place = self.text.index(words)
        return self.text.count("\n", 0, place) + 1

    @property
    def story(self) -> Article:
        """The story that the slip is in."""
        line = self.text.count("\n", 0, self.place) + 1
        return max((article for article in self.articles if article.line <= line), key=lambda article: article.line)


Expectation = Callable[[Edited], None]


class Slip(NamedTuple):
    """One slip: what stands in the good issue, what an editor makes of it, and what must come of it."""

    name: str
    good: str
    bad: str
    expected: tuple[Expectation, ...]


def slip(name: str, good: str, bad: str, *expected: Expectation) -> Slip:
    assert GOOD.count(good) >= 1, f"{name}: not in the good issue"
    return Slip(name, good, bad, expected)


def edited(good: str, bad: str) -> Edited:
    """Make the slip, at the first place where it can be made."""
    return read(GOOD.replace(good, bad, 1), GOOD.index(good))


def read(text: str, place: int = 0) -> Edited:
    reading = checked(read_issue(text, SOURCE))
    problems = sorted({*reading.problems, *(reading.issue.found if reading.issue else ())})
    return Edited(text, place, reading.issue, reading.articles, reading.ear, problems)


class told:
    """This is told, and nothing else: a code, the words of its line (those of the slip where none are given), and
    words of the message."""

    def __init__(self, *codes: str, at: str = "", says: str = "") -> None:
        self.codes, self.at, self.says = codes, at, says

    def __call__(self, found: Edited) -> None:
        line = found.line_of(self.at) if self.at else found.text.count("\n", 0, found.place) + 1
        assert [(problem.line, problem.code) for problem in found.problems] == [(line, code) for code in self.codes]
        assert self.says in found.problems[0].message


def reads(**values: object) -> Expectation:
    """The story that the slip is in has these values."""

    def expect(found: Edited) -> None:
        seen = {
            "headline": found.story.headline.lines,
            "kicker": found.story.headline.kicker,
            "deck": found.story.headline.deck,
            "byline": " ".join(found.story.byline),
            "dateline": found.story.dateline,
            "banner": found.story.banner,
            "slug": found.story.slug,
            "topics": found.story.topics,
        }
        assert {key: seen[key] for key in values} == values

    return expect


def shows(*html: str) -> Expectation:
    """These stand in the HTML of the texts."""

    def expect(found: Edited) -> None:
        for piece in html:
            assert piece in found.html

    return expect


def never(*html: str) -> Expectation:
    """These do not."""

    def expect(found: Edited) -> None:
        for piece in html:
            assert piece not in found.html

    return expect


def figure(file: str, caption: str, credit: str = "", alt: str | None = None) -> Expectation:
    """The story has this figure."""

    def expect(found: Edited) -> None:
        figures = [(each.file, each.caption, each.credit) for each in found.story.pictures]
        assert (file, caption, credit) in figures
        assert f"<figcaption>{caption}" in found.story.body
        assert alt is None or alt in [each.alt for each in found.story.pictures]

    return expect


def paragraphs(*texts: str) -> Expectation:
    """The story has these paragraphs, one after the other."""

    def expect(found: Edited) -> None:
        soup = BeautifulSoup(found.story.body, "html.parser")
        seen = [paragraph.get_text() for paragraph in soup.find_all("p")]
        assert "\n".join(texts) in "\n".join(seen)

    return expect


def stories(count: int) -> Expectation:
    """So many stories are in the issue."""

    def expect(found: Edited) -> None:
        assert len(found.articles) == count

    return expect
