"""`invoke serve`: shows the preview in browsers, on this machine or in its network, and tells them of each save."""

import asyncio
import html
import os
import sys
from pathlib import Path
from socket import socket
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, StaticFileHandler

from plugins.preview import SETTINGS, Preview
from plugins.preview_address import bound, print_addresses
from plugins.saves import Saves

_PROBLEMS_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>有问题要改</title>
<style>body{{font:1.125rem/1.7 sans-serif;max-width:40em;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}}
h1{{color:#b3201b}}li{{margin:.6em 0}}</style></head>
<body><h1>有问题要改</h1><p>改好并保存后，本页自动更新。</p><ul>{items}</ul></body></html>"""
_SCRIPT = '<script src="/livereload.js?port={port}&snipver={build}&mindelay=100&maxdelay=1000"></script>'
"""`snipver`, the version of this snippet, is told to the server by livereload.js: the build that the page is of."""


def serve_preview(root: Path, port: int, host: str) -> None:
    """Build, serve, and build again whenever content, theme, settings or code change, until stopped."""
    sockets = bound(port, host)  # first of all: no build in vain
    sys.dont_write_bytecode = True  # Python takes settings saved twice in a second for the same
    preview = Preview(root)
    try:
        asyncio.new_event_loop().run_until_complete(_serve(preview, sockets, host))
    except KeyboardInterrupt:
        print("预览结束。")
    finally:
        preview.end()


async def _serve(preview: Preview, sockets: list[socket], host: str) -> None:
    watched = [preview.root / name for name in ("content", "theme", "plugins", SETTINGS)]
    saves = Saves(*watched)
    preview.rebuild()
    port = sockets[0].getsockname()[1]
    HTTPServer(preview_application(preview, port)).add_sockets(sockets)
    print_addresses(host, port)
    while True:
        changed = await saves.next()
        if any(Path(path).is_relative_to(preview.root / "plugins") for path in changed):
            _begin_anew(preview)
        preview.rebuild()
        for browser in _Live.waiters.copy():
            browser.reload()


def _begin_anew(preview: Preview) -> None:
    """Run the changed code in place of this. Windows cannot do that."""
    if sys.platform == "win32":
        print("程序改了；请按 Ctrl+C 结束，再运行 invoke serve", flush=True)
        return
    preview.end()
    print("程序改了，重新启动……", flush=True)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def preview_application(preview: Preview, port: int) -> Application:
    """The preview's pages, each with the script that listens for the next build."""

    class Script(LiveScriptInjector):
        def __init__(self, request: HTTPServerRequest) -> None:
            super().__init__(request)
            self.script = _SCRIPT.format(port=port, build=preview.build).encode()

    return Application(
        [
            (r"/livereload", _Live),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/(.*)", _Pages, {"path": "", "default_filename": "index.html"}),
        ],
        preview=preview,
        transforms=[Script],
        log_function=lambda handler: None,
    )


class _Live(LiveReloadHandler):
    """A browser that shows a page, as livereload knows it."""

    shown = 0
    """The build that its page is of: it says so first, and then that it listens."""

    def on_message(self, message: str | bytes) -> None:
        """One whose page became old before it listened is told now."""
        super().on_message(message)
        self.shown = json_decode(message).get("snipver", self.shown)
        if self in self.waiters and self.shown != self.settings["preview"].build:
            self.reload()

    def reload(self) -> None:
        self.send_message({"command": "reload", "path": "/", "liveCSS": False})


class _Pages(StaticFileHandler):
    """The output folder; while there are problems, they are shown at every address."""

    async def get(self, path: str, include_body: bool = True) -> None:
        preview: Preview = self.settings["preview"]
        self.root = str(preview.output)
        if preview.halted:
            items = "".join(f"<li>{html.escape(text)}</li>" for text in preview.halted)
            self.set_extra_headers(path)
            self.finish(_PROBLEMS_PAGE.format(items=items))
        else:
            await super().get(path, include_body)

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def should_return_304(self) -> bool:
        return False

    def compute_etag(self) -> str | None:
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """The paper's own page for an address that leads nowhere."""
        missing = Path(self.root, "404.html")
        self.set_extra_headers("")
        self.finish(missing.read_bytes() if missing.is_file() else "<!doctype html><head></head>没有这一页")
