"""A story as it is read aloud (念稿): figures, dates and marks of print in the words that one says."""

import re
from collections.abc import Callable

from plugins.newspaper.making.plain_text import paragraphs
from plugins.newspaper.model import Article
from plugins.voice.numerals import counted, digit_by_digit, number

_N = r"(?<!\d)\d++(?:\.\d++)?"
_MEASURES = (
    "个名位人户家条项种件份场座处所套台辆间栋只头棵株次天周年岁倍批组队支篇张本句万亿千百小多余亩米公吨元斤平立克升"
)
"""Before these 2 is 两; before 月, 日, 号, 楼 it is 二."""
_UNITS = {
    "℃": "摄氏度",
    "°C": "摄氏度",
    "㎡": "平方米",
    "m²": "平方米",
    "m³": "立方米",
    "km²": "平方公里",
    "km/h": "公里每小时",
    "km": "公里",
    "kg": "公斤",
    "cm": "厘米",
    "mm": "毫米",
    "kW": "千瓦",
    "m": "米",
}
_UNIT = re.compile(rf"(?<=\d)\s?({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![A-Za-z])")
_TO = "[-–—―~～至到]+"
"""Between two figures: from one to the other."""

_HALF = {0xFF10 + at: 0x30 + at for at in range(10)}
_HALF |= {wide + at: narrow + at for wide, narrow in ((0xFF21, 0x41), (0xFF41, 0x61)) for at in range(26)}
_HALF |= dict(zip(map(ord, "％／＋－−"), map(ord, "%/+--"), strict=True))
"""Full-width figures and letters, and signs beside them."""

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _clock(hour: str, minute: str, second: str | None) -> str:
    said = f"{counted(hour)}点{_minutes(minute) if int(minute) or second else '整'}"
    return f"{said}{_minutes(second).removesuffix('分')}秒" if second else said


def _minutes(written: str) -> str:
    return f"零{number(written[1])}分" if written.startswith("0") else f"{number(written)}分"


_RULES: tuple[Rule, ...] = (
    # Addresses of the net, which nobody can say
    (re.compile(r"(?:https?://|www\.)[\w./?=&%#~:@!$'*+,;-]+", re.A), lambda found: "网址见报"),
    (re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])"), lambda found: found[0].replace(",", "")),
    # Telephones: 0379-65236666, 138 1234 5678, 12345热线, 拨打110
    (
        re.compile(r"(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|400[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)"),
        lambda found: digit_by_digit(re.sub(r"\D", "", found[0]), one="幺"),
    ),
    (
        re.compile(r"(?<![\d.])(\d{3,5})(?=(?:政务|服务|便民){0,2}(?:热线|专线|报警|急救|火警|举报|平台))"),
        lambda found: digit_by_digit(found[1], one="幺" if len(found[1]) == 3 else "一"),
    ),
    (re.compile(r"(?<=[拨打电话：])(11[0249]|12[02])(?!\d)"), lambda found: digit_by_digit(found[1], one="幺")),
    # 2023-06-07, 2023.6.7, 2023/6/7; 2023—2025年; 2023年; 80后
    (
        re.compile(r"(?<![\d.])((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![.\d])"),
        lambda found: f"{digit_by_digit(found[1])}年{number(str(int(found[3])))}月{number(str(int(found[4])))}日",
    ),
    (
        re.compile(rf"(?<!\d)((?:1[89]|20)\d\d)(年?){_TO}((?:1[89]|20)\d\d)(?=年|学年)"),
        lambda found: f"{digit_by_digit(found[1])}{found[2]}到{digit_by_digit(found[3])}",
    ),
    (re.compile(r"(?<![\d.])((?:1[1-9]|20)\d\d)(?=年|〕|\])"), lambda found: digit_by_digit(found[1])),
    (re.compile(r"(?<![\d.])([5-9]0|00|10)(?=后(?![面来续勤]))"), lambda found: digit_by_digit(found[1])),
    # “7·20”, “151”: what happened on a day, and slogans
    (
        re.compile(r"(?<![\d.])(\d{1,2})[·•・](\d{1,2})(?![\d.])"),
        lambda found: digit_by_digit(found[1] + found[2]),
    ),
    (re.compile(r"(?<=[“‘])(\d{1,2})[.](\d{1,2})(?=[”’])"), lambda found: digit_by_digit(found[1] + found[2])),
    (re.compile(r"(?<=[“‘])\d{2,}(?=[”’])"), lambda found: digit_by_digit(found[0])),
    # -5℃; 50%—60%, 50%, 1/3
    (re.compile(rf"(?<![\dA-Za-z℃度])-({_N})(?=摄氏度|度)"), lambda found: f"零下{number(found[1])}"),
    (
        re.compile(rf"({_N})%?{_TO}({_N})%"),
        lambda found: f"百分之{number(found[1])}到百分之{number(found[2])}",
    ),
    (re.compile(rf"({_N})([%‰])"), lambda found: f"{'百' if found[2] == '%' else '千'}分之{number(found[1])}"),
    (re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,4})(?![\d/])"), lambda found: f"{number(found[2])}分之{number(found[1])}"),
    # 5—8, 6月7日—9日, 8:30-11:30; 7×24, 3+2, 300+
    (re.compile(rf"(?<=[\d日月年时分度]){_TO}(?=\d)"), lambda found: "到"),
    (re.compile(r"(?<=\d)\s?[×xX*]\s?(?=\d)"), lambda found: "乘"),
    (re.compile(r"(?<=\d)\s?\+\s?(?=\d)"), lambda found: "加"),
    (re.compile(rf"({_N})\+"), lambda found: f"{number(found[1])}多"),
    # 8:30, 19:05:20; 3:1
    (
        re.compile(r"(?<![\d:.])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?![\d:])"),
        lambda found: _clock(str(int(found[1])), found[2], found[3]),
    ),
    (re.compile(rf"(?<![\d:.])({_N})[:：]({_N})(?![\d:])"), lambda found: f"{number(found[1])}比{number(found[2])}"),
    # Letters before figures name a thing: G30, GB15834
    (re.compile(r"(?<=[A-Za-z])-?(\d{2,})(?![.\d]*[%万亿])"), lambda found: digit_by_digit(found[1])),
    # 2023中关村论坛
    (
        re.compile(rf"(?<![\d.])((?:199|20[0-3])\d)(?<!00)(?=[\u3400-\u9fff])(?![{_MEASURES}])"),
        lambda found: digit_by_digit(found[1]),
    ),
    # Numbers of documents
    (re.compile(r"(?<![\d.])\d{9,}(?![\d.])"), lambda found: digit_by_digit(found[0])),
    (re.compile(rf"第({_N})"), lambda found: f"第{number(found[1])}"),
    (re.compile(rf"(?<![\d.])({_N})(?=[{_MEASURES}])"), lambda found: counted(found[1])),
    (re.compile(_N), lambda found: number(found[0])),
)
"""The first that fits a figure has it."""

_PAUSES = (
    (re.compile(r"》\s*《|”\s*“"), "，"),
    (re.compile(r"[《》〈〉“”‘’「」『』\"*]"), ""),
    (re.compile(r"[（）()【】〔〕\[\]{}|｜]|——+|……|…|\t|　+"), "，"),
    (re.compile(r"(?<=[元吨米克斤里度升秒人次])/(?=[吨亩斤人天日年月时小公平立户个米次升])"), "每"),
    (re.compile(r"(?<=[\u3400-\u9fff])/(?=[\u3400-\u9fff])"), "，"),
    (re.compile(r"(?<=[\u3400-\u9fff])[·•・](?=[\u3400-\u9fff])"), ""),
    (re.compile(r"[·•・■□◆●▲★☆※→]"), "，"),
    (re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"), "，"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"[，、 ]*，[，、 ]*"), "，"),
    (re.compile(r"，*([。！？；：])[，。]*"), r"\1"),
)
"""Marks of print that are not said, or are a pause."""


def story_spoken(article: Article) -> str:
    """What is read: headline group, text, byline; a line for each."""
    headline = article.headline
    printed = ("".join(headline.kicker), headline.plain, "".join(headline.deck))
    lines = [*printed, *paragraphs(article.body), article.byline.printed]
    return "\n".join(filter(None, map(spoken, lines))) + "\n"


def spoken(text: str) -> str:
    """A paragraph as one says it, ended by a mark that stops; empty where nothing in it can be said."""
    said = _UNIT.sub(lambda found: _UNITS[found[1]], text.translate(_HALF))
    for pattern, say in _RULES:
        said = pattern.sub(say, said)
    for pattern, pause in _PAUSES:
        said = pattern.sub(pause, said)
    said = said.strip("，、： ")
    if not any(map(str.isalnum, said)):
        return ""
    return said if said.endswith(("。", "！", "？", "；")) else f"{said}。"
