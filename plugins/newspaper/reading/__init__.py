"""Markdown text → Issue: front matter, mark-up, sections, in this order."""
