"""What an import says (导入报告): what was found, what is in doubt, what was mended, what was left out; in Chinese."""

from collections import Counter
from collections.abc import Iterator, Sequence

from plugins.importing.draft import Draft
from plugins.importing.masthead import Facts
from plugins.importing.neutral import Source
from plugins.newspaper.fields import FRONT_MATTER
from plugins.newspaper.problems import Problem

_NAMES = {key: twins[0] for key, twins in FRONT_MATTER.items()} | {"weekday": "星期"}


def report_of(
    name: str,
    target: str,
    source: Source,
    draft: Draft,
    text: str,
    problems: Sequence[Problem],
    neighbours: Sequence[str],
) -> str:
    """The whole report, as a text."""
    return "\n".join(_lines(name, target, source, draft, text, problems, neighbours)) + "\n"


def _lines(
    name: str,
    target: str,
    source: Source,
    draft: Draft,
    text: str,
    problems: Sequence[Problem],
    neighbours: Sequence[str],
) -> Iterator[str]:
    yield f"导入报告：{name}（{source.kind}）→ {target}"
    yield ""
    yield from _with("说明", source.remarks)
    yield from _with("报头", list(_facts(draft.facts)))
    yield from _with("与前后各期对照", neighbours)
    yield from _with(
        f"稿件 {len(draft.stories)} 篇",
        [f"{at}. {story.plain or '（没有标题）'}　{story.byline}" for at, story in enumerate(draft.stories, 1)],
    )
    yield from _with(
        "拿不准，稿件里有“待核”",
        [f"{target.rpartition('/')[2]} 第{number}行：{words}" for number, words in _marks(text)],
    )
    counted = Counter[str]()
    for mend in draft.mends:
        counted[mend.what] += mend.times
    joined = [f"{mend.place}：{mend.what}" for mend in draft.mends if not mend.times]
    yield from _with("接上的段落", joined)
    yield from _with("整理", [f"{what}：{count} 处" for what, count in counted.items() if count])
    yield from _with("没有收入的字", [f"{each.place}：{each.text}（{each.why}）" for each in draft.left])
    others = [problem for problem in problems if problem.code != "to-verify"]
    yield from _with("检查还会问", [f"第{problem.line}行：{problem.message}（{problem.code}）" for problem in others])
    yield "一字不漏、一字不添：已核对，原件的每个字都在稿件里，或在上面。"


def _with(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"【{title}】"
        yield from (f"  {line}" for line in lines)
        yield ""


def _facts(facts: Facts) -> Iterator[str]:
    for fact in facts.facts:
        printed = " ".join(fact.printed.split())
        yield f"{fact.place}：{printed} → {_NAMES.get(fact.key, fact.key)}：{fact.value}"


def _marks(text: str) -> Iterator[tuple[int, str]]:
    from plugins.newspaper.reading.to_verify import doubt_in

    for number, line in enumerate(text.split("\n"), 1):
        if (doubt := doubt_in(line)) is not None:
            yield number, doubt
