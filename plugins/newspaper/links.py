"""Where a link leads (链接): to a page of the site, to a file of its issue (附件), or out into the world."""

import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

Kind = Literal["page", "file", "world", "refused"]

_SCHEME = re.compile(r"([^/?#]*?):")
_NO_ADDRESS = re.compile(r"[\x00-\x1f\x7f]")
_ALLOWED = ("http", "https", "mailto", "tel")
_ADDRESSES = re.compile(r"[^\s/@]+@[^\s/@]+\.[a-z]+", re.I)


class Link(NamedTuple):
    """A link of a text, where its editor wrote it."""

    kind: str
    """As `Target` has it, or `unseen` where there are no words that a reader could touch."""
    address: str
    line: int


class Target(NamedTuple):
    """What an editor wrote as a link's address, understood."""

    kind: Kind
    """`page` is all that should be an address within the site, `refused` what no reader may be sent to."""
    address: str
    """`/issues/255/`, `报名表.pdf`, `https://…`: what the link says; of a page or a file without %-escapes."""


def target_of(href: str) -> Target:
    """What a link's address means. `www.…` and an e-mail address without a scheme are read as meant."""
    written = unquote(href).strip()
    if _NO_ADDRESS.search(written):
        return Target("refused", written)
    if written.startswith("//"):
        return Target("world", href)
    if scheme := _SCHEME.match(written):
        return Target("world", href) if scheme[1].lower() in _ALLOWED else Target("refused", written)
    if written.lower().startswith("www."):
        return Target("world", f"https://{href}")
    if _ADDRESSES.fullmatch(written):
        return Target("world", f"mailto:{href}")
    if not written or "/" in written or "\\" in written or written.startswith(("#", "?")):
        return Target("page", written)
    return Target("file", written)


def refusal(link: Link) -> str:
    """What an editor is told of a link that can be none, whatever there is at its address; nothing of the others."""
    if link.kind == "unseen":
        return f"链接“[]({link.address})”没有文字，读者看不见；请写成“[文字]({link.address})”"
    if not link.address:
        return "这个链接没有地址；请写成“[文字](地址)”，不要链接就删去方括号和圆括号"
    if link.kind != "refused":
        return ""
    return f"不能链接到“{link.address}”；网址从“https://”写起，站内地址从“/”写起"
