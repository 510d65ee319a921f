"""`invoke audit`: Lighthouse, as a phone, over each kind of page of the real site; 1 where a page falls short.

npx fetches Lighthouse, once. The public site is built with the address it is served at, and served with gzip as a host
would.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser import FLAGS, NoBrowser, environment, find_browser
from tests.conftest import copy_project, run_pelican
from tests.site.conftest import Quiet, served

PAGES = ("", "issues/255/", "issues/255/linli-zhongxin/", "topics/linli-zhongxin/", "archive/")
LIGHTHOUSE = "lighthouse@12.8.2"
"""One version: another one scores otherwise."""
HEAVIEST = 150
"""kB that a page may weigh with all it asks for."""
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS_OF_LIGHTHOUSE = (
    "--headless",
    *FLAGS,
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


class Compressing(Quiet):
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


def report(npx: str, browser: str, url: str) -> dict[str, Any]:
    """What Lighthouse finds of a page. Raises CalledProcessError if it cannot be fetched or cannot look."""
    result = subprocess.run(
        [
            npx,
            "--yes",
            LIGHTHOUSE,
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(WANTED)}",
            f"--chrome-flags={' '.join(FLAGS_OF_LIGHTHOUSE)}",
        ],
        env={**environment(), "CHROME_PATH": browser},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def shortcomings(found: dict[str, Any]) -> list[str]:
    """Where a page falls short, in plain words."""
    short = []
    for name, least in WANTED.items():
        score = round(100 * found["categories"][name]["score"])
        if score < least:
            failed = [
                found["audits"][audit["id"]]["title"]
                for audit in found["categories"][name]["auditRefs"]
                if audit["weight"]
                and (found["audits"][audit["id"]]["score"] or 0) < 1
                and found["audits"][audit["id"]]["scoreDisplayMode"] != "notApplicable"
            ]
            short.append(f"{name} 得 {score} 分，应不低于 {least} 分：{'；'.join(failed)}")
    if weight(found) > HEAVIEST:
        short.append(f"全部内容重 {weight(found)} kB，不应超过 {HEAVIEST} kB")
    return short


def weight(found: dict[str, Any]) -> int:
    return round(found["audits"]["total-byte-weight"]["numericValue"] / 1000)


def main() -> int:
    npx = shutil.which("npx")
    if not npx:
        print("没有 npx：请先装上 Node.js，再运行 invoke audit", file=sys.stderr)
        return 1
    try:
        browser = find_browser()
    except NoBrowser as none:
        print(none, file=sys.stderr)
        return 1
    short = 0
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        (project / "output").mkdir()
        with served(project / "output", Compressing) as address:
            built = run_pelican(project, "-s", "publishconf.py", "-e", f'SITEURL="{address[:-1]}"')
            if built.returncode:
                print(built.stdout, built.stderr, sep="\n", file=sys.stderr)
                return 1
            print("页面", *WANTED, "kB", sep="\t")
            for page in PAGES:
                found = report(npx, browser, f"{address}{page}")
                scores = [round(100 * found["categories"][name]["score"]) for name in WANTED]
                print(f"/{page}", *scores, weight(found), sep="\t", flush=True)
                for line in shortcomings(found):
                    short += 1
                    print(f"  /{page} {line}", flush=True)
    if short:
        print(f"有 {short} 处不够。", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
