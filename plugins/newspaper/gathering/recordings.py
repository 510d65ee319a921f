"""Recordings (录音): whether a file can be played in a browser, told by its first bytes."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from plugins.newspaper.addresses import recording_address
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.model import Entry, Recording
from plugins.newspaper.problems import Problem

_ENOUGH = 64
"""Bytes by which a kind is known."""
PLAYABLE = {
    "MP3": ("mp3",),
    "M4A": ("m4a", "mp4"),
    "AAC": ("aac",),
    "WAV": ("wav",),
    "OGG": ("ogg", "oga", "opus"),
    "FLAC": ("flac",),
    "WebM": ("webm", "weba"),
}
"""Kinds that browsers play, and the extensions by which servers tell them."""


def recordings_of(
    entries: Sequence[Entry], content: Path, cache: Cache, problems: list[Problem]
) -> dict[str, tuple[Recording, ...]]:
    """The recordings of each issue that has any, with a Problem for each that is not there or cannot be played."""
    found: dict[str, tuple[Recording, ...]] = {}
    known, cache.recordings = cache.recordings, {}
    for entry in entries:
        for file, line in entry.recordings:
            name = recording_address(entry.total_issue, file)
            try:
                seen = os.stat(content / name)
                stamp = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
                wrong = "" if known.get(name) == stamp else why_not_played(content / name, file, seen)
            except OSError:
                message = f"找不到录音 {content.name}/{name}；请放进去，或删去录音这一行"
                problems.append(Problem(entry.source, line, "audio-missing", message))
                continue
            if wrong:
                problems.append(Problem(entry.source, line, "audio-broken", f"录音 {content.name}/{name} {wrong}"))
            else:
                cache.recordings[name] = stamp
                found[entry.source] = (*found.get(entry.source, ()), Recording(name, seen.st_size, seen.st_mtime_ns))
    return found


def why_not_played(path: Path, file: str, seen: os.stat_result) -> str:
    """Why a recording cannot be played; nothing where it can. Raises OSError."""
    if stat.S_ISDIR(seen.st_mode):
        return "是一个文件夹；请把录音文件放在它的位置"
    with open(path, "rb") as opened:
        begins = opened.read(_ENOUGH)
    if not begins.strip(b"\0"):
        return "是空的；请重新导出再放"
    kind = _kind(begins)
    if kind not in PLAYABLE:
        return f"{kind or '不是录音，'}放不出来；请另存或转成 MP3 再放"
    extension = file.rpartition(".")[2].lower()
    if extension not in PLAYABLE[kind]:
        return f"其实是 {kind}；请改名，以 .{PLAYABLE[kind][0]} 结尾，稿件里也改"
    return ""


def _kind(begins: bytes) -> str:
    """What a file is, by its first bytes; kinds that no browser plays are told in words."""
    if begins[:4] == b"RIFF" and begins[8:12] == b"WAVE":
        return "WAV"
    if begins[4:8] == b"ftyp":
        return "M4A"
    for kind, signatures in _SIGNATURES.items():
        if begins.startswith(signatures):
            return kind
    if begins[0] == 0xFF and begins[1:2] and begins[1] & 0xF6 == 0xF0:
        return "AAC"
    if begins[0] == 0xFF and begins[1:2] and begins[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "MP3"
    return ""


_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "MP3": (b"ID3",),
    "OGG": (b"OggS",),
    "FLAC": (b"fLaC",),
    "WebM": (b"\x1aE\xdf\xa3",),
    "是 AMR（手机录音机的格式），": (b"#!AMR",),
    "是微信的语音，": (b"\x02#!SILK", b"#!SILK"),
    "是 WMA，": (b"0&\xb2u",),
    "是 Word、Excel 或压缩文件，": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf"),
    "是 PDF，": (b"%PDF",),
    "是图片，": (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM"),
    "是网页，": (b"<!DOC", b"<!doc", b"<html", b"<HTML"),
}
