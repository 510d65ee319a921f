"""What the slips are made in: a good issue, and a good content folder with it."""

from datetime import date
from io import BytesIO

from PIL import Image

from plugins.newspaper.lunar import lunar_of

SOURCE = "content/issues/0256.md"
GOOD = """\
---
issue: 11
total_issue: 256
date: 2023-06-16
lunar_date: 癸卯年四月廿九
approval_code: 河南省连续性内部资料[审洛阳连]00018号
---

> 民生连着民心，民心凝聚民力。
>
> ——【摘自全区工作会议报告】

## 加快重点项目建设 聚力打造伊滨科技城

### 区领导调研|邻里中心建设
:slug: linli-zhongxin
:topics: 邻里中心、公共服务
:kicker: 把实事办到家门口
:deck: 六个邻里中心年底开门

伊滨讯 6月15日，区领导到光武街道调研邻里中心建设。他说，群众的事没有小事。

![邻里中心大厅](dating.jpg "图为邻里中心大厅（白璐 摄）")

大厅里有食堂、药房和阅览室。“一餐热饭”行动七月开始，老人每餐八元。

#### 三步走

- 先办食堂
- 再办托老
- 后办阅览

| 社区 | 面积 |
|---|---|
| 康庄 | 1200 |
| 司马 | 860 |

来龙去脉可看[第255期](/issues/255/)。

（阮现武 董浩）

### 麦收一线见闻
:slug: maishou-yixian
:topics: 公共服务

伊滨讯 6月14日，庞村镇的麦子熟了。收割机一天收三百亩。

农机手说，今年的麦子比去年好。

（秦书瑶）

## 综合

### 问题楼盘化解工作推进会召开
:slug: wenti-loupan

6月13日，会议在区政务中心召开，研究下一步工作。

（尹子健）
"""

_OTHER = """\
---
issue: {issue}
total_issue: {total}
date: {day}
lunar_date: {lunar}
approval_code: 河南省连续性内部资料[审洛阳连]00018号
---

### 第{issue}期的要闻
:slug: yaowen
:topics: 公共服务

区领导调研土地工作。
"""
_DAYS = {254: date(2023, 5, 29), 255: date(2023, 6, 7), 257: date(2023, 6, 25), 258: date(2023, 7, 4)}


def _other(total: int) -> bytes:
    """One of the issues around the good one."""
    day = _DAYS[total]
    return _OTHER.format(issue=total - 245, total=total, day=day, lunar=lunar_of(day)).encode()


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "JPEG")
    return file.getvalue()


FILES: dict[str, bytes] = {
    **{f"issues/0{total}.md": _other(total) for total in _DAYS},
    "issues/0256.md": GOOD.encode(),
    "topics.yaml": (
        "# 专题\n- name: 邻里中心\n  slug: linli-zhongxin\n  description: 家门口的邻里中心。\n"
        "- name: 公共服务\n  slug: gonggong-fuwu\n"
    ).encode(),
    "images/0256/dating.jpg": _picture(),
    "audio/0256/maishou.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "files/0256/baoming.pdf": b"%PDF-1.7\n",
    "pages/about.md": "Title: 关于伊滨新闻\nSlug: about\n\n《伊滨新闻》是内部资料。\n".encode(),
}
"""A good content folder."""
