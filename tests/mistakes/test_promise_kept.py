"""Random edits of good issues: no character vanishes without a problem."""

from collections import Counter
from collections.abc import Callable
from string import digits, punctuation
from urllib.parse import unquote

from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.newspaper.fields import STORY, known_words
from tests.conftest import ROOT
from tests.mistakes.good import GOOD
from tests.mistakes.issue_slips import Edited, read

OF_THE_FORM = {
    *punctuation,
    *digits,
    *(chr(ord(mark) + 0xFEE0) for mark in punctuation),
    *"—─━“”‘’「」『』〝〞【】〔〕、○〇◯◎●",
}
"""What a mark of the form may be, or a number of a list; of all other characters, each is on the page or told."""
DAY = ROOT / "content/issues/0255.md"
ISSUES = [GOOD, *(file.read_text(encoding="utf-8") for file in (DAY, ROOT / "tests/site/archive/issues/0303.md"))]


def words(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace() and character not in OF_THE_FORM)


def on_the_pages(found: Edited) -> str:
    """All that readers see of the issue, and what its fields have become."""
    soup = BeautifulSoup(found.html, "html.parser")
    seen = [soup.get_text(), *found.banners]
    for image in soup.find_all("img"):
        seen += [str(image["alt"]), unquote(str(image["src"]))]
    for link in soup.find_all("a"):
        seen += [unquote(str(link["href"]))]
    for article in found.articles:
        seen += [*article.headline.lines, *article.headline.kicker, *article.headline.deck, article.byline.printed]
        seen += [article.slug, *article.topics, *article.aliases, article.audio, *known_words(STORY)]
    return "".join(seen)


Edit = Callable[[str, int, int], str]
EDITS: dict[str, Edit] = {
    "dropped": lambda text, at, _: text[:at] + text[at + 1 :],
    "two dropped": lambda text, at, _: text[:at] + text[at + 2 :],
    "doubled": lambda text, at, _: text[:at] + text[at : at + 1] + text[at:],
    "widened": lambda text, at, _: text[:at] + _widened(text[at : at + 1]) + text[at + 1 :],
    "a line widened": lambda text, at, _: _of_line(text, at, lambda line: "".join(map(_widened, line))),
    "lines joined": lambda text, at, _: _replaced_near(text, at, "\n", ""),
    "lines joined by a space": lambda text, at, _: _replaced_near(text, at, "\n", " "),
    "a blank line taken out": lambda text, at, _: _replaced_near(text, at, "\n\n", "\n"),
    "parted": lambda text, at, _: text[:at] + "\n" + text[at:],
    "parted widely": lambda text, at, _: text[:at] + "\n\n" + text[at:],
    "a line moved": lambda text, at, to: _line_moved(text, at, to),
    "a piece moved": lambda text, at, to: _piece_moved(text[:at] + text[at + 5 :], text[at : at + 5], to),
    "a mark set": lambda text, at, to: text[:at] + MARKS[to % len(MARKS)] + text[at:],
    "indented": lambda text, at, to: _of_line(text, at, lambda line: " 　\t"[to % 3] * 2 + line),
}  # fmt: skip
MARKS = [
    "*",
    "**",
    "#",
    "|",
    "[",
    "](",
    "![",
    ":",
    "<",
    ">",
    "- ",
    "1. ",
    "`",
    "\\",
    "&",
    "~~~",
    "---",
    "“",
    '"',
    "\t",
    "（",
]


def _widened(character: str) -> str:
    """The character as a Chinese keyboard gives it."""
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else "　" if character == " " else character


def _of_line(text: str, at: int, change: Callable[[str], str]) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[:start] + change(text[start:end]) + text[end:]


def _replaced_near(text: str, at: int, old: str, new: str) -> str:
    place = text.find(old, at)
    return text if place < 0 else text[:place] + new + text[place + len(old) :]


def _piece_moved(text: str, piece: str, to: int) -> str:
    return text[:to] + piece + text[to:]


def _line_moved(text: str, at: int, to: int) -> str:
    lines = text.split("\n")
    line = lines.pop(text.count("\n", 0, at))
    lines.insert(text.count("\n", 0, to), line)
    return "\n".join(lines)


PLACES = st.integers(0, 1_000_000)


@given(
    st.sampled_from(ISSUES), st.lists(st.tuples(st.sampled_from(list(EDITS)), PLACES, PLACES), min_size=1, max_size=3)
)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_character_vanishes_without_a_problem(issue: str, edits: list[tuple[str, int, int]]) -> None:
    header, body = issue.split("---\n\n", 1)
    for edit, at, to in edits:
        body = EDITS[edit](body, at % (len(body) + 1), to % (len(body) + 1))
    found = read(f"{header}---\n\n{body}")
    if not found.problems:
        assert words(body) - words(on_the_pages(found)) == Counter()
