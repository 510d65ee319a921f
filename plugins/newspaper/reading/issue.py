"""One file of Markdown → one Issue, and what in it could not be read. Reads nothing but the text it is given."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markdown_it.token import Token

from plugins.newspaper.addresses import article_address, former_address, number_in, picture_folder
from plugins.newspaper.fields import MASTHEAD, PLACED
from plugins.newspaper.links import Link, refusal
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
    shown_notes,
)
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.accepted import read_accepted
from plugins.newspaper.reading.body import dateline_of, opening_byline, set_apart, summary_of, without_byline
from plugins.newspaper.reading.byline import byline_of
from plugins.newspaper.reading.form import proper_form
from plugins.newspaper.reading.front_matter import FrontMatter, read_front_matter, split_front_matter
from plugins.newspaper.reading.markup import figures_of, links_in, markdown, picture_of, plain_text, render
from plugins.newspaper.reading.notices import notices_of, whole_withdrawal, withdrawn_story
from plugins.newspaper.reading.sections import Banner, RawStory, Sections, one_line, read_sections
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.to_verify import MARK, doubt_in

Text = tuple[tuple[int, str], ...]
"""Line and plain text of a story's headline and of each paragraph."""


class Reading(NamedTuple):
    """What a file gave: an issue, or None where its header does not allow one; and what could not be read.

    checking/ says whether it is fit to print. The other fields are for its rules: what an Issue does not hold, and the
    articles even where there is no Issue.
    """

    source: str
    issue: Issue | None
    problems: tuple[Problem, ...]
    text: str = ""
    """The file as its editor wrote it, lines ended as here; marks of what is to be verified are empty lines."""
    text_line: int = 0
    """The line on which the text begins, below the header; 0 where there is no header, and nothing more was read."""
    banners: tuple[Banner, ...] = ()
    """Every banner, also one without a story."""
    ear: str = ""
    """报眼, as the issue has it."""
    articles: tuple[Article, ...] = ()
    """Every story, also one that is withdrawn, which the issue has without its text."""
    withdrawals: tuple[Withdrawal | None, ...] = ()
    """Of each article."""
    texts: tuple[Text, ...] = ()
    """Of each article."""
    to_verify: Text = ()
    """待核: line and words of each mark."""


def read_issue(text: str, source: str, segmenter: Segmenter | None = None) -> Reading:
    """Read one issue. Raises nothing, whatever the text."""
    segmenter = segmenter or Segmenter()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, to_verify = _without_marks(text) if MARK in text else (text, ())
    header, body, offset = split_front_matter(text)
    if header is None:
        message = "文件开头要有文首信息：第一行“---”，逐行写期号、总期号、日期、农历、准印证号，再一行“---”"
        problem = Problem(source, 1, "no-front-matter", message)
        return Reading(source, None, (problem,), text, to_verify=to_verify)
    front, problems = read_front_matter(header, source)
    form = proper_form(body, offset + 1)
    # Blank lines in place of the header keep every token's line the file's own.
    found = read_sections(markdown().parse("\n" * offset + form.text), source)
    total = front.values.setdefault("total_issue", number_in(source))
    day = front.values.get("date", date.min)
    withdrawals, corrections = notices_of(found)
    texts = tuple(map(_text, found.stories))
    raw = zip(found.stories, corrections, texts, strict=True)
    articles = tuple(_article(*story, total, day, segmenter) for story in raw)
    ear = render(found.ear, picture_folder(total))
    links = _links(found, withdrawals)
    return Reading(
        source=source,
        issue=_issue(front, found, ear, articles, withdrawals, links),
        problems=(*problems, *(Problem(source, *fault) for fault in form.faults), *found.problems),
        text=text,
        text_line=offset + 1,
        banners=tuple(found.banners),
        ear=ear,
        articles=articles,
        withdrawals=withdrawals,
        texts=texts,
        to_verify=to_verify,
    )


def _without_marks(text: str) -> tuple[str, Text]:
    """The text with empty lines in place of its marks of what is to be verified, and these."""
    lines = text.split("\n")
    doubts = [(number, doubt) for number, line in enumerate(lines, 1) if (doubt := doubt_in(line)) is not None]
    for number, _ in doubts:
        lines[number - 1] = ""
    return "\n".join(lines), tuple(doubts)


def _issue(
    front: FrontMatter,
    found: Sections,
    ear: str,
    articles: tuple[Article, ...],
    withdrawals: tuple[Withdrawal | None, ...],
    links: tuple[Link, ...],
) -> Issue:
    whole = whole_withdrawal(front.values.get("status"), withdrawals)
    stories = list(zip(articles, [withdrawal or whole for withdrawal in withdrawals], strict=True))
    entered = front.values.get("accepted", {})
    accepted = {code: reason for code, (reason, _) in entered.items()}
    return Issue(
        folio=_folio(front, accepted, "withdrawn" if whole else front.values.get("status", "published")),
        masthead={key: front.values[key] for key in MASTHEAD if key in front.values},
        ear="" if whole else ear,
        ear_pictures=() if whole else _pictures(found.ear, 1),
        sections=_sections([article for article, withdrawal in stories if not withdrawal]),
        notes=shown_notes(accepted.values()),
        accepted=tuple(accepted),
        front_matter={key: value for key, value in front.values.items() if key not in PLACED},
        withdrawal=whole,
        withdrawn=tuple(withdrawn_story(article, withdrawal) for article, withdrawal in stories if withdrawal),
        source=found.source,
        links=() if whole else links,
        lines=front.lines | {f"accepted.{code}": line for code, (_, line) in entered.items()},
    )


def _links(found: Sections, withdrawals: Sequence[Withdrawal | None]) -> tuple[Link, ...]:
    """The links of what stands, less those that no reader may be sent to, which are problems."""
    links: list[Link] = []
    for body, withdrawal in [
        (found.ear, None),
        *zip([story.body for story in found.stories], withdrawals, strict=True),
    ]:
        for link in links_in(body):
            if refused := refusal(link):
                found.problems.append(Problem(found.source, link.line, "link", refused))
            elif not withdrawal:
                links.append(link)
    return tuple(links)


def _folio(front: FrontMatter, accepted: Mapping[str, str], status: Status) -> Folio:
    """What the header does not say is 0, empty, or the first day of all: there is a problem of it, and no page."""
    values = front.values
    return Folio(
        total_issue=values["total_issue"],
        issue=values.get("issue", 0),
        date=values.get("date", date.min),
        lunar_date=values.get("lunar_date", ""),
        approval_code=values.get("approval_code", ""),
        status=status,
        lunar_note="".join(shown_notes([accepted.get("lunar-date", "")])),
    )


def _sections(articles: Sequence[Article]) -> tuple[Section, ...]:
    """The articles under their banners."""
    return tuple(
        Section(banner, tuple(under)) for banner, under in groupby(articles, key=lambda article: article.banner)
    )


def _article(
    story: RawStory, corrections: tuple[Correction, ...], text: Text, total: int, day: date, segmenter: Segmenter
) -> Article:
    fields = story.fields
    body, byline = without_byline(story.body)
    if "byline" in fields:
        said = byline_of(fields["byline"])
        # What the text says besides stays in the text, where the editor sees it.
        body, byline = body if said.names == byline.names else story.body, said
    elif not byline.people:
        byline = opening_byline(body)
    set_apart(body)
    dateline = fields.get("dateline", "") or dateline_of(body)
    slug = fields.get("slug", "")
    topics = tuple(dict.fromkeys(_words(fields.get("topics", ""))))
    accepted = read_accepted(fields.get("accepted", ""))
    return Article(
        url=article_address(total, slug),
        headline=_headline(story, text, (*topics, *byline.names), segmenter),
        date=day,
        dateline=dateline,
        summary=summary_of(body, dateline),
        byline=byline,
        slug=slug,
        total_issue=total,
        banner=segmenter.banner(story.banner),
        topics=topics,
        body=render(body, picture_folder(total)),
        pictures=_pictures(story.body, story.line),
        audio=fields.get("audio", ""),
        aliases=tuple(map(former_address, _words(fields.get("aliases", "")))),
        corrections=corrections,
        accepted=accepted,
        notes=accepted.notes,
        line=story.line,
        lines=story.lines,
    )


def _headline(story: RawStory, text: Text, own: tuple[str, ...], segmenter: Segmenter) -> Headline:
    """The headline group in its words; `own` are words of the story."""
    said = "\n".join([paragraph for _, paragraph in text[1:]])
    return Headline(
        tuple(segmenter.words(line, own, said) for line in _lines(story.heading)),
        segmenter.words(one_line(story.fields.get("kicker", "")), own, said),
        segmenter.words(one_line(story.fields.get("deck", "")), own, said),
    )


def _pictures(tokens: Sequence[Token], line: int) -> tuple[Picture, ...]:
    """The pictures of a text: those that are alone in their paragraph first."""
    figures: list[Picture] = []
    within: list[Picture] = []
    for token in tokens:
        if token.type != "inline" or "![" not in token.content:
            continue
        if alone := figures_of(token):
            figures += alone
        else:
            images = [child for child in token.children or () if child.type == "image"]
            within += [picture_of(image, _line(token, line)) for image in images]
    return (*figures, *within)


def _text(story: RawStory) -> Text:
    paragraphs = [(_line(token, story.line), plain_text(token)) for token in story.body if token.type == "inline"]
    return ((story.line, "".join(_lines(story.heading))), *paragraphs)


def _line(token: Token, default: int) -> int:
    return token.map[0] + 1 if token.map else default


def _lines(heading: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in heading.split("|") if line.strip())


def _words(text: str) -> list[str]:
    """The words of a field that may have several."""
    return [word for word in re.split(r"[、，,;；\s]+", text) if word]
