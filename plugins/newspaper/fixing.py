"""What `invoke check` does to the editors' files, and says beside the problems: the proper form written into them, hints.

Neither stops a build: a build reads the proper form in any case (reading/form.py), and a hint is a mere question.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.form import proper_form
from plugins.newspaper.reading.front_matter import split_front_matter
from plugins.newspaper.whole_files import write_whole

_NEWLINE = re.compile(r"(\r\n|\n|\r)")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。！？；，：:]{2,30}")
_BOLD = re.compile(r"\*\*([^*。！？；，：:]{2,30})\*\*")


def fix_issues(content: Path) -> Iterator[Problem]:
    """Write each issue in its proper form; what was done, line by line. All else stays as it was: BOM, ends of lines."""
    for file, source, text in _texts(content):
        pieces = _NEWLINE.split(text)
        _, body, offset = split_front_matter("\n".join(pieces[::2]))
        form = proper_form(body, offset + 1)
        if offset and form.changes:
            pieces[2 * offset :: 2] = form.text.split("\n")
            write_whole(file, "".join(pieces).encode("utf-8"))
            yield from (Problem(source, change.line, "fixed", change.what) for change in form.changes)


def hints(content: Path) -> Iterator[Problem]:
    """Lines that look like something else than they are; both may be right."""
    for _, source, text in _texts(content):
        _, body, offset = split_front_matter("\n".join(_NEWLINE.split(text)[::2]))
        for number, line in enumerate(proper_form(body).text.split("\n"), offset + 1):
            if _NUMBERED.fullmatch(line):
                yield Problem(source, number, "hint", f"像是小标题；若是，请写成“#### {line}”")
            elif match := _BOLD.fullmatch(line):
                yield Problem(source, number, "hint", f"像是小标题；若是，请写成“#### {match[1]}”")


def _texts(content: Path) -> Iterator[tuple[Path, str, str]]:
    """Each issue's file, its name as problems tell it, and its text with its BOM, if it is UTF-8."""
    for file in sorted((content / "issues").glob("*.md")):
        try:
            text = file.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, OSError):  # told by the check
            continue
        yield file, f"content/issues/{file.name}", text
