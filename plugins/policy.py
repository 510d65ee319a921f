"""The Content-Security-Policy that a page carries in its head, where it goes with the page wherever that is put
online: what stands in the page is named by its hash, and files are the site's own. docs/decisions/0054."""

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pelican import signals

from plugins.newspaper.addresses import origin

TELL_AGE = "tellAge(document.currentScript.dataset.day)"
"""The script below the date of every article; the date stands beside it, so that it is the same on all of them."""
OLD = "'unsafe-inline'"
"""For browsers that know no hashes; those that do pass over it where hashes are."""


def policy(settings: Mapping[str, Any], stylesheet: str) -> str:
    """The policy of the pages that carry this stylesheet, and the early script.

    They name their files by the site's address, wherever they are shown; with relative addresses, they may be opened
    from a disk. The preview's browsers listen to its server. What a plugin of others makes of pages has other hashes.
    """
    site = settings["SITEURL"]
    own = f"'self' {origin(site)}" if "://" in site else "'self'"
    own += " file:" if settings["RELATIVE_URLS"] else ""
    rewritten = signals.content_written.receivers or signals.finalized.receivers
    scripts = () if rewritten else (str(settings["EARLY_SCRIPT"]), TELL_AGE)
    styles = () if rewritten else (stylesheet,)
    rules = (
        f"default-src {own}",
        " ".join(("script-src", own, OLD, *map(hash_of, scripts))),
        " ".join(("style-src", OLD, *map(hash_of, styles))),
        "object-src 'none'",
        "base-uri 'none'",
        f"form-action {own}",
        *(() if settings["PUBLIC"] else (f"connect-src {own} ws:",)),
    )
    return "; ".join(rules)


@lru_cache
def hash_of(text: str) -> str:
    """How a policy names a script or a stylesheet that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
