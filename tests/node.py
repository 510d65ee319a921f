"""Programs of Node that the tests ask: packages of tests/lint, as its lock file pins them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import playwright

from plugins.newspaper.file_lock import try_to_lock
from plugins.newspaper.fingerprint import digest
from tests.conftest import ROOT, eventually

LINT = ROOT / "tests/lint"


@cache
def packages() -> Path:
    """Where they are; npm fetches them once, for all workers of the tests."""
    folder = LINT / "node_modules"
    mark, wanted = folder / ".installed", digest((LINT / "package-lock.json").read_bytes())
    lock = ROOT / ".cache/npm.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("ab") as file:
        eventually(lambda: try_to_lock(file), "another worker has fetched them", seconds=300)
        if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
            npm = shutil.which("npm")
            assert npm, "没有 npm：请先装上 Node.js（make test 会装）"
            subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=LINT, check=True)
            mark.write_text(wanted, encoding="utf-8")
    return folder


def run(program: str | Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """A program of theirs or of tests/lint, on the Node that Playwright brings: the same one on every machine."""
    node = shutil.which("node", path=Path(playwright.__file__).parent / "driver")
    assert node
    command = [node, str(packages() / program), *arguments]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, encoding="utf-8", check=False)
