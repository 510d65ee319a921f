"""What a page has besides its stories (版面上的零碎): it goes to the report, word for word."""

import re
from collections.abc import Sequence

from plugins.importing.neutral import Left, Paragraph

_PAGE = re.compile(
    r"(?:第?\s*[0-9０-９一二三四五六七八九十A-D]{1,3}\s*版[\s:：·|｜/—-]*[^\W\d_]{0,6}"
    r"|[^\W\d_]{0,6}[\s:：·|｜/—-]*第?\s*[0-9０-９一二三四五六七八九十]{1,2}\s*版"
    r"|[-—－·]?\s*[0-9０-９]{1,3}\s*[-—－·]?|(?:今日|本期|共)\s*[0-9０-９一二三四五六七八九十]{1,2}\s*版)"
)
_STAFF = re.compile(
    r"(?:第?\s*[0-9一二三四五六七八]{1,2}\s*版\s*)?[（(【\[]?\s*(?:本版|本期|值班|执行)?(?:责任编辑|责编|编辑|校对|版式|版式设计|美编|美术编辑"
    r"|组版|排版|审核|审校|终审|监制|总编|总编辑|主编|副主编|值班主任|值班编委"
    r"|一审|二审|三审|初审|复审|统筹|视觉|来源|文章来源|图源|转自)\s*[:：/｜|丨\s]\s*\S.*"
)
_STAFF_MARK = re.compile("[。！？；]")
_CODE = re.compile(r"扫描|扫一扫|扫码|二维码|长按识别|识别图中")
_FOLLOW = re.compile(r"关注|公众号|微信号|视频号|抖音|客户端|订阅")
_CONTACT = re.compile(
    r"[（(【]?(?:投稿|新闻|读者|服务|监督|举报|咨询|联系|编辑部|本报|订阅)?\s*"
    r"(?:邮箱|信箱|热线|电话|网址|邮编|邮政编码|地址|传真|QQ|E-?mail|官网|网站)\s*[:：]\s*\S.*",
    re.I,
)
LONGEST = 60


def without_furniture(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Left]]:
    """The paragraphs that are a story's, and what was left out."""
    why = [_why(paragraph) for paragraph in paragraphs]
    for order in (range(len(paragraphs)), reversed(range(len(paragraphs)))):
        for at in order:  # 轻松关注今日伊滨 beside 扫描左侧二维码
            beside = [why[other] for other in (at - 1, at + 1) if 0 <= other < len(why)]
            text = paragraphs[at].text
            if not why[at] and "二维码说明" in beside and len(text) <= 30 and _FOLLOW.search(text) and "。" not in text:
                why[at] = "二维码说明"
    last = max((at for at, reason in enumerate(why) if not reason), default=-1)
    for at, reason in enumerate(why):
        if reason == "联系办法" and at < last:  # of a notice
            why[at] = ""
    kept = [paragraph for paragraph, reason in zip(paragraphs, why, strict=True) if not reason]
    left = [Left(each.place, each.text, reason) for each, reason in zip(paragraphs, why, strict=True) if reason]
    return kept, left


def _why(paragraph: Paragraph) -> str:
    text = paragraph.text.strip()
    if paragraph.kind != "text" or len(text) > LONGEST or paragraph.level:
        return ""
    if _PAGE.fullmatch(text):
        return "版次、页码"
    if _STAFF.fullmatch(text) and not _STAFF_MARK.search(text):
        return "编辑、校对"
    if len(text) <= 30 and _CODE.search(text) and "。" not in text:
        return "二维码说明"
    return "联系办法" if _CONTACT.fullmatch(text) and "。" not in text else ""
