"""The kinds of place that PUBLISH_TO may name."""

from collections.abc import Callable

from plugins.publishing.bucket import BucketPlace
from plugins.publishing.folder import FolderPlace
from plugins.publishing.place import Place, PlaceFault
from plugins.publishing.ssh import SshPlace

PLACES: dict[str, Callable[[str], Place]] = {"bucket": BucketPlace, "folder": FolderPlace, "ssh": SshPlace}


def place_at(address: str) -> Place:
    """The place that PUBLISH_TO names. Raises PlaceFault."""
    if not isinstance(address, str):  # publishconf.py is Python: it may say anything
        raise PlaceFault('PUBLISH_TO 要写成引号里的一行字，如 "folder:/mnt/site"')
    kind, colon, _ = address.partition(":")
    if not address:
        raise PlaceFault("还不知道发布到哪里：请在 publishconf.py 里写上 PUBLISH_TO，写法见那里和 docs/publishing.md")
    if kind not in PLACES:  # it may be a password, where it looks like no kind of place
        what = f"“{kind}:”不认识" if colon and kind.isascii() and kind.isalpha() else "写法不认识"
        raise PlaceFault(f"PUBLISH_TO 的{what}；开头要写 {'、'.join(f'{name}:' for name in PLACES)} 之一")
    return PLACES[kind](address)
