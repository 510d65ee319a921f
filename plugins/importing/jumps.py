"""Stories that go on elsewhere (下转、上接): put together again; the marks go to the report."""

import re

from plugins.importing.draft import Draft, DraftStory
from plugins.importing.neutral import Left

_PAGE = r"(?:第?\s*[A-D]?[0-9０-９一二三四五六七八]{1,2}\s*版|本版|[A-D][0-9]{1,2})"
_TITLE = r"(?:\s*《[^》]*》|\s*[“\"][^”\"]*[”\"])?"
ONWARD = re.compile(
    rf"[（(【\[▶►→\s]*(?:下转|紧接|转|接)\s*{_PAGE}{_TITLE}[）)】\]▶►→\s]*$|[（(]未完[，,]?\s*下转[^（()）]*[）)]\s*$"
)
BACK = re.compile(rf"[（(【\[◀◄←\s]*(?:上接|紧接|接)\s*{_PAGE}{_TITLE}[）)】\]◀◄←\s]*")


def cut_onward(text: str) -> tuple[str, str]:
    """A text less the mark at its end that it goes on elsewhere, and the mark."""
    match = ONWARD.search(text)
    return (text[: match.start()].rstrip(), match[0]) if match else (text, "")


def cut_back(text: str) -> tuple[str, str]:
    """A text less the mark at its beginning that it comes from elsewhere, and the mark."""
    match = BACK.match(text)
    return (text[match.end() :].lstrip(), match[0]) if match and "接" in match[0] else (text, "")


def put_together(draft: Draft) -> None:
    """Give each story that goes on elsewhere its other part."""
    waiting = [story for story in draft.stories if story.goes_on]
    for part in [story for story in draft.stories if story.comes_from]:
        first = _first_part(part, waiting)
        if first is None:
            part.doubts.append("这里是“上接”的下半篇，没有找到上半篇")
            if not part.headline:
                part.doubts.append("没有标题")
            continue
        waiting.remove(first)
        for line in filter(None, (*part.headline, part.kicker, part.deck)):
            draft.left.append(Left(part.place, line, f"“上接”下半篇的标题；正文已接到《{first.plain}》"))
        first.blocks += part.blocks
        first.doubts += [doubt for doubt in part.doubts if "标题" not in doubt]
        if part.byline:
            first.byline, first.signed = part.byline, part.signed
        if part.goes_on:
            waiting.append(first)
        draft.stories.remove(part)
    for story in waiting:
        story.doubts.append("原报注明“下转”，没有找到下半篇")


def _first_part(part: DraftStory, waiting: list[DraftStory]) -> DraftStory | None:
    """The story that a part belongs to: by the words of its headline, or because only one waits."""
    words = set(re.findall(r"\w", part.plain))
    alike = (
        [story for story in waiting if len(words & set(story.plain + story.kicker)) > 0.6 * len(words)] if words else []
    )
    if len(alike) == 1:
        return alike[0]
    if len(waiting) == 1:
        return waiting[0]
    return (alike or waiting)[0] if alike else None
