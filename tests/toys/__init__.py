"""Toys: what somebody might add to the paper, one module each, plugged in by one line (tests/site/test_seams.py).

They show how little each takes, and are read as examples: docs/how-to-change.md. What they print is called toy, so that
the paper may have the real thing some day.
"""
