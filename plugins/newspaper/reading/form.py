"""The proper form of a text (规范写法): what is unmistakable is read as it is meant, line by line.

One line in, one line out, so that every line keeps its number; one that was taken into another becomes empty. The
strict reader sees only the proper form, and `invoke check --fix` writes it into the file. Most lines are in it already,
which their first character tells. docs/contracts.md has a table of what is rewritten to what.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote

from plugins.newspaper.reading.lines import BLANK, Change, Fault, Lines
from plugins.newspaper.reading.picture_lines import proper_pictures
from plugins.newspaper.reading.table_lines import proper_tables

_STARTS = frozenset(f"{BLANK}#＃>＞!！|｜*＊~～＿—─━－-")
"""What a line begins with that may have to be rewritten."""
_MARKS = ("[", "*", "\t", "｜", "＊")
"""What any other such line has within it; single characters, because a text is searched for these ten times faster."""

_PROPER_HEADING = re.compile(r"#{2,4} [^\s#*＃＊\[｜][^#*＃＊\[｜]*")
_HEADING = re.compile(rf"([#＃]{{1,6}})(?![#＃])[{BLANK}]*(.*)")
_CLOSING = re.compile(rf"(?:[{BLANK}]+[#＃]+|[#＃]{{2,}})[{BLANK}]*$")
_HASHTAG = re.compile(r"[#＃](?:[0-9A-Za-z]|[^#＃\s][^#＃]*[#＃])")
_ITEM = re.compile(r"[ \t]+(?:[*-]|[0-9]{1,9}[.)])[ \t]")
_RULE = re.compile(rf"([~～＿＊—─━－])(?:[{BLANK}]*\1){{2,}}[{BLANK}]*")
_QUOTED = re.compile(rf"(?:>|＞(?![0-9]))[{BLANK}]*(.*)")
_HEADING_IN_QUOTE = re.compile(rf"[>{BLANK}]*#{{1,3}}(?:[{BLANK}]|$)")
_WIDE_BOLD = re.compile(r"＊＊(.+?)＊＊")
_LOOSE_BOLD = re.compile(rf"\*\*([{BLANK}]*)([^*{BLANK}](?:[^*]*[^*{BLANK}])?)([{BLANK}]*)\*\*")
_WIDE_LINK = re.compile(r"(?<![!！])\[([^\[\]]+)\]（((?:https?://|www\.|/|mailto:)[!-~]*|[^\s（）]+\.[A-Za-z]{3,4})）")
_NAME_OF_FILE = re.compile(
    r"""(?<![!！])(\[[^\[\]]+\])\(((?:[^()<>\[\]"“”/\\:]|\([^()<>"/\\:]*\))+\.[A-Za-z0-9]{2,4})[ ]*\)"""
)
"""`[报名表](报名表 (1).pdf)`: a file of the issue (附件), whose name is as the computer gave it."""
_FIELD_OF_HEADLINE = re.compile(r":(?:kicker|deck|引题|肩题|副题):")


class Form(NamedTuple):
    """A text in its proper form, and what could not be brought into it."""

    text: str
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()


def proper_form(text: str, first: int = 1) -> Form:
    """The proper form of a text whose first line has this number in its file."""
    page = Lines(text.split("\n"), first)
    marks = [mark for mark in _MARKS if mark in text]
    table = False
    for at, line in enumerate(page.lines):
        if line[:1] not in _STARTS and not (marks and any(mark in line for mark in marks)):
            continue
        if not _PROPER_HEADING.fullmatch(line):
            _rewrite(page, at)
            table = table or "|" in line or "｜" in line
    if "[" in marks or "【" in text:
        proper_pictures(page)
    if table or "\t" in marks:
        proper_tables(page)
    if not page.changes and not page.faults:
        return Form(text)
    return Form("\n".join(page.lines), tuple(sorted(page.changes)), tuple(sorted(page.faults)))


def _rewrite(page: Lines, at: int) -> None:
    """Bring a line into its form, whatever stands around it."""
    line = page.lines[at]
    of_table = "\t" in line.strip(BLANK) or (line[0] == "\t" and at and "\t" in page.lines[at - 1].strip(BLANK))
    if line[0] in BLANK and not of_table and not _ITEM.match(line):
        page.rewrite(at, line.lstrip(BLANK), "去掉了段首的空格")
    line = page.lines[at]
    if line[:1] in ("#", "＃"):
        _rewrite_heading(page, at)
    elif line[:1] in (">", "＞") and (match := _QUOTED.fullmatch(line)):
        page.rewrite(at, f"> {match[1]}" if match[1] else ">", "引文写成“> ”开头")
        if _HEADING_IN_QUOTE.match(match[1]):
            advice = "稿件、栏目的标题请去掉前面的“>”，引文里的小标题写成“> #### 小标题”"
            page.fault(at, "lost-headline", f"引文里不能有“#”一到三个的标题；{advice}")
    elif _RULE.fullmatch(line):
        page.rewrite(at, "***", "横线写成“***”")
    elif _FIELD_OF_HEADLINE.match(line):
        _rewrite_words_of_headline(page, at)
    else:
        _rewrite_marks(page, at)


def _rewrite_heading(page: Lines, at: int) -> None:
    line = page.lines[at]
    match = _HEADING.fullmatch(line)
    if not match or (len(match[1]) == 1 and _HASHTAG.match(line)):
        return
    marks = "#" * len(match[1])
    text = _CLOSING.sub("", match[2])
    if text and line != f"{marks} {text}":
        page.rewrite(at, f"{marks} {text}", f"标题写成“{marks} ”开头")
    if len(marks) in (2, 3):
        _rewrite_words_of_headline(page, at)
    elif not text and len(marks) > 3:
        page.fault(at, "no-headline", f"“{marks}”后面没有文字；请写上小标题，或删去这一行")
    else:
        _rewrite_marks(page, at)


def _rewrite_words_of_headline(page: Lines, at: int) -> None:
    """A headline, kicker or deck is words alone; its lines are parted by `|`."""
    page.rewrite(at, page.lines[at].replace("｜", "|"), "换行记号“｜”写成“|”")
    _rewrite_marks(page, at)
    page.rewrite(at, _LOOSE_BOLD.sub(r"\2", page.lines[at]), "去掉了标题里的“**”")
    if "](" in page.lines[at]:
        page.fault(at, "link-in-headline", "标题里不能有链接或图片；请只留文字，链接放进正文")


def _rewrite_marks(page: Lines, at: int) -> None:
    """Marks within a line."""
    line = page.lines[at]
    if "＊＊" in line:
        page.rewrite(at, _WIDE_BOLD.sub(r"**\1**", line), "加粗的“＊＊”写成“**”")
    if "**" in page.lines[at]:
        page.rewrite(at, _LOOSE_BOLD.sub(r"**\2**", page.lines[at]), "去掉了“**”里边的空格")
    if "]（" in line:
        page.rewrite(at, _WIDE_LINK.sub(r"[\1](\2)", page.lines[at]), "链接的括号写成半角")
    if "](" in line and (" " in line or "%" in line):
        page.rewrite(at, _NAME_OF_FILE.sub(_named, page.lines[at]), "附件的文件名有空格，写成“<文件名>”")


def _named(link: re.Match[str]) -> str:
    """A link to a file whose name has spaces, or %20 for them."""
    name = unquote(link[2]).strip(BLANK)
    if not name.isprintable() or any(mark in name for mark in "/<>\\"):
        return link[0]
    return f"{link[1]}(<{name}>)" if re.search(r"[\s()]", name) else link[0]
