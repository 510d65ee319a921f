"""Chinese numerals to numbers (二百五十五, 二〇二三)."""

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "〇○零一二两三四五六七八九十百千廿"
"""What numerals are made of, for character classes."""


def number_of(printed: str) -> int:
    """The number; Arabic digits too. 0 where it is none."""
    printed = printed.strip().replace("廿", "二十")
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
