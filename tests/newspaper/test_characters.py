"""Characters that no reader should see, and where some of them are at home."""

import pytest

from plugins.newspaper.characters import mended, odd_characters

ODD = [
    ("坏字", "精神\ufffd文明建设", "精神[U+FFFD]文明建设", "照原稿补上"),
    ("空字符", "精神\x00文明", "精神[U+0000]文明", "控制字符"),
    ("退格符", "精神\x08文明", "精神[U+0008]文明", "控制字符"),
    ("删除符", "精神\x7f文明", "精神[U+007F]文明", "控制字符"),
    ("竖向换行", "精神\x0b文明", "精神[U+000B]文明", "按回车换行"),
    ("换页符", "精神\x0c文明", "精神[U+000C]文明", "按回车换行"),
    ("行分隔符", "精神\u2028文明", "精神[U+2028]文明", "按回车换行"),
    ("段分隔符", "精神\u2029文明", "精神[U+2029]文明", "按回车换行"),
    ("零宽空格", "精神\u200b文明", "精神[U+200B]文明", "看不见"),
    ("零宽不连字", "精神\u200c文明", "精神[U+200C]文明", "看不见"),
    ("零宽连字在汉字间", "精神\u200d文明", "精神[U+200D]文明", "看不见"),
    ("词连接符", "精神\u2060文明", "精神[U+2060]文明", "看不见"),
    ("文中的字节序标记", "精神\ufeff文明", "精神[U+FEFF]文明", "看不见"),
    ("软连字符", "精神\xad文明", "精神[U+00AD]文明", "看不见"),
    ("从左到右标记", "\u200e精神", "[U+200E]精神", "看不见"),
    ("从右到左覆盖", "精神\u202e文明", "精神[U+202E]文明", "看不见"),
    ("方向隔离", "\u2068精神\u2069", "[U+2068]精神", "看不见"),
    ("韩文填充", "精神\u3164文明", "精神[U+3164]文明", "看不见"),
    ("汉字后的表情选择符", "精神\ufe0f文明", "精神[U+FE0F]文明", "看不见"),
    ("造字区", "张\ue000山", "张[U+E000]山", "造字"),
    ("补充造字区", "张\U000f0000山", "张[U+F0000]山", "造字"),
    ("粘贴图片的空位", "大厅\ufffc如图", "大厅[U+FFFC]如图", "图片"),
    ("康熙部首", "⼈⼯智能", "“⼈”→“人”、“⼯”→“工”", "部首"),
    ("简体部首", "⻓⻔问题", "“⻓”→“长”、“⻔”→“门”", "部首"),
    ("没有对应字的部首", "⺀点", "“⺀”", "部首"),
    ("兼容汉字", "\uf9ba望", "“\uf9ba”→“了”", "部首或兼容字"),
    ("扩展兼容汉字", "\U0002f800人", "“\U0002f800”→“丽”", "部首或兼容字"),
]


@pytest.mark.parametrize(("line", "seen", "says"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_odd_character_is_told_in_its_place(line: str, seen: str, says: str) -> None:
    (problem,) = odd_characters(f"第一行。\n{line}\n", "x.md")

    assert (problem.line, problem.code) == (2, "odd-character")
    assert seen in problem.message
    assert says in problem.message


AT_HOME = [
    ("平常文字", "伊滨讯 5月29日，“一老一少”——《方案》……2×3＝6，～·【】％℃№①㎡Ⅲ"),
    ("制表符和全角空格", "\t　　正文\xa0。"),
    ("扩展区的姓名", "𠮷野家、㐂、𬇙、𫠆、\U0002ebf0、\U00030000、\U00031350"),
    ("异体选择符", "葛\U000e0100城、辻\ufe00"),
    ("不是兼容字的兼容字", "﨑﨩"),
    ("表情", "❤️👍🏽👨‍👩‍👧🇨🇳1️⃣🏴\U000e0067\U000e0062\U000e007f☎︎👩🏻‍🚒🫩"),
    ("拼音", "nǐ hǎo ǖǘǚǜ Ångström"),
    ("外文", "Привет ἀρχή ไทย བོད 한국"),
]


@pytest.mark.parametrize("line", [case[1] for case in AT_HOME], ids=[case[0] for case in AT_HOME])
def test_character_at_home_is_not_told(line: str) -> None:
    assert list(odd_characters(line, "x.md")) == []
    assert mended(line) == line


def test_many_of_a_kind_are_one_problem_of_the_line() -> None:
    (problem,) = odd_characters("⼀⼆⼈⼉⼊⼋⼏⼑⼒⼔", "x.md")
    assert problem.message.count("→") == 8
    assert "等是部首" in problem.message


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⼈⼯智能，⻓⻔", "人工智能，长门"),
        ("精神\u200b文明\ufeff", "精神文明"),
        ("精神\ufffd文明\ue000\x0b", "精神\ufffd文明\ue000\x0b"),
        ("👨‍👩‍👧精神\u200d", "👨‍👩‍👧精神"),
    ],
)
def test_what_is_unmistakable_can_be_mended(written: str, meant: str) -> None:
    assert mended(written) == meant
