"""A saved web page, that of a WeChat article above all (微信公众号文章), read by beautifulsoup4.

Only what a reader sees: what is hidden or white on white is dropped, and so are WeChat's widgets. Pictures are taken
from the folder that the browser has saved beside the page; nothing is fetched from the network.
"""

import base64
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from plugins.importing.neutral import Paragraph, Source, Unreadable
from plugins.importing.sources.text import decoded

_HTML = re.compile(rb"<!doctype\s+html|<html|id=[\"']js_content", re.I)
_BLOCKS = re.compile(
    "address|article|aside|blockquote|center|d[dlt]|div|fig(?:ure|caption)|footer|form|h[1-6r]|header|li|main|nav"
    "|[ou]l|p(?:re)?|section|table"
)
_DROPPED = re.compile(
    "script|style|noscript|template|iframe|button|input|select|textarea|svg|link|meta|head|title|mp-.*|qqmusic"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0(?:px)?\s*(?:;|$)",
    re.I,
)
_WHITE = re.compile(r"(?<!-)color\s*:\s*(?:rgba?\(\s*255\s*,\s*255\s*,\s*255|#fff(?:fff)?\b|white)", re.I)
_BACKGROUND = re.compile(
    r"background(?:-color)?\s*:\s*"
    r"(?!none|transparent|initial|rgba?\(\s*255\s*,\s*255\s*,\s*255|#fff(?:fff)?\b|white)\S",
    re.I,
)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt)", re.I)
_TIME = re.compile(r"\bct\s*=\s*[\"']?(\d{10})")
_KINDS = {b"\xff\xd8": ".jpg", b"\x89P": ".png", b"GI": ".gif", b"RI": ".webp"}
LONGEST_CELL = 80
_CHINA = timezone(timedelta(hours=8))


def is_web_page(raw: bytes) -> bool:
    return _HTML.search(raw[:4096].replace(b"\0", b"")) is not None or b"js_content" in raw


def read_web_page(raw: bytes, path: Path) -> Source:
    """The paragraphs of a saved page, and its title."""
    from bs4 import BeautifulSoup

    text = decoded(raw)
    soup = BeautifulSoup(text, "html.parser")
    content = soup.find(id="js_content")
    heading = soup.find(id="activity-name")
    is_article = content is not None
    content = content or soup.find("article") or soup.body or soup
    title = " ".join(heading.get_text().split()) if heading else ""
    if is_article and not title:
        named = soup.find("meta", property="og:title")
        title = str(named.get("content", "")).strip() if named else ""
    page = _Page(path)
    paragraphs = list(page.of(content, top=True))
    author = soup.select_one("#meta_content .rich_media_meta_text, #js_author_name")
    name = " ".join(author.get_text().split()) if author else ""
    if is_article and name:
        paragraphs.insert(0, Paragraph(name, "作者一栏"))
    if not paragraphs:
        raise Unreadable("网页里没有文字；请在浏览器里打开文章，等图片都出来，再另存为“网页，全部”")
    moment = _TIME.search(text)
    if moment:
        day = datetime.fromtimestamp(int(moment[1]), _CHINA)
        page.remarks.append(f"公众号发布时间是 {day:%Y-%m-%d %H:%M}，没有收入")
    return Source("微信文章" if is_article else "网页", tuple(paragraphs), tuple(page.remarks), title)


class _Page:
    """Goes through the blocks of a page in order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.pictures = 0
        self.remarks: list[str] = []

    def of(self, element: Any, *, top: bool = False, quoted: bool = False) -> Iterator[Paragraph]:
        """The paragraphs within a block: runs of inline content, and blocks."""
        if element.name == "table":
            yield from self._table(element, quoted)
            return
        quoted = quoted or element.name == "blockquote"
        run: list[Any] = []
        for child in element.children:
            if getattr(child, "name", None) and not _is_seen(child):
                continue
            if getattr(child, "name", None) and (_is_block(child) or child.find(_is_block)):
                yield from self._run(run, element, quoted)
                run = []
                yield from self.of(child, quoted=quoted)
            else:
                run.append(child)
        yield from self._run(run, element, quoted)

    def _run(self, run: list[Any], block: Any, quoted: bool) -> Iterator[Paragraph]:
        """Inline content: text in its lines, and pictures between."""
        pieces = [piece for part in run for piece in _pieces(part)]
        line: list[tuple[str, float, bool]] = []
        for kind, value, size, bold in [*pieces, ("break", "", 0.0, False)]:
            if kind == "text":
                line.append((value, size, bold))
                continue
            text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(part for part, _, _ in line)).strip(" \u3000")
            if text:
                self.count += 1
                sizes = [size for part, size, _ in line if part.strip() and size] or [0.0]
                yield Paragraph(
                    text,
                    f"第{self.count}段",
                    level=int(block.name[1]) if re.fullmatch("h[1-6]", block.name or "") else 0,
                    size=max(set(sizes), key=sizes.count),
                    centred=_is_centred(block),
                    bold=all(bold for part, _, bold in line if part.strip()) or block.name in ("h1", "h2", "h3", "h4"),
                    quoted=quoted,
                )
            line = []
            if kind == "picture":
                yield from self._picture(value)

    def _picture(self, image: Any) -> Iterator[Paragraph]:
        self.pictures += 1
        place = f"第{self.pictures}张图片"
        alt = " ".join(str(image.get("alt") or "").split())
        alt = "" if alt.lower() in ("图片", "image") else alt
        picture = b""
        for source in (image.get("src"), image.get("data-src")):
            picture = picture or self._bytes(str(source or ""))
        suffix = _KINDS.get(picture[:2], "")
        if picture and suffix:
            yield Paragraph(
                alt,
                place,
                "picture",
                picture=picture,
                name=f"{self.pictures}{suffix}",
            )
            return
        self.remarks.append(f"{place}没有存下来，没有收入；请在浏览器里等图片都出来，再另存为“网页，全部”")
        yield Paragraph(alt, place, "picture")

    def _bytes(self, source: str) -> bytes:
        """A picture that the page has in it, or that lies beside it."""
        if match := re.match(r"data:image/(?:jpe?g|png|gif|webp);base64,(.*)", source, re.S):
            try:
                return base64.b64decode(match[1])
            except ValueError:
                return b""
        if not source or re.match(r"[a-z]+:|//", source, re.I):
            return b""
        file = self.path.parent / unquote(source.partition("?")[0])
        try:
            inside = file.resolve().is_relative_to(self.path.parent.resolve())
            return file.read_bytes() if inside and file.is_file() else b""
        except OSError:
            return b""

    def _table(self, table: Any, quoted: bool) -> Iterator[Paragraph]:
        rows = [
            [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
            for row in table.find_all("tr")
        ]
        longest = max((len(cell) for row in rows for cell in row), default=0)
        if longest > LONGEST_CELL or len(rows) < 2 or max(map(len, rows)) < 2 or table.find("img"):
            for cell in table.find_all(["td", "th"]):
                yield from self.of(cell, quoted=quoted)
            return
        self.count += 1
        yield Paragraph("\n".join("\t".join(row) for row in rows), f"第{self.count}段（表格）", "table")


def _is_block(element: Any) -> bool:
    return _BLOCKS.fullmatch(element.name) is not None


def _is_seen(element: Any) -> bool:
    """Whether a reader sees an element."""
    if _DROPPED.fullmatch(element.name) or element.has_attr("hidden"):
        return False
    style = str(element.get("style") or "")
    if _HIDDEN.search(style) and element.get("id") != "js_content":
        return False
    return not (_WHITE.search(style) and not _BACKGROUND.search(style) and not _on_colour(element))


def _on_colour(element: Any) -> bool:
    """Whether it stands on a coloured ground, as white headings of WeChat's styles do."""
    return any(
        _BACKGROUND.search(str(above.get("style") or ""))
        for above in list(element.parents)[:6]
        if hasattr(above, "get")
    )


def _pieces(part: Any, size: float = 0.0, bold: bool = False) -> Iterator[tuple[str, Any, float, bool]]:
    """Text, breaks and pictures of inline content, each with its size and whether it is bold."""
    if not getattr(part, "name", None):
        if type(part).__name__ == "NavigableString":
            yield "text", str(part), size, bold
        return
    if not _is_seen(part):
        return
    if part.name == "br":
        yield "break", "", 0.0, False
    elif part.name == "img":
        yield "picture", part, 0.0, False
    else:
        style = str(part.get("style") or "")
        if found := _SIZE.search(style):
            size = float(found[1]) * (0.75 if found[2].lower() == "px" else 1)
        bold = (
            bold or part.name in ("strong", "b") or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style) is not None
        )
        for child in part.children:
            yield from _pieces(child, size, bold)


def _is_centred(block: Any) -> bool:
    for above in [block, *list(block.parents)[:3]]:
        style = str(above.get("style") or "") if hasattr(above, "get") else ""
        if match := re.search(r"text-align\s*:\s*(\w+)", style):
            return match[1] == "center"
    return str(block.name) == "center"
