"""What a paragraph is by its own form: a byline, a caption, a crosshead, prose, or a short line that may be any."""

import re
from typing import Literal

from plugins.importing.marks_of_jumps import ONWARD
from plugins.importing.neutral import Paragraph
from plugins.newspaper.reading.byline import CIRCLES, read_byline

LineKind = Literal["head", "short", "prose", "byline", "caption", "numbered", "picture", "table", "rule"]

LONGEST_HEADLINE = 40
LONGEST_WITH_COMMA = 28
_STOPS = re.compile("[。；;]|[！？!?](?=.*[，,。])")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s*\S{2,30}")
_CAPTION = re.compile(r"[（(]?[▲△↑↓←→◀▶上下左右本题组]{0,2}(?:图(?:[为是①-⑨一二三：:]|片[为：:说])|(?<=[▲△↑]))")
_CREDIT = re.compile(
    r"[（(]?(?:本报记者|记者|通讯员)?\s*[^（()）。，\s]{2,8}\s*(?:/\s*|\s)?(?:摄影?|供图|图/?文?)[）)]?$"
)
_CIRCLE = f"{''.join(CIRCLES)}□■◇◆▢☐"
_LABEL = re.compile(r"(?:作者|署名|撰文|文字|摄影|文|图|文/图|图/文|摄)\s*[:：]")
DATELINE = re.compile(
    r"(?:[（(【]?\S{2,10}[）)】]?讯[\s（(【]|\S{2,8}讯\s*\S|本报\S{0,6}[讯电]|新华社\S{2,12}电|据\S{2,12}[讯电消])"
)


def is_short(text: str) -> bool:
    """Whether a line may be a headline, a crosshead or the like."""
    bare = text.strip()
    if bare[:1] in ("（", "(") and bare[-1:] in ("）", ")"):
        return False
    commas = bare.count("，") + bare.count(",")
    if commas > 1 or (commas and len(bare) > LONGEST_WITH_COMMA) or ONWARD.search(bare):
        return False
    return 0 < len(bare) <= LONGEST_HEADLINE and not bare.endswith(tuple("。；;，,、：:")) and not _STOPS.search(bare)


def is_numbered(text: str) -> bool:
    """一、抓重点; （二）补短板."""
    return is_short(text) and _NUMBERED.fullmatch(text.strip()) is not None


def is_caption(text: str) -> bool:
    return len(text) <= 120 and bool(
        _CAPTION.match(text.strip()) or (is_short(text) and _CREDIT.search(text.strip()) and not byline_in(text))
    )


def ends_open(text: str) -> bool:
    """Whether a text stops in the midst of a sentence."""
    bare = text.rstrip()
    return bool(bare) and bare[-1] not in '。！？!?…”’"》）)】：:；;—」』.~～'


def byline_in(text: str) -> str:
    """The byline that a whole line is, as the paper's form has it, less brackets and circle; empty if it is none."""
    bare = text.strip()
    if not bare or len(bare) > 60:
        return ""
    if bare[0] in "（(" and bare[-1] in "）)":
        inner = bare[1:-1]
        return inner if _reads(inner) else ""
    if bare[0] in _CIRCLE:
        inner = bare.lstrip(_CIRCLE + " 　")
        return inner if _reads(inner) else ""
    if bare[0] in "【[" and bare[-1] in "】]":
        inner = bare[1:-1]
        return inner if _reads(inner) and _has_role(inner) else ""
    return bare if _has_role(bare) and _reads(bare) else ""


def names_in(text: str) -> str:
    """Names alone, as they stand below a headline: 阮现武 董浩."""
    bare = text.strip()
    return bare if len(bare) <= 24 and _reads(bare) else ""


def _reads(inner: str) -> bool:
    return read_byline(_LABEL.sub("", inner).strip() if _LABEL.match(inner) else inner) is not None


def _has_role(text: str) -> bool:
    return bool(
        re.search("记者|通讯员|实习生|作者|摄影|撰文", text)
        or re.search(r"[文图摄]\s*[/／:：]|[/／]\s*[文图摄]|\s摄$", text)
    )


def closing_byline(text: str) -> int:
    """Where the byline begins that ends a paragraph, ……冲刺。（郭学锋 张若含）; -1 where there is none."""
    bare = text.rstrip()
    if bare[-1:] not in ("）", ")"):
        return -1
    start = max(bare.rfind("（"), bare.rfind("("))
    before = bare[:start].rstrip()
    if start <= 0 or before[-1:] not in tuple("。！？!?…”’》）)") or not byline_in(bare[start:]):
        return -1
    return start


def kind_of(paragraph: Paragraph, is_head: bool) -> LineKind:
    """What a paragraph is by itself."""
    text = paragraph.text
    if paragraph.kind != "text":
        return paragraph.kind
    if byline_in(text) or (paragraph.role == "byline" and names_in(text)):
        return "byline"
    if is_head:
        return "head"
    if is_numbered(text):
        return "numbered"
    if is_caption(text):
        return "caption"
    return "short" if is_short(text) else "prose"
