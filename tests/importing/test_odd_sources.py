"""Forms in which sources come now and then: facts of the masthead, encodings, and what Word files have."""

from pathlib import Path

import pytest

from plugins.importing.numerals import number_of
from tests.importing.paper import imported
from tests.importing.word_hands import document, paragraph

STORY = "倒盏村麦收忙\n\n6月5日，倒盏村的麦田里机声隆隆，3台收割机来回穿梭，一派丰收的景象。\n（李明）\n"
MASTHEADS = {
    "农历前没有“农历”": "伊滨新闻 No.10 总255期\n2023-06-07 周三 癸卯年四月二十",
    "大写的数字": "二〇二三年六月七日 星期三 农历癸卯年四月二十\n第拾期（总第贰佰伍拾伍期）\n伊滨新闻",
    "全角": "伊滨新闻　第１０期　总第２５５期　２０２３年６月７日　星期三　癸卯年四月二十",
}


@pytest.mark.parametrize("masthead", MASTHEADS.values(), ids=MASTHEADS)
def test_facts_of_the_masthead_are_found(masthead: str, tmp_path: Path) -> None:
    text = imported(tmp_path, f"{masthead}\n\n{STORY}", "旧报.txt").text
    header = "issue: 10\ntotal_issue: 255\ndate: 2023-06-07\nlunar_date: 癸卯年四月二十\n"
    assert text.startswith(f"---\n{header}---\n")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_an_encoding_is_found(encoding: str, tmp_path: Path) -> None:
    text = MASTHEADS["全角"] + "\r\n\r\n" + STORY.replace("\n", "\r\n")
    assert "### 倒盏村麦收忙\n" in imported(tmp_path, text.encode(encoding)).text


def test_numbers_of_bank_notes() -> None:
    assert [number_of(each) for each in ("拾", "贰佰伍拾伍", "贰零贰叁")] == [10, 255, 2023]


def run(text: str, looks: str = "") -> str:
    return f"<w:r>{looks}<w:t>{text}</w:t></w:r>"


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
INSIDE = {
    "域": (f'<w:fldSimple w:instr="DATE">{run("域里的字")}</w:fldSimple>', "域里的字", ""),
    "公式": (f"<m:oMath {MATH}><m:r><m:t>E=mc</m:t></m:r></m:oMath>", "E=mc", ""),
    "注音": (
        f"<w:r><w:ruby><w:rt>{run('yī')}</w:rt><w:rubyBase>{run('伊')}</w:rubyBase></w:ruby></w:r>",
        "前伊后",
        "注音没有收入",
    ),
    "隐藏的字": (run("看不见", "<w:rPr><w:vanish/></w:rPr>"), "看不见", "隐藏的字"),
    "移走的字": (f'<w:moveFrom w:author="x">{run("移走")}</w:moveFrom>', "前后", "修订"),
    "没有的图片": (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId77"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        "前后",
        "图片不在文件里",
    ),
    "读不出来的字": (f"<w:unheard>{run('谁也不认得')}</w:unheard>", "前后", "“谁也不认得”"),
}


@pytest.mark.parametrize(("inside", "given", "told"), INSIDE.values(), ids=INSIDE)
def test_nothing_in_a_word_file_is_lost_without_a_word(inside: str, given: str, told: str, tmp_path: Path) -> None:
    head = paragraph("第10期 总第255期 2023年6月7日") + paragraph("倒盏村麦收忙", size=22, centred=True)
    body = head + f"<w:p>{run('倒盏村的麦田里机声隆隆，前')}{inside}{run('后。')}</w:p>"

    result = imported(tmp_path, document(body), "甲.docx")

    assert given in result.text
    assert told in result.report
