"""A server of buckets (S3) on loopback for the tests, which can fail at any request; rclone speaks to it."""

import contextlib
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from plugins.newspaper.whole_files import write_whole
from tests.web_servers import find_or_install

KEY, SECRET = "AKIDtest", "verysecretkey"
CUT, LOST, SINGLE = "cut", "lost", "single"
"""From a request on, no answer; one request is done and its answer lost; one is answered with a fault."""


class Buckets(ThreadingHTTPServer):
    """Objects are files of a folder; what was sent with each of them is in `headers`, what was asked in `asked`."""

    daemon_threads = True

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.headers: dict[str, dict[str, str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.fault, self.moment = "", 0
        self.refusal = ("", 0)
        """A code of the server and its status, which every request is answered with."""
        self.latch = threading.Lock()

    def fail(self, fault: str = "", moment: int = 0, refusal: tuple[str, int] = ("", 0)) -> None:
        """Fail at the so many-eth request from now on; without a fault, work well."""
        with self.latch:
            self.asked.clear()
            self.fault, self.moment, self.refusal = fault, moment, refusal

    def handle_error(self, *_of: object) -> None:
        """A client that is killed is no fault of the server."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Buckets

    def _answer(self) -> None:
        address = urlsplit(self.path)
        path, query = unquote(address.path).lstrip("/"), parse_qs(address.query, keep_blank_values=True)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = self.server
        with server.latch:
            server.asked.append((self.command, path))
            at = len(server.asked)
        if server.fault == CUT and at >= server.moment:
            self.close_connection = True
            return
        signed = self.headers.get("Authorization") or "".join(query.get("X-Amz-Credential", []))
        code, status = server.refusal
        if code:
            self._say(status, _error(code))
        elif KEY not in signed:
            self._say(403, _error("InvalidAccessKeyId"))
        elif server.fault == SINGLE and at == server.moment:
            self._say(500, _error("InternalError"))
        elif not (server.root / path.partition("/")[0]).is_dir():
            self._say(404, _error("NoSuchBucket"))
        else:
            status, answer, headers = self._done(path, query, body)
            if server.fault == LOST and at == server.moment:
                self.close_connection = True
                return
            self._say(status, answer, **headers)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer

    def _done(self, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        bucket, _, key = path.partition("/")
        file = self.server.root / path
        if self.command == "PUT":
            sent = {name: self.headers.get(name, "") for name in ("Content-Type", "Cache-Control")}
            with self.server.latch:
                self.server.headers[path] = sent
                write_whole(file, body)
            return 200, b"", {"ETag": _etag(body)}
        if self.command == "POST":
            keys = [each.text or "" for each in ElementTree.fromstring(body).iter() if each.tag.endswith("Key")]
            for each in keys:
                self._drop(self.server.root / bucket / each)
            return 200, b"<DeleteResult></DeleteResult>", {}
        if self.command == "DELETE":
            self._drop(file)
            return 204, b"", {}
        if not key:
            return 200, _listed(self.server.root / bucket, query), {}
        if not file.is_file():
            return 404, _error("NoSuchKey"), {}
        content = file.read_bytes()
        return 200, content, {"ETag": _etag(content), "Last-Modified": self.date_time_string(int(file.stat().st_mtime))}

    def _drop(self, file: Path) -> None:
        with self.server.latch:
            file.unlink(missing_ok=True)
            for folder in itertools.islice(file.parents, len(file.relative_to(self.server.root).parts) - 2):
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_of: object) -> None:
        pass


def _etag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def _time(file: Path) -> str:
    return f"{datetime.fromtimestamp(file.stat().st_mtime, UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()


def _listed(bucket: Path, query: dict[str, list[str]]) -> bytes:
    """Objects by prefix, and common prefixes where a delimiter is asked for; a page of them."""
    prefix, delimiter = ("".join(query.get(name, [])) for name in ("prefix", "delimiter"))
    after = "".join(query.get("continuation-token", query.get("marker", [])))
    most = int("".join(query.get("max-keys", ["1000"])))
    entries: dict[str, str] = {}
    for file in bucket.rglob("*"):
        key = file.relative_to(bucket).as_posix()
        if not file.is_file() or not key.startswith(prefix) or key.endswith(".part"):
            continue
        rest = key.removeprefix(prefix)
        if delimiter and delimiter in rest:
            name = prefix + rest.partition(delimiter)[0] + delimiter
            entries[name] = f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
        else:
            entries[key] = (
                f"<Contents><Key>{escape(key)}</Key><Size>{file.stat().st_size}</Size><ETag>{_etag(file.read_bytes())}"
                f"</ETag><LastModified>{_time(file)}</LastModified></Contents>"
            )
    names = sorted(name for name in entries if name > after)
    page = names[:most]
    more = len(names) > most
    last = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
    marker = f"<NextMarker>{escape(page[-1])}</NextMarker>" if more else ""
    body = "".join(entries[name] for name in page)
    cut = f"<IsTruncated>{str(more).lower()}</IsTruncated>{last}{marker}"
    return f"<ListBucketResult>{cut}{body}</ListBucketResult>".encode()


@contextmanager
def running(root: Path) -> Iterator[Buckets]:
    find_or_install("rclone")
    server = Buckets(root)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def remote(server: Buckets, name: str = "test", key: str = KEY) -> dict[str, str]:
    """The environment in which rclone knows the server by this name."""
    values = {
        "type": "s3",
        "provider": "Other",
        "access_key_id": key,
        "secret_access_key": SECRET,
        "endpoint": f"http://127.0.0.1:{server.server_port}",
    }
    return {f"RCLONE_CONFIG_{name}_{option}".upper(): value for option, value in values.items()}
