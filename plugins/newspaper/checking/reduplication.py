"""Words that Chinese doubles on purpose (叠词): 商量商量, 看着看着, 大片大片; and places where two words meet: 目的|的."""

NEVER_TWICE = {
    "的": ("目标打", "士确哥喀"),
    "了": ("不没知完终临罢", "解如然断却结之无望事账愿心|不起|不得"),
    "在": ("现实存内外潜自好所何", "线建校岗职编册场任押世座读逃乎意野朝位即握孕途"),
    "是": ("但可还就不只总凡若要于正先更便才倒既尤或而求即真算自竟仅偏乃准像本", "否非不夜日是"),
    "和": (
        "饱共谐总缓温柔平祥中随谦暖亲附讲调融掺人颐政泰维议宽晴醇搅",
        "平谐睦气解田县畅煦蔼美声弦音乐服约顺悦善硕面风",
    ),
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

_NUMERALS = set("〇○零一二两三四五六七八九十百千万亿") | {chr(0xFEE0 + code) for code in range(0x30, 0x7B)}
"""Full-width digits and letters too."""
_PARTICLES = "着啊呀哇呐哪哟嘞啦吧呗了的"
_NO_PARTICLE = {"为了", "除了", "随着", "沿着", "按着", "本着", "朝着", "顺着", "向着", "目的", "标的"}
_MEASURES = "个位件条项次步天年月日遍回家户村座栋间层片块团堆朵串口群批箱车筐袋包碗杯瓶桶盆声段排行列滴把捆本页张字句篇期点辈代棵株锹针笔"
_HEAPS = "片把块团堆朵串口群批箱车筐袋包碗杯瓶桶盆段排捆滴千百"
_SOUNDS = set(
    "咔嚓哗啦叮当咚哐啷嘎吱呀咯噔噼啪叭咕噜嘟嗒嗡嘀哒呼轰隆滴答淅沥扑通哧吧轱辘咣喀叽喳嘻嘿哈呵哼嗨嘘唰嗖吭呜哇喔嘭砰乓乒啾啁唧喵汪哞咩噗"
    "哎哟唉呦喂哦诶嗬嚯嘶嗞滋呲蹭噌铛锵咿喃嘣崩咪嗷啵咻喽"
)
_SIZES = "多少大小长短高低远近快慢难易早晚久深浅冷热美丑强弱重轻厚薄香甜累好差贵紧静乱忙像疼"
_LOOKS = "白黑红绿蓝黄青紫灰亮新烫凉冷热直圆硬软香甜酸咸苦辣烂碎瘦胖高矮长短快慢沉重轻疼腻滑薄厚嫩脆湿干"
_TINGED = "雪漆墨碧乌通金翠焦蜡惨油鲜火冰滚笔溜贼喷细瘦煞湛蔚瓦锃稀崭飞梆生阴死精嫩黑深浅粉血橙银铁暗苍枯透巴湿倍蜜酥齁滑闷干灰"
_TO_AND_FRO = set("上下来去前后进出里外东西")

_TWICE = """
商量 研究 讨论 学习 了解 考虑 休息 放松 体验 体会 琢磨 合计 核计 盘算 打听 打扮 打扫 收拾 整理 检查 检验 鉴定 总结 反省 反思 锻炼 拾掇 归置
活动 活络 活泛 调整 调理 调教 调解 教训 帮助 帮忙 帮衬 照顾 照料 照应 关心 关照 安慰 安抚 鼓励 激励 提醒 改进 改变 见识 品味 品尝 品评 欣赏
享受 观察 观摩 参观 参考 参谋 比较 比划 比试 计算 测试 测量 尝试 交流 沟通 议论 辩论 争取 介绍 解释 表扬 批评 督促 治理 整治 修理 修改 修补 修整
打磨 推敲 斟酌 思考 思量 思索 回忆 回顾 回味 温习 复习 预习 练习 熟悉 认识 感受 感谢 庆祝 庆贺 慰劳 犒劳 招待 接待 应付 应酬 对付 将就 凑合 办理
张罗 操持 操练 指点 指教 点拨 开导 劝说 拜访 走访 走动 溜达 转悠 晃悠 晃荡 忽悠 闲逛 舒展 舒服 轻松 快活 快乐 开心 高兴 痛快 凉快 暖和 热乎
热闹 清静 清醒 冷静 安静 平静 亲热 亲近 亮堂 打理 打点 打量 掂量 端详 审视 评论 比喻 联络 通融 商讨 商议 配合 磨合 磨练 历练 锤炼 核对 核实 查看
寻思 捉摸 摸索 探讨 探索 探究 剖析 归纳 倒腾 鼓捣 捣鼓 折腾 摆弄 显摆 表现 演示 展示 消遣 消化 消停 充实 刺激 吓唬 威风 神气 风光 潇洒 浪漫 清理
洗刷 清洗 梳理 修剪 盘点 准备 预备 安排 布置 策划 谋划 设计 构思 念叨 唠叨 唠嗑 絮叨 聊天 乐呵 松快 松泛 敞亮 咋呼 吆喝 招呼 张扬 意思 过奖 补救
补充 对照 衡量 权衡 预热 润色 点缀 装扮 收敛 克制 约束 管教 伺候 孝敬 孝顺 尊重 体谅 担待 包涵 通气 透气 歇息 养护 保养 维修 擦洗 晾晒 翻动 搅拌
搅和 掺和 拌和 揉搓 敲打 拍打 捶打 拉扯 推搡 抖搂 遛弯 逗趣 稀罕 宝贝 疼爱 亲昵 欢实 消磨 忽闪 扑闪 眨巴 吧唧 嘀咕 嘟囔 哆嗦 摇晃 晃动 颤悠 蹦跶
蹦达 扑腾 踅摸
加油 恭喜 欢迎 你好 您好 再见 抱歉 辛苦 幸会 久仰 请坐 救命 行啊 明白 知道 放心 谢谢 多谢 拜托 哪里 切记 切忌 千万 赞成 同意 佩服 过来 来吧
快看 快来 快走 快跑 快点 慢点 小心 当心 借过 万岁 干杯 好说 好险 好看 好吃 好喝 好听 好玩
非常 特别 十分 真的 确实 永远 许多 无数 好些 多少 多么 那么 这么 这样 那样 怎么 怎样 如何 什么 反复 再三 仅仅 慢慢 渐渐 常常 偏偏
香甜 昏暗 匀称 白净 干净 利索 厚实 结实 瓷实 壮实 敦实 水灵 机灵
怎么办 为什么 对不起 没关系 没问题 谢谢你 快点儿 看一看 想一想 差不多
"""
OFTEN_TWICE = frozenset(_TWICE.split())
"""Verbs that mean "a little" when doubled, calls and greetings, adverbs and adjectives that are doubled for effect.
A verb is a slip nevertheless where official prose stands around it: `_BEFORE`, `_AFTER`."""
_BEFORE = {"加强", "开展", "进行", "做好", "抓好", "传达", "组织", "深化", "推进", "落实", "贯彻", "部署", "强化"}
_AFTER = {"贯彻", "部署", "落实", "传达", "宣传", "推进", "制定", "审议", "通过", "印发"}
"""Beside these even such a verb is a slip: 传达学习学习讲话, 研究研究部署."""


def is_where_words_meet(word: str, before: str, after: str) -> bool:
    """Whether a little word stands twice because one word ends in it and the next begins with it; or as a stutter."""
    if after.startswith(word) or _is_pair(before[-2:]) or _is_pair(after[:2]):
        return True  # 有有有, 实实在在, 是是非非
    ends, begins = NEVER_TWICE[word]
    single, *longer = begins.split("|")
    return before.endswith(tuple(ends)) or after.startswith((*single, *longer))


def _is_pair(text: str) -> bool:
    return len(text) == 2 and text[0] == text[1]


def is_reduplication(word: str, before: str, after: str) -> bool:
    """Whether a word of two characters or more is doubled on purpose."""
    first, second = word[0], word[1]
    if len(set(word)) == 1:
        return first not in NEVER_TWICE  # 哈哈哈哈
    if _NUMERALS.issuperset(word) or _SOUNDS.issuperset(word):
        return True  # 二〇二〇, 咔嚓咔嚓
    if after.startswith("长"):
        return True  # 支队|支队长
    if first in "一二两三四五六七八九十百千几半" and second in _MEASURES:
        return True  # 一个单位一个单位
    if word.startswith(("非常", "特别")):
        return True
    if word in OFTEN_TWICE:
        return before[-2:] not in _BEFORE and after[:2] not in _AFTER
    if len(word) == 2:
        return _is_short_reduplication(first, second)
    if len(word) == 3:
        return first in "很太好不" or (first == second and word[2] in "的地")  # 不敢当不敢当, 慢慢地慢慢地
    return len(word) == 4 and first == word[2] and {second, word[3]} <= _TO_AND_FRO  # 跑上跑下跑上跑下


def _is_short_reduplication(first: str, second: str) -> bool:
    return (
        (second in _PARTICLES and first + second not in _NO_PARTICLE)  # 看着看着, 有的有的
        or (first in "成大小整满" and second in _HEAPS)  # 成片成片, 大把大把
        or (first in "很太极" and second not in "端阳原平湖空")
        or (first in "最老好更多真怪" and second in _SIZES)
        or (first in _TINGED and second in _LOOKS)  # 碧绿碧绿
        or (first in _MEASURES and second == "一")  # 第一年|一年一个样
        or second in "不没越"  # 是不是|不一样, 带来|越来越多
        or first == "了"  # 看了|翻了翻
        or (first in "不没别" and second not in "断足良利久仅但同可得时能有")  # 不要不要
    )
