"""The paper itself: no Pelican, no Jinja, no network. Its stages are folders; each may import those before it, none after.

reading/    Markdown → Issue: front matter, mark-up, sections
gathering/  content folder → Archive: files and pictures looked at, what was read kept (cache.py)
checking/   Archive, ledger → Problems, all of them before a byte is written
planning/   Archive → PageGroups → Pages
making/     files beside pages: pictures in their sizes, share cards, QR codes
printing/   PageGroups → output/, what changed only; how the paper is set for templates

flow.py calls them in this order. Below them all: model.py, and small rooms without memory (addresses, dates, problems …).
"""
