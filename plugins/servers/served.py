"""What a server must know of a site."""

from typing import NamedTuple
from urllib.parse import SplitResult

HASHED = "(images/.+/[0-9a-f]{12}-[0-9]+[.]|files/.+/[0-9a-f]{12}[.]|theme/reader-[0-9a-f]{8}[.])"
"""Files named by their content: another content has another name."""
FOREVER = "public, max-age=31536000, immutable"
MONTH = "max-age=2592000"
"""How long a browser insists on https (HSTS): a site whose certificate cannot be renewed is back in a month."""
ANCESTORS = "frame-ancestors 'self'"
"""What a page cannot say in its own policy (plugins/policy.py)."""


class Served(NamedTuple):
    """A site: its address, where its pages lie on the server, who may see it, where it was before."""

    site: str
    address: SplitResult
    folder: str
    visibility: str
    moved: tuple[SplitResult, ...]

    @property
    def path(self) -> str:
        return self.address.path

    @property
    def host(self) -> str:
        return host_of(self.address)

    @property
    def is_closed(self) -> bool:
        return self.visibility == "closed"

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says."""
        found = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Content-Security-Policy": ANCESTORS,
        }
        if self.address.scheme == "https":
            found["Strict-Transport-Security"] = MONTH
        if self.visibility != "public":
            found["X-Robots-Tag"] = "noindex"
        return found

    @property
    def moved_within(self) -> tuple[SplitResult, ...]:
        """Former addresses of the same host."""
        return tuple(old for old in self.moved if old.netloc.lower() == self.address.netloc.lower())

    @property
    def moved_from_elsewhere(self) -> tuple[SplitResult, ...]:
        return tuple(old for old in self.moved if old not in self.moved_within)


def host_of(address: SplitResult) -> str:
    host = address.hostname or ""
    return f"[{host}]" if ":" in host else host
