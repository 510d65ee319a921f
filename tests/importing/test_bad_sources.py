"""Sources that cannot be taken in: one Chinese sentence with what to do, and nothing written."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.importing.runs import import_all, sources_in, table_of
from tests.conftest import ROOT
from tests.importing import word_hands
from tests.importing.paper import paper
from tests.importing.text_hands import HANDS
from tests.importing.truth import issues
from tests.importing.word_hands import document, paragraph


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return file.getvalue()


ENTITIES = '<!DOCTYPE a [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲">' + "".join(
    f'<!ENTITY {each} "{f"&{before};" * 10}">' for before, each in zip("abcdefgh", "bcdefghi", strict=True)
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("空的.txt", lambda: b"", "空的"),
    ("只有空行.txt", lambda: "\n　　\n\n".encode(), "没有文字"),
    ("程序.txt", lambda: bytes(range(256)) * 40, "不是文字"),
    ("没有总期号.txt", lambda: "春耕\n\n村里种上了春玉米，一共三百亩。".encode(), "--total"),
    ("稿件.md", lambda: b"---\nissue: 1\ntotal_issue: 300\n---\n\n### \xe7\x94\xb2\n", "不用导入"),
    ("半截.docx", lambda: word_hands.bold(issues()["0301"])[:900], "不完整"),
    ("坏了.docx", lambda: zipped({"word/document.xml": b"<w:document", "[Content_Types].xml": b"x"}), "坏了"),
    ("表格.docx", lambda: zipped({"xl/workbook.xml": b"x"}), "Excel"),
    ("炸弹.docx", lambda: zipped({"word/document.xml": b" " * 41 * 1024 * 1024}), "大得不合常理"),
    ("实体炸弹.docx", lambda: document(paragraph("&i;").replace("&amp;", "&"), before=ENTITIES + "]>"), "坏了"),
    ("加密.docx", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ("坏了.doc", lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600), "另存为 .docx"),
    ("旧表格.xls", lambda: OLE + bytes(600) + "Workbook".encode("utf-16-le"), "不是 Word"),
    ("富文本.doc", lambda: rb"{\rtf1\ansi\ansicpg936 \'d2\'c1}", "RTF"),
    ("网页.mht", lambda: b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "MHT"),
    ("太深.html", lambda: b"<html><body>" + b"<span>" * 3000 + "甲".encode(), "太深"),
    ("期号太大.txt", lambda: "第10期 总第99999999期\n\n春耕\n\n村里种上了春玉米，一共三百亩。".encode(), "--total"),
    ("版面.pdf", lambda: b"%PDF-1.7\n", "PDF"),
]


@pytest.mark.parametrize(("name", "make", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_what_cannot_be_taken_in_is_told_in_one_sentence(
    name: str, make: Callable[[], bytes], says: str, tmp_path: Path
) -> None:
    source = tmp_path / name
    source.write_bytes(make())

    ((_, imported, said),) = import_all([source], paper(tmp_path / "content"))

    assert imported is None
    assert says in said
    assert "\n" not in said
    assert "程序出了错" not in said
    assert not (tmp_path / "content").exists()


def test_a_file_of_200_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    source = tmp_path / "很大.docx"
    with source.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    ((_, imported, said),) = import_all([source], paper(tmp_path / "content"))

    assert imported is None
    assert "200 MB" in said


def test_in_a_folder_one_failure_stops_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "旧报"
    (folder / "2025年").mkdir(parents=True)
    (folder / "255.txt").write_text(HANDS["缩进"](issues()["0255"]), encoding="gb18030")
    (folder / "256.txt").write_bytes(HANDS["空行"](issues()["0256"]).encode("utf-16"))
    (folder / "256 又一份.txt").write_text(HANDS["空行"](issues()["0256"]), encoding="utf-8-sig")
    (folder / "2025年/301.docx").write_bytes(word_hands.styled(issues()["0301"]))
    (folder / "坏的.docx").write_bytes(b"PK\x03\x04")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8")
    (folder / "~$301.docx").write_bytes(b"x")
    content = tmp_path / "content"

    results = list(import_all(sources_in([folder]), paper(content)))

    assert {path.name for path in (content / "issues").iterdir()} == {"0255.md", "0256.md", "0301.md"}
    failed = {result.source.name: result.said for result in results if not result.imported}
    assert failed.keys() == {"坏的.docx", "256.txt"}
    assert "总第256期" in failed["256.txt"]
    assert list(table_of(results))[-1] == "共 5 份：导入 3 期 14 篇，没有导入 2 份。"
    assert (tmp_path / ".cache/import/0301.txt").is_file()


def test_the_command_takes_any_number_of_files_and_says_what_became_of_each() -> None:
    command = [sys.executable, "-m", "invoke", "import", "甲.docx", "没有 乙.txt", "--replace", "丙.doc"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    assert result.returncode == 1
    told = result.stdout.splitlines()
    assert [line.split("　")[1] for line in told[:3]] == ["甲.docx", "没有 乙.txt", "丙.doc"]
    assert "没有导入 3 份" in told[3]
    assert "Traceback" not in result.stderr
