"""One file of Markdown → one Issue, and what in it could not be read. Reads nothing but the text it is given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from markdown_it.token import Token

from plugins.newspaper.addresses import article_address, former_address, picture_folder
from plugins.newspaper.fields import MASTHEAD, PLACED, REQUIRED
from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.model import (
    Article,
    Correction,
    Folio,
    Headline,
    Issue,
    Picture,
    Section,
    Status,
    Withdrawal,
    WithdrawnStory,
)
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.front_matter import FrontMatter, read_front_matter, split_front_matter
from plugins.newspaper.reading.markup import figure_of, markdown, picture_of, plain_text, render
from plugins.newspaper.reading.notices import UnreadNotice, read_correction, read_withdrawal
from plugins.newspaper.reading.sections import Banner, RawStory, Sections, read_sections

SUMMARY_LENGTH = 120

_DATELINE = re.compile(rf"{HANZI}{{2,8}}讯[ 　]*(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?=[，, 　])")
_NAMES = rf"(?:{HANZI}|·){{2,6}}|{HANZI}　+{HANZI}"
_BYLINE = re.compile(rf"(?P<text>.*?)[（(](?P<names>(?:{_NAMES})(?:[ 　、]+(?:{_NAMES}))*)[）)]", re.S)
_SENTENCE = re.compile(r"[^。！？!?；]*(?:[。！？!?；]+[”’）》]*|…{1,2}|$)")


class Reading(NamedTuple):
    """What a file gave: an issue, or None where its header does not allow one; and what could not be read.

    checking/ says whether it is fit to print. The other fields are for its rules: what an Issue does not hold, and the
    articles even where there is no Issue.
    """

    source: str
    issue: Issue | None
    problems: tuple[Problem, ...]
    text_line: int = 0
    """The line on which the text begins, below the header; 0 where there is no header, and nothing more was read."""
    banners: tuple[Banner, ...] = ()
    """Every banner, also one without a story."""
    articles: tuple[Article, ...] = ()
    """Every story, also one that is withdrawn, which the issue has without its text."""
    withdrawals: tuple[Withdrawal | None, ...] = ()
    """Of each article."""
    texts: tuple[tuple[tuple[int, str], ...], ...] = ()
    """Of each article, line and plain text of its headline and of each paragraph."""


def read_issue(text: str, source: str) -> Reading:
    """Read one issue. Raises nothing, whatever the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header, body, offset = split_front_matter(text)
    if header is None:
        message = "文件开头要有文首信息：第一行“---”，逐行写期号、总期号、日期、农历、准印证号，再一行“---”"
        return Reading(source, None, (Problem(source, 1, "no-front-matter", message),))
    front, problems = read_front_matter(header, source)
    # Blank lines in place of the header keep every token's line the file's own.
    found = read_sections(markdown().parse("\n" * offset + body), source)
    total = front.values.get("total_issue", 0)
    day = front.values.get("date", date.min)
    withdrawals, corrections = _notices(found)
    articles = tuple(_article(*raw, total, day) for raw in zip(found.stories, corrections, strict=True))
    return Reading(
        source=source,
        issue=_issue(front, found, articles, withdrawals),
        problems=(*problems, *found.problems),
        text_line=offset + 1,
        banners=tuple(found.banners),
        articles=articles,
        withdrawals=withdrawals,
        texts=tuple(map(_text, found.stories)),
    )


_Corrections = tuple[Correction, ...]


def _notices(found: Sections) -> tuple[tuple[Withdrawal | None, ...], tuple[_Corrections, ...]]:
    """Of each story, since when it is withdrawn, and its corrections in the order of their days."""
    withdrawals: list[Withdrawal | None] = []
    corrections: list[_Corrections] = []
    for story in found.stories:
        withdrawal, corrected = None, list[Correction]()
        for notice in story.notices:
            try:
                if notice.key == "status":
                    withdrawal = read_withdrawal(f":{notice.word}: ", notice.text, notice.line)
                else:
                    corrected.append(read_correction(f":{notice.word}: ", notice.text, notice.line))
            except UnreadNotice as unread:
                found.problems.append(Problem(found.source, notice.line, unread.code, str(unread)))
        withdrawals.append(withdrawal)
        corrections.append(tuple(sorted(corrected, key=lambda correction: correction.date)))
    return tuple(withdrawals), tuple(corrections)


def _issue(
    front: FrontMatter, found: Sections, articles: tuple[Article, ...], withdrawals: tuple[Withdrawal | None, ...]
) -> Issue | None:
    if any(key not in front.values for key in REQUIRED):
        return None
    whole = _whole_withdrawal(front, withdrawals)
    stories = list(zip(articles, [withdrawal or whole for withdrawal in withdrawals], strict=True))
    entered = front.values.get("accepted", {})
    accepted = {code: reason for code, (reason, _) in entered.items()}
    return Issue(
        folio=_folio(front, accepted, "withdrawn" if whole else front.values.get("status", "published")),
        masthead={key: front.values[key] for key in MASTHEAD if key in front.values},
        ear="" if whole else render(found.ear, picture_folder(front.values["total_issue"])),
        sections=_sections([article for article, withdrawal in stories if not withdrawal]),
        accepted=accepted,
        front_matter={key: value for key, value in front.values.items() if key not in PLACED},
        withdrawal=whole,
        withdrawn=tuple(_withdrawn(article, withdrawal) for article, withdrawal in stories if withdrawal),
        source=found.source,
        lines=front.lines | {f"accepted.{code}": line for code, (_, line) in entered.items()},
    )


def _whole_withdrawal(front: FrontMatter, withdrawals: Sequence[Withdrawal | None]) -> Withdrawal | None:
    """Since when the whole issue is withdrawn: as its status says, or because no story of it stands any more."""
    status = front.values.get("status")
    if isinstance(status, Withdrawal):
        return status
    each = [withdrawal for withdrawal in withdrawals if withdrawal]
    if status == "draft" or not each or len(each) < len(withdrawals):
        return None
    last = max(each, key=lambda withdrawal: withdrawal.date)
    return replace(last, reason="；".join(dict.fromkeys(withdrawal.reason for withdrawal in each)))


def _withdrawn(article: Article, withdrawal: Withdrawal) -> WithdrawnStory:
    return WithdrawnStory(
        url=article.url,
        slug=article.slug,
        headline=article.headline.plain,
        withdrawal=withdrawal,
        topics=article.topics,
        aliases=article.aliases,
        line=article.line,
    )


def _folio(front: FrontMatter, accepted: Mapping[str, str], status: Status) -> Folio:
    values = front.values
    return Folio(
        total_issue=values["total_issue"],
        issue=values["issue"],
        date=values["date"],
        lunar_date=values["lunar_date"],
        approval_code=values["approval_code"],
        status=status,
        lunar_note=accepted.get("lunar-date", ""),
    )


def _sections(articles: Sequence[Article]) -> tuple[Section, ...]:
    """The articles under their banners."""
    return tuple(
        Section(banner, tuple(under)) for banner, under in groupby(articles, key=lambda article: article.banner)
    )


def _article(story: RawStory, corrections: tuple[Correction, ...], total: int, day: date) -> Article:
    fields = story.fields
    body, byline = _without_byline(story.body)
    dateline = fields.get("dateline", "") or _dateline(body)
    slug = fields.get("slug", "")
    return Article(
        url=article_address(total, slug),
        headline=Headline(_lines(story.heading), fields.get("kicker", ""), fields.get("deck", "")),
        date=day,
        dateline=dateline,
        summary=_summary(body, dateline),
        byline=_names(fields["byline"]) if "byline" in fields else byline,
        slug=slug,
        total_issue=total,
        banner=story.banner,
        topics=tuple(dict.fromkeys(_words(fields.get("topics", "")))),
        body=render(body, picture_folder(total)),
        pictures=_pictures(story),
        audio=fields.get("audio", ""),
        aliases=tuple(map(former_address, _words(fields.get("aliases", "")))),
        corrections=corrections,
        line=story.line,
        lines=story.lines,
    )


def _pictures(story: RawStory) -> tuple[Picture, ...]:
    """The story's pictures: those that are alone in their paragraph first."""
    figures: list[Picture] = []
    within: list[Picture] = []
    for token in story.body:
        if token.type != "inline" or "![" not in token.content:
            continue
        if figure := figure_of(token):
            figures.append(figure)
        else:
            images = [child for child in token.children or () if child.type == "image"]
            within += [picture_of(image, _line(token, story.line)) for image in images]
    return (*figures, *within)


def _text(story: RawStory) -> tuple[tuple[int, str], ...]:
    """Line and plain text of the headline and of each paragraph."""
    paragraphs = [(_line(token, story.line), plain_text(token)) for token in story.body if token.type == "inline"]
    return ((story.line, "".join(_lines(story.heading))), *paragraphs)


def _line(token: Token, default: int) -> int:
    return token.map[0] + 1 if token.map else default


def _lines(heading: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in heading.split("|") if line.strip())


def _words(text: str) -> list[str]:
    """The words of a field that may have several."""
    return [word for word in re.split(r"[、，,;；\s]+", text) if word]


def _names(text: str) -> tuple[str, ...]:
    """Names as a byline prints them; a wide space inside a two-character name (张　三) goes."""
    names: list[str] = []
    for piece in re.split(r"[ 、，]+", text.strip(" （）()")):
        parts = [part for part in piece.split("　") if part]
        names += ["".join(parts)] if all(len(part) == 1 for part in parts) else parts
    return tuple(name for name in names if name)


def _without_byline(body: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The body less its closing byline, `（阮现武 董浩）` alone or at the end of the last paragraph; and the names."""
    if len(body) < 3 or body[-1].type != "paragraph_close" or body[-2].level != 1:
        return body, ()
    inline = body[-2]
    children = inline.children or []
    if not children or children[-1].type != "text":
        return body, ()
    last = children[-1]
    match = _BYLINE.fullmatch(last.content.rstrip())
    if not match:
        return body, ()
    alone = len(children) == 1 and not match["text"].strip()
    if not alone and not re.search(r"[。！？…”]\s*$", match["text"]):
        return body, ()
    names = _names(match["names"])
    if alone:
        return (body[:-3], names) if len(body) > 3 else (body, names)
    return [*body[:-2], _with_last_text(inline, match["text"].rstrip()), body[-1]], names


def _with_last_text(inline: Token, content: str) -> Token:
    children = list(inline.children or ())
    children[-1] = children[-1].copy(content=content)
    return inline.copy(children=children, content=content)


def _first_paragraph(body: list[Token]) -> str:
    for before, token in pairwise(body):
        if before.type == "paragraph_open" and before.level == 0 and not figure_of(token):
            return plain_text(token).replace("\n", "")
    return ""


def _dateline(body: list[Token]) -> str:
    match = _DATELINE.match(_first_paragraph(body))
    return re.sub(r"[ 　]+", " ", match[0]) if match else ""


def _summary(body: list[Token], dateline: str) -> str:
    """The opening in whole sentences, at most SUMMARY_LENGTH characters; a longer first sentence is cut at a comma."""
    text = _first_paragraph(body)
    if dateline and (match := _DATELINE.match(text)):
        text = text[match.end() :].lstrip("，, 　")
    summary = ""
    for sentence in _SENTENCE.findall(text):
        if len(summary) + len(sentence) > SUMMARY_LENGTH:
            break
        summary += sentence
    if summary or not text:
        return summary.strip()
    cut = text[: SUMMARY_LENGTH - 2]
    return cut[: max(cut.rfind("，"), cut.rfind("、"))] + "……" if "，" in cut or "、" in cut else cut + "……"
