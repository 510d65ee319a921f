"""The paper's nouns: issue (期), article (稿件), headline group (标题), folio (期号与日期).

Every value is frozen, so pages given the same values are the same. Most are named tuples, because Python makes and
prints these several times faster than dataclasses. A dataclass is used where a field does not belong to the value (a
line in the file); it has no slots, because Python unpickles faster without them. What lists show of an article is a
small type of its own (`Story`, `StoryCard`): a page that only lists headlines does not depend on the text, so it is not
printed again when a text is mended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal, NamedTuple

from plugins.newspaper.addresses import article_address, issue_address, recording_address, topic_address
from plugins.newspaper.fingerprint import digest, fingerprint
from plugins.newspaper.links import Link
from plugins.newspaper.problems import Problem

Status = Literal["published", "draft", "embargoed", "withdrawn"]
Day = date
"""Where a value has a field of the name `date`."""
Words = tuple[str, ...]
"""A line in its words, all its characters in them: between these it may break, and within none."""
LONG = 200
"""Characters, from which on a text is printed by its digest."""


class Masthead(NamedTuple):
    """The masthead (报头) of every issue: settings of the paper, which an issue may override."""

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
    distribution: str = ""
    """发送对象, same article; this and the next two are shown where they are set."""
    printer: str = ""
    """印刷单位."""
    print_run: str = ""
    """印数."""


class Accepted(NamedTuple):
    """What an editor lets stand in a story (已核), `“会议会议” 原报如此`."""

    words: tuple[str, ...] = ()
    reason: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What readers are told of it."""
        quoted = "".join(f"“{word}”" for word in self.words)
        return tuple(f"{quoted}：{reason}" for reason in shown_notes([self.reason]))


PRINTED_SO = "原报"
"""Begins a reason that is shown to readers; another is the editor's own."""


def shown_notes(reasons: Iterable[str]) -> tuple[str, ...]:
    """The reasons that readers are told (校读说明)."""
    return tuple(reason for reason in reasons if reason.startswith(PRINTED_SO))


class Folio(NamedTuple):
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
    status: Status = "published"
    """`draft` if the editor says so, `embargoed` while its date lies ahead; both are shown in the preview only.
    `withdrawn` if only its addresses still stand."""
    lunar_note: str = ""
    """The reason given where the printed lunar date was accepted against the calendar."""

    @property
    def url(self) -> str:
        return issue_address(self.total_issue)

    def with_status(self, status: Status) -> "Folio":
        return self if self.status == status else self._replace(status=status)


class Headline(NamedTuple):
    """The headline group (标题): kicker 引题, headline 主题, deck 副题."""

    words: tuple[Words, ...]
    """The headline as printed, line by line; in the file `|` stands between them."""
    kicker: Words = ()
    deck: Words = ()

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(map("".join, self.words))

    @property
    def plain(self) -> str:
        """Without printed line breaks: for `<title>`, feed and card."""
        return "".join(self.lines)


@dataclass(frozen=True)
class Topic:
    """A topic (专题) of `content/topics.yaml`."""

    name: str
    slug: str
    description: str = ""
    source: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.slug)  # a tenth of the time of hashing every field, and as good

    @property
    def url(self) -> str:
        return topic_address(self.slug)


@dataclass(frozen=True)
class Picture:
    """A picture (图片) in a story; `file` is empty where the archive has lost it."""

    file: str
    """Name in the folder of the issue's pictures."""
    alt: str
    caption: str = ""
    credit: str = ""
    """供图."""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Withdrawal:
    """Since when a story or an issue has been withdrawn (撤下), and why."""

    date: date
    reason: str
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Correction:
    """A correction (更正) of a story that has been published."""

    date: date
    text: str
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class WithdrawnStory:
    """A story that was withdrawn (撤下). Its addresses stay; it has no text here, so no page can show it."""

    url: str
    slug: str
    headline: str
    """For problems; no page shows it."""
    withdrawal: Withdrawal
    topics: tuple[str, ...] = ()
    """Names of its topics, whose lists keep their addresses."""
    aliases: tuple[str, ...] = ()
    line: int = field(default=0, compare=False, repr=False)


class Contributor(NamedTuple):
    """Somebody who is named in a byline (作者), with the role printed beside the name."""

    name: str
    role: str = ""
    """记者, 通讯员, 文, 图, 摄 …; empty where none is printed."""


class Byline(NamedTuple):
    """署名: the line as the paper prints it, and whom it names."""

    printed: str = ""
    """Without its brackets; empty where a story has no byline."""
    people: tuple[Contributor, ...] = ()
    """In the printed order."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(person.name for person in self.people)


class Story(NamedTuple):
    """An article's line in a list: where it is and what its headline says."""

    url: str
    headline: Headline
    date: date
    is_spoken: bool
    """Whether it has a recording (有录音)."""


class StoryCard(NamedTuple):
    """An article as an issue's page shows it: headline, opening, byline."""

    url: str
    headline: Headline
    date: date
    dateline: str
    """电头 as printed, 伊滨讯 5月29日; empty where there is none."""
    summary: str
    """The opening of the text in whole sentences, at most 120 characters; plain text."""
    byline: Byline


@dataclass(frozen=True, kw_only=True, repr=False)
class Article:
    """A story with its text (稿件)."""

    url: str
    headline: Headline
    date: date
    dateline: str
    summary: str
    byline: Byline
    slug: str
    total_issue: int
    banner: Words
    """通栏题 or 栏目 it stands under; empty where none."""
    topics: tuple[str, ...]
    """Names of its topics, as the editor wrote them; topics.yaml has the topics."""
    body: str
    """HTML of the text, its dateline in place, its byline taken out; `{site}` stands where the site's address goes."""
    pictures: tuple[Picture, ...] = ()
    audio: str = ""
    """File of a recording (录音) in the folder of the issue's recordings; empty where none."""
    aliases: tuple[str, ...] = ()
    """Former addresses, oldest first, without leading slash."""
    accepted: Accepted = field(default=Accepted(), compare=False)
    notes: tuple[str, ...] = ()
    """校读说明."""
    corrections: tuple[Correction, ...] = ()
    """The earliest first."""
    line: int = field(default=0, compare=False, repr=False)
    """Line of its headline. Lines are not part of the value: a story that moves down its file is the same story."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Line of each field that its editor wrote."""

    def __repr__(self) -> str:
        """Every field that counts; a long text by the digest of its bytes, which is ten times faster."""
        return f"Article({[_shortened(getattr(self, each.name)) for each in fields(self) if each.compare]})"

    @property
    def recording(self) -> str:
        """Address of its recording; empty where it has none."""
        return recording_address(self.total_issue, self.audio) if self.audio else ""

    @property
    def first_address(self) -> str:
        """The address at which it was first published."""
        return self.aliases[0] if self.aliases else self.url

    @property
    def modified(self) -> Day:
        """The day of its last correction, or else of its issue."""
        return self.corrections[-1].date if self.corrections else self.date

    @property
    def searched(self) -> tuple[object, ...]:
        """What the search has of it; a long text by its digest."""
        headline = self.headline
        shown = ("".join(headline.kicker), headline.plain, "".join(headline.deck), self.byline.printed, self.topics)
        captions = tuple((picture.caption, picture.credit) for picture in self.pictures)
        return (self.url, self.date, *shown, captions, _shortened(self.body))

    def line_of(self, key: str) -> int:
        """Line of a field, or else of the headline."""
        return self.lines.get(key, self.line)

    def as_story(self) -> Story:
        return Story(self.url, self.headline, self.date, bool(self.audio))

    def as_card(self) -> StoryCard:
        return StoryCard(self.url, self.headline, self.date, self.dateline, self.summary, self.byline)


def _shortened(value: object) -> object:
    return digest(value.encode("utf-8", "surrogatepass")) if isinstance(value, str) and len(value) > LONG else value


class Section(NamedTuple):
    """The stories under one banner (通栏题、栏目); the banner is empty for those before the first."""

    banner: Words
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Issue:
    """One issue (期) of the paper, as its file says it."""

    folio: Folio
    masthead: Mapping[str, str]
    """The masthead's fields that this issue overrides."""
    ear: str
    """报眼: the text before the first heading, HTML."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    """校读说明 of the front matter."""
    source: str
    ear_pictures: tuple[Picture, ...] = ()
    accepted: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Problem codes that the editor has accepted in the front matter."""
    withdrawal: Withdrawal | None = None
    """Where the whole issue is withdrawn; then no story is left in its sections."""
    withdrawn: tuple[WithdrawnStory, ...] = ()
    """Stories that are in no section any more."""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    """What the front matter says besides, by key: for pages alone."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Line of each front matter key, for problems found later."""

    links: tuple[Link, ...] = field(default=(), compare=False, repr=False)
    """The links in its texts, for problems found later."""
    found: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """What the rules of checking/ find in this issue alone, accepted or not."""

    @property
    def mark(self) -> str:
        """Digest of the value, of every field but lines and problems."""
        return fingerprint(self)

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def notices(self) -> tuple[Withdrawal | Correction, ...]:
        """What has been said of it and its stories since it was published."""
        own = (self.withdrawal,) if self.withdrawal else ()
        withdrawn = (story.withdrawal for story in self.withdrawn)
        return (*own, *withdrawn, *(each for article in self.articles for each in article.corrections))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Those in its ear, and those of its stories."""
        return (*self.ear_pictures, *(picture for article in self.articles for picture in article.pictures))

    def as_contents(self) -> "Contents":
        articles = self.articles
        return Contents(
            self.folio,
            self.masthead,
            tuple(article.as_story() for article in articles),
            tuple(article.byline for article in articles),
            tuple(article.topics for article in articles),
            tuple(article.first_address for article in articles),
            tuple(article.modified for article in articles),
        )


class Contents(NamedTuple):
    """An issue's table of contents (目录): all that lists show of it, in printed order. A mended text leaves it be."""

    folio: Folio
    masthead: Mapping[str, str]
    stories: tuple[Story, ...]
    bylines: tuple[Byline, ...]
    """Of each story."""
    topics: tuple[tuple[str, ...], ...]
    """Names of each story's topics."""
    first_addresses: tuple[str, ...]
    """Where each story was first published."""
    modified: tuple[date, ...]
    """The day of each story's last correction, or else of the issue."""

    @property
    def mark(self) -> str:
        """Digest of the value."""
        return fingerprint(self)


class Recording(NamedTuple):
    """The file of a recording (录音), and by what it is known to be replaced."""

    name: str
    """Relative to the content and to the output: audio/0255/linli.mp3."""
    size: int
    changed: int


class Entry(NamedTuple):
    """An issue without its text (总目的一条): what order, checks and the page plan need.

    It is made of plain values only, and lists of words are one string with spaces between: every build loads every
    entry.
    """

    source: str
    stat: tuple[int, ...]
    """Of its file when it was read; empty where the file had changed too lately to be known by it."""
    text: str
    """Digest of the file's bytes."""
    words: str
    """Mark of the paper's own words, with which it was read."""
    mark: str
    """Digest of the issue's value."""
    listed: str
    """Digest of its contents, which stays when a text is mended."""
    searched: str
    """Digest of what the search has of it."""
    total_issue: int
    issue: int
    day: str
    """Its date, 2023-06-07."""
    status: Status
    slugs: str
    headlines: str
    """Plain, a line for each story."""
    topics: str
    """Names of its stories' topics, a line for each story."""
    withdrawn: str
    """Slugs of its stories that were withdrawn."""
    withdrawn_topics: str
    """Names of their topics."""
    corrections: tuple[tuple[str, str, str, str], ...]
    """Of each: slug and headline of the story, day, text."""
    dated: tuple[tuple[str, int], ...]
    """Day and line of each correction and withdrawal."""
    recordings: tuple[tuple[str, int], ...]
    """File of each, and the line of its story's headline."""
    pictures: tuple[tuple[str, int], ...]
    """File and line of each."""
    attachments: tuple[tuple[str, int], ...]
    """File of each, and the line of the link to it."""
    links: tuple[tuple[str, str, int], ...]
    """Kind, address and line of each other link."""
    aliases: tuple[tuple[str, int], ...]
    accepted: tuple[str, ...]
    found: tuple[tuple[int, str, str], ...]
    """Line, code and message of each problem that the file shows by itself."""
    lines: str
    """Line of each front matter key: `issue:2 total_issue:3`."""

    @property
    def url(self) -> str:
        return issue_address(self.total_issue)

    @property
    def year(self) -> int:
        return int(self.day[:4])

    @property
    def problems(self) -> list[Problem]:
        return [Problem(self.source, *found) for found in self.found]

    @property
    def urls(self) -> list[str]:
        """Addresses of its stories, in printed order, then of those that were withdrawn."""
        return [article_address(self.total_issue, slug) for slug in f"{self.slugs} {self.withdrawn}".split()]

    def line(self, key: str) -> int:
        """Line of a front matter key."""
        lines = dict(pair.split(":") for pair in self.lines.split())
        return int(lines.get(key, 1))

    @classmethod
    def of(cls, issue: Issue, contents: Contents, stat: tuple[int, ...], text: str, words: str = "") -> "Entry":
        """The entry of an issue; `stat` and the digest `text` are of its file, `words` is the segmenter's mark."""
        articles = issue.articles
        return cls(
            source=issue.source,
            stat=stat,
            text=text,
            words=words,
            mark=issue.mark,
            listed=contents.mark,
            searched=fingerprint(issue.folio.issue, [article.searched for article in articles]),
            total_issue=issue.folio.total_issue,
            issue=issue.folio.issue,
            day=issue.folio.date.isoformat(),
            status=issue.folio.status,
            slugs=" ".join(article.slug for article in articles),
            headlines="\n".join(article.headline.plain for article in articles),
            topics="\n".join(" ".join(article.topics) for article in articles),
            withdrawn=" ".join(story.slug for story in issue.withdrawn),
            withdrawn_topics=" ".join(name for story in issue.withdrawn for name in story.topics),
            corrections=tuple(
                (article.slug, article.headline.plain, correction.date.isoformat(), correction.text)
                for article in articles
                for correction in article.corrections
            ),
            dated=tuple((notice.date.isoformat(), notice.line) for notice in issue.notices),
            recordings=tuple((article.audio, article.line_of("audio")) for article in articles if article.audio),
            pictures=tuple((picture.file, picture.line) for picture in issue.pictures if picture.file),
            attachments=tuple((link.address, link.line) for link in issue.links if link.kind == "file"),
            links=tuple((link.kind, link.address, link.line) for link in issue.links if link.kind != "file"),
            aliases=tuple(
                [(alias, article.line_of("aliases")) for article in articles for alias in article.aliases]
                + [(alias, story.line) for story in issue.withdrawn for alias in story.aliases]
            ),
            accepted=issue.accepted,
            found=tuple((problem.line, problem.code, problem.message) for problem in issue.found),
            lines=" ".join(f"{key}:{line}" for key, line in issue.lines.items()),
        )
