"""What an editor lets stand in a story (已核): `:已核: “传达了学习了”“会议会议” 原报如此`."""

import re

from plugins.newspaper.model import Accepted

_QUOTED = re.compile(r"[\s、，,和]*[“\"「『]([^“”\"「」『』]+)[”\"」』]")


def read_accepted(text: str) -> Accepted:
    """The words, each in quotation marks, and the reason; either may be missing."""
    words: list[str] = []
    at = 0
    while quoted := _QUOTED.match(text, at):
        words.append(quoted[1])
        at = quoted.end()
    return Accepted(tuple(words), text[at:].strip(" 　，,：:；;"))
