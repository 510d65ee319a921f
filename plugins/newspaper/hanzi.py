"""汉字 in regular expressions."""

HANZI = r"[^\W\x00-\x7f]"
"""A Chinese character: a word's character beyond ASCII. The range 一-鿿 says it too, but takes Python 1.5 ms to compile
wherever it is written, which every build that reads a file would pay."""
