"""The paper's promise: every character of an issue's file is on its pages, or a problem says why not (一字不漏).

What the pages will show, rendered, is held against the lines of the file as the editor wrote them. Nearly always the
two are the same text, which a few operations on whole strings prove; where they are not, `comparison` finds the words.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from plugins.newspaper.characters import odd_characters
from plugins.newspaper.checking.comparison import NARROW, compared
from plugins.newspaper.checking.leftovers import cells, has_signs, is_conflict, leftovers
from plugins.newspaper.checking.shown import shown, squeezed
from plugins.newspaper.fields import STORY, english_key
from plugins.newspaper.model import Article, Withdrawal
from plugins.newspaper.problems import Problem

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading
    from plugins.newspaper.reading.sections import Banner

USED: dict[str, Callable[[Article, Withdrawal | None], tuple[str, ...]]] = {
    "slug": lambda article, _: (article.slug,),
    "topics": lambda article, _: article.topics,
    "byline": lambda article, _: (article.byline.printed,),
    "kicker": lambda article, _: ("".join(article.headline.kicker),),
    "deck": lambda article, _: ("".join(article.headline.deck),),
    "dateline": lambda article, _: (article.dateline,),
    "aliases": lambda article, _: article.aliases,
    "audio": lambda article, _: (article.audio,),
    "status": lambda _, withdrawal: (withdrawal.reason,) if withdrawal else (),
    "correction": lambda article, _: tuple(correction.text for correction in article.corrections),
    "accepted": lambda article, _: (*article.accepted.words, article.accepted.reason),
}
"""What has become of each field of a story."""

_PRINTED = ("kicker", "deck", "dateline", "byline")
"""Fields that readers see as they are."""
_DATED = ("status", "correction")
"""Fields that begin with a day."""
_WORD = re.compile(r"[\w.-]+")
_FIELD = re.compile(r"\s*[:：]\s*([^:：\s]+)\s*[:：]\s*(.*?)\s*")
_PLAIN_TAGS = ("<p>", "</p>\n", '<span class="number">', "</span>")
"""What there is in the HTML of a text without mark-up."""
_BOLD = re.compile(r"[*＊]{2}([^*＊]+)[*＊]{2}")
"""Its marks are left out of headlines, which are words alone."""
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,31};")
_IN_HEADLINES = str.maketrans({"|": " ", "｜": " ", "&": "&amp;"})
"""A headline is words alone: bars break its lines, and what looks like an entity is none."""
_BRACKETS = "()（）○〇◯◎●"
"""What stands round a byline in the file."""
_AROUND = '#>|*_`[]()!"＃＞｜（）'
"""Marks of the form, left out of a message where they stand round what is lost."""
_LONG = 40
"""Characters, from which on a message shows the ends of what is lost."""


class Part(NamedTuple):
    """A piece of the file and what is shown of it: a banner, a story, the text before them."""

    lines: list[tuple[int, str]]
    """The lines of its text, below heading and fields, each with its number."""
    html: str
    heading: tuple[int, str] | None = None
    """The line that it begins with."""
    headline: tuple[str, ...] = ()
    """What is shown of that."""
    byline: str = ""
    """Shown below the text; in the file it may stand elsewhere."""
    signed: bool = False
    """Whether the byline has a field of its own; then it may be missing in the text."""


def check_promise(reading: "Reading") -> Iterator[Problem]:
    """Every character is shown, once, and none that no reader should see (一字不漏，一字不重)."""
    yield from odd_characters(_ENTITY.sub(_meant, reading.text), reading.source)
    if not reading.text_line:
        return
    lines = reading.text.split("\n")
    told = {problem.line for problem in reading.problems}
    for article, withdrawal in zip(reading.articles, reading.withdrawals, strict=True):
        yield from _lost_fields(article, withdrawal, lines, reading.source, told)
    for part in _parts(reading, lines):
        if not _is_plain(part):
            yield from _differences(part, reading.source, told)


def _meant(entity: re.Match[str]) -> str:
    """The character that is written as &#8203; or the like; what ends lines here stays as it is written."""
    return unescape(entity[0]).replace("\n", entity[0])


def _parts(reading: "Reading", lines: list[str]) -> Iterator[Part]:
    """The file in its order; whatever follows a heading belongs to it."""
    heads: list[Banner | Article] = sorted([*reading.banners, *reading.articles], key=lambda head: head.line)
    ends = [head.line - 1 for head in heads] + [len(lines)]
    first = reading.text_line
    yield Part(list(enumerate(lines[first - 1 : ends[0]], first)), reading.ear)
    for head, end in zip(heads, ends[1:], strict=True):
        heading = (head.line, lines[head.line - 1])
        if isinstance(head, Article):
            start = head.line + sum(1 for _ in _fields(head, lines))
            text = list(enumerate(lines[start:end], start + 1))
            yield Part(text, head.body, heading, head.headline.lines, head.byline.printed, "byline" in head.lines)
        else:
            yield Part(list(enumerate(lines[head.line : end], head.line + 1)), "", heading, (head.text,))


def _is_plain(part: Part) -> bool:
    """Whether the page says just what the file says, and no mark of the form is in the text: a proof, and fast."""
    if part.heading and squeezed(part.heading[1].lstrip("#")).replace("|", "") != squeezed("".join(part.headline)):
        return False
    page = part.html
    for tag in _PLAIN_TAGS:
        page = page.replace(tag, "")
    if "<" in page:
        return False
    if "&" in page:
        page = unescape(page)
    said = "".join([line for _, line in part.lines])
    byline = f"（{part.byline}）" if part.byline else ""
    if said != page + byline:
        said, page = squeezed(said), squeezed(page)
        if said != page + squeezed(byline) and not (part.signed and said == page):
            return False
    return not has_signs("".join(part.headline) + said)


def _differences(part: Part, source: str, told: set[int]) -> Iterator[Problem]:
    """What of a piece is lost, what is shown too much, and what is shown that no reader should see."""
    html, lines = _as_read(part)
    page = shown(html)
    found = compared(lines, page)
    tables = {number for place, number in found.places if "|" in page.marks.get(place, "")}
    beside = [(number, line) for number, line in part.lines if number not in tables]
    for problem in (*_rows(beside, source), *_conflicts(beside, source)):
        yield problem
        told = told | {problem.line}
    for line, words in _in_runs(found.lost, lines, told):
        said = _quoted(words.strip(_AROUND) or words)
        yield Problem(source, line, "lost-text", f"{said}不会印到网页上；请改写，例如另起一行，写成普通的一段")
    for line, words in found.extra if not found.lost else ():
        yield Problem(source, line, "extra-text", f"{_quoted(words)}在网页上会多印一次；请改写这一行")
    for block in page.blocks:
        for place, seen, remedy in leftovers(block.text):
            line = found.line_at(block.start + len(squeezed(block.text[:place])))
            if line not in told:
                yield Problem(source, line, "leftover-mark", f"{_quoted(seen)}会原样印出来：{remedy}")


def _as_read(part: Part) -> tuple[str, list[tuple[int, str]]]:
    """HTML and lines of a piece, heading included, byline taken out of the lines."""
    html, lines = part.html, part.lines
    if part.heading:
        html = f"<h3>{'<br>'.join(map(escape, part.headline))}</h3>{html}"
        number, line = part.heading
        lines = [(number, _as_words(line)), *lines]
    if part.byline:
        unsigned = _without(part.byline, lines)
        if unsigned is None and not part.signed:
            html += f"<p>{escape(part.byline)}</p>"
        lines = lines if unsigned is None else unsigned
    return html, lines


def _as_words(heading: str) -> str:
    """The line of a headline with nothing but its words, to be compared as a line of the text is."""
    return _BOLD.sub(r"\1", heading).translate(_IN_HEADLINES)


def _without(byline: str, lines: list[tuple[int, str]]) -> list[tuple[int, str]] | None:
    """The lines less the byline, which is a line of its own or ends one; None if it is nowhere."""
    said = squeezed(byline).translate(NARROW)
    for index in reversed(range(len(lines))):
        number, line = lines[index]
        bare = squeezed(line).translate(NARROW)
        if bare.strip(_BRACKETS) == said:
            return lines[:index] + lines[index + 1 :]
        if bare.endswith(f"({said})"):
            text = line[: max(line.rfind("（"), line.rfind("("))]
            return [*lines[:index], (number, text), *lines[index + 1 :]]
    return None


def _in_runs(lost: list[tuple[int, str]], lines: list[tuple[int, str]], told: set[int]) -> Iterator[tuple[int, str]]:
    """What is lost, less the runs of lines in which reading has told of a problem: that is why they are lost."""
    filled = [number for number, line in lines if line.strip()]
    order = {number: place for place, number in enumerate(filled)}
    runs: list[list[tuple[int, str]]] = []
    for number, words in lost:
        if runs and order[number] - order[runs[-1][-1][0]] <= 1:
            runs[-1].append((number, words))
        else:
            runs.append([(number, words)])
    for run in runs:
        if told.isdisjoint(range(run[0][0], run[-1][0] + 1)):
            # Marks that stand between what is lost are gone with it.
            yield from [(number, words) for number, words in run if len(run) == 1 or words.strip(_AROUND)]


def _fields(article: Article, lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Key, value and line of each field below a headline."""
    for number in range(article.line, len(lines)):
        match = _FIELD.fullmatch(lines[number])
        key = english_key(match[1], STORY) if match else None
        if match is None or key is None:
            break
        yield key, match[2], number + 1


def _lost_fields(
    article: Article, withdrawal: Withdrawal | None, lines: list[str], source: str, told: set[int]
) -> Iterator[Problem]:
    """What a field says is what has become of it."""
    for key, value, number in _fields(article, lines):
        used = USED[key](article, withdrawal)
        if value not in used and number not in told and not _is_used(key, value, used):
            message = f"{_quoted(value)}没有全用上；请照“:键: 值”的样子写在一行里"
            yield Problem(source, number, "lost-text", message)
        for text in used if key in _PRINTED and number not in told else ():
            for _, seen, remedy in leftovers(text):
                yield Problem(source, number, "leftover-mark", f"{_quoted(seen)}会原样印出来：{remedy}")


def _is_used(key: str, value: str, used: tuple[str, ...]) -> bool:
    if key in _DATED:
        return any(squeezed(value).endswith(squeezed(text)) for text in used)
    if key in _PRINTED:
        value = squeezed(_BOLD.sub(r"\1", value).replace("|", "").replace("｜", ""))
        return value.translate(NARROW).strip(_BRACKETS) == squeezed("".join(used)).translate(NARROW)
    return set(_WORD.findall(value)) <= set(_WORD.findall(" ".join(used)))


def _rows(lines: list[tuple[int, str]], source: str) -> Iterator[Problem]:
    """Rows of Excel and Word, which need the marks of a table."""
    rows = [(number, cells(line)) for number, line in lines if line.strip()]
    told = False
    for index, (number, count) in enumerate(rows):
        beside = [many for _, many in rows[max(0, index - 1) : index + 2]]
        is_row = count > 2 or (count == 2 and sum(many > 1 for many in beside) > 1)
        if is_row and not told:
            message = "像是从 Excel 或 Word 粘贴的表格，列之间是制表符；请改成“| 甲 | 乙 |”，表头下面加一行“|---|---|”"
            yield Problem(source, number, "leftover-mark", message)
        told = is_row


def _conflicts(lines: list[tuple[int, str]], source: str) -> Iterator[Problem]:
    """What Git leaves in a file that two people have changed."""
    theirs = any(line.startswith(("<<<<<<<", ">>>>>>>")) for _, line in lines)
    for number, line in lines if theirs else ():
        if is_conflict(line):
            message = "是两人同时修改留下的记号；请在两段里留下对的一段，把记号都删去"
            yield Problem(source, number, "leftover-mark", f"{_quoted(line)}{message}")


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= _LONG else f'{words[: _LONG // 2]}……{words[-_LONG // 2 + 2 :]}'}”"
