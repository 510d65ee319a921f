"""What editors do wrong: a good issue, one slip in it, and what must be told, or seen on the page, for it.

The slips are in files of text, a file for each kind, so that whoever meets a new one writes it down in a few lines:

    == 3 标题                                   the group: number of the finding, and its name
    井号后没有空格                              the slip
      原：### 麦收一线见闻                      what stands in the good issue; where it is missing, that of the slip above
      误：###麦收一线见闻                       what an editor makes of it
      标题：麦收一线见闻                        what must come of it

`issue_slips.py` and `content_slips.py` have every word that may stand before a colon. `⏎` is the end of a line, `⇥` a
tab, `{3000}` the character U+3000.
"""
