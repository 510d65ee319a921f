"""The paper itself: no Pelican, no Jinja, no network. Its stages are folders; each imports those before it, never one
after it.

reading/    Markdown → Issue: front matter, mark-up, sections
gathering/  content folder → Archive: finds files and pictures, keeps in a cache what was read
checking/   Archive, ledger → Problems, all of them before a byte is written
planning/   Archive → PageGroups → Pages
making/     the files beside pages: sizes of pictures, share cards, QR codes
printing/   PageGroups → files, only what changed; headlines, pictures and metadata as HTML

flow.py calls them in this order. Modules that several stages need, and that need none, lie beside the folders:
model.py, addresses.py, dates.py, headlines.py, problems.py …
"""
