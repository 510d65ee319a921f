"""The speech program that the technician has (朗读程序), as the setting VOICE names it."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.recordings import PLAYABLE, why_not_played
from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import write_whole

PATIENCE = 600
"""Seconds that it may take for a command on one story."""
_PLACES = ("{text}", "{wav}", "{file}")
_EXAMPLE = 'VOICE = {"commands": ["程序 … {text} … {file}"], "format": "mp3"}'
_INSTALL = {
    "espeak-ng": "apt install espeak-ng lame",
    "lame": "apt install espeak-ng lame",
    "ffmpeg": "apt install ffmpeg",
}


class NotRead(Exception):
    """A story could not be read aloud; says why, in Chinese."""


class Program(NamedTuple):
    """Commands that make a recording of a text, run one after another."""

    commands: tuple[tuple[str, ...], ...]
    """`{text}` stands for the file of the text, `{wav}` for one that goes from a command to the next, `{file}` for the
    recording."""
    ending: str
    """Of the recording's name."""

    @classmethod
    def of(cls, voice: Any) -> "Program":
        """As the setting says. Raises Halt if that is nothing that can be run."""
        match voice:
            case {"commands": [*commands], "format": str(ending), **none} if commands and not none:
                pass
            case _:
                raise Halt(f"pelicanconf.py 里的 VOICE 写法不对；请写成 {_EXAMPLE} 的样子")
        if ending not in {each for endings in PLAYABLE.values() for each in endings}:
            raise Halt(f"VOICE 的 format 写的是“{ending}”，网页放不出来；请写 mp3")
        split = tuple(_words(command) for command in commands)
        if not any("{file}" in word for words in split for word in words):
            raise Halt("VOICE 的 commands 里没有写 {file}：不知道录音会写到哪里")
        return cls(split, ending)

    def find(self) -> None:
        """Raises Halt if a program is not on this machine."""
        for words in self.commands:
            if not shutil.which(words[0]):
                raise Halt(_not_here(words[0]))

    @property
    def mark(self) -> str:
        """Digest of what it is told to do: another voice is another recording."""
        return digest(repr(self).encode())

    def record(self, text: str, recording: Path) -> int:
        """Make the recording, whole or not at all; gives its bytes. Raises NotRead."""
        with tempfile.TemporaryDirectory(prefix="yibin-voice-") as folder:
            made = Path(folder, f"recording.{self.ending}")
            values = dict(zip(_PLACES, (f"{folder}/text.txt", f"{folder}/speech.wav", str(made)), strict=True))
            Path(values["{text}"]).write_text(text, encoding="utf-8", newline="\n")
            for words in self.commands:
                _run([_filled(word, values) for word in words], text)
            try:
                why = why_not_played(made, made.name, made.stat())
                content = b"" if why else made.read_bytes()
            except OSError:
                raise NotRead(f"{self.commands[-1][0]} 没有写出录音；请核对 VOICE 里的 {{file}}") from None
        if why:
            raise NotRead(f"写出的录音{why}；请核对 VOICE 的 commands 和 format")
        try:
            write_whole(recording, content)
        except OSError as error:
            raise NotRead(f"录音写不进 {recording.parent}：{error.strerror}") from None
        return len(content)


def _words(command: object) -> tuple[str, ...]:
    try:
        words = shlex.split(command, posix=os.name == "posix") if isinstance(command, str) else []
    except ValueError:  # a quotation mark without its other half
        words = []
    if not words:
        raise Halt(f"VOICE 的 commands 里有“{command}”，不是一条命令；请写成 {_EXAMPLE} 的样子")
    return tuple(word.strip('"') for word in words) if os.name != "posix" else tuple(words)


def _not_here(name: str) -> str:
    how = f"Debian、Ubuntu：{_INSTALL[name]}" if name in _INSTALL else "请先装上"
    return f"没有找到朗读用的程序 {name}。{how}；用别的程序，改 pelicanconf.py 里的 VOICE，见 docs/publishing.md"


def _filled(word: str, values: dict[str, str]) -> str:
    for place, value in values.items():
        word = word.replace(place, value)
    return word


def _run(command: list[str], text: str) -> None:
    """Run it; a program that reads no file has the text as its input. Raises NotRead."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotRead(f"{name} 十分钟还没有读完，停下了") from None
    except OSError as error:
        raise NotRead(f"{name} 运行不了：{error.strerror}") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"退出码 {done.returncode}"]
        raise NotRead(f"{name} 出错：{said[-1][:200]}")
