"""Voice (读报): recordings of stories, read by a speech program that the technician has. `invoke voice`; never a build.

numerals.py   a number → the 汉字 that one says
spoken.py     a story → what is read aloud
program.py    the setting VOICE → a recording
stories.py    which stories want one, and `:录音:` in their file

It stands on `plugins.newspaper` and never speaks to Pelican. Docs: decision 0057.
"""
