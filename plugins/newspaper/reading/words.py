"""`words.txt`, a list of names, places and set phrases that headlines never break (本报的词)."""

import re

from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.problems import Problem

LONGEST = 7
"""Characters of a word: so many fit a line of the largest type on a phone."""


def read_words(text: str, source: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The paper's own words, one a line, `#` before a remark; and what is no word."""
    words: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip(" \t　")
        if not word:
            continue
        message = ""
        if re.search(r"[\s、，,；;]", word):
            message = f"“{word}”：一行只写一个词，请分成几行"
        elif not re.fullmatch(f"{HANZI}+", word):
            message = f"“{word}”：词里只能有汉字，数字、字母、标点都不用写"
        elif not 1 < len(word) <= LONGEST:
            message = f"“{word}”有 {len(word)} 个字；一个词要有 2 到 {LONGEST} 个字，再长手机上一行排不下"
        elif word in words:
            message = f"“{word}”在第 {words[word]} 行已经有了，请删去一行"
        words.setdefault(word, number)
        if message:
            problems.append(Problem(source, number, "words", message))
    return tuple(words), problems
