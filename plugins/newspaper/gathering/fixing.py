"""What `invoke check` does to the editors' files and says beside problems: the proper form written into them; hints.

Neither stops a build: a build reads the proper form in any case (reading/form.py), and a hint is a mere question.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.newspaper.characters import mended
from plugins.newspaper.reading.form import proper_form
from plugins.newspaper.reading.front_matter import split_front_matter
from plugins.newspaper.reading.lines import Change
from plugins.newspaper.whole_files import write_whole

_NEWLINE = re.compile(r"(\r\n|\n|\r)")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。！？；，：:]{2,30}")
_BOLD = re.compile(r"\*\*([^*。！？；，：:]{2,30})\*\*")


def fix_issues(content: Path) -> Iterator[str]:
    """Write each issue in its proper form; yield what was done, line by line. BOM and ends of lines stay."""
    for file, text in _texts(content):
        pieces = _NEWLINE.split(text)
        changes = _mend(pieces)
        body, offset = _body(pieces)
        form = proper_form(body, offset + 1)
        if offset and form.changes:
            pieces[2 * offset :: 2] = form.text.split("\n")
            changes += form.changes
        if changes:
            write_whole(file, "".join(pieces).encode("utf-8"))
            yield from (f"content/issues/{file.name}:{change.line}: 已改：{change.what}" for change in sorted(changes))


def _mend(pieces: list[str]) -> list[Change]:
    """Put right the characters of each line that no reader should see, where there is but one way to."""
    changes = []
    for at in range(0, len(pieces), 2):
        bom = pieces[at][:1] if at == 0 and pieces[at].startswith("\ufeff") else ""
        line = bom + mended(pieces[at].removeprefix(bom))
        if line != pieces[at]:
            changes.append(Change(at // 2 + 1, "部首换成了汉字，看不见的字符去掉了"))
            pieces[at] = line
    return changes


def hints(content: Path) -> Iterator[str]:
    """Lines that look like something else than they are; both may be right."""
    for file, text in _texts(content):
        body, offset = _body(_NEWLINE.split(text))
        for number, line in enumerate(proper_form(body).text.split("\n"), offset + 1):
            bold = _BOLD.fullmatch(line)
            if bold or _NUMBERED.fullmatch(line):
                words = bold[1] if bold else line
                yield f"content/issues/{file.name}:{number}: 提示：这一行像是小标题；若是，请写成“#### {words}”"


def _body(pieces: list[str]) -> tuple[str, int]:
    """The text below the header, of lines and what ends each, and how many lines stand before it."""
    _, body, offset = split_front_matter("\n".join(pieces[::2]).removeprefix("\ufeff"))
    return body, offset


def _texts(content: Path) -> Iterator[tuple[Path, str]]:
    """Each issue's file, with its text if that is UTF-8, BOM included."""
    for file in sorted((content / "issues").glob("*.md")):
        try:
            text = file.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, OSError):  # told by the check
            continue
        yield file, text
