"""The text of a story (正文): its byline taken out, its dateline and opening found, and what has a look of its own."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.model import Byline
from plugins.newspaper.reading.byline import CIRCLES, read_byline
from plugins.newspaper.reading.markup import figures_of, plain_text

SUMMARY_LENGTH = 120
EDITORS_NOTE = "editors-note"
SIGNATURE = "signature"
"""Classes of paragraphs."""

_DATELINE = re.compile(rf"{HANZI}{{2,8}}讯[ 　]*(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?=[，, 　])")
_SIGNED_OPENING = re.compile(rf"{HANZI}{{2,8}}[讯电][ 　]*[（(]([^（()）]{{2,60}})[）)]")
_ENDS = tuple("。！？!?…”’》）")
"""End a text, and may stand before a byline in the same line."""
_SENTENCE = re.compile(r"[^。！？!?；]*(?:[。！？!?；]+[”’）》]*|…{1,2}|$)")
_NOTE = re.compile(r"[【\[（(〔*]*(?:编者按|编者的话|编者注|编后语?)(?:[】\])）〕：:　 *]+(?P<text>.)?|$)")
_DATE = re.compile(
    r"(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}日)?"
)
_SENTENCE_MARKS = re.compile("[。！？；，：、!?;:0-9]")
LONGEST_SIGNATURE = 24
"""Characters of a line that signs a letter."""


def without_byline(body: list[Token]) -> tuple[list[Token], Byline]:
    """The body less its byline: （阮现武 董浩） alone or at the end of the text, or ○ 秦书瑶 at its end or beginning."""
    if len(body) < 3:
        return body, Byline()
    for start in (len(body) - 3, 0):
        if body[start].type == "paragraph_open" and body[start + 1].content.startswith(CIRCLES):
            byline = read_byline(body[start + 1].content[1:])
            if byline:
                return [*body[:start], *body[start + 3 :]], byline
    if body[-1].type != "paragraph_close" or body[-2].level != 1:
        return body, Byline()
    inline = body[-2]
    children = inline.children or []
    text = children[-1].content.rstrip() if children and children[-1].type == "text" else ""
    start = max(text.rfind("（"), text.rfind("("))
    if start < 0 or text[-1] not in "）)":
        return body, Byline()
    before = text[:start].rstrip()
    alone = len(children) == 1 and not before
    if not alone and before[-1:] not in _ENDS:
        return body, Byline()
    byline = read_byline(text[start + 1 : -1])
    if byline is None:
        return body, Byline()
    if alone:
        return body[:-3], byline
    return [*body[:-2], _with_last_text(inline, before), body[-1]], byline


def opening_byline(body: list[Token]) -> Byline:
    """Who is named in the opening, 伊滨讯（记者 白璐）6月1日: it is printed there, and so nowhere else."""
    match = _SIGNED_OPENING.match(_opening(body))
    named = read_byline(match[1]) if match else None
    return Byline("", named.people) if named else Byline()


def _with_last_text(inline: Token, content: str) -> Token:
    children = list(inline.children or ())
    children[-1] = children[-1].copy(content=content)
    return inline.copy(children=children, content=content)


def _paragraphs(body: list[Token]) -> Iterator[str]:
    """The text, less pictures, quotations and what has a look of its own."""
    for before, token in pairwise(body):
        if before.type == "paragraph_open" and before.level == 0 and not before.attrs and not figures_of(token):
            yield plain_text(token)


def _opening(body: list[Token]) -> str:
    """The first paragraph, but for a salutation."""
    return next((text for text in _paragraphs(body) if not _is_salutation(text)), "")


def _is_salutation(text: str) -> bool:
    """读者朋友们："""
    return text.endswith(("：", ":")) and len(text) <= LONGEST_SIGNATURE


def dateline_of(body: list[Token]) -> str:
    match = _DATELINE.match(_opening(body))
    return re.sub(r"[ 　]+", " ", match[0]) if match else ""


def summary_of(body: list[Token], dateline: str) -> str:
    """The opening in whole sentences, at most SUMMARY_LENGTH characters; a longer first sentence is cut at a comma."""
    text = _opening(body)
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


def set_apart(body: list[Token]) -> None:
    """Mark an editor's note (编者按) and the lines that sign a letter (落款), so that they look like what they are."""
    label_alone = False
    for place, token in enumerate(body):
        if token.type != "inline" or not (label_alone or "编" in token.content[:6]):
            continue
        note = _NOTE.match(token.content)
        opening = body[place - 2] if place > 1 and body[place - 2].type == "blockquote_open" else body[place - 1]
        if opening.level == 0 and (note or label_alone):
            opening.attrSet("class", EDITORS_NOTE)
            label_alone = note is not None and not note["text"]
    for opening in _signature(body):
        opening.attrSet("class", SIGNATURE)


def _signature(body: list[Token]) -> list[Token]:
    """The last lines of a letter or a notice: who signs it and when, after 编辑部, with a date, or below a salutation."""
    signing: list[Token] = []
    texts: list[str] = []
    for place in range(len(body) - 3, 2, -3):
        if body[place].type != "paragraph_open" or len(body[place + 1].content) > 2 * LONGEST_SIGNATURE:
            break
        text = plain_text(body[place + 1])
        dated = _DATE.fullmatch(text) is not None
        if not text or len(texts) == 3 or len(text) > LONGEST_SIGNATURE or (not dated and _SENTENCE_MARKS.search(text)):
            break
        signing.append(body[place])
        texts.append(text)
    if not texts:
        return []
    if _DATE.fullmatch(texts[0]) or _is_salutation(next(_paragraphs(body), "")):
        return signing
    return signing[:1] if texts[0].strip("（）()").endswith("编辑部") else []
