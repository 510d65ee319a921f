"""署名: the closing line that says who wrote a story, told from other words in brackets.

There is no list of the paper's people, so a name is told by its form: a surname and one or two characters, two names
parted by a dot (阿依古丽·买买提), or whatever stands where a role says that a name follows (记者 晓风). If any word of the
line is neither a name nor a role, the line is none of these, and stays in the text. Decision 0020.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.model import Byline, Contributor
from plugins.newspaper.surnames import SURNAMES

CIRCLES = ("○", "〇", "◯", "◎", "●")
"""Stand before a byline without brackets: ○ 秦书瑶 尹子健."""

_TITLE = re.compile("(?:本报|本刊|特约|首席|见习|实习|全媒体|融媒体)*(?:记者|通讯员)|实习生|作者")
"""What a person is; stands before the names."""
_WORK = frozenset(["文", "图", "摄", "摄影", "撰文", "图片", "图文", "文图", "文字", "制图", "绘图", "视频"])
"""What a person did; stands before the names or after them."""

_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|独孤|长孙|宇文|轩辕|端木|闻人|百里|呼延|申屠|太史|淳于|公羊|南宫|西门"
    "|完颜|澹台|赫连|钟离|万俟|鲜于|闾丘|东郭|拓跋"
)
_OF_TEXTS = "[据版删稿摘第续转编辑供提讯评注完待]"
"""What is done with a text is said with these, and no name."""
_OF_OFFICES = "[社部院校站局办委厅处队所组馆店厂员者报略图县市镇乡村区街载]"
"""Ends an office or a place, and hardly a name."""
_GIVEN = re.compile(rf"(?:(?!{_OF_TEXTS}){HANZI})?(?!{_OF_TEXTS}|{_OF_OFFICES}){HANZI}")
_PEN_NAME = re.compile(rf"(?!{_OF_TEXTS}){HANZI}(?:(?!{_OF_TEXTS}){HANZI})?{_GIVEN.pattern}")
_TWO_PARTS = re.compile(rf"{HANZI}{{1,9}}(?:[·•‧・]{HANZI}{{1,9}}){{1,3}}")
_PLACES = re.compile("安徽|江苏|江西|云南|甘肃|宁夏|吉林|武汉|郑州|成都|温州|常州|金华|石家庄|连云港")
"""Places that have the form of names."""

LONGEST = 60
"""Characters of a byline."""
_AROUND = " 　（）()" + "".join(CIRCLES)
_GAP = re.compile(r"([ 　\t\xa0]*[/／:：、，,;；][ 　\t\xa0]*|[ 　\t\xa0]+)")
_MARKS = {"／": "/", ":": "：", ",": "，", ";": "；"}


class _Word(NamedTuple):
    """A word of the line, and what parts it from the one before: a space, a mark, or nothing."""

    gap: str
    text: str


@lru_cache(maxsize=1024)  # the same people write again and again
def read_byline(line: str) -> Byline | None:
    """The people of a closing line, given without its brackets or circle; None if it is no byline."""
    if len(line) > LONGEST:
        return None
    words = _words(line)
    people = _people(words)
    return Byline(_printed(words), tuple(people)) if people else None


def byline_of(value: str) -> Byline:
    """The byline that an editor has written in a field: its words are names, whatever they look like."""
    words = _words(value.strip(_AROUND))
    people = _people(words) or [Contributor(word.text) for word in words if word.text and not _is_role(word.text)]
    return Byline(_printed(words), tuple(people))


def _printed(words: list[_Word]) -> str:
    return "".join(gap + text for gap, text in words)


def _words(line: str) -> list[_Word]:
    """The words of a line; a name that is set apart is one (白　璐), and so is 文/图."""
    words: list[_Word] = []
    singles = 0
    """How many characters the last word was set apart into; 0 where it was not."""
    for word in _pieces(line.strip()):
        last = words[-1] if words else None
        if last and word.gap == "/" and _is_work(last.text) and _is_work(word.text):
            words[-1] = _Word(last.gap, f"{last.text}/{word.text}")
        elif last and singles and word.gap == " " and len(word.text) == 1 and not _is_work(word.text):
            words[-1] = _Word(last.gap, last.text + word.text)
            singles = 0
        else:
            words.append(word)
            singles = len(word.text) == 1 and word.text in SURNAMES and not _is_work(word.text)
    return words


def _pieces(line: str) -> Iterator[_Word]:
    """What lies between the gaps of a line."""
    pieces = ["", *_GAP.split(line)]
    for gap, text in zip(pieces[::2], pieces[1::2], strict=True):
        mark = gap.strip() or (gap[:1] and " ")
        title = _TITLE.match(text)
        if title and is_name(text[title.end() :]):  # 记者白璐
            yield _Word(mark, title[0])
            yield _Word("", text[title.end() :])
        else:
            yield _Word(_MARKS.get(mark, mark), text)


def _people(words: list[_Word]) -> list[Contributor]:
    """Each name with its role; none if a word is neither a name nor a role, or a role is nobody's."""
    roles = [_is_role(word.text) for word in words]
    if all(roles):
        return []
    work_comes_first = any(_is_work(word.text) for word in words[: roles.index(False)])
    people: list[Contributor] = []
    title = work = ""
    of_work = 0
    """The first person whose work is not told yet."""
    for at, word in enumerate(words):
        if not roles[at]:
            told = (at > 0 and roles[at - 1]) or (at + 1 < len(words) and roles[at + 1] and words[at + 1].gap == "/")
            if not (is_name(word.text) or (told and _PEN_NAME.fullmatch(word.text))):
                return []
            people.append(Contributor(word.text, " ".join(filter(None, (title, work)))))
        elif not _is_work(word.text):
            title = word.text
        elif work_comes_first:
            work = word.text
        else:
            people[of_work:] = [
                person._replace(role=" ".join(filter(None, (person.role, word.text)))) for person in people[of_work:]
            ]
            of_work = len(people)
    nobody_s = roles[-1] and (work_comes_first or not _is_work(words[-1].text))
    return [] if nobody_s else people


def _is_role(text: str) -> bool:
    return _is_work(text) or _TITLE.fullmatch(text) is not None


def _is_work(text: str) -> bool:
    return all(part in _WORK for part in text.split("/"))


def is_name(text: str) -> bool:
    """Whether a word has the form of a name."""
    if _PLACES.fullmatch(text):
        return False
    if _COMPOUND.match(text) and _GIVEN.fullmatch(text, 2):
        return True
    return bool((text[:1] in SURNAMES and _GIVEN.fullmatch(text, 1)) or _TWO_PARTS.fullmatch(text))
