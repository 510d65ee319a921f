"""What editors do wrong: a good issue, one slip in it, and what must be told, or seen on the page, for it.

A module for each kind of slip, a list for each cause; `test_mistakes.py` tries them all.
"""
