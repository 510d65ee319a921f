"""The results for eyes (tables), for programs (performance.json) and for docs (performance.svg)."""

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.changes import SCENARIOS
from tests.bench.picture import picture
from tests.bench.results import OURS, SAME_PAGES, Measured, Printed, Size


def counted(size: Size) -> bool:
    """Whether our builds told how many pages they printed."""
    return all(cost.printed is not None for measured in size.ours.values() for cost in measured.costs)


def same_pages(size: Size) -> bool:
    """Whether the peer that should print our pages does, to within a twentieth of pages and of bytes."""
    ours, theirs = size.printed[OURS], size.printed.get(SAME_PAGES)
    return theirs is None or (
        abs(theirs.pages - ours.pages) < ours.pages / 20 and abs(theirs.size - ours.size) < ours.size / 20
    )


def print_tables(sizes: Sequence[Size], runs: int) -> None:
    """Our scenarios, then the peers pair by pair."""
    console = Console()
    # A pipe has no width, and a table cut short is of no use.
    console.width = max(console.width, 130)
    for size in sizes:
        console.print(_our_table(size, runs))
        if size.peers:
            console.print(_peers_table(size))
        if not same_pages(size):
            console.print(f"注意：{SAME_PAGES} 的网页同我们的相差超过百分之五，它的模板要跟上。")
    if any(measured.peak is None for size in sizes for measured in size.ours.values()):
        console.print("内存峰值：这个系统没有 /proc，量不了，记作 –。")
    if not all(map(counted, sizes)):
        console.print("错误：构建没有报出“印出 N 页，写了 N 个文件。”这一行，页数和文件数记作 –。")


def _our_table(size: Size, runs: int) -> Table:
    table = Table(title=f"{size.issues:,} 期，{size.articles:,} 篇（{size.place}；{runs} 次的中位数）")
    table.add_column("情形")
    for heading in ("时间", "CPU", "内存峰值", "印出页", "写文件"):
        table.add_column(heading, justify="right")
    for scenario, measured in size.ours.items():
        last = measured.costs[-1]
        table.add_row(SCENARIOS[scenario], *_costs(measured), _count(last.printed), _count(last.written))
    return table


def _peers_table(size: Size) -> Table:
    printed = "；".join(f"{name} {it.pages:,} 页 {it.size / 1e6:,.1f} MB" for name, it in size.printed.items())
    table = Table(title="别的工具，同样的稿件（倍数：逐对除以我们的时间）", caption=f"网页：{printed}")
    table.add_column("情形")
    table.add_column("工具")
    for heading in ("时间", "CPU", "内存峰值", "时间倍数", "CPU 倍数"):
        table.add_column(heading, justify="right")
    table.add_column("逐对")
    for scenario in ("cold", "edit"):
        for name, measured in size.peers.items():
            walls = size.ratios(name, scenario, "wall")
            table.add_row(
                SCENARIOS[scenario],
                f"{name} {size.versions[name]}",
                *_costs(measured[scenario]),
                f"{median(walls):.2f}",
                f"{median(size.ratios(name, scenario, 'cpu')):.2f}",
                " ".join(f"{ratio:.2f}" for ratio in walls),
            )
    return table


def _costs(measured: Measured) -> tuple[str, str, str]:
    peak = "–" if measured.peak is None else f"{measured.peak / 1e6:,.0f} MB"
    return f"{measured.wall:.2f} 秒", f"{measured.cpu:.2f} 秒", peak


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def write_files(sizes: Sequence[Size], runs: int, docs: Path) -> None:
    """performance.json and pictures/performance.svg in the docs folder."""
    (docs / "pictures").mkdir(parents=True, exist_ok=True)
    results = {"machine": _machine(), "runs": runs, "sizes": [_size(size) for size in sizes]}
    text = json.dumps(results, ensure_ascii=False, indent=1)
    (docs / "performance.json").write_text(text + "\n", encoding="utf-8")
    (docs / "pictures" / "performance.svg").write_text(picture(sizes), encoding="utf-8")


def _machine() -> dict[str, Any]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"cores": cores, "python": platform.python_version(), "system": platform.system()}


def _size(size: Size) -> dict[str, Any]:
    return {
        "issues": size.issues,
        "articles": size.articles,
        "place": size.place,
        "ours": _printed(size.printed[OURS]) | {scenario: _ours(measured) for scenario, measured in size.ours.items()},
        "peers": {name: _peer(size, name) for name in size.peers},
    }


def _printed(printed: Printed) -> dict[str, int]:
    return {"html_pages": printed.pages, "html_bytes": printed.size}


def _measured(measured: Measured) -> dict[str, Any]:
    return {
        "median_wall": round(measured.wall, 4),
        "median_cpu": round(measured.cpu, 4),
        "peak_memory": measured.peak,
        "wall": [round(cost.wall, 4) for cost in measured.costs],
        "cpu": [round(cost.cpu, 4) for cost in measured.costs],
    }


def _ours(measured: Measured) -> dict[str, Any]:
    last = measured.costs[-1]
    return {**_measured(measured), "pages_printed": last.printed, "files_written": last.written}


def _peer(size: Size, name: str) -> dict[str, Any]:
    scenarios: dict[str, Any] = {}
    for scenario, measured in size.peers[name].items():
        ratios = {what: size.ratios(name, scenario, what) for what in ("wall", "cpu")}
        scenarios[scenario] = _measured(measured) | {
            f"median_{what}_over_ours": round(median(found), 3) for what, found in ratios.items()
        }
        scenarios[scenario]["wall_over_ours"] = [round(ratio, 3) for ratio in ratios["wall"]]
    return {"version": size.versions[name], **_printed(size.printed[name]), **scenarios}
