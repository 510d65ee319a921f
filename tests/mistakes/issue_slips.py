"""Slips in an issue's text: made in the good issue, which is then read and checked."""

from collections.abc import Callable
from typing import NamedTuple

from bs4 import BeautifulSoup

from plugins.newspaper.checking import checked
from plugins.newspaper.model import Article
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue
from tests.mistakes.good import GOOD, SOURCE
from tests.mistakes.table import Slip, Told


class Edited(NamedTuple):
    """An issue's text, read and checked."""

    text: str
    place: int
    """Where the slip begins."""
    articles: tuple[Article, ...]
    ear: str
    banners: tuple[str, ...]
    problems: list[Problem]

    @property
    def html(self) -> str:
        return "\n".join([self.ear, *(article.body for article in self.articles)])

    @property
    def paragraphs(self) -> str:
        """What readers see of the ear and the texts, a line for each block."""
        soup = BeautifulSoup(self.html, "html.parser")
        blocks = soup.find_all(["p", "li", "td", "th", "h2", "h3", "h4", "figcaption"])
        seen = [block.get_text().strip("\n") for block in blocks if not block.find(["p", "li"])]
        return "\n".join(["", *seen, ""])

    @property
    def story(self) -> Article:
        """The story that the slip is in, or else the first."""
        line = self.text.count("\n", 0, self.place) + 1
        above = [article for article in self.articles if article.line <= line]
        return above[-1] if above else self.articles[0]


def read(text: str, place: int = 0) -> Edited:
    reading = checked(read_issue(text, SOURCE))
    problems = sorted({*reading.problems, *(reading.issue.found if reading.issue else ())})
    banners = tuple(banner.text for banner in reading.banners)
    return Edited(text, place, reading.articles, reading.ear, banners, problems)


def edited(slip: Slip) -> Edited:
    """Make a slip, at the first place where it can be made."""
    words = dict(slip.lines)
    return read(GOOD.replace(words["原"], words["误"], 1), GOOD.index(words["原"]))


def try_it(slip: Slip) -> None:
    """Make a slip, and see that what is expected comes of it, and that nothing else is told."""
    found = edited(slip)
    for word, value in slip.lines:
        if word not in ("原", "误"):
            EXPECTED[word](found, value)
    assert len(found.problems) == slip.told, "\n".join(map(str, found.problems))


def _told(found: Edited, value: str) -> None:
    told = Told.of(value)
    problems = [problem for problem in found.problems if problem.code == told.code]
    line = told.line_in(found.text, found.place)
    assert line in [problem.line for problem in problems], "\n".join(map(str, found.problems))
    assert any(told.says in problem.message for problem in problems if problem.line == line)


def _paragraphs(found: Edited, value: str) -> None:
    assert f"\n{value}\n" in found.paragraphs


def _shown(found: Edited, value: str) -> None:
    assert value in found.html


def _not_shown(found: Edited, value: str) -> None:
    assert value not in found.html


def _figure(found: Edited, value: str) -> None:
    file, caption, credit = f"{value}｜｜".split("｜")[:3]
    assert (file, caption, credit) in [(each.file, each.caption, each.credit) for each in found.story.pictures]
    assert f"<figcaption>{caption}" in found.story.body


def _stories(found: Edited, value: str) -> None:
    assert len(found.articles) == int(value)


def _banner_of_last(found: Edited, value: str) -> None:
    assert "".join(found.articles[-1].banner) == value


def _banners(found: Edited, value: str) -> None:
    assert list(found.banners) == value.split("｜")


def _of_story(value_of: Callable[[Article], str]) -> Callable[[Edited, str], None]:
    def expect(found: Edited, value: str) -> None:
        assert value_of(found.story) == value

    return expect


EXPECTED: dict[str, Callable[[Edited, str], None]] = {
    "报": _told,
    "段落": _paragraphs,  # blocks of text, one after the other
    "网页": _shown,  # in the HTML of the texts
    "没有": _not_shown,
    "图": _figure,  # file｜caption｜credit
    "篇数": _stories,
    "末篇栏目": _banner_of_last,
    "各栏目": _banners,
    # These are of the story that the slip is in.
    "标题": _of_story(lambda story: "|".join(story.headline.lines)),
    "引题": _of_story(lambda story: "".join(story.headline.kicker)),
    "副题": _of_story(lambda story: "".join(story.headline.deck)),
    "署名": _of_story(lambda story: story.byline.printed),
    "作者": _of_story(lambda story: " ".join(story.byline.names)),
    "电头": _of_story(lambda story: story.dateline),
    "栏目": _of_story(lambda story: "".join(story.banner)),
    "短名": _of_story(lambda story: story.slug),
    "专题": _of_story(lambda story: "、".join(story.topics)),
}
