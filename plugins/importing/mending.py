"""What is mechanical is put right (整理): paragraphs that a column cut, punctuation, forms of characters, stray spaces.

No word is changed. What is between digits or Latin letters stays: 29.5, 8:30, 3:2, 1,000, addresses.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from plugins.importing.draft import Block, Draft, DraftStory, Mend
from plugins.importing.kinds import LONGEST_HEADLINE, ends_open
from plugins.newspaper import characters
from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.reading.lines import BLANK
from plugins.newspaper.reading.segmenter import is_word

_H = rf"(?:{HANZI}|[\u3000-\u303f\uff00-\uffef“”‘’…—·％])"
"""A Chinese character or mark."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|cn|net|org|gov|html?|docx?|xlsx?|pdf|jpe?g|png)\b[!-~]*",
    re.A,
)
_WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_NARROW_MARK = re.compile(r"[,;:!?]")
_STOP = re.compile(rf"(?<={HANZI})\.(?=$|[”’）)》]|{HANZI})")
_DOTS = re.compile(rf"(?:(?<={_H})\.{{3,6}}|\.{{3,6}}(?={_H})|。{{3,6}})")
_DASH = re.compile(rf"(?:(?<={_H})--+|--+(?={_H}))")
_SPACED = re.compile(rf"(?<!\S){HANZI}(?:[ 　]+{HANZI}){{2,}}(?!\S)")
_GAP = re.compile(rf"(?<=({HANZI}))([ 　\xa0\t]+)(?=({HANZI}))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DEEPEST = 3
_RUNNING = tuple(".。…-—―")
_QUOTES = re.compile(r'"([^"]*)"')


def mend(draft: Draft) -> None:
    """Put right what is mechanical in all texts of the draft."""
    for block in draft.ear:
        _mend_block(block, draft)
    for story in draft.stories:
        _join(story, draft)
        for block in story.blocks:
            _mend_block(block, draft)
        story.headline = [_mended(line, story.place, draft, _headline) for line in story.headline]
        story.kicker = _mended(story.kicker, story.place, draft, _headline)
        story.deck = _mended(story.deck, story.place, draft, _headline)
        story.banner = _headline(story.banner)
        story.byline = _mended(story.byline, story.place, draft, _byline)


def _mend_block(block: Block, draft: Draft) -> None:
    if block.kind == "table":
        rows = [
            [_mended(cell, block.place, draft, mended) for cell in row.split("\t")] for row in block.text.split("\n")
        ]
        block.text = "\n".join("\t".join(row) for row in rows)
    else:
        block.text = _mended(block.text, block.place, draft, mended)
        block.caption = _mended(block.caption, block.place, draft, mended)


def _mended(text: str, place: str, draft: Draft, how: Callable[[str], str]) -> str:
    better = how(text)
    draft.mends += [Mend(place, what, count) for what, count in _differences(text, better)]
    return better


def _differences(before: str, after: str) -> Iterator[tuple[str, int]]:
    """What was done to a text, and how many times."""
    if before == after:
        return
    plain = characters.mended(before)
    if plain != before:
        yield "部首换成汉字，看不见的字符去掉", sum(map(str.__ne__, before, plain)) if len(plain) == len(before) else 1
    if wide := len(re.findall("[０-９Ａ-Ｚａ-ｚ]", before)):
        yield "全角数字、字母改成半角", wide
    narrow = sum(before.count(mark) - after.count(mark) for mark in ',;:!?()"')
    if narrow > 0:
        yield "半角标点改成全角", narrow
    spaces = sum(map(before.count, " \u3000\xa0")) - sum(map(after.count, " \u3000\xa0"))
    if spaces > 0:
        yield "去掉多余的空格", spaces


def mended(text: str) -> str:
    """A text with its characters, punctuation and spaces put right."""
    text = characters.mended(text).translate(_WIDE).replace("\xa0", " ").strip(BLANK)
    if text.isascii():
        return text
    pieces: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        pieces += [_punctuated(text[at : match.start()]), match[0]]
        at = match.end()
    pieces.append(_punctuated(text[at:]))
    return without_stray_spaces("".join(pieces))


def _headline(text: str) -> str:
    """The same for a headline, whose clauses are parted by a space."""
    return re.sub(r" ?\| ?", "|", re.sub(r"[ 　\t]+", " ", mended(text)))


def _byline(text: str) -> str:
    """A byline keeps its spaces, which part names."""
    text = characters.mended(text).translate(_WIDE).strip(BLANK)
    return re.sub(r"[ 　\t\xa0]+", " ", _punctuated(text))


def _punctuated(text: str) -> str:
    if '"' in text and text.count('"') % 2 == 0:
        text = _QUOTES.sub(lambda match: f"“{match[1]}”" if _is_chinese(text, match) else match[0], text)
    for _ in range(_DEEPEST):  # brackets within brackets, the inner ones first
        text = _BRACKETS.sub(partial(_wide_brackets, text), text)
    text = text.replace("\ufdd0", "(").replace("\ufdd1", ")")
    text = _STOP.sub("。", _DOTS.sub("……", _DASH.sub("——", text)))
    return _NARROW_MARK.sub(lambda match: _mark(text, match.start()), text)


def _wide_brackets(text: str, match: re.Match[str]) -> str:
    return f"（{match[1]}）" if _is_chinese(text, match) else f"\ufdd0{match[1]}\ufdd1"


def _is_chinese(text: str, match: re.Match[str]) -> bool:
    """Whether what stands in brackets or quotes is Chinese, or what stands before them."""
    before = text[: match.start()].rstrip()[-1:]
    return bool(re.search(HANZI, match[1]) or (re.match(_H, before) and before not in "]】"))


def _mark(text: str, at: int) -> str:
    """A narrow mark as it should be where it stands."""
    before, after = text[:at].rstrip(), text[at + 1 :].lstrip()
    last, first = before[-1:], after[:1]
    chinese_before = bool(last and re.match(_H, last))
    chinese_after = bool(first and re.match(_H, first)) and text[at + 1 : at + 2] != " "
    if not (chinese_before or chinese_after):
        return text[at]
    if text[at] == ":" and text[at + 1 : at + 3] == "//":
        return ":"
    if text[at] == "!" and text[at + 1 : at + 2] == "[":
        return "!"
    return _MARKS[text[at]]


def without_stray_spaces(text: str) -> str:
    """A text less the spaces within words: 建 设, 区 党 工 委. One that parts names or clauses stays."""
    text = _SPACED.sub(lambda match: re.sub(r"[ 　]", "", match[0]), text)
    if not _GAP.search(text):
        return text
    return _GAP.sub(lambda match: "" if _within_word(text, match) else " ", text)


def _within_word(text: str, gap: re.Match[str]) -> bool:
    left, right = text[: gap.start()], text[gap.end() :]
    pairs = ((1, 1), (2, 1), (1, 2), (2, 2))
    joined = (left[-before:] + right[:after] for before, after in pairs if len(left) >= before and len(right) >= after)
    return any(not re.search(r"[ 　]", word) and is_word(word) for word in joined) and not _both_words(left, right)


def _both_words(left: str, right: str) -> bool:
    """Whether a word ends before the gap and another begins behind it: 中共中央 国务院."""
    return is_word(left[-2:]) and is_word(right[:2])


def _join(story: DraftStory, draft: Draft) -> None:
    """Put together paragraphs that a column or a page has cut."""
    texts = [block for block in story.blocks if block.kind == "text"]
    indented = sum(block.indented is True for block in texts) > 0.4 * len(texts)
    kept: list[Block] = []
    for block in story.blocks:
        above = next((each for each in reversed(kept) if each.kind not in ("picture", "table")), None)
        if above is not None and _is_cut(above, block, indented):
            space = " " if re.search("[A-Za-z]$", above.text) and re.match("[A-Za-z]", block.text) else ""
            above.text = above.text.rstrip() + space + block.text.lstrip()
            draft.mends.append(Mend(block.place, f"接到{above.place}的段落后面"))
        else:
            kept.append(block)
    story.blocks = kept


def _is_cut(above: Block, block: Block, indented: bool) -> bool:
    """Whether a paragraph goes on in the next."""
    if above.kind != "text" or block.kind != "text":
        return False
    if above.text.rstrip()[-1:] in _RUNNING and block.text[:1] in _RUNNING:
        return False  # two marks that are one in a row
    if block.text[:1] in "，。、；：！？”’》）,.;:!?)%％":  # no line begins with these
        return True
    if not ends_open(above.text):
        return False
    prose = len(above.text) > LONGEST_HEADLINE or (len(above.text) >= 16 and re.search(r"[，,。；;“]", above.text))
    comma = above.text.rstrip()[-1] in "，,、"
    if not comma and len(block.text) <= LONGEST_HEADLINE and ends_open(block.text):
        return False  # two lines of a list, or a signature
    return bool(comma or prose) and (comma or not (indented and block.indented))
