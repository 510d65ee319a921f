"""The marks that a story goes on elsewhere, and that it comes from there (下转、上接)."""

import re

_PAGE = r"(?:第?\s*[A-D]?[0-9０-９一二三四五六七八]{1,2}\s*版|本版|[A-D][0-9]{1,2})"
_TITLE = r"(?:\s*《[^》]*》|\s*[“\"][^”\"]*[”\"])?"
ONWARD = re.compile(
    rf"[（(【\[▶►→\s]*(?:下转|转)\s*{_PAGE}{_TITLE}[）)】\]▶►→\s]*$|[（(]未完[，,]?\s*下转[^（()）]*[）)]\s*$"
)
BACK = re.compile(rf"[（(【\[◀◄←\s]*(?:上接|紧接)\s*{_PAGE}{_TITLE}[）)】\]◀◄←\s]*")


def cut_onward(text: str) -> tuple[str, str]:
    """A text less the mark at its end that it goes on elsewhere, and the mark."""
    match = ONWARD.search(text)
    return (text[: match.start()].rstrip(), match[0]) if match else (text, "")


def cut_back(text: str) -> tuple[str, str]:
    """A text less the mark at its beginning that it comes from elsewhere, and the mark."""
    match = BACK.match(text)
    return (text[match.end() :].lstrip(), match[0]) if match and "接" in match[0] else (text, "")
