"""Every slip of the tables is told, or read as it is meant."""

from pathlib import Path

import pytest

from tests.mistakes import content_slips, issue_slips
from tests.mistakes.good import GOOD
from tests.mistakes.table import Slip, slips

IN_ISSUES = list(slips("issue"))
IN_CONTENT = list(slips("content"))


def test_good_issue_is_good() -> None:
    assert issue_slips.read(GOOD).problems == []


def test_good_folder_is_good(tmp_path: Path) -> None:
    content_slips.try_it(Slip("", ()), tmp_path)


@pytest.mark.parametrize("slip", IN_ISSUES, ids=[slip.name for slip in IN_ISSUES])
def test_slip_in_an_issue(slip: Slip) -> None:
    issue_slips.try_it(slip)


@pytest.mark.parametrize("slip", IN_CONTENT, ids=[slip.name for slip in IN_CONTENT])
def test_slip_in_the_content_folder(slip: Slip, tmp_path: Path) -> None:
    content_slips.try_it(slip, tmp_path)


@pytest.mark.parametrize("table", [IN_ISSUES, IN_CONTENT], ids=["issues", "content"])
def test_no_slip_is_written_down_twice(table: list[Slip]) -> None:
    done = [tuple(line for line in slip.lines if line[0] not in issue_slips.EXPECTED) for slip in table]
    assert len({slip.name for slip in table}) == len(table) == len(set(done))
