"""nginx: the paper's part of /etc/nginx/sites-enabled."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult

from plugins.servers.served import FOREVER, HASHED, Served, host_of

_TYPES = "text/css text/plain text/xml application/javascript application/json application/xml application/atom+xml"
_TYPES += " image/svg+xml"

TEXT = """\
# 由 invoke server-sample 生成。放到 /etc/nginx/sites-enabled/，nginx -t 没有问题，再 systemctl reload nginx。
# https 的证书由 certbot --nginx 写进来。
map $uri $paper_cache {
    default "no-cache";
    "~^@PATH@/@HASHED@" "@FOREVER@";
}
server {
@LISTEN@
    server_name @HOST@;
    charset utf-8;
    charset_types text/html text/plain text/xml application/javascript application/json;
    index index.html;
    absolute_redirect off;
    server_tokens off;
@ERRORS@

    gzip on;
    gzip_vary on;
    gzip_min_length 1000;
    gzip_types @TYPES@;
    # 装了 libnginx-mod-http-brotli-filter，去掉下面两行的 #：
    # brotli on;
    # brotli_types @TYPES@;

    add_header Cache-Control $paper_cache;
@HEADERS@
@CLOSED@
@MOVED@
    location ~ /\\.(?!well-known/) { return 404; }
    location @PATH@/ { alias @FOLDER@/; }
}
@ELSEWHERE@"""

CLOSED = """
    # 只给有密码的人看。密码文件在服务器上做（apt install apache2-utils）：htpasswd -c /etc/nginx/paper.htpasswd 名字
    auth_basic "paper";
    auth_basic_user_file /etc/nginx/paper.htpasswd;
    # 单位网络里的不用密码：去掉下面三行的 #，换成自己的网段。只看网段、不要密码的，再删去上面两行：
    # satisfy any;
    # allow 10.0.0.0/8;
    # deny all;
    location = @PATH@/closed.html { auth_basic off; allow all; alias @FOLDER@/closed.html; }
"""


def nginx(served: Served) -> str:
    values = {
        "CLOSED": CLOSED if served.is_closed else "",
        "ERRORS": _errors(served),
        "LISTEN": _listen(served),
        "HEADERS": "\n".join(f'    add_header {name} "{said}" always;' for name, said in served.headers.items()),
        "MOVED": "\n".join(_own_moves(served)),
        "ELSEWHERE": "".join(_elsewhere(served, old) for old in served.moved_from_elsewhere),
        "TYPES": _TYPES,
        "HOST": served.host,
        "PATH": served.path,
        "FOLDER": served.folder,
        "HASHED": HASHED,
        "FOREVER": FOREVER,
    }
    text = TEXT
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^ +$", "", text))


def _listen(served: Served) -> str:
    port = served.address.port
    lines = "    listen 80;\n    # 服务器有 IPv6 的，去掉 #：listen [::]:80;"
    if port and served.address.scheme == "https":
        certificate = "    ssl_certificate /etc/nginx/paper.pem;\n    ssl_certificate_key /etc/nginx/paper.key;"
        lines = f"    listen {port} ssl;\n{certificate}"
    elif port:
        lines = f"    listen {port};"
    return lines


def _errors(served: Served) -> str:
    lines = ["error_page 403 =404 @PATH@/404.html;  # 没有网页的文件夹", "error_page 404 @PATH@/404.html;"]
    if served.is_closed:
        lines = [
            "error_page 401 @PATH@/closed.html;",
            "# error_page 403 @PATH@/closed.html;  # 只看网段的，去掉最前面的 #",
            *lines,
        ]
    return "\n".join(f"    {line}" for line in lines)


def _own_moves(served: Served) -> Iterator[str]:
    if served.path:
        yield f"    location = {served.path} {{ return 301 {served.path}/; }}"
    for old in served.moved_within:
        yield from _moves(old, served.site)


def _moves(old: SplitResult, site: str) -> Iterator[str]:
    """An old address goes to the new one of the same page."""
    if old.path:
        yield f"    location = {old.path} {{ return 301 {site}/; }}"
    yield f'    location {old.path}/ {{ rewrite "^{re.escape(old.path)}/(.*)$" {site}/$1 permanent; }}'


def _elsewhere(served: Served, old: SplitResult) -> str:
    lines = "\n".join(_moves(old, served.site))
    port = old.port if old.port and old.scheme == "http" else 80
    return f"""
# 旧网址转到新的；旧域名的解析、备案、证书（certbot --nginx）都要留着。
server {{
    listen {port};
    server_name {host_of(old)};
{lines}
}}
"""
