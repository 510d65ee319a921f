"""Lines of pictures in their proper form, `![说明](大厅.jpg "图注（张三 摄）")`, and captions that stand below a picture."""

import re

from plugins.newspaper.reading.byline import read_byline
from plugins.newspaper.reading.lines import BLANK, Lines

_MARKS = tuple(mark + space + bracket for mark in "!！" for space in ("", " ") for bracket in "[【［")
_EXTENSION = r"\.(?:jpe?g|png|gif|webp|bmp|heic|tiff?|svg)"
_NAME = rf"""(?:[^\s()<>"“”‘’「」]+{_EXTENSION}|<[^<>"]*>|[^\s()（）<>"“”‘’「」]*)"""
_IMAGE = rf"!\[(?P<alt>[^\[\]]*)\]\((?P<file>{_NAME})"
_PROPER = re.compile(rf' *(?:!\[[^\[\]]*\]\({_NAME}(?: "[^"\\]*")?\) *)+', re.I)
_ALONE = re.compile(rf' *{_IMAGE}(?: "(?P<title>[^"]*)")?\) *', re.I)
_IN_TEXT = re.compile(rf'!\[[^\[\]]*\]\({_NAME} "', re.I)
_WIDE_IN_TEXT = re.compile(rf'！(?=\[[^\[\]]*\]\((?:[^\s()]+{_EXTENSION}(?: "[^"]*")?)?\))', re.I)

_BEGINNING = re.compile(r"[!！] *[\[【［](?P<alt>.*?)[\]】］] *[(（] *(?P<rest>.*)")
_ALT_ALONE = re.compile(r"[!！] *[\[【［](?P<alt>[^\[\]【】［］()（）]+)[\]】］]")
_FILE = re.compile(
    rf"""<(?P<marked>[^<>]*)>|(?P<named>[^"“”]*?{_EXTENSION})(?![a-z0-9])|(?P<other>[^\s()（）"“”‘’]*)""", re.I
)
_OPEN, _CLOSE = '"“”‘’「『＂〝', '"“”‘’」』＂〞'

_CAPTION = re.compile(r"[（(]?[▲△↑上下左右本题组]?(?:图(?:[为是中左右一二三：:]|片[为：:说])|(?<=[▲△↑]))")
_NO_CAPTION = re.compile(
    r"[#:：!！|>＞<*+○◎●-]|[0-9]+[.、．)]|[（(]?[一二三四五六七八九十]+[、）)]|第[一二三四五六七八九十]+[章节条]|编者|编后"
)
_STOPS = re.compile("[。！？!?；;]|[：:，、]$")
LONGEST_CAPTION = 40
"""Characters of a caption that is known by its shortness."""
_CREDIT = re.compile(r"[（(][^（()）]*(?:摄|供图|制图|图)[）)]")
_CREDIT_LAST = re.compile(rf"{_CREDIT.pattern} *$")


def proper_pictures(page: Lines) -> None:
    """Bring lines of pictures into their form, and a caption that stands right below a picture into its line."""
    places = [at for at, line in enumerate(page.lines) if any(mark in line for mark in _MARKS)]
    for at in places:
        line = page.lines[at]
        if line[0] in "!！":
            page.rewrite(at, line if _PROPER.fullmatch(line) else _proper(line), '图片一行写成“![说明](文件名 "图注")”')
        else:
            page.rewrite(at, _WIDE_IN_TEXT.sub("!", line), "图片的“！”写成“!”")
    for at in places:
        _take_caption(page, at)
        if not _PROPER.fullmatch(page.lines[at]) and _IN_TEXT.search(page.lines[at]):
            page.fault(at, "picture-in-text", "图片和文字在同一行，图注印不出来；请让图片单独占一行")


def _proper(line: str) -> str:
    """A picture at the beginning of a line, as it should be written; the line itself where that is not plain."""
    match = _BEGINNING.match(line)
    if not match:
        alone = _ALT_ALONE.fullmatch(line.strip(BLANK))
        return f"![{alone['alt']}]()" if alone else line
    alt, rest = match["alt"], match["rest"].rstrip(BLANK)
    file = _FILE.match(rest)
    if file is None or "[" in alt or "]" in alt:
        return line
    title, text = _title(rest[file.end() :].strip(BLANK))
    if text and not title and _is_caption(text):
        title, text = text, ""
    if text[:1] in ("!", "！"):
        text = _proper(text)
    name = (file["marked"] or file["named"] or file["other"] or "").strip(BLANK)
    return _image(alt, name, title) + (f" {text}" if text else "")


def _image(alt: str, name: str, title: str) -> str:
    if re.search(r"[\s()]", name) or (title and not name):
        name = f"<{name}>"
    pieces = title.replace('\\"', '"').split('"')
    quoted = "".join(piece + "“”"[place % 2] * (place < len(pieces) - 1) for place, piece in enumerate(pieces))
    return f"![{alt}]({name}" + (f' "{quoted}")' if quoted else ")")


def _title(rest: str) -> tuple[str, str]:
    """What stands behind the file's name: the title without its quotes and the closing bracket, and text after that."""
    if rest[:1] in (")", "）", ""):
        return "", rest[1:].strip(BLANK)
    opened = rest[0] in _OPEN
    ended = re.search(rf"[{_CLOSE}] *[)）](?! *$) *(?P<text>[^)）].*)", rest) if opened else None
    text = ended["text"] if ended else ""
    inside = rest[: ended.start() + 2] if ended else rest
    if inside[-1] in ")）" and (inside.count("(") + inside.count("（") < inside.count(")") + inside.count("）")):
        inside = inside[:-1].rstrip(BLANK)
    if opened:
        closed = len(inside) > 1 and inside[-1] in _CLOSE
        # “一餐热饭”现场: these quotes are the caption's own.
        own = rest[0] == "“" and not closed and inside.count("“") == inside.count("”")
        return (inside if own else inside[1 : len(inside) - closed]).strip(BLANK), text
    if inside[0] in "(（" and inside[-1] in ")）" and not _CREDIT.fullmatch(inside):
        return inside[1:-1].strip(BLANK), text
    return inside, text


def _take_caption(page: Lines, at: int) -> None:
    """Give a picture without a caption, or without a credit, the line right below it, if that is one."""
    match = _ALONE.fullmatch(page.lines[at])
    below = page.after(at).strip(BLANK)
    if not match or not below or not (match["file"] or not match["alt"]):
        return
    title = match["title"] or ""
    if _is_caption(below) if not title else _is_credit(below) and not _CREDIT_LAST.search(title):
        name = match["file"].removeprefix("<").removesuffix(">")
        page.rewrite(at, _image(match["alt"], name, title + below), "图注写进了图片一行")
        page.rewrite(at + 1, "", "这一行是上一行图片的图注，已移上去")


def _is_credit(line: str) -> bool:
    """（张三 摄）; （白璐/文 贾兰/图） is a byline."""
    return _CREDIT.fullmatch(line) is not None and "文" not in line


def _is_caption(line: str) -> bool:
    if not line or _NO_CAPTION.match(line):
        return False
    if _CAPTION.match(line) or _is_credit(line):
        return True
    return len(line) <= LONGEST_CAPTION and not _STOPS.search(line) and not read_byline(line.strip("（）()"))
