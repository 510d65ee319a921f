"""caddy: /etc/caddy/Caddyfile."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult

from plugins.servers.served import FOREVER, HASHED, Served

TEXT = """\
# 由 invoke server-sample 生成。放到 /etc/caddy/Caddyfile，再 systemctl reload caddy。https 的证书 caddy 自己办。
@SITE@ {
	root * @FOLDER@
	encode zstd gzip

	@hashed path_regexp ^@PATH@/@HASHED@
	header ?Cache-Control "no-cache"
	header @hashed Cache-Control "@FOREVER@"
@HEADERS@
	header -Server
@CLOSED@
	@hidden {
		path */.*
		not path */.well-known/*
	}
	rewrite @hidden @PATH@/-/hidden
@MOVED@
	handle_path @PATH@/* {
		file_server
	}
	handle {
		error 404
	}
	handle_errors {
		header Cache-Control "no-cache"
@ERRORS@
		handle {
			rewrite * /404.html
			file_server
		}
	}
}
@ELSEWHERE@"""

CLOSED = """
	# 只给有密码的人看。在服务器上做密码文件 /etc/caddy/paper.users，一行一个人：名字 密文；密文用 caddy hash-password 做。
	# caddy 2.8 以上的，basicauth 写成 basic_auth。
	@strangers {
		not path @PATH@/closed.html
		# 单位网络里的不用密码：去掉下面一行的 #，换成自己的网段
		# not remote_ip 10.0.0.0/8
	}
	basicauth @strangers {
		import /etc/caddy/paper.users
	}
"""
CLOSED_ERRORS = """\
		@shut expression `{http.error.status_code} == 401`
		handle @shut {
			rewrite * /closed.html
			file_server
		}"""


def caddy(served: Served) -> str:
    values = {
        "CLOSED": CLOSED if served.is_closed else "",
        "ERRORS": CLOSED_ERRORS if served.is_closed else "",
        "HEADERS": "\n".join(f'\theader {name} "{said}"' for name, said in served.headers.items()),
        "MOVED": "\n".join(_own_moves(served)),
        "ELSEWHERE": "".join(_elsewhere(served, old) for old in served.moved_from_elsewhere),
        "SITE": f"{served.address.scheme}://{served.address.netloc}",
        "PATH": served.path,
        "FOLDER": served.folder,
        "HASHED": HASHED,
        "FOREVER": FOREVER,
    }
    text = TEXT
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"(?m)^\t+$", "", text))


def _own_moves(served: Served) -> Iterator[str]:
    if served.path:
        yield f"\tredir {served.path} {served.path}/ 301"
    for old in served.moved_within:
        yield from _moves(old, served.site)


def _moves(old: SplitResult, site: str) -> Iterator[str]:
    """An old address goes to the new one of the same page."""
    if old.path:
        yield f"\tredir {old.path} {site}/ 301"
    yield f"\thandle_path {old.path}/* {{\n\t\tredir {site}{{uri}} 301\n\t}}"


def _elsewhere(served: Served, old: SplitResult) -> str:
    lines = "\n".join(_moves(old, served.site))
    return f"\n# 旧网址转到新的；旧域名的解析、备案都要留着。\n{old.scheme}://{old.netloc} {{\n{lines}\n}}\n"
