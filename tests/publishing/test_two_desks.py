"""Two desks publish on one day: nobody's work is put over another's unseen."""

import subprocess
from pathlib import Path

import pytest

from plugins.publishing.place import PlaceFault
from plugins.publishing.sources import never_had, sources_of
from tests.publishing.tiny import TinySite, write

ISSUE, NEXT = "content/issues/0001.md", "content/issues/0002.md"
LINES = [f"/issues/1/\t{ISSUE}", f"/issues/1/a/\t{ISSUE}\t一篇", "/about/\tcontent/pages", "/"]


def git(desk: Path, *command: str) -> None:
    named = ("-c", "user.name=a", "-c", "user.email=a@b.cn", "-c", "core.autocrlf=false")
    subprocess.run(["git", *named, *command], cwd=desk, check=True, capture_output=True)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A repository with an issue and a page."""
    write(tmp_path / ISSUE, "第一稿\n".encode())
    write(tmp_path / "content/pages/about.md", "关于\n".encode())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "a")
    return tmp_path


def mend(desk: Path, text: str, *, committed: bool = False, issue: str = ISSUE) -> None:
    write(desk / issue, text.encode())
    if committed:
        git(desk, "add", issue)
        git(desk, "commit", "-qm", text)


@pytest.mark.parametrize(
    ("online", "here", "expected"),
    [
        (["第二稿\n"], [], [ISSUE]),
        (["第二稿\r\n"], ["第二稿\n", "第三稿\n"], []),
        ([], ["第二稿\n"], []),
        (["第二稿\n"], ["第三稿\n"], [ISSUE]),
    ],
    ids=["同事改过，没有拉", "拉过又改过，同事用 Windows", "只有本机改过", "两边都改过"],
)
def test_what_a_desk_never_had_is_told_from_what_it_has_edited_since(
    desk: Path, online: list[str], here: list[str], expected: list[str]
) -> None:
    for text in online:
        mend(desk, text)
    seen = sources_of(LINES, desk)
    mend(desk, "第一稿\n")
    for text in here:
        mend(desk, text, committed=True)

    assert set(seen) == {ISSUE, "content/pages/about.md"}
    assert never_had(seen, sources_of(LINES, desk), desk) == expected


def test_what_git_cannot_tell_stops_nobody(desk: Path, tmp_path: Path) -> None:
    mend(desk, "第二稿\n")
    seen = sources_of(LINES, desk)
    mend(desk, "第三稿\n", committed=True)
    git(desk, "clone", "-q", "--depth=1", f"file://{desk}", str(desk / "ci"))
    assert never_had(seen, {}, desk / "ci") == []
    (desk / ".git").rename(desk / "no")
    assert never_had(seen, {}, desk) == []


def test_a_colleagues_work_is_not_put_over_unless_one_says_so(
    desk: Path, in_folder: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder.lines = LINES
    in_folder.edit("甲")
    with monkeypatch.context() as patch:
        patch.setattr("plugins.publishing.publish.publisher", lambda: "张三@编辑部")
        mend(desk, "张三改过\n")
        in_folder.publish()
    mend(desk, "第一稿\n")
    in_folder.edit("乙")
    before = in_folder.online()

    told = f"线上现在的是 张三@编辑部 发布的.*那时的 {ISSUE} 本机从来没有过：现在发布，会把他的改动盖掉"
    with pytest.raises(PlaceFault, match=f"{told}。先 git pull.*线上没有动"):
        in_folder.publish()
    assert in_folder.online() == before
    assert "会把他的改动盖掉" in in_folder.publish(dry_run=True)

    in_folder.publish(over=True)
    assert in_folder.online() == in_folder.built()
    in_folder.edit("丙")
    assert "盖掉" not in in_folder.publish()


def test_a_colleagues_work_that_was_pulled_stops_nothing(
    desk: Path, in_folder: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder.lines = LINES
    with monkeypatch.context() as patch:
        patch.setattr("plugins.publishing.publish.publisher", lambda: "张三@编辑部")
        mend(desk, "张三改过\n", committed=True)
        in_folder.publish()
    mend(desk, "本机又改过\n")
    in_folder.edit("乙")
    assert "已经上网" in in_folder.publish()
