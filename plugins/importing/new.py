"""The next issue (新的一期): its header filled in, one story to write over, a folder for its pictures."""

from datetime import date
from pathlib import Path

from plugins.importing.neighbours import Known, Neighbours
from plugins.newspaper.addresses import picture_folder
from plugins.newspaper.dates import chinese_date
from plugins.newspaper.fields import FRONT_MATTER, MASTHEAD
from plugins.newspaper.lunar import lunar_of
from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import not_written, write_whole

_NAMES = {key: twins[0] for key, twins in FRONT_MATTER.items()}
_WEEKDAYS = "一二三四五六日"
_STORY = """
### 这里写标题
:短名: gaojian-1

伊滨讯 {month}月{day}日，这里写正文。一行就是一段，段首不用空格。

（署名 写在这里）
"""
_HELP = """\
# 以“#”开头的是说明，写完可以删去。每一项的写法见 docs/editors.md。
# 写好以后删去“状态: 草稿”一行，检查、预览，再上网。
# 图片放进 content/{pictures}/，正文里单独一行：![说明](文件名 "图注（某某 摄）")
# 报眼写在第一个标题之前，每行前面加“> ”；栏目、通栏题写成“## 栏目”，各篇稿件写成“### 标题”。
# 短名是网址的一部分，用标题的拼音，上网以后不再改；专题另写一行“:专题: 名称”。
"""


def read_day(written: str) -> date:
    """A day as somebody types it, 2023-06-16, 2023.6.16 or 2023年6月16日; raises Halt."""
    plain = written.strip().replace("年", "-").replace("月", "-").removesuffix("日").replace(".", "-").replace("/", "-")
    try:
        year, month, day = map(int, plain.split("-"))
        return date(year, month, day)
    except ValueError:
        raise Halt(f"日期应写成 2023-06-16 的样子，这里写的是“{written.strip()}”") from None


def start_issue(content: Path, day: date) -> Path:
    """Write the skeleton of the next issue; raises Halt where there can be none."""
    newest = Neighbours(content / "issues").newest()
    if newest is None:
        raise Halt("还没有一期稿件，不知道接着哪一期；第一期请照 docs/editors.md 的样子写")
    if day <= newest.date:
        raise Halt(f"日期应晚于上一期（总第{newest.total}期，{newest.date}），这里是 {day}")
    total = newest.total + 1
    file = content / f"issues/{total:04}.md"
    if file.exists():
        raise Halt(f"content/issues/{file.name} 已经有了，没有动它")
    try:
        text = skeleton(newest, day)
    except ValueError:
        raise Halt(f"农历只能推到 2100 年，{day} 太远了") from None
    try:
        (content / picture_folder(total)).mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode("utf-8"))
    except OSError as error:
        raise Halt(not_written(error)) from None
    return file


def skeleton(before: Known, day: date) -> str:
    """The text of the issue after another: its numbers go on, what is constant is carried over."""
    total = before.total + 1
    issue = before.issue + 1 if day.year == before.date.year else 1
    carried = {key: before.values[key] for key in ("approval_code", *MASTHEAD) if key in before.values}
    values = {
        "issue": issue,
        "total_issue": total,
        "date": day,
        "lunar_date": lunar_of(day),
        **carried,
        "status": "草稿",
    }
    lines = [f"{_NAMES[key]}: {value}" for key, value in values.items()]
    header = "\n".join(["---", _HELP.format(pictures=picture_folder(total)) + lines[0], *lines[1:], "---", ""])
    return header + _STORY.format(month=day.month, day=day.day)


def in_words(file: Path, day: date) -> str:
    """What is told of a new issue."""
    return (
        f"写好了 content/issues/{file.name}：{chinese_date(day)}，星期{_WEEKDAYS[day.weekday()]}，农历{lunar_of(day)}。"
    )
