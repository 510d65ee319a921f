"""The paper itself: no Pelican, no Jinja, no network.

read     content/issues/*.md → Issue            library.py, reading/, pictures.py
keep     Issue → Entry, Contents                shelf.py
gather   Entries → Archive                      archive.py
check    Archive + plan → Problems              checks.py, permalinks.py
plan     Archive → Volumes → Sheets → Pages     pages.py, files.py
write    Sheets → output/, what changed only    record.py, workers.py (templates and writer are Pelican's: plugins/edition.py)

Beside the pages: derived.py keeps sizes of pictures (pictures.py), share cards (cards.py, nameplate.py), QR codes (codes.py).
"""
