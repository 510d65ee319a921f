"""The paper itself: no Pelican, no Jinja, no network.

read     content/issues/*.md → Issue            library.py, reading/
gather   Issues → Archive                       archive.py
check    Archive + plan → Problems              checks.py, permalinks.py
plan     Archive → Pages                        pages.py
write    Pages → output/, what changed only     record.py (templates and writer are Pelican's: plugins/edition.py)
"""
