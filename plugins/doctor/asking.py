"""A question to a server, and its answer: no redirect is followed, nothing is kept from one to the next."""

import http.client
import socket
import ssl
from email.message import Message
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

PATIENCE = 15
"""Seconds."""
_MOST = 20_000_000
"""Bytes of an answer that are read."""


class NoAnswer(Exception):
    """The server did not answer; says why, in Chinese."""


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        return str(self.headers.get(name, ""))


def ask(url: str, method: str = "GET", **headers: str) -> Answer:
    """What a server says at an address. Its certificate is looked at elsewhere (certificate.py): a bad one shall not
    hide what else is wrong. Raises NoAnswer."""
    names = {"User-Agent": "yibin-news doctor"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        address = urlsplit(url)
        path = quote(f"{address.path or '/'}{address.query and '?'}{address.query}", safe="/%:@!$&'()*+,;=~?[]")
        connection = _connection(address)
        try:
            connection.request(method, path, headers=names)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(_MOST))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(reason(error)) from error


def _connection(address: SplitResult) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if address.scheme != "https":
        return http.client.HTTPConnection(host, address.port, timeout=PATIENCE)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, address.port, timeout=PATIENCE, context=context)


def reason(error: Exception) -> str:
    """Why there is no answer, and what to look at."""
    match error:
        case socket.gaierror() | UnicodeError():
            return "找不到这个域名；看看网络、域名到期没有、解析对不对"
        case ConnectionRefusedError():
            return "服务器没有开网页服务（nginx、caddy），或防火墙、安全组没有放行端口"
        case TimeoutError():
            return "太久没有回答；看看服务器开着没有，防火墙、安全组放行没有"
        case ssl.SSLCertVerificationError():
            return f"证书不对（{error.verify_message}）"
        case ssl.SSLError():
            return "https 没有配好：服务器在这个端口上说的不是 https，或协议太旧"
        case ConnectionError() | http.client.HTTPException():
            return "连上了，话没有说完就断了"
        case _:
            return f"连不上（{error}）"
