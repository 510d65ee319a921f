"""The next issue."""

import re
from datetime import date
from pathlib import Path

import pytest

from plugins.importing.neighbours import Known
from plugins.importing.new import in_words, read_day, skeleton, start_issue
from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.problems import Halt
from plugins.newspaper.workers import Workers
from tests.builders import FRONT, MASTHEAD, issue_text, issues_in, write_content

CODE = FRONT["approval_code"]


def test_it_goes_on_where_the_newest_ends_and_the_check_accepts_it(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"0255.md": issue_text(printer="洛阳某印务有限公司")})

    file = start_issue(content, date(2023, 6, 16))

    text = file.read_text(encoding="utf-8")
    assert file.name == "0256.md"
    for line in (
        "期号: 11",
        "总期号: 256",
        "日期: 2023-06-16",
        "农历: 癸卯年四月廿九",
        f"准印证号: {CODE}",
        "状态: 草稿",
    ):
        assert f"\n{line}\n" in text.replace("二十九", "廿九"), text
    assert "\n印刷单位: 洛阳某印务有限公司\n" in text
    assert (content / "images/0256").is_dir()
    gathered = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1), published=True)
    assert [str(problem) for problem in gathered.problems if problem.code != "address-vanished"] == []
    assert [entry.total_issue for entry in gathered.archive.every] == [255, 256]
    assert "星期五" in in_words(file, date(2023, 6, 16))


def test_numbers_begin_again_with_the_year() -> None:
    text = skeleton(Known(270, 25, date(2023, 12, 27), {}), date(2024, 1, 5))
    assert re.search("^期号: 1$", text, re.M)
    assert re.search("^总期号: 271$", text, re.M)


def test_what_cannot_be_the_next_issue_is_told(tmp_path: Path) -> None:
    with pytest.raises(Halt, match="还没有一期稿件"):
        start_issue(tmp_path, date(2023, 6, 16))
    content = write_content(tmp_path / "content", {"0255.md": issue_text()})
    with pytest.raises(Halt, match="应晚于上一期"):
        start_issue(content, date(2023, 6, 7))
    (content / "issues/0256.md").write_text("写了一半", encoding="utf-8")
    with pytest.raises(Halt, match="已经有了"):
        start_issue(content, date(2023, 6, 16))
    assert (content / "issues/0256.md").read_text(encoding="utf-8") == "写了一半"


@pytest.mark.parametrize("written", ["2023-06-16", "2023.6.16", "2023/6/16", " 2023年6月16日 "])
def test_a_day_is_read_as_people_type_it(written: str) -> None:
    assert read_day(written) == date(2023, 6, 16)


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises(Halt, match="2023-06-16 的样子"):
        read_day("下周五")
