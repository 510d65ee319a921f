"""A line in its words (分词): where a headline may break. Names, places and set phrases stay whole.

The words are the most likely ones by a dictionary and by the paper's own words (`content/words.txt`). What is left over
is single characters: parts of names, of words that no dictionary has, verbs. These cling to their neighbours, so that
a break is sooner missed than made in a wrong place. A few cling to one side only: what is counted with or ends a word
(第6次, 招商会) to the word before, and what begins a phrase (在, 和, 让) to the word after. Decision 0037.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.headlines import in_clauses
from plugins.newspaper.model import Words
from plugins.newspaper.reading.byline import is_name
from plugins.newspaper.surnames import SURNAMES

DICTIONARY = Path(__file__).with_name("dictionary.txt")
"""A line: a character, then the words that begin with it, without it, each with its cost in half bits."""
_ROOM = 7
"""Characters that may cling together."""
_CHARACTER_COST = 40
"""Of a character that is in no word: as much as of a rare word."""
_ENDING_COST = 36
"""Of one that often ends a word."""
_PARTICLE_COST = 8
"""Of one that stands behind any noun or verb: 大学城|里, not 大学|城里."""
_OWN_COST = 2

_TOKEN = re.compile(rf"{HANZI}+|[A-Za-z]+|[0-9.,:%+/-]+|.", re.S)
_IS_HANZI = re.compile(HANZI)
_IS_NUMBER = re.compile(r"[一二三四五六七八九十百千万亿两几〇零余多半]+|第.*")
_DIGITS = frozenset("零〇一二三四五六七八九十百千万亿两半")
_OPENING = frozenset("“‘（《〈「『【〔")
_CLOSING = frozenset("，。、；：？！”’）》〉」』】〕…—％")
_ENDING = frozenset(
    "的地得了着过等们者里后会班园区镇村街站厅局院校所部队组馆店厂场桥河湖县市省员号日月年季度名个项次户亩斤吨米元处座条起例批届"
    "家人时内外类级期层化性型式率量费款证法末节赛展线器机车物品业池楼塔亭墙柜窗屋箱行"
)
_COSTS = dict.fromkeys(_ENDING, _ENDING_COST) | dict.fromkeys("的了里们", _PARTICLE_COST)
_BEGINNING = frozenset(
    "和与及或对把被让将向从到在为以由给跟并暨赴至自每各该本致"
    "变送讲看解帮达进出改任当获谈说建修种迎找换增包话占破超赏庆祭护授串撑助促保办提喜巧"
)
_OFFICES_OF = frozenset("省市县区镇乡")
"""What ends a name, and begins that of an office where a phrase has just begun: 任|区教育局."""
_AFTER_A_VERB = frozenset("进出过")
"""Of a beginning: what a verb of one character has behind it (唱进, 跑出), so that no phrase begins there."""
_SPOKEN_OF = "[长记任员者师志家人民警官生授士傅席导表事友]"
"""What a person is ends with one of these, and a name follows."""


class _Token(NamedTuple):
    """A word, number, mark or single character, and whether a line may break before it and after it."""

    text: str
    before: bool
    after: bool
    loose: bool = False
    """A single character that clings to both sides; only to what follows, where too many would cling together."""


class Segmenter:
    """Cuts lines into words; it knows the paper's own."""

    def __init__(self, own: Collection[str] = ()) -> None:
        self.mark = fingerprint(sorted(own))
        """Digest of the paper's own words."""
        self._own = _by_first(own)
        self._banners: dict[str, Words] = {}

    def words(self, line: str, own: Collection[str] = (), text: str = "") -> Words:
        """The words of a line, with all its characters; `own` are words of its story, `text` may name people."""
        if not line:
            return ()
        here = [word for word in own if word in line]
        known = self._own | _by_first(here, self._own) if here else self._own
        return tuple([word for clause in in_clauses(line) for word in _cut(clause, known, text)])

    def banner(self, line: str) -> Words:
        """The words of a banner, which stands over many stories."""
        if line not in self._banners:
            self._banners[line] = self.words(line)
        return self._banners[line]


def is_word(text: str) -> bool:
    """Whether these characters, two or more, are most likely one word."""
    return len(text) > 1 and likeliest(text, {}) == [text]


def _by_first(words: Collection[str], more: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, tuple[str, ...]]:
    """Words by their first character, together with those of `more` that begin with the same."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[0]] = (*found.get(word[0], (more or {}).get(word[0], ())), word)
    return found


def _cut(clause: str, own: Mapping[str, tuple[str, ...]], text: str) -> list[str]:
    """A clause's tokens, joined where no line may break between them."""
    words: list[str] = []
    joined: list[_Token] = []
    may_break = False
    for token in _tokens(clause, own):
        if may_break and token[1] and not _belong_together(joined[-1].text, token.text, text):
            words += _loosened(joined)
            joined = []
        may_break = token[2] and not (token[0] in _OFFICES_OF and joined and joined[-1].text in _BEGINNING)
        joined.append(token)
    words += _loosened(joined)
    return words


def _loosened(joined: Sequence[_Token]) -> list[str]:
    """What is joined; in two where it is too much, before a single character as near the middle as may be."""
    word = joined[0][0] if len(joined) == 1 else "".join([token[0] for token in joined])
    if len(word) <= _ROOM:
        return [word]
    places: dict[int, int] = {}
    sizes = accumulate(len(token.text) for token in joined)
    for number, ((last, token), size) in enumerate(zip(pairwise(joined), sizes, strict=False), 1):
        is_short = len(token.text) == 1 and token.text not in _AFTER_A_VERB
        begins = token.before and is_short and last.loose and last.text not in SURNAMES
        if begins or (last.after and token.loose):
            places[number] = size
    if not places:
        return [word]
    middle = min(places, key=lambda place: abs(2 * places[place] - len(word)))
    return [*_loosened(joined[:middle]), *_loosened(joined[middle:])]


def _belong_together(before: str, after: str, text: str) -> bool:
    """Whether two words are a pair (共建共享), or a break would part a number (三点八), or a name that the text has."""
    if len(before) == 2 == len(after) and before[0] == after[0]:
        return True
    return (after[0] in _DIGITS and before.rstrip("点之")[-1:] in _DIGITS) or _in_name(before, after, text)


def _in_name(before: str, after: str, text: str) -> bool:
    """Whether a name that the text has lies across a break: 石英|文家的."""
    if before[-2:-1] not in SURNAMES:
        return False
    name = before[-2:] + after[0]
    return is_name(name) and re.search(rf"(?:^|\W|{_SPOKEN_OF}){name}", text, re.M) is not None


def _tokens(clause: str, own: Mapping[str, tuple[str, ...]]) -> list[_Token]:
    """The words of a clause, and what lies between them."""
    tokens: list[_Token] = []
    for part in _TOKEN.findall(clause):
        if not _IS_HANZI.match(part):
            tokens.append(_mark(part))
        else:
            words = likeliest(part, own)
            tokens += [_token(word, False, False) for word in words]
            if not tokens[len(words) :]:
                tokens[0] = _token(words[0], True, len(words) == 1)
            if len(words) > 1:
                tokens[-1] = _token(words[-1], False, True)
    return tokens


@cache
def _mark(part: str) -> _Token:
    """A token of letters, digits, or a mark."""
    return _Token(part, part in _OPENING or part[0].isalnum(), part in _CLOSING or part.isalpha())


@cache
def _token(word: str, is_first: bool, is_last: bool) -> _Token:
    """A token of 汉字; whether it is the first of its clause, or the last of its run of them."""
    if _IS_NUMBER.fullmatch(word):
        return _Token(word, True, False)
    if len(word) > 1:
        is_inside = len(word) == 2 and word[0] in _ENDING and word[1] in "里内上"  # 生态|园里
        return _Token(word, not is_inside, True)
    before, after = word in _BEGINNING and not is_last, word in _ENDING and not is_first
    return _Token(word, before, after, word not in _BEGINNING and word not in _ENDING)


def likeliest(text: str, own: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words that a run of 汉字 is most likely made of."""
    size = len(text)
    costs = [0] + [1 << 30] * size
    starts = [0] * (size + 1)
    for start, character in enumerate(text):
        cost = costs[start]
        alone = cost + _COSTS.get(character, _CHARACTER_COST)
        if alone < costs[start + 1]:
            costs[start + 1], starts[start + 1] = alone, start
        for rest, more in _beginning_with(text[start : start + 2]):
            end = start + 2 + len(rest)
            if end <= size and cost + more < costs[end] and text.startswith(rest, start + 2):
                costs[end], starts[end] = cost + more, start
        if character in own:
            for word in own[character]:
                end = start + len(word)
                if text.startswith(word, start) and cost + _OWN_COST < costs[end]:
                    costs[end], starts[end] = cost + _OWN_COST, start
    words = []
    while size:
        words.append(text[starts[size] : size])
        size = starts[size]
    return words[::-1]


@cache
def _beginning_with(pair: str) -> list[tuple[str, int]]:
    """The words that begin with two characters: what follows these, and the cost."""
    line = _lines().get(pair[0], "")
    mark = f" {pair[1:]}"
    start = line.find(mark) if len(pair) == 2 else -1
    found = []
    while start >= 0:  # they stand in order
        end = line.find(" ", start + 1)
        piece = line[start + 2 : end if end > 0 else None]
        found.append((piece[:-2], int(piece[-2:])))
        start = end if line.startswith(mark, end) else -1
    return found


@cache
def _lines() -> dict[str, str]:
    """The dictionary's lines by their first character."""
    return {line[0]: line[1:] for line in DICTIONARY.read_text(encoding="utf-8").split("\n") if line}
