"""The bench (`invoke bench`): what a build costs, at several sizes, beside other site generators.

`corpus` makes the paper, `changes` what happens to it, `peers` the others' sites, `measure` one build's cost, `run` the
rounds, `report` the tables and files for docs/. Needs a POSIX system: `os.wait4` tells a whole process tree's CPU time.
"""
