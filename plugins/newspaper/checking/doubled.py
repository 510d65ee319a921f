"""Words set twice (重字): 会议会议, 的的, 传达了学习了. Chinese doubles many words on purpose (叠词), which are known here.

What is told was set twice by a slip of the hand; what these tables do not know, and the editor does, is accepted in the
story. docs/decisions/0025 says how the line is drawn.
"""

import re
from collections.abc import Iterator

from plugins.newspaper.hanzi import HANZI

LONGEST = 6
"""Characters of the longest word that is looked for."""

_SINGLE = {
    "的": ("目标打", "士确哥喀"),
    "了": ("不没知完终临罢", "解如然断却结之无望事账愿心|不起|不得"),
    "在": ("现实存内外潜自好所何", "线建校岗职编册场任押世座读逃乎意野朝位即握孕途"),
    "是": ("但可还就不只总凡若要于正先更便才倒既尤或而求即真算自竟仅偏乃准像本", "否非不夜日是"),
    "和": ("饱共谐总缓温柔平祥中随谦暖亲附讲调融掺人颐政泰维议宽晴醇搅", "平谐睦气解田县畅煦蔼美声弦音乐服约顺悦善硕面风"),
    "与": ("参给赋授付", "会其时众日民共世虎"),
    "及": ("涉普提波顾触企危殃论谈遍推埃累惠", "时第其早格待至"),
    "或": ("抑间倘", "许者多缺将"),
    "将": ("大名小干虎猛骁老战健女武上中少门悍", "军士领来近要帅校官相就才信错息"),
    "被": ("棉植毛夏冬床厚覆盖羽", "子褥告害单动套罩窝面服俘"),
    "从": ("服听跟随侍仆顺遵盲主自屈依", "业来前此事严军未不容命政属众良新师优教长小今动者速"),
    "向": ("方走动志意倾去转趋面内外导风流航朝横纵双单", "往来导日量上阳"),
    "以": ("可所予难足得加给用何借致", "及下上来后前内外为往便期免至致色此身德"),
    "而": ("", "已今立后"),
    "且": ("尚暂姑", ""),
    "但": ("", ""),
    "并": ("合兼吞", "且非不列购存肩发行进轨网入重举联"),
    "这": ("", ""),
    "那": ("塔刹", "曲"),
    "我": ("自小大忘", ""),
    "你": ("", ""),
    "他": ("吉其", ""),
    "她": ("", ""),
    "它": ("其", ""),
    "们": ("", ""),
    "也": ("", ""),
    "都": ("首成京国古故", "市城江匀安柏灵"),
    "就": ("成造将迁高屈", "业是餐近医学读职地势此算要绪寝任"),
    "很": ("", ""),
    "给": ("供补自配", "予付养与力水"),
    "使": ("大行驱促即致假迫特", "用命者馆劲得节团"),
    "着": ("执沉附衣穿", "力手重陆眼想急落凉火色实墨迷|装"),
    "之": ("总反羲献恺", ""),
    "其": ("尤极", "中他实余次间它格"),
    "因": ("原成基起病内诱动死", "此为素果而故地人"),
    "把": ("一火车拖门", "关脉握手"),
    "对": ("绝针面相应反核校配结成敌一", "方口象外手岸接策照比联子于立应称抗号付待话"),
    "到": ("想", "底来处场位期任账访"),
    "有": ("所只", "关利效限力志着趣益意机害色序名些的人心待望识毒理用轨线"),
    "要": ("重主首必需摘概纪简只", "求素点闻害件么职是义塞领强不"),
    "能": ("可功性职技智潜动产热核体", "够力源量手干耐见效"),
}
"""Little words that are never doubled; each with what may stand before it or after it where two words meet: 目的|的,
现在|在, 了|了解. An alternative of several characters stands after `|`."""

_LITTLE_WORDS = frozenset(word.encode("utf-16-le") for word in _SINGLE)
_TWICE = re.compile(f"([{''.join(_SINGLE)}])\\1")
_WORD_TWICE = re.compile(rf"(?P<counted>(一{HANZI}{{1,2}})\2+)|(?P<word>{HANZI}{{2,{LONGEST}}}?)(?P=word)+")
"""一项一项 and 一大片一大片 are good Chinese: `counted`. It comes first, so that what it matches is not matched again."""

_NO_VERB = "我你他她它们是的了在也又就都还便很多个着过得不没有去来到上下出入进与和把被为以一二两三四五六七八九十几半年月日天次成即给除或己太已经将要会能可让使叫"
_DONE = rf"(?:(?![{_NO_VERB}]){HANZI}){{2}}了"
_DONE_NEAR = re.compile("了..了")
_DONE_TWICE = re.compile(rf"{_DONE}{_DONE}(?=[《〈“]|{HANZI})")
"""Two verbs with one object, and one 了 too many: 传达了学习了讲话. At the end of a clause it is good: 花开了草绿了。"""

_NUMERALS = set("〇○零一二两三四五六七八九十百千万亿") | {chr(0xFEE0 + code) for code in range(0x30, 0x7B)}
"""Full-width digits and letters too."""
_PARTICLES = "着啊呀哇呐哪哟嘞啦吧呗了的"
_MEASURES = "个位件条项次步天年月日遍回家户村座栋间层片块团堆朵串口群批箱车筐袋包碗杯瓶桶盆声段排行列滴把捆本页张字句篇期点辈代棵株锹针笔"
_SOUNDS = set(
    "咔嚓哗啦叮当咚哐啷嘎吱呀咯噔噼啪叭咕噜嘟嗒嗡嘀哒呼轰隆滴答淅沥扑通哧吧轱辘咣喀叽喳嘻嘿哈呵哼嗨嘘唰嗖吭呜哇喔嘭砰乓乒啾啁唧喵汪哞咩噗"
    "哎哟唉呦喂哦诶嗬嚯嘶嗞滋呲蹭噌铛锵咿喃嘣崩咪嗷啵吁咻喽"
)
_SIZES = "多少大小长短高低远近快慢难易早晚久深浅冷热美丑强弱重轻厚薄香甜累好差贵紧静乱远忙像疼"
_LOOKS = "白黑红绿蓝黄青紫灰亮新烫凉冷热直圆硬软香甜酸咸苦辣烂碎瘦胖高矮长短快慢沉重轻疼腻滑薄厚嫩脆湿干"
_TINGED = "雪漆墨碧乌通金翠焦蜡惨油鲜火冰滚笔溜贼喷细瘦煞湛蔚瓦锃稀崭飞梆生阴死精嫩黑深浅粉血橙银铁暗苍枯透巴湿倍蜜酥齁滑闷干灰"
_OFTEN_TWICE = frozenset(
    "商量 研究 讨论 学习 了解 考虑 休息 放松 体验 体会 琢磨 合计 核计 盘算 打听 打扮 打扫 收拾 整理 拾掇 归置 检查 检验 鉴定 总结 反省 反思 锻炼 "
    "活动 活络 活泛 调查 调整 调理 调教 调解 教育 教训 帮助 帮忙 帮衬 照顾 照料 照应 关心 关照 安慰 安抚 鼓励 激励 提醒 提高 改善 改进 改造 改变 "
    "见识 品味 品尝 品评 欣赏 享受 观察 观摩 参观 参考 参谋 比较 比划 比试 计算 测试 测量 尝试 试验 实践 交流 沟通 议论 辩论 争取 介绍 解释 说明 "
    "宣传 表扬 批评 监督 督促 管理 治理 整治 修理 修改 修补 修整 打磨 推敲 斟酌 思考 思量 思索 回忆 回顾 回味 温习 复习 预习 练习 熟悉 认识 感受 "
    "感谢 庆祝 庆贺 慰劳 犒劳 招待 接待 应付 应酬 对付 将就 凑合 处理 解决 办理 张罗 操持 操练 指点 指导 指教 点拨 开导 劝说 拜访 走访 走动 溜达 "
    "转悠 晃悠 晃荡 忽悠 闲逛 舒展 舒服 轻松 快活 快乐 开心 高兴 痛快 凉快 暖和 热乎 热闹 清静 清醒 冷静 安静 平静 亲热 亲近 亮堂 打理 打点 打量 "
    "掂量 端详 审视 评价 评议 评论 比喻 联系 联络 通融 商讨 商议 协商 协调 配合 磨合 磨练 历练 锤炼 考验 考察 勘察 核对 核实 查看 寻思 捉摸 摸索 "
    "探讨 探索 探究 分析 剖析 归纳 倒腾 鼓捣 捣鼓 折腾 摆弄 显摆 表现 表示 演示 展示 发挥 消遣 消化 消停 充实 巩固 强化 刺激 吓唬 威风 神气 风光 "
    "潇洒 浪漫 规范 完善 清理 洗刷 清洗 梳理 修剪 盘点 准备 预备 安排 布置 策划 谋划 计划 设计 构思 念叨 唠叨 唠嗑 絮叨 聊天 乐呵 松快 松泛 敞亮 "
    "咋呼 吆喝 招呼 张扬 显示 意思 过奖 补救 补充 对照 衡量 权衡 预热 润色 点缀 装扮 收敛 克制 约束 管教 伺候 孝敬 孝顺 尊重 体谅 担待 包涵 通气 "
    "透气 歇息 养护 保养 维护 维修 擦洗 晾晒 翻动 搅拌 搅和 掺和 拌和 揉搓 敲打 拍打 捶打 拉扯 推搡 抖搂 遛弯 逗趣 稀罕 宝贝 疼爱 亲昵 欢实 消磨 "
    "忽闪 扑闪 眨巴 吧唧 嘀咕 嘟囔 哆嗦 摇晃 晃动 颤悠 蹦跶 蹦达 扑腾 折返 踅摸 "
    "加油 恭喜 欢迎 你好 您好 再见 抱歉 辛苦 幸会 久仰 请坐 救命 可以 行啊 明白 知道 放心 谢谢 多谢 拜托 哪里 切记 切忌 千万 赞成 同意 佩服 过来 "
    "来吧 快看 快来 快走 快跑 快点 慢点 小心 当心 注意 借过 让让 万岁 干杯 好说 好险 好看 好吃 好喝 好听 好玩 "
    "非常 特别 十分 真的 确实 永远 许多 无数 好些 多少 多么 那么 这么 这样 那样 怎么 怎样 如何 什么 反复 再三 仅仅 慢慢 渐渐 常常 偏偏 "
    "香甜 昏暗 冰凉 滚烫 笔直 飞快 崭新 通红 雪白 漆黑 金黄 碧绿 油亮 喷香 稀烂 匀称 白净 干净 利索 厚实 结实 瓷实 壮实 敦实 水灵 机灵 精神".split()
)
"""Verbs that mean "a little" when doubled, calls and greetings, adverbs and adjectives that are doubled for effect.
A verb is a slip nevertheless where official prose stands around it: `_BEFORE`, `_AFTER`."""
_BEFORE = frozenset("加强 开展 进行 做好 抓好 传达 组织 深化 推进 落实 贯彻 部署 强化".split())
_AFTER = frozenset("贯彻 部署 落实 传达 宣传 推进 制定 审议 通过 印发".split())
"""Beside these even such a verb is a slip: 传达学习学习讲话, 研究研究部署."""


def may_double(text: str) -> bool:
    """Whether `doubled_words` may find something; many times faster than looking, and mostly no.

    The text is taken as one large number. That number, combined by exclusive or with itself shifted by the length of a
    word, has zeros wherever the text repeats itself at that distance.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    number = int.from_bytes(encoded, "little")

    def repeats(length: int) -> bytes:
        return (number ^ number >> 16 * length).to_bytes(len(encoded), "little")

    if any(bytes(2 * length) in repeats(length) for length in range(2, LONGEST + 1)) or _DONE_NEAR.search(text):
        return True
    once = repeats(1)
    at = once.find(b"\0\0")
    while at >= 0:
        if at % 2 == 0 and encoded[at : at + 2] in _LITTLE_WORDS:
            return True
        at = once.find(b"\0\0", at + 1)
    return False


def doubled_words(text: str) -> Iterator[str]:
    """What was set twice, as it stands there."""
    for found in _TWICE.finditer(text):
        if not _meet(found[1], text[: found.start()], text[found.end() :]):
            yield found[0]
    for found in _WORD_TWICE.finditer(text):
        if not found["counted"] and not _is_good(found["word"], text[: found.start()], text[found.end() :]):
            yield found["word"] * 2
    for found in _DONE_TWICE.finditer(text):
        yield found[0]


def _meet(word: str, before: str, after: str) -> bool:
    """Whether two words meet here, one that ends in this character and one that begins with it."""
    if after.startswith(word) or len(set(before[-2:])) == 1 < len(before) or len(set(after[:2])) == 1 < len(after):
        return True  # 有有有, 实实在在, 是是非非
    ends, begins = _SINGLE[word]
    return before.endswith(tuple(ends)) or after.startswith((*begins.partition("|")[0], *begins.split("|")[1:]))


def _is_good(word: str, before: str, after: str) -> bool:
    """Whether a word is doubled on purpose (叠词)."""
    first, second = word[0], word[1]
    if len(set(word)) == 1:
        return first not in _SINGLE  # 哈哈哈哈
    if _NUMERALS.issuperset(word) or _SOUNDS.issuperset(word):
        return True  # 二〇二〇, 咔嚓咔嚓
    if after.startswith("长"):
        return True  # 支队|支队长
    if first in "一二两三四五六七八九十百千几半" and second in _MEASURES:
        return True  # 一个单位一个单位
    if len(word) == 2:
        return (
            second in _PARTICLES  # 看着看着, 有的有的
            or (first in "成大小整满" and second in _MEASURES + "千百")  # 成片成片, 大把大把
            or (first in "很太极" and second not in "端阳原平湖空")
            or (first in "最老好更多真怪" and second in _SIZES)
            or (first in _TINGED and second in _LOOKS)  # 碧绿碧绿
            or (first in _MEASURES and second == "一")  # 第一年|一年一个样
            or second in "不没越"  # 是不是|不一样, 带来|越来越多
            or first == "了"  # 看了|翻了翻
            or (first in "不没别" and second not in "断足良利久仅但同")  # 不要不要
            or (word in _OFTEN_TWICE and before[-2:] not in _BEFORE and after[:2] not in _AFTER)
        )
    if word.startswith(("非常", "特别")):
        return True
    if len(word) == 3:
        return (
            (first == second and word[2] in "的地")  # 慢慢地慢慢地
            or first in "很太好"
            or first == "不"  # 不敢当不敢当
            or word in ("怎么办", "为什么", "对不起", "没关系", "没问题", "谢谢你", "快点儿", "看一看", "想一想", "差不多")
        )
    return len(word) == 4 and first == word[2] and second != word[3]  # 跑上跑下跑上跑下
