"""Characters that no reader should see (怪字符). They come in from PDF, Word and wrong encodings; on a phone they show as
nothing, as a box, or as another character that no search finds.
"""

import re
import unicodedata
from collections.abc import Iterator

from plugins.newspaper.problems import Problem

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2e80-\u2fdf\u3164\ud800-\uf8ff\uf900-\ufaff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0002f800-\U0002fa1f\U000e0000-\U0010ffff]"
)
"""Every character that may be odd; `_fits` knows where some of them are at home."""
_USUAL = re.compile(
    "[\t\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205f\u2070-\u2e7f\u3000-\u3163\u3165-\ud7ff\uff00-\uff9f]*\\Z"
)
"""A text without any of these, which `re` sees three times as fast."""
_SIMPLIFIED = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that fonts of PDF files have in place of characters, and that Unicode itself does not resolve."""
_LINE_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_KEYCAPS = "0123456789#*"
_FIRST_EMOJI, _AFTER_EMOJI = "\U0001f000", "\U00020000"
_SHOWN = 8
"""So many characters of a kind are named in a message."""


def odd_characters(text: str, source: str, first_line: int = 1) -> Iterator[Problem]:
    """A problem for each line and kind of character that no reader should see (没有怪字符)."""
    if _USUAL.match(text):
        return
    for number, line in enumerate(text.split("\n"), first_line):
        kinds: dict[str, list[str]] = {}
        for match in _ODD.finditer(line):
            if not _fits(line, match.start()):
                kinds.setdefault(_kind(match[0]), []).append(_in_place(line, match.start()))
        for kind, places in kinds.items():
            seen = "、".join(dict.fromkeys(places[:_SHOWN])) + ("等" if len(places) > _SHOWN else "")
            yield Problem(source, number, "odd-character", f"{seen}{_KINDS[kind]}")


def mended(text: str) -> str:
    """The text with what can be mended without asking: radicals as characters, what cannot be seen taken out."""
    if _USUAL.match(text):
        return text
    pieces: list[str] = []
    start = 0
    for match in _ODD.finditer(text):
        at = match.start()
        kind = "" if _fits(text, at) else _kind(match[0])
        if kind in ("radical", "unseen"):
            pieces += [text[start:at], _plain(match[0]) if kind == "radical" else ""]
            start = at + 1
    return "".join([*pieces, text[start:]])


_KINDS = {
    "radical": "是部首或兼容字，样子像，却搜不到；请改成箭头后面的字",
    "unseen": "是看不见的字符，请删去",
    "break": "是看不见的换行符，请删去，改按回车换行",
    "private": "是造字，别人的手机上显示不出来；请换成字库里有的字",
    "replaced": "是认不出的字，转存时已经坏了；请照原稿补上",
    "object": "是粘贴时留下的空位，原来是图片或附件；请删去，图片另写“![说明](文件名)”",
    "control": "是控制字符，请删去",
}


def _kind(character: str) -> str:
    if character in _LINE_BREAKS:
        return "break"
    if character == "\ufffd":
        return "replaced"
    if character == "\ufffc":
        return "object"
    category = unicodedata.category(character)
    if category == "Co":
        return "private"
    if category in ("Cc", "Cs"):
        return "control"
    return "radical" if category in ("So", "Lo") and not _blank(character) else "unseen"


def _blank(character: str) -> bool:
    """Letters of Hangul that are made to be blank."""
    return character in "\u115f\u1160\u3164\uffa0"


def _plain(character: str) -> str:
    """The character that is meant; the same where there is none."""
    return _SIMPLIFIED.get(character) or unicodedata.normalize("NFKC", character)


def _in_place(line: str, at: int) -> str:
    """The character as an editor finds it: with what stands around it, or with what is meant."""
    character = line[at]
    if _kind(character) == "radical":
        plain = _plain(character)
        return f"“{character}”" if plain == character else f"“{character}”→“{plain}”"
    before, after = (_ODD.sub("", piece) for piece in (line[max(0, at - 4) : at], line[at + 1 : at + 5]))
    return f"“{before}[U+{ord(character):04X}]{after}”"


def _fits(line: str, at: int) -> bool:
    """Whether the character is at home where it stands: within an emoji, or behind the 汉字 whose form it chooses."""
    character = line[at]
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if "\ufe0e" <= character <= "\ufe0f":
        return _is_symbol(before) or (before != "" and before in _KEYCAPS)
    if character == "\u200d":
        return (_is_symbol(before) or before == "\ufe0f") and _is_symbol(after)
    if "\ufe00" <= character <= "\ufe0d" or "\U000e0100" <= character <= "\U000e01ef":
        return unicodedata.category(before or " ") == "Lo"
    if "\U000e0020" <= character <= "\U000e007f":
        return before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007f"
    # Twelve of the compatibility characters are characters of their own: 﨑.
    return "\uf900" <= character <= "\ufaff" and unicodedata.normalize("NFC", character) == character


def _is_symbol(character: str) -> bool:
    """Whether it may be part of an emoji; the newest are not known to Python's tables."""
    return character != "" and (
        unicodedata.category(character) in ("So", "Sk", "Sm", "Po") or _FIRST_EMOJI <= character < _AFTER_EMOJI
    )
