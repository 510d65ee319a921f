"""Until when the server's certificate is good (证书)."""

import socket
import ssl
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from plugins.doctor.asking import PATIENCE, reason
from plugins.doctor.finding import Finding, doubtful, good, wrong

SOON = 14
"""Days before its end when nobody may wait any longer: what renews it by itself does so a month before."""
_RENEW = "在服务器上运行 certbot renew，看它说什么（caddy：journalctl -u caddy），80 端口要开着"
_CAUSES = (
    ("expired", f"证书过期了；{_RENEW}"),
    ("mismatch", "证书是别的域名的；用 certbot --nginx -d 域名 给这个域名办"),
    ("not valid for", "证书是别的域名的；用 certbot --nginx -d 域名 给这个域名办"),
    ("self", "证书是自己签的，浏览器不认；用 certbot --nginx 办一张"),
    ("not yet valid", "证书还没有生效：本机或服务器的钟不对"),
    ("local issuer", "证书链不全：服务器要用 fullchain.pem，不是 cert.pem；也可能是本机缺根证书"),
)
"""Words of OpenSSL, and what to do."""


def certificate_findings(site: str) -> Iterator[Finding]:
    address = urlsplit(site)
    if address.scheme != "https":
        yield doubtful("证书", "SITEURL 是 http 的，没有证书：浏览器会说“不安全”，微信里也可能打不开；办好后改成 https")
        return
    try:
        ends = _end(address.hostname or "", address.port or 443)
    except ssl.SSLCertVerificationError as error:
        known = [remedy for words, remedy in _CAUSES if words in error.verify_message.lower()]
        yield wrong("证书", known[0] if known else f"浏览器不认（{error.verify_message}）")
        return
    except OSError as error:
        yield wrong("证书", reason(error))
        return
    days = int((ends - time.time()) // 86400)
    until = time.strftime("%Y-%m-%d", time.localtime(ends))
    if days < SOON:
        yield wrong("证书", f"还有 {days} 天到期（{until}），没有自己续上；{_RENEW}")
    else:
        yield good("证书", f"到 {until}，还有 {days} 天")


def _end(host: str, port: int) -> float:
    """When it ends. Raises OSError, of which an error of SSL is one."""
    with socket.create_connection((host, port), timeout=PATIENCE) as connection:  # noqa: SIM117
        with ssl.create_default_context().wrap_socket(connection, server_hostname=host) as secure:
            shown = secure.getpeercert() or {}
            return ssl.cert_time_to_seconds(str(shown["notAfter"]))
