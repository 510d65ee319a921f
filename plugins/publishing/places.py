"""The kinds of place that PUBLISH_TO may name."""

from collections.abc import Callable

from plugins.publishing.folder import FolderPlace
from plugins.publishing.place import Place, PlaceFault
from plugins.publishing.ssh import SshPlace

PLACES: dict[str, Callable[[str], Place]] = {"folder": FolderPlace, "ssh": SshPlace}


def place_at(address: str) -> Place:
    """The place that PUBLISH_TO names. Raises PlaceFault."""
    kind = address.partition(":")[0]
    if not address:
        raise PlaceFault("还不知道发布到哪里：请在 publishconf.py 里写上 PUBLISH_TO，写法见那里和 docs/publishing.md")
    if kind not in PLACES:
        raise PlaceFault(f"PUBLISH_TO 的“{kind}:”不认识；开头要写 {'、'.join(f'{name}:' for name in PLACES)} 之一")
    return PLACES[kind](address)
