"""`invoke server-sample`: the configuration of nginx or caddy, from the settings. Pages bring their own policy
(policy.py); the server sends what a page cannot say of itself."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican.settings import read_settings

from plugins.faults import told_plainly
from plugins.newspaper.problems import Halt
from plugins.strict_pelican import check_places

HASHED = "(images/.+/[0-9a-f]{12}-[0-9]+[.]|files/.+/[0-9a-f]{12}[.]|theme/reader-[0-9a-f]{8}[.])"
"""Files named by their content: another content has another name."""
FOREVER = "public, max-age=31536000, immutable"

NGINX = """\
# 由 invoke server-sample 生成。放到 /etc/nginx/sites-enabled/，nginx -t 没有问题，再 systemctl reload nginx。
# https 的证书由 certbot --nginx 写进来。
map $uri $paper_cache {
    default "no-cache";
    "~^@PATH@/@HASHED@" "@FOREVER@";
}
server {
    listen 80;
    server_name @HOST@;
    charset utf-8;
    index index.html;
    absolute_redirect off;
    server_tokens off;
    error_page 403 404 @PATH@/404.html;

    gzip on;
    gzip_vary on;
    gzip_min_length 1000;
    gzip_types text/css text/plain text/xml application/javascript application/json image/svg+xml;
    # 装了 libnginx-mod-http-brotli-filter，去掉下面两行的 #：
    # brotli on;
    # brotli_types text/css text/plain text/xml application/javascript application/json image/svg+xml;

    add_header Cache-Control $paper_cache;
    add_header X-Content-Type-Options "nosniff" always;
    add_header Referrer-Policy "strict-origin-when-cross-origin" always;
    add_header Content-Security-Policy "frame-ancestors 'self'" always;

    # 只给有密码的人看（htpasswd -c /etc/nginx/paper.htpasswd 名字），去掉下面两行的 #：
    # auth_basic "paper";
    # auth_basic_user_file /etc/nginx/paper.htpasswd;
    # 只给单位网络看，去掉下面两行的 #，换成自己的网段：
    # allow 10.0.0.0/8;
    # deny all;

@SLASH@    location ~ /\\.(?!well-known/) { return 404; }
    location @PATH@/ { alias @FOLDER@/; }
}
"""
NGINX_SLASH = "    location = @PATH@ { return 301 @PATH@/; }\n"

CADDY = """\
# 由 invoke server-sample 生成。放到 /etc/caddy/Caddyfile，再 systemctl reload caddy。https 的证书 caddy 自己办。
@HOST@ {
	root * @FOLDER@
	encode zstd gzip

	@hashed path_regexp ^@PATH@/@HASHED@
	header ?Cache-Control "no-cache"
	header @hashed Cache-Control "@FOREVER@"
	header X-Content-Type-Options "nosniff"
	header Referrer-Policy "strict-origin-when-cross-origin"
	header Content-Security-Policy "frame-ancestors 'self'"
	header -Server

	# 只给单位网络看，去掉下面两行的 #，换成自己的网段：
	# @outside not remote_ip 10.0.0.0/8
	# respond @outside "Forbidden" 403

	@hidden {
		path */.*
		not path */.well-known/*
	}
	rewrite @hidden @PATH@/-/hidden
@SLASH@	handle_path @PATH@/* {
		file_server
	}
	handle {
		error 404
	}
	handle_errors {
		header Cache-Control "no-cache"
		rewrite * /404.html
		file_server
	}
}
"""
CADDY_SLASH = "\tredir @PATH@ @PATH@/ 301\n"

SAMPLES = {"nginx": (NGINX, NGINX_SLASH), "caddy": (CADDY, CADDY_SLASH)}


def sample(kind: str, site: str, folder: str) -> str:
    """The configuration of a kind of server for a site at this address, whose pages lie in this folder of it."""
    if kind not in SAMPLES:
        raise Halt(f"--kind 要写 {' 或 '.join(SAMPLES)}；这里写的是“{kind}”")
    address = urlsplit(site)
    text, slash = SAMPLES[kind]
    values = {
        "SLASH": slash if address.path else "",
        "HOST": address.hostname or "",
        "PATH": address.path,
        "FOLDER": folder.rstrip("/"),
        "HASHED": HASHED,
        "FOREVER": FOREVER,
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def server_sample(root: Path, kind: str, folder: str) -> str:
    """The configuration for the site as publishconf.py has it. Raises Halt."""
    conf = root / "publishconf.py"
    with told_plainly(conf):
        settings: dict[str, Any] = read_settings(str(conf), override={"PATH": str(root / "content")})
    check_places(settings)
    site = settings["SITEURL"].strip().rstrip("/")
    return sample(kind, site, folder or _folder(settings["PUBLISH_TO"]))


def _folder(place: str) -> str:
    """Where the server finds the pages that are published to this place."""
    kind, _, rest = place.partition(":")
    if kind == "ssh":
        return f"{urlsplit(place).path.rstrip('/')}/current"
    if kind == "folder":
        return rest
    raise Halt("还不知道网页在服务器的哪里：用 --folder 写明，如 --folder /srv/yibin/current")
