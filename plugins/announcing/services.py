"""The services that take addresses (收录服务)."""

import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from urllib.request import Request


class Service(NamedTuple):
    """A service, and how it is asked."""

    title: str
    key: str
    """Name of the environment variable that has its key."""
    form: re.Pattern[str]
    """Of a key."""
    at_once: int
    """It takes so many addresses in a request."""
    endpoint: str
    request: Callable[[str, str, str, Sequence[str]], Request]
    """Makes the request of endpoint, key, site's address and addresses."""
    key_file: bool = False
    """Whether it looks for the key in a file of the site that is named by it."""


def _indexnow(endpoint: str, key: str, site: str, addresses: Sequence[str]) -> Request:
    values = {
        "host": urlsplit(site).netloc,
        "key": key,
        "keyLocation": f"{site}/{key}.txt",
        "urlList": list(addresses),
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return Request(endpoint, json.dumps(values).encode(), headers, method="POST")


def _baidu(endpoint: str, key: str, site: str, addresses: Sequence[str]) -> Request:
    target = f"{endpoint}?site={quote(site, safe='')}&token={quote(key, safe='')}"
    return Request(target, "\n".join(addresses).encode(), {"Content-Type": "text/plain"}, method="POST")


SERVICES = {
    "indexnow": Service(
        "IndexNow",
        "INDEXNOW_KEY",
        re.compile(r"[A-Za-z0-9-]{8,128}"),
        10_000,
        "https://api.indexnow.org/indexnow",
        _indexnow,
        key_file=True,
    ),
    "baidu": Service(
        "百度",
        "BAIDU_PUSH_TOKEN",
        re.compile(r"[A-Za-z0-9]{8,128}"),
        2_000,
        "http://data.zz.baidu.com/urls",  # it has no other
        _baidu,
    ),
}
"""By the name that publishconf.py gives it."""
