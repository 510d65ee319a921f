"""One file of Markdown → one Issue and its Problems; reads nothing but the text it is given."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from plugins.newspaper.addresses import PRINT, article_address, former_address, is_former_address, picture_folder
from plugins.newspaper.fields import MASTHEAD, PLACED, REQUIRED
from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.model import Article, Folio, Headline, Issue, Section
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.front_matter import FrontMatter, read_front_matter, split_front_matter
from plugins.newspaper.reading.markup import figure_of, markdown, picture_of, plain_text, render
from plugins.newspaper.reading.sections import RawStory, read_sections

SUMMARY_LENGTH = 120

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATELINE = re.compile(rf"{HANZI}{{2,8}}讯[ 　]*(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?=[，, 　])")
_NAMES = rf"(?:{HANZI}|·){{2,6}}|{HANZI}　+{HANZI}"
_BYLINE = re.compile(rf"(?P<text>.*?)[（(](?P<names>(?:{_NAMES})(?:[ 　、]+(?:{_NAMES}))*)[）)]", re.S)
_SENTENCE = re.compile(r"[^。！？!?；]*(?:[。！？!?；]+[”’）》]*|…{1,2}|$)")


class Reading(NamedTuple):
    """What a file gave: an issue, or None where its header does not allow one, and every problem."""

    issue: Issue | None
    problems: tuple[Problem, ...]
    """What could not be read as it was meant; what the paper's rules say of an issue is found by checking/."""
    texts: tuple[tuple[tuple[int, str], ...], ...] = ()
    """Of each story, line and plain text of its headline and of each paragraph: what checks read."""


def read_issue(text: str, source: str) -> Reading:
    """Read one issue. Raises nothing, whatever the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header, body, offset = split_front_matter(text)
    if header is None:
        message = "文件开头要有文首信息：第一行“---”，逐行写期号、总期号、日期、农历、准印证号，再一行“---”"
        return Reading(None, (Problem(source, 1, "no-front-matter", message),))
    front, problems = read_front_matter(header, source)
    # Blank lines in place of the header keep every token's line the file's own.
    tokens = markdown().parse("\n" * offset + body)
    ear, stories, found = read_sections(tokens, source)
    problems += found
    if not stories:
        problems.append(Problem(source, offset + 1, "no-story", "这一期没有稿件；每篇稿件以“### 标题”开头"))
    total = front.values.get("total_issue", 0)
    day = front.values.get("date", date.min)
    accepted = {code: reason for code, (reason, _) in front.values.get("accepted", {}).items()}
    articles: list[Article] = []
    slugs: dict[str, int] = {}
    for story in stories:
        article, found = _read_story(story, source, total, day)
        problems += found
        first = slugs.setdefault(article.slug, story.line)
        if article.slug and first != story.line:
            message = f"短名“{article.slug}”与第 {first} 行的稿件相同，请改一个"
            problems.append(Problem(source, story.fields["slug"][1], "repeated-slug", message))
        articles.append(article)
    if any(key not in front.values for key in REQUIRED):
        return Reading(None, tuple(problems))
    issue = Issue(
        folio=_folio(front, accepted),
        masthead={key: front.values[key] for key in MASTHEAD if key in front.values},
        ear=render(ear, picture_folder(total)),
        sections=_sections(articles),
        accepted=accepted,
        front_matter={key: value for key, value in front.values.items() if key not in PLACED},
        source=source,
        lines=front.lines | {f"accepted.{code}": line for code, (_, line) in front.values.get("accepted", {}).items()},
    )
    return Reading(issue, tuple(problems), tuple(map(_text, stories)))


def _folio(front: FrontMatter, accepted: Mapping[str, str]) -> Folio:
    values = front.values
    return Folio(
        total_issue=values["total_issue"],
        issue=values["issue"],
        date=values["date"],
        lunar_date=values["lunar_date"],
        approval_code=values["approval_code"],
        status=values.get("status", "published"),
        lunar_note=accepted.get("lunar-date", ""),
    )


def _sections(articles: list[Article]) -> tuple[Section, ...]:
    sections: list[Section] = []
    for article in articles:
        if sections and sections[-1].banner == article.banner:
            sections[-1] = Section(article.banner, (*sections[-1].articles, article))
        else:
            sections.append(Section(article.banner, (article,)))
    return tuple(sections)


def _read_story(
    story: RawStory,
    source: str,
    total: int,
    day: date,
) -> tuple[Article, list[Problem]]:
    fields = {key: value for key, (value, _) in story.fields.items()}
    problems: list[Problem] = []
    headline = Headline(_lines(story.heading), fields.get("kicker", ""), fields.get("deck", ""))
    paragraphs = [token for token in story.body if token.type == "inline"]
    body, byline = _without_byline(story.body)
    dateline = fields.get("dateline", "") or _dateline(body)
    pictures = [figure for token in paragraphs if (figure := figure_of(token))]
    pictures += [
        picture_of(child, _line(token, story.line))
        for token in paragraphs
        if not figure_of(token)
        for child in token.children or ()
        if child.type == "image"
    ]
    for picture in pictures:
        if "/" in picture.file or "\\" in picture.file or ":" in picture.file:
            message = f"图片“{picture.file}”应只写文件名，文件放进 content/{picture_folder(total)}/"
            problems.append(Problem(source, picture.line, "picture-address", message))
    if re.search(r"[/\\:]", fields.get("audio", "")):
        message = f"录音“{fields['audio']}”应只写文件名，文件放进 content/audio/{total:04}/"
        problems.append(Problem(source, story.fields["audio"][1], "audio-address", message))
    if not story.body:
        message = f"《{headline.plain}》没有正文"
        problems.append(Problem(source, story.line, "no-body", message))
    slug = fields.get("slug", "")
    problems += _slug_problems(story, slug, headline.plain, source)
    topics = [name for name in re.split(r"[、，,;；\s]+", fields.get("topics", "")) if name]
    article = Article(
        url=article_address(total, slug),
        headline=headline,
        date=day,
        dateline=dateline,
        summary=_summary(body, dateline),
        byline=_names(fields["byline"]) if "byline" in fields else byline,
        slug=slug,
        total_issue=total,
        banner=story.banner,
        topics=tuple(dict.fromkeys(topics)),
        body=render(body, picture_folder(total)),
        pictures=tuple(pictures),
        aliases=tuple(former_address(alias) for alias in re.split(r"[、，,\s]+", fields.get("aliases", "")) if alias),
        audio=fields.get("audio", ""),
        line=story.line,
        topics_line=story.fields["topics"][1] if topics else story.line,
    )
    for alias in article.aliases:
        if not is_former_address(alias):
            message = f"旧址“{alias}”应写成 /issues/255/linli-zhongxin/ 的样子"
            problems.append(Problem(source, story.fields["aliases"][1], "alias", message))
    return article, problems


def _text(story: RawStory) -> tuple[tuple[int, str], ...]:
    """Line and plain text of the headline and of each paragraph."""
    paragraphs = [(_line(token, story.line), plain_text(token)) for token in story.body if token.type == "inline"]
    return ((story.line, "".join(_lines(story.heading))), *paragraphs)


def _slug_problems(story: RawStory, slug: str, headline: str, source: str) -> list[Problem]:
    if not slug:
        from pypinyin import lazy_pinyin  # 40 ms that only an editor's slip should cost

        syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(headline)).lower())
        message = f"缺短名；请在标题下一行写“:slug: {'-'.join(syllables[:4]) or 'duanming'}”（定了就不再改）"
        return [Problem(source, story.line, "no-slug", message)]
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        message = f"短名“{slug}”只能用小写字母、数字和连字符，如 linli-zhongxin，不超过 60 个字符"
        return [Problem(source, story.fields["slug"][1], "slug", message)]
    if slug == PRINT:
        message = f"短名“{PRINT}”留给整期的打印页，请换一个"
        return [Problem(source, story.fields["slug"][1], "slug", message)]
    return []


def _line(token: Token, default: int) -> int:
    return token.map[0] + 1 if token.map else default


def _lines(heading: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in heading.split("|") if line.strip())


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
