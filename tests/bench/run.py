"""The rounds: each change to each tool's site in turn, again and again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench import report
from tests.bench.changes import SCENARIOS, changes_of
from tests.bench.corpus import BUILD, OUTPUT, Corpus, write_corpus
from tests.bench.measure import BuildFailed, Tool, build, empty_folder, peak_memory
from tests.bench.peers import Installed, installed_peers
from tests.bench.results import OURS, Measured, Printed, Size

Say = Callable[[str], None]

_BYTES_AN_ISSUE = 350_000
"""Room that an issue takes in our folder, with output and caches.

A peer's takes half of it, or as much with our pages.
"""


class Rounds:
    """Measures tools in turn (A B A B …); a peer that fails is out, with a word of why."""

    def __init__(self, tools: Sequence[Tool], runs: int, tick: Say, say: Say) -> None:
        self._tools, self._runs, self._tick, self._say = list(tools), runs, tick, say

    def measured(self) -> dict[str, dict[str, Measured]]:
        """Tool → scenario → costs, of the tools that could do it all."""
        # The first build also leaves bytecode behind.
        self._each("预备", build)
        found = {scenario: self._scenario(scenario) for scenario in SCENARIOS}
        return {
            tool.name: {scenario: by_tool[tool.name] for scenario, by_tool in found.items() if tool.name in by_tool}
            for tool in self._tools
        }

    def _scenario(self, scenario: str) -> dict[str, Measured]:
        found = {tool.name: Measured() for tool in self._tools if scenario in tool.changes}

        def once(repetition: int, tool: Tool) -> None:
            found[tool.name].costs.append(changed(tool, scenario, repetition, build))

        def memory(tool: Tool) -> None:
            found[tool.name].peak = changed(tool, scenario, self._runs + 1, peak_memory)

        for repetition in range(1, self._runs + 1):
            self._each(SCENARIOS[scenario], partial(once, repetition), scenario)
        self._each(SCENARIOS[scenario], memory, scenario)
        for tool in self._tools:
            if scenario in tool.changes:
                restore(tool, scenario)
        return found

    def _each(self, title: str, act: Callable[[Tool], object], scenario: str = "cold") -> None:
        for tool in [tool for tool in self._tools if scenario in tool.changes]:
            self._tick(f"{title} · {tool.name}")
            try:
                act(tool)
            except BuildFailed as failed:
                if tool.name == OURS:
                    raise
                self._say(f"{failed}；不比它")
                self._tools.remove(tool)


def changed(tool: Tool, scenario: str, repetition: int, act: Callable[[Tool], Any]) -> Any:
    """Make the change, then act; ready for the next time."""
    change = tool.changes[scenario]
    change.make(repetition)
    found = act(tool)
    if change.undone == "each":
        change.undo()
        build(tool)
    return found


def restore(tool: Tool, scenario: str) -> None:
    """Bring the site back to what it was before the scenario."""
    change = tool.changes[scenario]
    if change.undone == "end":
        change.undo()
        build(tool)


def our_tool(corpus: Corpus) -> Tool:
    """The real command on the corpus."""
    return Tool(OURS, corpus.folder, BUILD, changes_of(corpus), output=OUTPUT)


def bench(sizes: Sequence[int], *, runs: int, peers: bool, docs: Path) -> int:
    """Measure every size, print the tables, write the files for docs/; gives the exit code."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("安装别的工具" if peers else "", total=None)
        others = installed_peers(progress.print) if peers else []
        progress.update(task, total=len(sizes) * builds(runs, len(others)))

        def size(issues: int) -> Size:
            def tick(what: str) -> None:
                progress.update(task, advance=1, description=f"{issues} 期 · {what}")

            return measure(issues, runs, others, tick, progress.print)

        found = [size(issues) for issues in sorted(set(sizes))]
    report.print_tables(found, runs)
    report.write_files(found, runs, docs)
    return 0 if all(report.counted(size) for size in found) else 1


def builds(runs: int, peers: int) -> int:
    """How many builds the progress bar counts at one size."""
    return 1 + len(SCENARIOS) * (runs + 1) + peers * (1 + 2 * (runs + 1))


def measure(issues: int, runs: int, others: Sequence[Installed], tick: Say, say: Say) -> Size:
    """All tools at one size, in a folder that is gone afterwards."""
    needed = issues * _BYTES_AN_ISSUE * (3 + len(others)) // 2
    with empty_folder(needed) as (folder, place):
        corpus = write_corpus(folder / "ours", issues)
        tools = [our_tool(corpus), *(other.tool(folder / other.peer.site.key, corpus) for other in others)]
        measured = Rounds(tools, runs, tick, say).measured()
        printed = {tool.name: Printed.under(tool.folder / tool.output) for tool in tools if tool.name in measured}
    return Size(issues, place, measured, {tool.name: tool.version for tool in tools if tool.version}, printed)
