"""`content/words.txt`, which the paper need not have → its own words."""

from pathlib import Path

from plugins.newspaper.gathering.texts import read_text
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.words import read_words


def own_words(content: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The paper's own words, and what is none."""
    source = f"{content.name}/words.txt"
    unread: list[Problem] = []
    try:
        text = read_text(content / "words.txt", source, unread)
    except FileNotFoundError:
        text = ""
    words, found = read_words(text or "", source)
    return words, unread + found
