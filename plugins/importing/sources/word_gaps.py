"""What Word has and mammoth passes over (公式、域、注音、隐藏的字): brought into a form that is read, or told."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = {f"{_W}t", f"{_M}t"}
_NOT_MEANT = {f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}rt"}
"""What holds words that are not the document's: deleted, moved away, said twice, or a reading beside a character."""
_BODIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_PASSED_OVER = re.compile(rb"<(?:w:fldSimple|w:ruby|m:oMath)\b")
_PICTURED = re.compile(rb"<(?:a:blip|v:imagedata)\b")
_SHOWN = 20


def readable(raw: bytes, package: zipfile.ZipFile) -> tuple[bytes, list[str]]:
    """The file with the words of fields, formulas and ruby where they are read; and what of it cannot be."""
    changed: dict[str, bytes] = {}
    remarks: list[str] = []
    for name in set(_BODIES) & set(package.namelist()):
        xml = package.read(name)
        if not _PASSED_OVER.search(xml) and not _PICTURED.search(xml):
            continue
        root = ElementTree.fromstring(xml)
        lost = _drop_pictures_of_nothing(root, _related(package, name))
        if lost:
            remarks.append(f"有 {lost} 张图片不在文件里，没有收入；请找到原图，存成 JPG 放进来")
        if root.find(f".//{_W}rt//{_W}t") is not None:
            remarks.append("原件里字上有注音，注音没有收入")
        if lost or _PASSED_OVER.search(xml):
            _open(root)
            changed[name] = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return (_rewritten(package, changed) if changed else raw), remarks


def unread(package: zipfile.ZipFile, given: Sequence[str]) -> Iterator[str]:
    """What is to be held against the original: words of the document that did not come out of it, hidden ones."""
    said = "".join("".join(text.split()) for text in given)
    words: list[str] = []
    hidden = 0
    for name in _BODIES:
        if name in package.namelist():
            root = ElementTree.fromstring(package.read(name))
            words += ["".join((each.text or "").split()) for each in _meant(root)]
            hidden += sum(
                run.find(f"{_W}rPr/{_W}vanish") is not None and run.find(f"{_W}t") is not None
                for run in root.iter(f"{_W}r")
            )
    lost = Counter("".join(words)) - Counter(said)
    if lost:
        pieces = [piece for piece in words if piece not in said]
        shown = "".join(pieces or lost)[:_SHOWN]
        yield f"原件里有 {lost.total()} 个字读不出来（如“{shown}”），请对着原件补上"
    if hidden:
        yield f"原件里有 {hidden} 处隐藏的字，Word 里平常看不见，也收入了，请对着报纸看看要不要"


def _meant(element: Any) -> Iterator[Any]:
    """The elements of words, less those that are not the document's."""
    for child in element:
        if child.tag in _TEXTS:
            yield child
        elif child.tag not in _NOT_MEANT:
            yield from _meant(child)


def _open(element: Any) -> None:
    """Put in place of what is passed over what it holds."""
    children: list[Any] = []
    for child in element:
        if child.tag == f"{_W}fldSimple":
            _open(child)
            children += list(child)
        elif child.tag in (f"{_M}oMath", f"{_M}oMathPara"):
            children.append(_run("".join(each.text or "" for each in child.iter(f"{_M}t"))))
        elif child.tag == f"{_W}r" and (base := child.find(f"{_W}ruby/{_W}rubyBase")) is not None:
            _open(base)
            children += list(base)
        else:
            _open(child)
            children.append(child)
    element[:] = children


def _run(text: str) -> Any:
    run = ElementTree.Element(f"{_W}r")
    ElementTree.SubElement(run, f"{_W}t").text = text
    return run


def _related(package: zipfile.ZipFile, name: str) -> set[str]:
    """The names by which a part knows others."""
    folder, _, file = name.rpartition("/")
    try:
        root = ElementTree.fromstring(package.read(f"{folder}/_rels/{file}.rels"))
    except KeyError:
        return set()
    return {each.get("Id", "") for each in root}


def _drop_pictures_of_nothing(root: Any, known: set[str]) -> int:
    """Pictures that the file names and has not: mammoth stops at them. How many there were."""
    count = 0
    for element in root.iter():
        for key in (f"{_R}embed", f"{_R}link", f"{_R}id"):
            if element.tag.endswith(("}blip", "}imagedata")) and element.get(key, "") not in known | {""}:
                del element.attrib[key]
                count += 1
    return count


def _rewritten(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as copy:
        for part in package.infolist():
            copy.writestr(part.filename, changed.get(part.filename) or package.read(part.filename))
    return file.getvalue()
