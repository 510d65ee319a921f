"""Many sources at once (批量导入): files and folders; one that fails stops no other."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from plugins.importing.desk import Imported, Paper, import_source, put_in_place
from plugins.importing.neutral import Unreadable
from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import not_written, write_whole

REPORTS = Path(".cache/import")
"""Folder of the reports, beside the content; Git does not keep it."""
_NO_SOURCE = {
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".bmp",
    ".heic",
    ".tif",
    ".tiff",
    ".svg",
    ".mp3",
    ".mp4",
    ".css",
    ".js",
    ".json",
    ".ini",
    ".db",
}


class Result(NamedTuple):
    """What came of one source."""

    source: Path
    imported: Imported | None
    said: str
    """In Chinese, one line."""


def sources_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant: those of folders, at any depth, less what is surely no issue."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file())
            found += [
                each
                for each in inside
                if each.suffix.lower() not in _NO_SOURCE and not each.name.startswith((".", "~"))
            ]
        elif not path.exists() and any(mark in path.name for mark in "*?"):
            found += sorted(path.parent.glob(path.name))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def import_all(
    sources: Sequence[Path],
    paper: Paper,
    total: int = 0,
    *,
    replace: bool = False,
    tell: Callable[[int, Path], None] = lambda _at, _path: None,
) -> Iterator[Result]:
    """Import each source; `tell` hears of each before it is read."""
    written: dict[int, Path] = {}
    for at, path in enumerate(sources, 1):
        tell(at, path)
        yield _import(path, paper, total, replace, written)


def _import(path: Path, paper: Paper, total: int, replace: bool, written: dict[int, Path]) -> Result:
    try:
        imported = import_source(path, paper, total)
        if imported.total in written:
            raise Unreadable(f"也是总第{imported.total}期，与 {written[imported.total].name} 相同；请看看哪一份是对的")
        kept = put_in_place(imported, paper, replace=replace)
    except Halt as halt:
        return Result(path, None, str(halt))
    except OSError as error:
        return Result(path, None, not_written(error))
    except Exception as error:  # a fault of ours must not stop 249 other issues
        return Result(path, None, f"程序出了错（{type(error).__name__}），这一份没有导入；请把原件交给技术员")
    written[imported.total] = path
    said = [f"{imported.stories} 篇", f"待核 {imported.doubts} 处"]
    if imported.problems:
        said.append(f"检查要问 {imported.problems} 处")
    try:
        write_whole(paper.content.parent / REPORTS / f"{imported.total:04}.txt", imported.report.encode("utf-8"))
    except OSError as error:  # the issue is there, and is told
        said.append(f"报告没有存下：{not_written(error)}")
    if kept:
        said.append(f"换掉了原来的，原来的存在 {'、'.join(kept)}")
    return Result(path, imported, "，".join(said))


def table_of(results: Sequence[Result]) -> Iterator[str]:
    """The results, a line for each source, and their sum."""
    for result in results:
        target = f"{result.imported.total:04}.md" if result.imported else "没有导入"
        yield f"{target}　{result.source.name}　{result.said}"
    done = [result for result in results if result.imported]
    stories = sum(result.imported.stories for result in done if result.imported)
    yield f"共 {len(results)} 份：导入 {len(done)} 期 {stories} 篇，没有导入 {len(results) - len(done)} 份。"
