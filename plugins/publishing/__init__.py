"""From output/ to the readers, and back (上网): releases, and the places that they are put to. No Pelican, no Jinja.

release.py            a release: its files by digest, the ledger's lines; how two differ
place.py              what every kind of place can do; places.py names the kinds
folder.py, ssh.py     a kind of place each; server/ has what ssh.py runs on a server
bucket.py             a bucket; rclone.py speaks to it, claim.py keeps others out, object_headers.py says what files are
publish.py            the steps: look, build, compare, bring, switch, enter in the ledger; and back
progress.py           the bar
"""
