"""What a bucket says with each file: its type and charset, and how long it may be kept. No server adds that later."""

import re
from mimetypes import MimeTypes

from plugins.servers.served import FOREVER, HASHED

_KNOWN = MimeTypes()  # not what the desk's registry says
for _type, _ending in (
    ("application/manifest+json", ".webmanifest"),
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("font/woff2", ".woff2"),
    ("text/javascript", ".js"),
    ("text/xml", ".xml"),
    ("image/x-icon", ".ico"),
    ("audio/mp4", ".m4a"),
    ("text/tab-separated-values", ".tsv"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
):
    _KNOWN.add_type(_type, _ending)
_TEXT = re.compile(r"text/|application/(?:json|manifest\+json)|image/svg")
_IS_HASHED = re.compile(HASHED)


def is_named_by_content(path: str) -> bool:
    return _IS_HASHED.match(path) is not None


def headers_of(path: str) -> dict[str, str]:
    kind = _KNOWN.guess_type(path)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if _TEXT.match(kind) else ""
    return {
        "Content-Type": f"{kind}{charset}",
        "Cache-Control": FOREVER if is_named_by_content(path) else "no-cache",
    }
