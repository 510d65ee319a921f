"""Chinese numerals to numbers (二百五十五, 二〇二三), those of bank notes too (贰佰伍拾伍)."""

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
NUMERAL = "〇○零一二两三四五六七八九十百千廿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
"""What numerals are made of, for character classes."""


def number_of(printed: str) -> int:
    """The number; Arabic digits too. 0 where it is none."""
    printed = printed.strip().replace("廿", "二十").translate(_FORMAL)
    if printed.isdecimal():
        return int(printed)
    if any(character not in _DIGITS and character not in _UNITS for character in printed):
        return 0
    if not any(unit in printed for unit in _UNITS):
        return int("".join(str(_DIGITS[character]) for character in printed) or "0")
    total = digit = 0
    for character in printed:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
