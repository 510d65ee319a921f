"""The paper's nouns: issue (期), article (稿件), headline group (标题), folio (期号与日期).

Every value is frozen, so a page that is given the same values is the same page.
What lists show of an article is its own small type (`Story`, `StoryCard`): a page that only lists headlines
does not depend on the text, and so is not printed again when a text is mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from plugins.newspaper.problems import Problem


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every issue's masthead (报头) says alike; settings of the paper, which an issue may override."""

    name: str
    """Nameplate (报名), 伊滨新闻."""
    sponsor: str
    """主管主办."""
    publisher: str
    """编辑出版."""
    approving_body: str
    """批准单位, as printed: 河南省新闻出版局."""
    notice: str
    """内部资料 免费交流: 内部资料性出版物管理办法, art. 14."""


@dataclass(frozen=True, slots=True)
class Note:
    """A difference that the editor has seen and let stand (校读说明)."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Folio:
    """Number and dates of an issue (期号与日期行)."""

    total_issue: int
    """总期号, since the first issue; the issue's name in addresses."""
    issue: int
    """期号 within the year."""
    date: date
    lunar_date: str
    """农历, as printed."""
    approval_code: str
    """准印证号, as printed."""
    status: Literal["published", "draft", "embargoed"] = "published"
    """`draft` by the editor's word, `embargoed` while its date lies ahead; both are seen in the preview only."""
    lunar_note: str = ""
    """The reason given where the printed lunar date was accepted against the calendar."""

    @property
    def url(self) -> str:
        return f"issues/{self.total_issue}/"


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline group (标题): kicker 引题, headline 主题, deck 副题."""

    lines: tuple[str, ...]
    """The headline as printed, a line each; mere line breaks (`|`) fall between them."""
    kicker: str = ""
    deck: str = ""

    @property
    def plain(self) -> str:
        """Without printed line breaks: for `<title>`, feed and card."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic (专题) of `content/topics.yaml`."""

    name: str
    slug: str
    description: str = ""

    @property
    def url(self) -> str:
        return f"topics/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (图片) in a story; `file` is empty where the archive has lost it."""

    file: str
    """Name in the folder of the issue's pictures."""
    alt: str
    caption: str = ""
    credit: str = ""
    """供图."""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article's line in a list: where it is and what its headline says."""

    url: str
    headline: Headline
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCard(Story):
    """An article as an issue's page shows it: headline, opening, byline."""

    dateline: str
    """电头 as printed, 伊滨讯 5月29日; empty where there is none."""
    summary: str
    """The opening of the text in whole sentences, at most 120 characters; plain text."""
    byline: tuple[str, ...]
    """署名: the names, in the printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(StoryCard):
    """A story with its text (稿件)."""

    slug: str
    total_issue: int
    banner: str
    """通栏题 or 栏目 it stands under; empty where none."""
    topics: tuple[Topic, ...]
    body: str
    """HTML of the text, its dateline in place, its byline taken out; `{site}` stands where the site's address goes."""
    text: tuple[tuple[int, str], ...] = field(default=(), compare=False, repr=False)
    """Line and plain text of the headline and of each paragraph, for the checks."""
    pictures: tuple[Picture, ...] = ()
    aliases: tuple[str, ...] = ()
    """Former addresses, oldest first, without leading slash."""
    notes: tuple[Note, ...] = ()
    line: int = field(default=0, compare=False, repr=False)
    """Line of its headline. Lines are not part of the value: a story that moves down its file is the same story."""

    def as_story(self) -> Story:
        return Story(url=self.url, headline=self.headline, date=self.date)

    def as_card(self) -> StoryCard:
        return StoryCard(
            url=self.url,
            headline=self.headline,
            date=self.date,
            dateline=self.dateline,
            summary=self.summary,
            byline=self.byline,
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The stories that stand under one banner (通栏题、栏目); the banner is empty for those before any."""

    banner: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of the paper, as its file says it."""

    folio: Folio
    masthead: Mapping[str, str]
    """The masthead's fields that this issue overrides."""
    ear: str
    """报眼: the text before the first heading, HTML."""
    sections: tuple[Section, ...]
    accepted: Mapping[str, str]
    """Problem codes the editor has accepted, with reasons."""
    source: str
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each front matter key, for problems found later."""

    found: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """What the paper's rules find in this file alone, before `accepted` silences any of it."""

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(Note(code, reason) for code, reason in self.accepted.items())
