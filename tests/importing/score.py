"""How much of an issue an import got right."""

from collections import Counter

from tests.importing.truth import File, Told

COLUMNS = ("报头", "稿件", "拆开", "并在一起", "标题行", "署名", "图注", "段落")


def score(truth: File, found: File, *, header: bool = True) -> Counter[str]:
    """Right and wrong, by what."""
    counts: Counter[str] = Counter()
    left = list(found.stories)
    for story in truth.stories:
        opening = _texts(story)[:30]
        same = next((each for each in left if opening in _texts(each)), None)
        counts["稿件 共"] += 1
        if same is None:
            counts["并在一起"] += 1
            continue
        left.remove(same)
        counts["稿件"] += _texts(story) == _texts(same)
        _count(counts, "标题行", _headlines(story), _headlines(same))
        _count(counts, "署名", [story.byline] if story.byline else [], [same.byline])
        _count(counts, "图注", story.of("caption"), same.of("caption"))
        _count(counts, "段落", story.of("text") + story.of("crosshead"), same.of("text") + same.of("crosshead"))
    counts["拆开"] += len(left)
    if header:
        counts["报头 共"] += len(truth.header)
        counts["报头"] += sum(found.header.get(key) == value for key, value in truth.header.items())
    return counts


def _texts(story: Told) -> str:
    return "".join(part.text for part in story.parts).replace("图为", "").replace(" ", "")


def _headlines(story: Told) -> list[str]:
    return [
        line
        for line in (story.banner, story.kicker, *"|".join(story.headline).replace("|", " ").split(), story.deck)
        if line
    ]


def _count(counts: Counter[str], what: str, truth: list[str], found: list[str]) -> None:
    counts[f"{what} 共"] += len(truth)
    counts[what] += sum((Counter(_plain(each) for each in truth) & Counter(_plain(each) for each in found)).values())


def _plain(text: str) -> str:
    return text.removeprefix("图为").replace(" ", "")


def row(counts: Counter[str]) -> str:
    """The counts in one line."""
    return "　".join(
        f"{what} {counts[what]}/{counts[what + ' 共']}" if counts[what + " 共"] else f"{what} {counts[what]}"
        for what in COLUMNS
    )
