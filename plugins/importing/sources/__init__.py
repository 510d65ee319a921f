"""Every kind of source, told by its content and not by its name; a new kind is a module here, and one line."""

from collections.abc import Callable
from pathlib import Path

from plugins.importing.neutral import Source, Unreadable
from plugins.importing.sources.old_word import read_old_word
from plugins.importing.sources.text import read_text_source
from plugins.importing.sources.web import is_web_page, read_web_page
from plugins.importing.sources.word import read_word

LARGEST = 60 * 1024 * 1024
"""Bytes; an issue of this paper has a hundredth of it."""

KINDS: list[tuple[Callable[[bytes], bool], Callable[[bytes, Path], Source]]] = [
    (lambda raw: raw.startswith(b"PK"), read_word),
    (lambda raw: raw.startswith(b"\xd0\xcf\x11\xe0"), read_old_word),
    (is_web_page, read_web_page),
    (lambda raw: True, lambda raw, _: read_text_source(raw)),
]
"""Whether bytes are of a kind, and what reads them."""


def read_source(path: Path) -> Source:
    """The source in its neutral form; raises Unreadable."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"文件有 {size // 1024 // 1024} MB，一期报纸没有这么大；请把图片另存，只留文字，再导入")
        raw = path.read_bytes()
    except OSError:
        raise Unreadable("打不开：要是一个文件，本机有权读它，也没有别的程序占着它") from None
    if not raw.strip():
        raise Unreadable("文件是空的；请看看是不是存错了")
    if raw.startswith(b"%PDF"):
        raise Unreadable("还不能导入 PDF；请把文字复制到记事本里存成 .txt，再导入")
    read = next(read for is_kind, read in KINDS if is_kind(raw))
    try:
        source = read(raw, path)
    except RecursionError:
        raise Unreadable("文件里一层套一层，太深了，读不出来；请把文字复制到记事本里存成 .txt，再导入") from None
    if not any(paragraph.text.strip() for paragraph in source.paragraphs):
        raise Unreadable("文件里没有文字；请看看是不是存错了")
    return source
