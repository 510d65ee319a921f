"""Stories that go on elsewhere (下转、上接): put together again; the marks go to the report."""

import re

from plugins.importing.draft import Block, Draft, DraftStory
from plugins.importing.neutral import Left


def put_together(draft: Draft) -> None:
    """Give each story that goes on elsewhere its other part."""
    waiting = [story for story in draft.stories if story.goes_on]
    for part in [story for story in draft.stories if story.comes_from]:
        first = _first_part(part, [story for story in waiting if story is not part])
        if first is None:
            part.doubts.append("这里是“上接”的下半篇，没有找到上半篇")
            if not part.headline:
                part.doubts.append("没有标题")
            continue
        waiting = [story for story in waiting if story is not first]
        for line, place in part.places:
            why = f"“上接”下半篇的标题；正文已接到《{first.plain}》"
            # Bars in it have been told.
            draft.left += [Left(place, words, why) for words in re.split("[|｜]", line) if words.strip()]
        first.blocks += part.blocks
        first.doubts += [doubt for doubt in part.doubts if "标题" not in doubt]
        if part.byline and first.byline:
            first.blocks.append(Block("text", part.byline, part.byline_place, doubt="两半各有署名，这是下半篇的"))
        elif part.byline:
            first.byline, first.signed, first.byline_place = part.byline, part.signed, part.byline_place
        if part.goes_on:
            waiting = [first if story is part else story for story in waiting]
        draft.stories = [story for story in draft.stories if story is not part]
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
