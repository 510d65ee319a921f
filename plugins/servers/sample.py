"""`invoke server-sample`: the configuration of nginx or caddy, from the settings. Pages bring their own policy
(plugins/policy.py); the server sends what a page cannot say of itself."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from plugins.newspaper.addresses import is_site_address, origin
from plugins.newspaper.problems import Halt
from plugins.public_site import public_settings
from plugins.servers.caddy import caddy
from plugins.servers.nginx import nginx
from plugins.servers.served import Served
from plugins.strict_pelican import check_places

SAMPLES = {"nginx": nginx, "caddy": caddy}


def server_sample(root: Path, kind: str, folder: str) -> str:
    """The configuration for the site as publishconf.py has it. Raises Halt."""
    settings = public_settings(root)
    check_places(settings)
    return sample(kind, settings, folder)


def sample(kind: str, settings: dict[str, Any], folder: str = "") -> str:
    """The configuration of a kind of server; its pages lie in this folder of it, or where they are published to."""
    if kind not in SAMPLES:
        raise Halt(f"--kind 要写 {' 或 '.join(SAMPLES)}；这里写的是“{kind}”")
    site = settings["SITEURL"].strip().rstrip("/")
    folder = (folder or _folder(settings["PUBLISH_TO"])).rstrip("/")
    former = settings.get("MOVED_FROM") or ()
    moved = tuple(_split(_former(old)) for old in ([former] if isinstance(former, str) else former))
    return SAMPLES[kind](Served(site, _split(site), folder, settings["VISIBILITY"], moved))


def _split(site: str) -> SplitResult:
    """An address taken apart, its host as browsers send it."""
    return urlsplit(site.replace(f"//{urlsplit(site).netloc}", origin(site).partition(":")[2], 1))


def _former(address: str) -> str:
    """A former address of the site (旧网址). Raises Halt."""
    if not isinstance(address, str) or not is_site_address(address):
        raise Halt(
            f'publishconf.py 里的 MOVED_FROM 有“{address}”，不是完整的网址；请写成 ["https://旧域名/旧目录"] 的样子'
        )
    return address.strip().rstrip("/")


def _folder(place: str) -> str:
    """Where the server finds the pages that are published to this place."""
    kind, _, rest = place.partition(":")
    if kind == "ssh":
        return f"{urlsplit(place).path.rstrip('/')}/current"
    if kind == "folder":
        return rest.removeprefix("//")
    if kind == "bucket":
        raise Halt(
            "发布到对象存储，没有服务器要配置；在它的控制台设默认首页、404 页，见 docs/publishing.md 的“发布到对象存储”"
        )
    raise Halt("还不知道网页在服务器的哪里：用 --folder 写明，如 --folder /srv/yibin/current")
