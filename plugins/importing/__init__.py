"""Import (导入): what the paper kept as text, Word or saved articles → `content/issues/0254.md`, nothing lost or made up.

sources/      a file of any kind → Source: its paragraphs in reading order, with where each stood and how it looked
masthead.py   the facts of the masthead, taken out of the paragraphs
furniture.py  what no reader needs: page numbers, 责任编辑, marks that lead to another page
stories.py    paragraphs → Draft: ear, banners, stories with headline groups, bylines, captions
headlines.py  a run of headline lines → banner, kicker, headline, deck; kinds.py, heads.py, jumps.py: what lines are
mending.py    paragraphs that a column cut, punctuation, spaces
writing.py    Draft → the form of docs/contracts.md
proof.py      source against file: every character, or nothing is written
desk.py       these in order for one source; runs.py for many; report.py says in Chinese what was done
new.py        the next issue, as a skeleton

It stands on `plugins.newspaper` and never speaks to Pelican.
"""
