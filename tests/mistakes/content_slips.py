"""Slips in the content folder: wrong files, wrong names, a wrong line in another file than an issue's."""

from datetime import date
from pathlib import Path

from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, issues_in
from tests.mistakes.good import FILES
from tests.mistakes.table import Slip, Told

ISSUE = "issues/0256.md"


def try_it(slip: Slip, folder: Path) -> None:
    """Make a slip in a good folder, and see that what is expected is told, and nothing else."""
    content = _folder(folder / "content", slip)
    found = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).problems
    seen = "\n".join(map(str, found))
    for told in [Told.of(value) for word, value in slip.lines if word == "报"]:
        source = f"content/{told.file or ISSUE}"
        file = content / (told.file or ISSUE)
        line = told.line_in(file.read_text(encoding="utf-8")) if told.at else 1
        problems = [problem for problem in found if (problem.source, problem.code) == (source, told.code)]
        assert line in [problem.line for problem in problems], seen
        assert any(told.says in problem.message for problem in problems if problem.line == line), seen
    assert len(found) == slip.told, seen


def _folder(content: Path, slip: Slip) -> Path:
    """A good content folder with the slip in it."""
    for name, written in FILES.items():
        _write(content / name, written)
    name = ISSUE
    good = ""
    for word, value in slip.lines:
        first, _, second = value.partition(" → ")
        match word:
            case "文件":  # in which the text is changed
                name = value
            case "原":
                good = value
                assert good in (content / name).read_text(encoding="utf-8"), slip.name
            case "误":
                text = (content / name).read_text(encoding="utf-8")
                (content / name).write_text(text.replace(good, value, 1), encoding="utf-8")
            case "改名":
                (content / second).parent.mkdir(parents=True, exist_ok=True)
                (content / first).rename(content / second)
            case "另存":  # a copy of a file
                _write(content / second, (content / first).read_bytes())
            case "删去":
                (content / value).unlink()
            case _ if word.startswith("全文 "):  # of a file
                _write(content / word.removeprefix("全文 "), value.encode())
            case _:
                assert word == "报", f"{slip.name}: {word}"
    return content


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
