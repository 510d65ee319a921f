"""What may be wrong on a bad day (体检): this desk, the place, the server's answers; a line each, with what to do.

finding.py    a line of it
asking.py     a question to a server, and its answer
desk.py       this machine: disk, clock, fonts, Pillow, packages, ledger
place.py      where the site is published to
server.py     what readers are given: ten addresses of the ledger, headers, errors
certificate.py  until when the certificate is good
links.py      links to other sites, on request
examine.py    all of it, in order
"""
