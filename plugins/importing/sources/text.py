"""Text and Markdown (文本): UTF-8, UTF-16, GB18030 → paragraphs; lines that an editor has wrapped by hand are joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plugins.importing.neutral import Paragraph, Source, Unreadable
from plugins.newspaper.reading.front_matter import read_front_matter, split_front_matter
from plugins.newspaper.reading.lines import BLANK

_HEADING = re.compile(rf"([#＃]{{1,6}})(?![#＃])(?:[{BLANK}]+|(?<=[#＃]{{2}}))(?=\S)(.*?)(?:[{BLANK}]+[#＃]+)?")
_PICTURE = re.compile(
    r"[!！][\[【](?P<alt>[^\[\]【】]*)[\]】][(（](?P<file>[^()（）\"“]*)(?:[\"“](?P<title>.*)[\"”])?[)）]"
)
_RULE = re.compile(rf"(?:[-*_=~─—━＝－][{BLANK}]*){{3,}}")
_DELIMITERS = re.compile(r"[ |:：｜-]*-[ |:：｜-]*")
_QUOTE = re.compile(rf"[>＞][{BLANK}]*(.*)")
_OTHER_KINDS = (
    (re.compile(rb"\s*\{\\rtf"), " RTF 文件"),
    (re.compile(rb"\s*(?:MIME-Version:|From: *<?Saved by )", re.I), "单个文件的网页（MHT）"),
    (re.compile(rb"(?s)\s*<\?xml.{0,400}(?:wordprocessingml|wordml|word/2003)"), " XML 格式的 Word 文件"),
)
"""Files that look like text, and whose words are not what stands in them."""
_ENDS = tuple("。！？!?…”’》）)：:；;】")
_JOINED_BY_SPACE = re.compile(r"[0-9A-Za-z,.]$")
CENTRED = 7
"""Spaces before a line, from which on they are not an indent."""
LEAST_WRAPPED = 12
"""Characters of a line that may have been wrapped."""


class _Line(NamedTuple):
    number: int
    text: str
    indented: bool
    gap: int
    centred: bool
    """By spaces before it."""


def decoded(raw: bytes) -> str:
    """The text of a file, by its bytes; raises Unreadable."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _decoded(raw, [encoding])
    if raw[:400].count(0) > len(raw[:400]) // 8:  # the zeros of ASCII characters in UTF-16
        return _decoded(raw, ["utf-16-le" if raw[1:400:2].count(0) >= raw[:400:2].count(0) else "utf-16-be"])
    halves = ((raw[1::2], "utf-16-le"), (raw[::2], "utf-16-be")) if len(raw) % 2 == 0 else ()
    wide = next((encoding for half, encoding in halves if _is_high_half(half)), "")
    if b"\0" in raw and not wide:
        raise Unreadable("不是文字：里面有文字不会有的字节；请在原来的程序里另存为 .txt 或 .docx，再导入")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _decoded(raw, [wide or "gb18030"])


def _is_high_half(half: bytes) -> bool:
    """Whether every other byte is the high one of a 汉字, a mark or an ASCII character, as in UTF-16 without its mark."""
    return sum(0x4E <= byte <= 0x9F or byte in (0, 0x20, 0x30, 0xFF) for byte in half) > 0.95 * len(half)


def _decoded(raw: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    raise Unreadable("文字的编码认不出来；请用记事本打开，选“另存为”，编码选 UTF-8，再导入")


def read_text_source(raw: bytes) -> Source:
    """The paragraphs of a text."""
    for form, kind in _OTHER_KINDS:
        if form.match(raw.removeprefix(b"\xef\xbb\xbf")):
            raise Unreadable(f"这是{kind}，不是文本；请在 Word 里打开，另存为 .docx，再导入")
    text = decoded(raw).removeprefix("\ufeff")
    header = split_front_matter(text.replace("\r\n", "\n"))[0]
    if header is not None and read_front_matter(header, "")[0].values:
        raise Unreadable("这已经是稿件的写法，不用导入；请直接放进 content/issues/，用总期号命名")
    return Source("文本", paragraphs_of(text))


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, whatever ends its lines."""
    text = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return tuple(_paragraphs(list(_lines(text))))


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not empty."""
    gap = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip(BLANK)
        if not bare:
            gap += 1
            continue
        before = line.expandtabs(4)[: len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(BLANK))]
        width = len(before) + before.count("\u3000")
        yield _Line(number, bare, 1 < width < CENTRED, gap, width >= CENTRED)
        gap = 0


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    wrapped = _is_wrapped(lines)
    width = _width(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        place = f"第{line.number}行"
        start = at
        at += 1
        if heading := _HEADING.fullmatch(line.text):
            yield Paragraph(heading[2], place, level=len(heading[1]), gap=line.gap)
        elif picture := _PICTURE.fullmatch(line.text):
            words = "\t".join(filter(None, [picture["alt"], picture["title"]]))
            yield Paragraph(words, place, "picture", gap=line.gap, name=picture["file"].strip(" <>"))
        elif _is_row(lines, start):
            while at < len(lines) and not lines[at].gap and _bar(lines[at].text):
                at += 1
            rows = [_cells(row.text) for row in lines[start:at] if not _DELIMITERS.fullmatch(row.text)]
            yield Paragraph("\n".join("\t".join(row) for row in rows), place, "table", gap=line.gap)
        elif _RULE.fullmatch(line.text):
            yield Paragraph("", place, "rule", gap=line.gap)
        elif quote := _QUOTE.fullmatch(line.text):
            if quote[1]:
                yield Paragraph(quote[1], place, gap=line.gap, quoted=True)
        else:
            while wrapped and at < len(lines) and _goes_on(lines[at - 1], lines[at], width):
                at += 1
            last = lines[at - 1].number
            place = place if last == line.number else f"第{line.number}—{last}行"
            yield Paragraph(_joined(lines[start:at]), place, indented=line.indented, gap=line.gap, centred=line.centred)


def _joined(lines: list[_Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        between = " " if _JOINED_BY_SPACE.search(text) and re.match("[A-Za-z]", line.text) else ""
        text += between + line.text
    return text


def _width(lines: list[_Line]) -> int:
    """The width to which most long lines are filled."""
    widths = Counter(len(line.text) for line in lines if len(line.text) >= LEAST_WRAPPED)
    return max(widths, key=lambda width: (widths[width] + widths[width - 1] + widths[width + 1], width), default=0)


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether lines were wrapped by hand: most end in the midst of a sentence, and few are much longer than others."""
    width = _width(lines)
    long = [line for line in lines if len(line.text) >= max(LEAST_WRAPPED, width - 3)]
    if len(long) < 4 or width > 80:
        return False
    open_ended = [line for line in long if not line.text.endswith(_ENDS)]
    longer = [line for line in long if len(line.text) > width + 4]
    return len(open_ended) > 0.6 * len(long) and len(longer) <= max(3, 0.1 * len(long))


def _goes_on(line: _Line, after: _Line, width: int) -> bool:
    """Whether a wrapped line goes on in the one below."""
    if after.gap or after.indented or after.centred or line.centred or len(line.text) + line.indented * 2 < width - 3:
        return False
    special = _HEADING, _PICTURE, _RULE, _QUOTE
    return not any(form.fullmatch(after.text) for form in special)


def _bar(line: str) -> bool:
    return line[:1] in ("|", "｜")


def _is_row(lines: list[_Line], at: int) -> bool:
    """Whether a table begins: two rows with bars before them."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    return _bar(lines[at].text) and after is not None and not after.gap and _bar(after.text)


def _cells(row: str) -> list[str]:
    cells = [cell.strip(BLANK) for cell in re.split(r"(?<!\\)[|｜]", row)]
    return [cell.replace("\\|", "|") for cell in cells[1 : len(cells) - (not cells[-1])]]
