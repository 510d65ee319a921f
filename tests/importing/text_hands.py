"""Hands that set an issue as text: what people keep of a paper, each in their own way."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from tests.importing.truth import File, Told

WEEK = "一二三四五六日"
NARROW = str.maketrans("，；：！？（）", ",;:!?()")
INDENT = "　　"


def folio(file: File, form: str) -> list[str]:
    """The masthead's lines."""
    header = file.header
    day = date.fromisoformat(header["date"])
    printed = f"{day.year}年{day.month}月{day.day}日"
    week = f"星期{WEEK[day.weekday()]}"
    code = header["approval_code"]
    issue, total, lunar = header["issue"], header["total_issue"], header["lunar_date"]
    return {
        "one": ["伊滨新闻", f"{printed} 第{issue}期 ■ 总第{total}期 ■ {lunar} ■ {code}"],
        "two": [
            "伊 滨 新 闻",
            f"第{issue}期（总第{total}期）",
            f"{printed}　{week}　农历{lunar}",
            f"准印证号：{code}",
            "主管主办：洛阳伊滨区管委会　编辑出版：区融媒体中心",
        ],
        "wide": [f"《伊滨新闻》总第{_wide(total)}期　{_wide(printed)}　{week}", f"Ｎｏ．{_wide(issue)}　{lunar}", code],
        "slash": [
            f"{header['date'].replace('-', '.')} / {week} / {lunar} / 总期号：{total} / 期号：{issue}",
            f"{code} 内部资料 免费交流",
        ],
    }[form]


def _wide(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "0" <= character <= "9" else character for character in text)


def lines_of(story: Told) -> Iterator[str]:
    """The paragraphs of a story's text."""
    for part in story.parts:
        yield part.text


def marked(file: File) -> str:
    """Markdown, each paragraph apart."""
    lines = [*folio(file, "one"), *file.ear]
    banner = ""
    for story in file.stories:
        if story.banner != banner:
            banner = story.banner
            lines.append(f"## {banner}")
        lines.append(f"### {' '.join(story.headline)}")
        if story.kicker or story.deck:
            lines[-1] = f"### {story.kicker}\n### {lines[-1][4:]}" if story.kicker else f"{lines[-1]}\n\n{story.deck}"
        lines += [
            f"#### {part.text}"
            if part.kind == "crosshead"
            else f"图为{part.text}"
            if part.kind == "caption"
            else part.text
            for part in story.parts
        ]
        if story.byline:
            lines[-1] += f"（{story.byline}）"
    return "\n\n".join(lines).translate(NARROW)


def indented(file: File) -> str:
    """As Word saves it: a line a paragraph, two spaces before it, nothing between; an empty line before a headline."""
    lines = [*folio(file, "two"), *(INDENT + line for line in file.ear)]
    banner = ""
    for story in file.stories:
        lines.append("")
        if story.banner != banner:
            banner = story.banner
            lines += [f"【{banner}】" if len(banner) < 8 else banner, ""]
        lines += [line for line in (story.kicker, *story.headline, story.deck) if line]
        lines += [INDENT + line for line in lines_of(story)]
        if story.byline:
            lines[-1] += f"（{story.byline}）"
    return "\r\n".join(lines)


def airy(file: File) -> str:
    """An empty line after every paragraph, two before a story, the byline below its headline."""
    lines = [*folio(file, "wide"), *file.ear]
    banner = ""
    for story in file.stories:
        if story.banner != banner:
            banner = story.banner
            lines.append(f"\n\n■{banner}■")
        lines.append("\n" + "\n".join(line for line in (story.kicker, *story.headline, story.deck) if line))
        if story.byline:
            lines.append(f"○ {story.byline}")
        lines += lines_of(story)
    return "\n\n".join(lines)


def wrapped(file: File) -> str:
    """Wrapped at 28 characters, as an old mail program does."""
    lines = folio(file, "slash")
    for line in file.ear:
        lines += _wrapped(line)
    banner = ""
    for story in file.stories:
        lines += ["", ""]
        if story.banner != banner:
            banner = story.banner
            lines += [f"栏目：{banner}"]
        lines += [line for line in (story.kicker, *story.headline, story.deck) if line] + [""]
        for line in lines_of(story):
            lines += _wrapped(line)
        if story.byline:
            lines.append(f"                （{story.byline}）")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    text = INDENT + text
    return [text[at : at + 28] for at in range(0, len(text), 28)]


def labelled(file: File) -> str:
    """Out of an editing system, which says what each line is."""
    lines = folio(file, "two")
    lines += [f"报眼：{file.ear[0]}", *file.ear[1:]] if file.ear else []
    banner = ""
    for story in file.stories:
        lines.append("")
        if story.banner != banner:
            banner = story.banner
            lines.append(f"通栏题：{banner}")
        lines += [f"引题：{story.kicker}"] if story.kicker else []
        lines.append(f"标题：{' '.join(story.headline)}")
        lines += [f"副题：{story.deck}"] if story.deck else []
        lines += [f"作者：{story.byline}"] if re.fullmatch(r"[^记通局]*", story.byline) and story.byline else []
        lines += lines_of(story)
        if story.byline and f"作者：{story.byline}" not in lines:
            lines.append(f"（{story.byline}）")
    return "\n".join(lines).translate(NARROW)


def printed(file: File) -> str:
    """Copied from a print file: columns and pages cut paragraphs, furniture between, a story goes on elsewhere."""
    lines = [*folio(file, "one"), *file.ear]
    banner = ""
    rest: list[str] = []
    for at, story in enumerate(file.stories):
        if story.banner != banner:
            banner = story.banner
            lines += ["", banner]
        lines += ["", *[line for line in (story.kicker, *story.headline, story.deck) if line], ""]
        text = list(lines_of(story))
        if story.byline:
            text[-1] += f"（{story.byline}）"
        if at == 0:
            half = len(text[1]) // 2
            rest = ["", f"{story.headline[0].split()[0]}（上接第一版）", text[1][half:], *text[2:]]
            lines += [text[0], f"{text[1][:half]}（下转第二版）"]
            continue
        for line in text:
            cut = line.find("，", len(line) // 2) - 2 if len(line) > 60 else -1
            lines += [line[:cut], line[cut:]] if cut > 20 else [line]
        if at == len(file.stories) // 2:
            lines += ["", "责任编辑：董浩　校对：白璐", "第二版", folio(file, "wide")[0]]
            lines += rest
    return "\n".join(lines)


def centred(file: File) -> str:
    """Headlines put in the middle with spaces, bylines below them, four spaces before a paragraph; nothing between."""
    lines = [" " * 20 + line for line in folio(file, "two")] + ["    " + line for line in file.ear]
    banner = ""
    for story in file.stories:
        if story.banner != banner:
            banner = story.banner
            lines.append(f"          ◆{banner}◆")
        signed = [f"（{story.byline}）"] if story.byline else []
        head = [story.kicker, *story.headline, story.deck, *signed]
        lines += [" " * 18 + line for line in head if line]
        lines += ["    " + line for line in lines_of(story)]
    return "\n".join(lines).translate(NARROW)


HANDS: dict[str, Callable[[File], str]] = {
    "标记": marked,
    "缩进": indented,
    "空行": airy,
    "折行": wrapped,
    "注明": labelled,
    "版面": printed,
    "居中": centred,
}
