"""Bad days of an editor: something stands in the way, an import is run again after he has edited, a disk is full."""

from datetime import date
from pathlib import Path

import pytest

from plugins.importing.desk import REPLACED
from plugins.importing.new import start_issue
from plugins.importing.runs import REPORTS, Result, import_all
from plugins.newspaper.problems import Halt
from tests.builders import issue_text, write_content
from tests.importing.paper import paper
from tests.importing.text_hands import HANDS
from tests.importing.truth import issues
from tests.importing.word_hands import document, paragraph, picture


def ran(folder: Path, source: bytes, *, replace: bool = False) -> Result:
    """What comes of an import into a folder's content."""
    file = folder / "旧报 第301期"
    file.write_bytes(source)
    (result,) = import_all([file], paper(folder / "content"), replace=replace)
    return result


TEXT = HANDS["空行"](issues()["0301"]).encode()
TARGET = "content/issues/0301.md"


def test_what_an_import_replaces_is_kept_and_told(tmp_path: Path) -> None:
    assert ran(tmp_path, TEXT).imported
    edited = (tmp_path / TARGET).read_text(encoding="utf-8") + "编辑添的话。\n"
    (tmp_path / TARGET).write_text(edited, encoding="utf-8")

    assert "--replace" in ran(tmp_path, TEXT).said
    assert (tmp_path / TARGET).read_text(encoding="utf-8") == edited
    said = ran(tmp_path, TEXT, replace=True).said

    (kept,) = (tmp_path / REPLACED).iterdir()
    assert kept.read_text(encoding="utf-8") == edited
    assert kept.name in said
    assert "原来的存在" not in ran(tmp_path, TEXT, replace=True).said, "nothing was replaced the second time"


def test_where_one_picture_may_not_be_written_none_is(tmp_path: Path) -> None:
    head = paragraph("第10期 总第301期 2023年6月7日") + paragraph("倒盏村麦收忙", size=22, centred=True)
    story = paragraph("倒盏村的麦田里机声隆隆，3台收割机来回穿梭。") + picture() + picture()
    pictures = tmp_path / "content/images/0301"
    pictures.mkdir(parents=True)
    (pictures / "02.png").write_bytes("别的图".encode())

    assert "另一张图片" in ran(tmp_path, document(head + story)).said
    assert [file.name for file in pictures.iterdir()] == ["02.png"]
    assert not (tmp_path / TARGET).exists()


@pytest.mark.parametrize("in_the_way", ["content/issues", "content/issues/0301.md/甲", "content"])
def test_what_stands_in_the_way_is_told_in_one_sentence(in_the_way: str, tmp_path: Path) -> None:
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_bytes(b"x")

    result = ran(tmp_path, TEXT, replace=True)

    assert result.imported is None
    assert "写不进去" in result.said
    assert (tmp_path / in_the_way).read_bytes() == b"x"


def test_a_report_that_cannot_be_kept_does_not_undo_the_import(tmp_path: Path) -> None:
    (tmp_path / REPORTS / "0301.txt").mkdir(parents=True)

    result = ran(tmp_path, TEXT)

    assert result.imported
    assert "报告没有存下" in result.said
    assert (tmp_path / TARGET).is_file()


def test_a_new_issue_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"0255.md": issue_text()})
    (content / "images").write_bytes(b"x")

    with pytest.raises(Halt, match="写不进去"):
        start_issue(content, date(2023, 6, 16))
