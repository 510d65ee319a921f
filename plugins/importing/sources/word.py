"""Word (.docx), read by mammoth: tracked insertions are kept, deletions dropped, text boxes read once.

No style need be used: how large a paragraph is, whether it is centred or bold, goes with it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from plugins.importing.neutral import Paragraph, Source, Unreadable
from plugins.importing.sources.word_gaps import readable, unread

MOST_UNPACKED = 300 * 1024 * 1024
"""Bytes; a small file that is larger unpacked is made to do harm."""
MOST_XML = 40 * 1024 * 1024
"""Bytes of its text."""
LONGEST_CELL = 80
"""Characters of a cell; a longer one is text that a table only arranges."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL = re.compile(r"(?:heading|标题)\s*([1-6])", re.I)
_SUFFIX = {"image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
_USUAL_SIZE = 10.5


class _Styles(NamedTuple):
    """Sizes by style, in points."""

    usual: float
    sizes: dict[str, float]


def read_word(raw: bytes, _path: Path) -> Source:
    """The paragraphs of a Word file."""
    package = _package(raw)
    try:
        raw, gone = readable(raw, package)
        body, remarks = _read(raw, package)
        to_look_at = tuple(unread(package, [paragraph.text for paragraph in body]))
    except Unreadable:
        raise
    except Exception:  # whatever the library meets in a damaged file
        raise Unreadable("这个 Word 文件坏了，读不出来；请在 Word 里打开，另存为新的 .docx，再导入") from None
    return Source("Word", tuple(body), (*remarks, *gone), doubts=to_look_at)


def _package(raw: bytes) -> zipfile.ZipFile:
    """The parts of the file, none of them too large."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
        parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("这个 Word 文件不完整，打不开；请重新拷一份，或在 Word 里另存，再导入") from None
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        kind = (
            "表格（Excel）" if "xl/workbook.xml" in names else "幻灯片" if "ppt/presentation.xml" in names else "压缩包"
        )
        raise Unreadable(f"这是{kind}，不是 Word 文件；请把文字复制到 Word 里存成 .docx，再导入")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("文件加了密码；请在 Word 里去掉密码，另存后再导入")
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if xml > MOST_XML or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("文件展开以后大得不合常理，不是一期报纸，没有打开它；请把文字复制到新的 Word 文件里，再导入")
    return package


def _read(raw: bytes, package: zipfile.ZipFile) -> tuple[list[Paragraph], list[str]]:
    import mammoth

    documents: list[Any] = []

    def keep(document: Any) -> Any:
        documents.append(document)
        return document.copy(children=[])

    mammoth.convert_to_html(io.BytesIO(raw), transform_document=keep)
    document = documents[0]
    walk = _Walk(_styles(package))
    body = [
        *_margins(package, "header"),
        *(paragraph for element in document.children for paragraph in walk.paragraphs(element)),
        *(paragraph for note in _notes(document) for paragraph in walk.paragraphs(note, place="脚注")),
        *_margins(package, "footer"),
    ]
    return body, [*walk.remarks, *_remarks(package, document)]


def _remarks(package: zipfile.ZipFile, document: Any) -> Iterator[str]:
    xml = package.read("word/document.xml")
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo) ", xml):
        yield "原件里有修订：插入的字收入了，删去的字没有收入；若还没定稿，请在 Word 里接受或拒绝修订，再导入"
    if document.comments:
        yield f"原件里有 {len(document.comments)} 条批注，没有收入"


def _notes(document: Any) -> list[Any]:
    """Paragraphs of footnotes."""
    return [block for note in getattr(document.notes, "_notes", {}).values() for block in note.body]


def _margins(package: zipfile.ZipFile, kind: str) -> Iterator[Paragraph]:
    """Headers or footers, each text once."""
    word = "页眉" if kind == "header" else "页脚"
    seen: set[str] = set()
    for name in sorted(package.namelist()):
        if re.fullmatch(rf"word/{kind}[0-9]*\.xml", name):
            for paragraph in ElementTree.fromstring(package.read(name)).iter(f"{_W}p"):
                text = "".join(each.text or "" for each in paragraph.iter(f"{_W}t")).strip()
                if text and text not in seen:
                    seen.add(text)
                    yield Paragraph(text, word, margin=True)


def _styles(package: zipfile.ZipFile) -> _Styles:
    """The sizes that styles give, those of what they are based on too."""
    try:
        root = ElementTree.fromstring(package.read("word/styles.xml"))
    except KeyError:
        return _Styles(_USUAL_SIZE, {})
    sizes: dict[str, float] = {}
    based: dict[str, str] = {}
    default = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}sz")
    usual = _points(default) or _USUAL_SIZE
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        size = _points(style.find(f"{_W}rPr/{_W}sz"))
        parent = style.find(f"{_W}basedOn")
        if size:
            sizes[name] = size
        if parent is not None:
            based[name] = parent.get(f"{_W}val", "")
        if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph" and size:
            usual = size
    for name in based:
        above, steps = name, 0
        while above not in sizes and above in based and steps < 20:
            above, steps = based[above], steps + 1
        if above in sizes:
            sizes[name] = sizes[above]
    return _Styles(usual, sizes)


def _points(size: Any) -> float:
    """Half points of an element, in points; 0 where there is none."""
    value = size.get(f"{_W}val", "") if size is not None else ""
    return float(value) / 2 if value.isdigit() else 0.0


class _Walk:
    """Goes through a document's blocks in order and counts its paragraphs."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.count = 0
        self.pictures = 0
        self.numbers: dict[int, int] = {}
        self.remarks: list[str] = []

    def paragraphs(self, element: Any, *, place: str = "", boxed: bool = False) -> Iterator[Paragraph]:
        kind = type(element).__name__
        if kind == "Paragraph":
            yield from self._paragraph(element, place, boxed)
        elif kind == "Table":
            yield from self._table(element)
        else:
            for child in getattr(element, "children", ()):
                yield from self.paragraphs(child, place=place, boxed=boxed)

    def _paragraph(self, element: Any, place: str, boxed: bool) -> Iterator[Paragraph]:
        self.count += 1
        place = place or f"第{self.count}段"
        lines: list[list[tuple[str, float, bool]]] = [[]]
        pictures: list[Any] = []
        inner: list[Any] = []
        self._collect(element, element.style_id or "", lines, pictures, inner)
        for image in pictures:
            yield from self._picture(image, place)
        level = _LEVEL.match(element.style_name or "")
        indent = element.indent
        first = bool(indent and indent.first_line and int(indent.first_line) > 0)
        number = self._number(element.numbering)
        for at, runs in enumerate(lines):
            text = "".join(run for run, _, _ in runs)
            bare = text.strip(" \t\u3000\xa0")
            if not bare:
                continue
            sizes: dict[float, int] = {}
            for run, size, _ in runs:
                sizes[size] = sizes.get(size, 0) + len(run.strip())
            yield Paragraph(
                number + bare if at == 0 else bare,
                place,
                level=int(level[1]) if level else 0,
                size=max(sizes, key=lambda size: sizes[size]),
                centred=element.alignment == "center",
                bold=all(bold for run, _, bold in runs if run.strip()),
                indented=(first or text[:1] in ("\u3000", "\t") or text.startswith("  ")) if at == 0 else False,
                boxed=boxed,
            )
        for block in inner:
            yield from self.paragraphs(block, boxed=True)

    def _collect(self, element: Any, style: str, lines: list[Any], pictures: list[Any], inner: list[Any]) -> None:
        """Text in its lines, pictures, and blocks within a paragraph."""
        for child in element.children:
            kind = type(child).__name__
            if kind == "Run":
                size = child.font_size or self.styles.sizes.get(child.style_id or "") or self.styles.sizes.get(style)
                for part in child.children:
                    self._part(part, (size or self.styles.usual, bool(child.is_bold)), lines, pictures, inner)
            else:
                self._part(child, (self.styles.sizes.get(style) or self.styles.usual, False), lines, pictures, inner)

    def _part(
        self, part: Any, looks: tuple[float, bool], lines: list[Any], pictures: list[Any], inner: list[Any]
    ) -> None:
        match type(part).__name__:
            case "Text":
                lines[-1].append((part.value, *looks))
            case "Tab":
                lines[-1].append((" ", *looks))
            case "Break":
                lines.append([])
            case "Image":
                pictures.append(part)
            case "Paragraph" | "Table":
                inner.append(part)
            case "Checkbox":
                lines[-1].append(("☑" if part.checked else "☐", *looks))
            case "Run":
                for each in part.children:
                    self._part(each, looks, lines, pictures, inner)
            case _:
                for each in getattr(part, "children", ()):
                    self._part(each, looks, lines, pictures, inner)

    def _number(self, numbering: Any) -> str:
        """The number that Word sets before a paragraph; its form is not known."""
        if numbering is None:
            self.numbers.clear()
            return ""
        if not numbering.is_ordered:
            return ""
        level = int(numbering.level_index or 0)
        self.numbers = {each: count for each, count in self.numbers.items() if each <= level}
        self.numbers[level] = self.numbers.get(level, 0) + 1
        remark = "原件里有 Word 自动编的号，写成了 1. 2. 3.；若原来是 一、二、三、，请改过来"
        if remark not in self.remarks:
            self.remarks.append(remark)
        return f"{self.numbers[level]}. "

    def _picture(self, image: Any, place: str) -> Iterator[Paragraph]:
        suffix = _SUFFIX.get(image.content_type or "")
        try:
            with image.open() as file:
                picture = file.read()
        except Exception:
            picture = b""
        if not suffix or not picture:
            why = f"网页放不了这种图（{image.content_type}）" if not suffix else "图片不在文件里，或是坏的"
            self.remarks.append(f"{place}的图片没有收入：{why}，请另存为 JPG 放进来")
            return
        self.pictures += 1
        yield Paragraph("", place, "picture", picture=picture, name=f"{self.pictures}{suffix}")

    def _table(self, table: Any) -> Iterator[Paragraph]:
        self.count += 1
        place = f"第{self.count}段（表格）"
        cells = [[_cell_text(cell) for cell in row.children] for row in table.children]
        longest = max((len(text) for row in cells for text in row), default=0)
        pictured = any(_has_picture(cell) for row in table.children for cell in row.children)
        if longest > LONGEST_CELL or pictured or max(map(len, cells), default=0) < 2 or len(cells) < 2:
            for row in table.children:
                for cell in row.children:
                    yield from self.paragraphs(cell, boxed=longest > LONGEST_CELL and max(map(len, cells)) < 2)
            return
        rows: list[list[str]] = []
        spans: dict[tuple[int, int], bool] = {}
        for at, (row, texts) in enumerate(zip(table.children, cells, strict=True)):
            line: list[str] = []
            for cell, text in zip(row.children, texts, strict=True):
                while spans.get((at, len(line))):
                    line.append("")
                for below in range(1, cell.rowspan or 1):
                    for beside in range(cell.colspan or 1):
                        spans[at + below, len(line) + beside] = True
                line += [text, *[""] * ((cell.colspan or 1) - 1)]
            rows.append(line)
        if any(any(row) for row in rows):
            yield Paragraph("\n".join("\t".join(row) for row in rows), place, "table")


def _cell_text(element: Any) -> str:
    """The text of a cell, its paragraphs parted by a space."""
    if type(element).__name__ == "Text":
        return " ".join(str(element.value).split())
    if type(element).__name__ in ("Tab", "Break"):
        return " "
    between = " " if type(element).__name__ in ("TableCell", "Table", "TableRow") else ""
    return between.join(filter(None, (_cell_text(child) for child in getattr(element, "children", ()) or ()))).strip()


def _has_picture(element: Any) -> bool:
    if type(element).__name__ == "Image":
        return True
    return any(_has_picture(child) for child in getattr(element, "children", ()) or ())
