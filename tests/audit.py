"""`invoke audit`: Lighthouse, as a phone, over each kind of page of the real site; ends with 1 where a page falls short.

Lighthouse comes from npm into .cache/audit, once. The site is built with the address it is served at, and served with
gzip as a host would.
"""

import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, copy_project, run_pelican
from tests.site.conftest import CHROMIUM

PAGES = ("", "issues/255/", "issues/255/linli-zhongxin/", "topics/linli-zhongxin/", "archive/")
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files of text compressed."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in (".html", ".js", ".xml", ".txt") or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


def lighthouse() -> Path:
    """The command, installed if it is not there. Raises CalledProcessError if npm cannot."""
    folder = ROOT / ".cache/audit"
    command = folder / "node_modules/.bin/lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "lighthouse"], cwd=folder, check=True)
    return command


def report(command: Path, url: str) -> dict[str, Any]:
    result = subprocess.run(
        [
            str(command),
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(WANTED)}",
            f"--chrome-flags={FLAGS}",
        ],
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def main() -> int:
    short = 0
    command = lighthouse()
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        (project / "output").mkdir()

        class Handler(Compressing):
            def __init__(self, *arguments: Any) -> None:
                super().__init__(*arguments, directory=str(project / "output"))

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            built = run_pelican(project, "-e", f'SITEURL="{address}"')
            if built.returncode:
                print(built.stdout, built.stderr, sep="\n", file=sys.stderr)
                return 1
            print("页面", *WANTED, sep="\t")
            for page in PAGES:
                found = report(command, f"{address}/{page}")
                scores = {name: round(100 * found["categories"][name]["score"]) for name in WANTED}
                print(f"/{page}", *scores.values(), sep="\t", flush=True)
                for name, least in WANTED.items():
                    if scores[name] < least:
                        short += 1
                        failed = [
                            found["audits"][audit["id"]]["title"]
                            for audit in found["categories"][name]["auditRefs"]
                            if audit["weight"]
                            and (found["audits"][audit["id"]]["score"] or 0) < 1
                            and found["audits"][audit["id"]]["scoreDisplayMode"] != "notApplicable"
                        ]
                        print(f"  {name} 应不低于 {least}：", *failed, sep="\n    ")
            server.shutdown()
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
