"""Attachments (附件): files of an issue for readers to take, a form to fill in or a notice in full."""

import os
from pathlib import Path
from typing import NamedTuple

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.problems import nearest

LARGEST_FILE = 30_000_000

KINDS = {
    "pdf": "PDF",
    "ofd": "OFD",
    "doc": "Word",
    "docx": "Word",
    "wps": "WPS 文字",
    "rtf": "RTF",
    "xls": "Excel",
    "xlsx": "Excel",
    "et": "WPS 表格",
    "csv": "CSV",
    "ppt": "PPT",
    "pptx": "PPT",
    "dps": "WPS 演示",
    "txt": "文本",
    "zip": "ZIP",
    "rar": "RAR",
    "7z": "7Z",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "mp3": "录音",
    "mp4": "视频",
}
"""What a file may be, by the end of its name, and what readers see of it. What may do something by itself is not."""

_BEGINNINGS = {
    "pdf": (b"%PDF",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd", "zip"), (b"PK",)),
    "png": (b"\x89PNG",),
    **dict.fromkeys(("jpg", "jpeg"), (b"\xff\xd8",)),
    "rar": (b"Rar!",),
    "7z": (b"7z\xbc\xaf",),
}
"""With what the bytes of some kinds begin."""
_OPEN = ("pdf", "txt", "jpg", "jpeg", "png", "mp3", "mp4")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_LOOKED_AT = 1024


class AttachmentUnfit(Exception):
    """A file that cannot be published; the message tells the editor what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Attachment(NamedTuple):
    """The file of an attachment (附件)."""

    name: str
    """Relative to the content: files/0256/报名表.pdf."""
    size: int
    digest: str
    """Of its bytes."""

    @property
    def published(self) -> str:
        """Its name in the output, which changes with its content."""
        folder = self.name.rpartition("/")[0]
        return f"{folder}/{self.digest[:12]}.{_ending(self.name)}"

    @property
    def file(self) -> str:
        """As its editor named it."""
        return self.name.rpartition("/")[2]

    @property
    def opens(self) -> bool:
        """Whether a browser shows it; what it does not is saved, under the editor's name."""
        return _ending(self.name) in _OPEN

    @property
    def label(self) -> str:
        """What readers are told of it: PDF，1.2 MB."""
        return f"{KINDS[_ending(self.name)]}，{_size(self.size)}"


def inspect_attachment(content: Path, folder: str, file: str) -> Attachment:
    """Look at an attachment, all of it. Raises AttachmentUnfit."""
    ending, path = _ending(file), content / folder / file
    where = f"{content.name}/{folder}/"
    if ending not in KINDS:
        raise _not_of_a_kind(file, ending, there=os.path.isfile(path), where=where)
    if not os.path.isfile(path):
        there = os.listdir(path.parent) if path.parent.is_dir() else []
        message = f"找不到附件 {where}{file}{nearest(file, there) or '；请放进去，或删去这个链接'}"
        raise AttachmentUnfit("file-missing", message)
    size = path.stat().st_size
    if not size:
        raise AttachmentUnfit("file-empty", f"附件 {file} 是空文件；请重新导出再放")
    if size > LARGEST_FILE:
        message = f"附件 {file} 有 {_size(size)}，超过 30 MB；请压缩或分开再放"
        raise AttachmentUnfit("file-too-large", message)
    bytes_there = path.read_bytes()
    if bytes_there.startswith(_PROGRAMS):
        raise AttachmentUnfit("file-kind", f"附件 {file} 是一个程序，不管叫什么名字都不能发表；请去掉这个链接")
    if not any(beginning in bytes_there[:_LOOKED_AT] for beginning in _BEGINNINGS.get(ending, (b"",))):
        message = f"附件 {file} 不是 {KINDS[ending]} 文件，读者会打不开；请重新导出再放"
        raise AttachmentUnfit("file-broken", message)
    return Attachment(f"{folder}/{file}", size, digest(bytes_there))


def _not_of_a_kind(file: str, ending: str, *, there: bool, where: str) -> AttachmentUnfit:
    kinds = "PDF、Word、Excel、PPT、WPS、TXT、ZIP、JPG 等"
    if there:
        return AttachmentUnfit("file-kind", f"附件 {file} 不能发表：只能是 {kinds}；请另存成其中一种，或去掉这个链接")
    if ending == "md" and (number := file.rpartition(".")[0].lstrip("0")).isdecimal():
        return AttachmentUnfit("link", f"“{file}”是稿件的文件，读者打不开；链接到这一期，请写“/issues/{number}/”")
    message = f"“{file}”打不开：网址要从“https://”写起，站内地址要从“/”写起；附件只能是 {kinds}，放进 {where}"
    return AttachmentUnfit("link", message)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _size(size: int) -> str:
    """1.2 MB, 86 KB: as a phone's reader knows it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
