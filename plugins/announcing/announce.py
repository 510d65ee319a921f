"""Tell services which addresses are new or changed. The release is online, so nothing here may stop anything."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from plugins.announcing.services import SERVICES, Service
from plugins.newspaper.addresses import LATEST, PRINT

SECONDS = 10
"""So long an answer is waited for."""
_NOT_TOLD = (f"/{PRINT}/", f"/{LATEST}")
"""Ends of addresses whose pages name another one as theirs."""


class _NoRedirect(HTTPRedirectHandler):
    """A key is sent nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def announce(
    addresses: Iterable[str],
    site: str,
    output: Path,
    names: Sequence[str],
    say: Callable[[str], None],
    services: Mapping[str, Service] = SERVICES,
) -> None:
    """Tell each named service of these addresses of a site that lies in `output`, and say what came of it."""
    told = [address for address in addresses if address.endswith("/") and not address.endswith(_NOT_TOLD)]
    for name in names if told else ():
        service = services[name]
        key = os.environ.get(service.key, "").strip()
        if wrong := _unfit(service, key, output):
            say(f"没有通知{service.title}：{wrong}")
            continue
        for start in range(0, len(told), service.at_once):
            some = told[start : start + service.at_once]
            say(_answer(service, key, site, some))


def _unfit(service: Service, key: str, output: Path) -> str:
    """Why a service cannot be asked; empty where it can."""
    if not key:
        return f"环境变量 {service.key} 没有设"
    if not service.form.fullmatch(key):
        return f"环境变量 {service.key} 里的不像一把钥匙，多了空格或别的字符"
    if service.key_file and not (output / f"{key}.txt").is_file():
        return "网站的根目录里没有钥匙文件；请在 content/root/ 里放一个：文件名是钥匙加 .txt，内容是钥匙"
    return ""


def _answer(service: Service, key: str, site: str, addresses: Sequence[str]) -> str:
    """Ask; gives in words what came of it. Neither request nor answer is shown: they may have the key in them."""
    try:
        with build_opener(_NoRedirect).open(
            service.request(service.endpoint, key, site, addresses), timeout=SECONDS
        ) as response:
            took = _taken(response.read(10_000), len(addresses))
    except HTTPError as refused:
        with refused:
            why = (
                "钥匙不对，或不是这个网站的"
                if refused.code in (401, 403)
                else "改天再通知"
                if refused.code == 429
                else ""
            )
        return f"{service.title}没有收下（状态 {refused.code}{f'：{why}' if why else ''}）；网页照常。"
    except (OSError, HTTPException, ValueError):
        return f"没有通知到{service.title}：连不上，或没有回答；网页照常。"
    return f"已通知{service.title}：{took} 个网址。"


def _taken(answer: bytes, sent: int) -> int:
    """How many addresses a service says that it took; all where it does not say."""
    try:
        return int(json.loads(answer)["success"])
    except (ValueError, KeyError, TypeError):
        return sent
