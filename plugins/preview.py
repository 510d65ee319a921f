"""The editor's preview: a save shows in the browser, and a problem shows its message in place of a stale page."""

import html
import mimetypes
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import livereload
from pelican.settings import read_settings

from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.printing.record import Record
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.store import Store
from plugins.strict_pelican import StrictPelican

_PROBLEMS_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>有问题要改</title>
<style>body{{font:1.125rem/1.7 sans-serif;max-width:40em;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}}
h1{{color:#b3201b}}li{{margin:.6em 0}}</style>
<body><h1>有问题要改</h1><p>改好并保存后，本页自动更新。</p><ul>{items}</ul></body></html>"""


class Preview:
    """A WSGI application over the output folder that knows how the last build ended."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.halted: tuple[str, ...] = ()
        self.output = Path()
        self.cache: Cache | None = None
        self.record: Record | None = None

    def rebuild(self) -> None:
        """Build again; keeps the messages of a build that stopped."""
        try:
            settings = read_settings(str(self.root / "pelicanconf.py"), override={"PATH": str(self.root / "content")})
            self.output = Path(settings["OUTPUT_PATH"])
            folder = Path(settings["CACHE_PATH"])
            settings["CACHE"] = self.cache = self.cache or Cache(Store(folder / "store"))
            settings["RECORD"] = self.record = self.record or Record(folder, self.output, print)
            StrictPelican(settings).run()
            self.halted = ()
        except UnfitToPrint as unfit:
            self.halted = tuple(map(str, unfit.problems))
        except Halt as halt:
            self.halted = (str(halt),)
        except Exception as error:  # an error in a template, for one: show it, and go on
            self.halted = (f"{type(error).__name__}: {error}",)

    def end(self) -> None:
        """Save what the builds left, so that the next one need not look through the output."""
        if self.record:
            self.record.end()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if self.halted:
            items = "".join(f"<li>{html.escape(text)}</li>" for text in self.halted)
            return _respond(start_response, "200 OK", "text/html", _PROBLEMS_PAGE.format(items=items).encode())
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace").lstrip("/")
        file = (self.output / path).resolve()
        if file.is_dir():
            if path and not path.endswith("/"):
                start_response("302 Found", [("Location", f"/{path}/")])
                return [b""]
            file /= "index.html"
        if not file.is_file() or not file.is_relative_to(self.output.resolve()):
            missing = self.output / "404.html"
            body = missing.read_bytes() if missing.is_file() else "没有这一页".encode()
            return _respond(start_response, "404 Not Found", "text/html", body)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return _respond(start_response, "200 OK", kind, file.read_bytes())


def _respond(start_response: StartResponse, status: str, kind: str, body: bytes) -> list[bytes]:
    charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else ""
    start_response(status, [("Content-Type", kind + charset), ("Cache-Control", "no-store")])
    return [body]


def serve_preview(root: Path, port: int, host: str = "127.0.0.1") -> None:
    """Build, serve, and build again whenever content, theme or settings change, until stopped."""
    preview = Preview(root)
    preview.rebuild()
    print(f"预览：http://{host}:{port}/ ，按 Ctrl+C 结束")
    server = livereload.Server(preview)
    for watched in ("content", "theme", "pelicanconf.py"):
        server.watch(str(root / watched), preview.rebuild)
    try:
        server.serve(port=port, host=host)
    finally:
        preview.end()
