"""Marks that nobody has read as such (残留的记号): a reader should see text, and no Markdown, HTML or Git."""

import re
from collections.abc import Iterator

from plugins.newspaper.surnames import SURNAMES

_TAGS = (
    "a|b|i|u|s|p|br|hr|div|span|font|img|table|tr|td|th|thead|tbody|ul|ol|li|h[1-6]|em|strong|center|sub|sup|script"
    "|style|iframe|video|audio|source|section|blockquote|pre|code|del|ins|small|big|strike|mark|nobr|o:p"
)
_PICTURE = "图片没有认出来；单独一行，照“![说明](文件名)”的样子写，括号都用半角"
_ADDRESS = r"(?:https?:|www\.|mailto:|/|[^\s()（）]+\.(?:jpe?g|png|webp|gif|pdf|docx?|xlsx?|md|html?|cn|com)\b)"

LEFTOVERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("![", re.compile(r"!\["), _PICTURE),
    ("！[", re.compile(r"！\["), _PICTURE),
    ("！【", re.compile(rf"！【[^】]*】\s*[(（]\s*(?:{_ADDRESS}|[)）])"), _PICTURE),
    ("!【", re.compile(r"!【[^】]*】"), _PICTURE),
    ("](", re.compile(r"\]\("), "链接没有认出来；照“[文字](网址)”的样子写，网址里不要有空格"),
    ("]", re.compile(rf"\]\s+[(（]\s*{_ADDRESS}"), "链接没有认出来；“[文字]”和“(网址)”要连着写，中间不要有空格"),
    ("]（", re.compile(rf"\]（\s*{_ADDRESS}"), "链接没有认出来；照“[文字](网址)”的样子写，括号都用半角"),
    (
        "**",
        re.compile(rf"(?<![*0-9A-Za-z{''.join(SURNAMES)}])\*\*(?!\*)"),  # 张** hides a name
        "加粗的星号没有成对，或者这里不能加粗；请删去",
    ),
    (
        "*",
        re.compile(r"(?<![\w*])\*[^\W\d_]{1,20}\*(?![\w*])"),
        "一个星号不是加粗；要加粗写成“**这样**”，不要就把星号删去",
    ),
    ("```", re.compile(r"```+"), "报纸里没有代码；请删去这一行"),
    ("~~", re.compile(r"^\s*~{3,}\s*$|(?<!~)~~(?=[^\s~])[^~]*[^\s~]~~(?!~)"), "波浪线没有用处；请删去"),
    ("==", re.compile(r"^\s*={3,}\s*$|(?<!=)==(?=[^\s=])[^=]*[^\s=]==(?!=)"), "等号没有用处；请删去"),
    ("<", re.compile(r"<!--"), "是网页的注释；请删去"),
    ("<", re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.I), "是网页的标签；请删去，分段就另起一行"),
    ("[^", re.compile(r"\[\^[^\]\s]{1,20}\]"), "没有脚注；请把话写进正文，或写成（注：……）"),
    (":::", re.compile(r"^\s*:{3,}"), "没有这种写法；请删去"),
    ("&", re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,5});"), "是网页的记号；请改成它表示的字"),
    ("#", re.compile(r"^\s*(?:#{2,}|#\s)"), "“#”没有认作标题；稿件标题写“### 标题”，文中小标题写“#### 小标题”"),
    ("#", re.compile(r"^\s*#(?![0-9]|[^#\s]*#)"), "“#”没有认作标题；稿件标题写“### 标题”，文中小标题写“#### 小标题”"),
    ("＃", re.compile(r"^\s*＃(?![0-9]|[^＃\s]*＃)"), "“＃”没有认作标题；稿件标题写“### 标题”，“#”用半角"),
    ("|", re.compile(r"^\s*\|.*|.*\|\s*$|[^|]*\|[^|]*\|.*"), "像是表格；表头下面要有一行“|---|---|”，每格之间用“|”"),
    ("｜", re.compile(r"^\s*｜.*|.*｜\s*$|[^｜]*｜[^｜]*｜.*"), "像是表格；请用半角“|”，表头下面要有一行“|---|---|”"),
)
"""A piece of text that must be there, for speed; what is looked for; what an editor should do."""
_BYTES = tuple(sign.encode() for sign in "[*`~=<>#|&\t")
_WIDE = ("＃", "｜", "【")
"""One of these is in every leftover mark."""
_SEEN = 12


def has_signs(text: str) -> bool:
    """Whether a text may hold a leftover mark; nearly always it does not. ASCII is found faster among bytes."""
    encoded = text.encode("utf-8", "surrogatepass")
    narrow = [sign for sign in _BYTES if sign in encoded]
    return bool(narrow) or any(sign in text for sign in _WIDE) or ":::" in text


def leftovers(text: str) -> Iterator[tuple[int, str, str]]:
    """In a block as readers see it: place of each leftover mark, what is seen there, what to do."""
    told: set[str] = set()
    for sign, pattern, remedy in LEFTOVERS:
        if sign in text and (match := pattern.search(text)) and remedy not in told:
            told.add(remedy)
            yield match.start(), text[match.start() :].strip()[:_SEEN], remedy


_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*|$)|={7}$")
_AFTER_NUMBER = re.compile(r"\A\s*(?:[-*+•·●]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]?)[ 　]*\t")


def is_conflict(line: str) -> bool:
    """Whether Git has written this line where two people had changed the same one."""
    return line[:7] in ("<<<<<<<", ">>>>>>>", "=======", "|||||||") and _CONFLICT.fullmatch(line.rstrip()) is not None


def cells(line: str) -> int:
    """Into how many cells tabs part a line, as Excel and Word paste a row; behind a list's number, a tab parts none."""
    return _AFTER_NUMBER.sub("", line).strip().count("\t") + 1 if "\t" in line else 1
