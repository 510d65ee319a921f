"""Words set twice by a slip of the hand (重字): 会议会议, 的的, 传达了学习了.

What is doubled on purpose is good (reduplication.py); what that does not know, and the editor does, is accepted in the
story. docs/decisions/0025 says how the line is drawn.
"""

import re
from collections.abc import Iterator

from plugins.newspaper.checking.reduplication import NEVER_TWICE, is_reduplication, is_where_words_meet
from plugins.newspaper.hanzi import HANZI

LONGEST = 6
"""Characters of the longest word that is looked for."""

_FIRM = "定直切般流行起样致旦律贯向些时共心线同"
_WORD_TWICE = re.compile(
    rf"(?P<counted>(一(?![{_FIRM}]){HANZI}{{1,2}})\2+)|(?P<word>{HANZI}{{2,{LONGEST}}}?)(?P=word)+"
)
"""一项一项 and 一大片一大片 are good Chinese: `counted`. It comes first, so that what it matches is not matched again; but
一定, 一直 and the like count nothing."""
_LITTLE_TWICE = re.compile(f"([{''.join(NEVER_TWICE)}])\\1")
_LITTLE_WORDS = frozenset(word.encode("utf-16-le") for word in NEVER_TWICE)

_NO_VERB = (
    "我你他她它们是的了在也又就都还便很多个着过得不没有去来到上下出入进与和把被为以即给除或己太已经将要会能可让使叫"
    "一二两三四五六七八九十几半年月日天次成"
)
_DONE = rf"(?:(?![{_NO_VERB}]){HANZI}){{2}}了"
_DONE_NEAR = re.compile("了..了")
_DONE_TWICE = re.compile(rf"{_DONE}{_DONE}(?=[《〈“]|{HANZI})")
"""Two verbs with one object, and one 了 too many: 传达了学习了讲话. At the end of a clause it is good: 花开了草绿了。"""


def may_double(text: str) -> bool:
    """Whether `doubled_words` may find something; many times faster than looking, and mostly no.

    The text is taken as one large number. That number, combined by exclusive or with itself shifted by the length of a
    word, has zeros wherever the text repeats itself at that distance.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    number = int.from_bytes(encoded, "little")

    def repeats(length: int) -> bytes:
        return (number ^ number >> 16 * length).to_bytes(len(encoded), "little")

    if any(bytes(2 * length) in repeats(length) for length in range(2, LONGEST + 1)) or _DONE_NEAR.search(text):
        return True
    once = repeats(1)
    at = once.find(b"\0\0")
    while at >= 0:
        if at % 2 == 0 and encoded[at : at + 2] in _LITTLE_WORDS:
            return True
        at = once.find(b"\0\0", at + 1)
    return False


def doubled_words(text: str) -> Iterator[str]:
    """What was set twice, as it stands there."""
    for found in _LITTLE_TWICE.finditer(text):
        if not is_where_words_meet(found[1], text[: found.start()], text[found.end() :]):
            yield found[0]
    for found in _WORD_TWICE.finditer(text):
        if not found["counted"] and not is_reduplication(found["word"], text[: found.start()], text[found.end() :]):
            yield found["word"] * 2
    for found in _DONE_TWICE.finditer(text):
        yield found[0]
