"""Numbers as one says them (数字的读法)."""

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_MOST = 4 * len(_GROUPS)


def digit_by_digit(digits: str, *, one: str = "一") -> str:
    """2023 → 二零二三; a telephone's one is 幺."""
    return "".join(one if digit == "1" else _DIGITS[int(digit)] for digit in digits)


def number(written: str) -> str:
    """1700 → 一千七百, 3.25 → 三点二五. What is too long for a number, or begins with 0, is read digit by digit."""
    whole, point, rest = written.partition(".")
    if len(whole) > _MOST or (whole.startswith("0") and len(whole) > 1):
        said = digit_by_digit(whole)
    else:
        said = _whole(int(whole))
    return f"{said}点{digit_by_digit(rest)}" if point else said


def counted(written: str) -> str:
    """Before a measure word (量词): 2个 is 两个, 2万 两万, 12个 十二个."""
    return "两" if written == "2" else number(written)


def _whole(value: int) -> str:
    if value == 0:
        return "零"
    groups = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    said = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            continue
        if said and (group < 1000 or groups[place + 1] == 0):
            said += "零"
        said += _group(group) + _GROUPS[place]
    said = said[1:] if said.startswith("一十") else said
    return f"两{said[1:]}" if said.startswith(("二千", "二万", "二亿")) else said


def _group(value: int) -> str:
    """1 to 9999; its zeros within are said once, those at its end not."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said
