"""`invoke voice`: which stories are read, what is written into their file, and what a bad day leaves."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.newspaper.problems import Halt
from plugins.voice import program
from plugins.voice.program import Program
from plugins.voice.reading import read_aloud
from plugins.voice.stories import issue_files, stale_recordings
from tests.builders import issue_text
from tests.conftest import ROOT
from tests.web_servers import find_or_install

SPEAKS = """
import sys
text = open(sys.argv[1], encoding="utf-8").read()
assert text == sys.stdin.read()
if "哑" in text:
    sys.exit("没有这个字")
open(sys.argv[2], "wb").write(b"ID3" + text.encode())
"""
"""Stands in for a speech program: what it records is the text."""
BODY = """
### 甲
:slug: jia
:topics: 邻里中心

投资1700亩。

### 乙
:slug: yi

正文乙。

### 丙
:slug: bing
:录音: bing.mp3

正文丙。
"""


class Desk:
    """A content folder with one issue, and a speech program."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.file = self.content / "issues/0255.md"
        self.folder = self.content / "audio/0255"
        self.file.parent.mkdir(parents=True)
        self.folder.mkdir(parents=True)
        (folder / "speaks.py").write_text(SPEAKS, encoding="utf-8")
        self.voice: dict[str, Any] = {"commands": [f"'{sys.executable}' {folder}/speaks.py {{text}} {{file}}"]}
        self.voice["format"] = "mp3"
        self.write(issue_text(BODY))

    def write(self, text: str) -> None:
        self.file.write_bytes(text.encode())

    def edit(self, old: str, new: str) -> None:
        assert old in self.text
        self.write(self.text.replace(old, new))

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode()

    def read(self) -> str:
        """Gives what was said, and the outcome as the last line."""
        said: list[str] = []
        files = issue_files(self.content, [], every=False)
        program = Program.of(self.voice)
        program.find()
        outcome = read_aloud(self.content, files, program, said.append)
        return "\n".join([*said, str(outcome)])

    def recordings(self) -> dict[str, str]:
        return {path.name[: path.name.index("-")]: path.read_bytes().decode()[3:] for path in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_story_that_nobody_has_recorded_is_read_and_named_below_its_slug(desk: Desk) -> None:
    before = desk.text
    assert desk.read().endswith("读了 2 篇，不用读的 1 篇。")

    assert desk.recordings() == {"jia": "甲。\n投资一千七百亩。\n", "yi": "乙。\n正文乙。\n"}
    names = {path.name.partition("-")[0]: path.name for path in desk.folder.iterdir()}
    expected = before.replace(":slug: jia\n", f":slug: jia\n:录音: {names['jia']}\n")
    assert desk.text == expected.replace(":slug: yi\n", f":slug: yi\n:录音: {names['yi']}\n")


def test_what_is_unchanged_is_not_read_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.read()
    before, text = desk.recordings(), desk.text
    with monkeypatch.context() as patch:
        patch.setattr(Program, "record", None)
        assert desk.read() == "读了 0 篇，不用读的 3 篇。"
        desk.edit(":topics: 邻里中心", ":topics: 公共服务")  # is not said
        desk.read()
    desk.edit(":topics: 公共服务", ":topics: 邻里中心")
    assert (desk.recordings(), desk.text) == (before, text)

    desk.edit("1700亩", "1800亩")
    assert "0255.md [1/1] 甲：" in desk.read()
    assert desk.recordings() == {**before, "jia": "甲。\n投资一千八百亩。\n"}, "the one of the old text is gone"
    assert desk.text.count(":录音: jia-voice-") == 1


def test_a_recording_of_an_older_text_is_told_by_the_check(desk: Desk) -> None:
    desk.read()
    assert list(stale_recordings(desk.content, desk.voice)) == []
    desk.edit("1700亩", "1800亩")
    [hint] = stale_recordings(desk.content, desk.voice)
    line = desk.text.splitlines().index(next(line for line in desk.text.splitlines() if "jia-voice" in line)) + 1
    assert hint.startswith(
        f"content/issues/0255.md:{line}: 提示：录音念的是改过以前的稿；请运行 invoke voice --issue 255"
    )
    assert list(stale_recordings(desk.content, None)) == []
    desk.write("没有文首信息，有 jia-voice-00000000.mp3")
    assert list(stale_recordings(desk.content, desk.voice)) == []


def test_another_voice_reads_all_anew(desk: Desk) -> None:
    desk.read()
    desk.voice["commands"][0] += " --louder"
    assert desk.read().endswith("读了 2 篇，不用读的 1 篇。")
    assert len(desk.recordings()) == 2


@pytest.mark.parametrize(
    "windows",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(":slug: jia", ":短名: jia\n:audio: jia-voice-00000000.mp3"),
        lambda text: text.replace("投资1700亩。\n", "投资1700亩。"),
    ],
    ids=["CRLF", "BOM", "英文的键，旧的录音", "下一篇紧接着"],
)
def test_what_else_the_editor_wrote_stays_to_the_byte(desk: Desk, windows: Callable[[str], str]) -> None:
    written = windows(issue_text(BODY))
    desk.write(written)
    desk.read()

    def rest(text: str) -> list[str]:
        return [line for line in text.splitlines(keepends=True) if "-voice-" not in line]

    assert rest(desk.text) == rest(written)
    endings = {line[len(line.rstrip()) :] for line in desk.text.splitlines(keepends=True) if "-voice-" in line}
    assert endings == ({"\r\n"} if "\r\n" in written else {"\n"})
    assert desk.text.count("-voice-") == 2


def test_a_story_that_fails_stops_no_other_and_is_tried_again(desk: Desk) -> None:
    desk.edit("投资1700亩", "哑")
    said = desk.read()
    assert "甲：没有读成，" in said
    assert "出错：没有这个字" in said
    assert said.endswith("读了 1 篇，不用读的 1 篇，没有读成 1 篇。")
    assert ":录音: jia" not in desk.text

    desk.edit("哑。", "好了。")
    assert desk.read().endswith("读了 1 篇，不用读的 2 篇。")
    desk.edit("好了。", "哑。")
    assert "；原来的录音没有动，念的是旧稿" in desk.read()


def test_what_was_read_before_one_stopped_it_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Program.record

    def stopped(self: Program, text: str, recording: Path) -> int:
        if "乙" in text:
            raise KeyboardInterrupt
        return record(self, text, recording)

    monkeypatch.setattr(Program, "record", stopped)
    with pytest.raises(KeyboardInterrupt):
        desk.read()
    assert desk.text.count(":录音: jia-voice-") == 1


@pytest.mark.parametrize("slug", ["", ":slug: 甲\n"], ids=["没有", "不像"])
def test_a_story_whose_slug_is_not_right_waits_for_it(desk: Desk, slug: str) -> None:
    desk.edit(":slug: jia\n", slug)
    said = desk.read()
    assert "甲：没有读，先写好短名" in said
    assert said.endswith("读了 1 篇，不用读的 1 篇，没有读成 1 篇。")
    assert list(desk.recordings()) == ["yi"]


def test_a_file_that_cannot_be_written_keeps_its_recordings_for_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("plugins.voice.stories.write_whole", failing)
        assert "0255.md 里的“:录音:”没有写成（磁盘满了）；录音都在" in desk.read()
    assert desk.read() == "读了 0 篇，不用读的 3 篇。"
    assert desk.text.count("-voice-") == 2


def failing(target: str, content: bytes) -> None:
    raise OSError(28, "磁盘满了", target)


def test_an_issue_that_cannot_be_read_is_told(desk: Desk) -> None:
    desk.write("没有文首信息")
    assert "content/issues/0255.md 还读不了；先 invoke check" in desk.read()


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (None, "VOICE 写法不对"),
        ("espeak-ng", "VOICE 写法不对"),
        ({"commands": [], "format": "mp3"}, "VOICE 写法不对"),
        ({"commands": [3], "format": "mp3"}, "不是一条命令"),
        ({"commands": ["a 'b {file}"], "format": "mp3"}, "不是一条命令"),
        ({"commands": ["sh {file}"], "format": "wma"}, "“wma”，网页放不出来"),
        ({"commands": ["sh {text}"], "format": "mp3"}, "没有写 {file}"),
        ({"commands": ["no-such-voice {file}"], "format": "mp3"}, "没有找到朗读用的程序 no-such-voice。请先装上"),
    ],
)
def test_a_setting_that_cannot_be_run_is_told(voice: object, said: str) -> None:
    with pytest.raises(Halt, match=said.replace("{", "[{]")):
        Program.of(voice).find()


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        (["true {file}"], "true 没有写出录音"),
        (["cp {text} {file}"], "写出的录音不是录音，放不出来"),
        (["sleep 9", "true {file}"], "sleep 十分钟还没有读完"),
    ],
    ids=["什么也不写", "写的不是录音", "不动了"],
)
def test_a_program_that_makes_no_recording_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, commands: list[str], said: str
) -> None:
    monkeypatch.setattr(program, "PATIENCE", 0.2)
    desk.voice["commands"] = commands
    assert said in desk.read()
    assert desk.recordings() == {}
    assert "-voice-" not in desk.text


@pytest.mark.slow
def test_the_programs_of_the_settings_read_a_story(desk: Desk) -> None:
    """espeak-ng and lame, as pelicanconf.py names them."""
    for name in ("espeak-ng", "lame"):
        find_or_install(name)
    desk.voice = read_settings(str(ROOT / "pelicanconf.py"))["VOICE"]
    assert desk.read().endswith("读了 2 篇，不用读的 1 篇。")
    sizes = [path.stat().st_size for path in desk.folder.iterdir()]
    assert min(sizes) > 4000  # a second of speech
