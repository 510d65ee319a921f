"""What a CI runs to publish: its files name what is there, and the ledger's new lines come back to the editors."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.newspaper.checking.ledger import read_ledger
from tests.conftest import ROOT

FILES = (".github/workflows/publish.yml", ".gitlab-ci.yml", ".workflow/publish.yml")
SCRIPT = "ci/publish.sh"
LEDGER = "content/permalinks.tsv"
INVOKE = """#!{python}
import os, pathlib, stat, sys
assert sys.argv[1:] == ["publish"]
if "PUBLISH_SSH" in os.environ:
    words = os.environ["PUBLISH_SSH"].split()
    key = pathlib.Path(words[words.index("-i") + 1])
    assert key.read_text() == "BEGIN\\nsecret\\nEND\\n", key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
if "RCLONE_CONFIG" in os.environ:
    conf = pathlib.Path(os.environ["RCLONE_CONFIG"])
    assert (conf.read_text(), stat.S_IMODE(conf.stat().st_mode)) == ("[oss]\\nsecret\\n", 0o600)
assert not {{"PUBLISH_SSH_KEY", "PUBLISH_RCLONE_CONF"}} & os.environ.keys()
with open("{ledger}", "a", encoding="utf-8") as file:
    file.write(os.environ.get("NEW_LINES", ""))
"""
"""Stands in for the real command, which other tests run: it looks at its key, and enters lines in the ledger."""


def commands(node: Any) -> list[str]:
    """Every line that a file lets a shell run."""
    if isinstance(node, dict):
        own = [line for name in ("run", "script", "commands") if name in node for line in _lines(node[name])]
        return own + [line for value in node.values() for line in commands(value)]
    return [line for value in node for line in commands(value)] if isinstance(node, list) else []


def _lines(value: str | list[str]) -> list[str]:
    return value.splitlines() if isinstance(value, str) else value


@pytest.mark.parametrize("name", FILES)
def test_what_the_file_of_a_ci_runs_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    run = commands(yaml.safe_load(text))
    assert f"sh {SCRIPT}" in run
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in run:
        program, *words = line.split()
        assert program in ("make", "sh", "export", "python3", ".venv/bin/python"), line
        for target in words if program == "make" else ():
            assert re.search(rf"^{re.escape(target)}:", makefile, re.M), line
        for file in words if program == "sh" else [word for word in words if word.endswith(".lock")]:
            assert (ROOT / file).is_file(), line
    assert "Asia/Shanghai" in text


def test_every_secret_that_is_used_comes_from_the_variables_of_the_ci() -> None:
    steps = yaml.safe_load((ROOT / FILES[0]).read_text(encoding="utf-8"))["jobs"]["publish"]["steps"]
    given = {name: value for step in steps for name, value in step.get("env", {}).items()}
    assert {value for name, value in given.items() if value != f"${{{{ secrets.{name} }}}}"} == set()
    sources = [ROOT / SCRIPT, *(ROOT / "plugins").rglob("*.py")]
    read = {
        name
        for file in sources
        for name in re.findall(r"[A-Z_]*(?:_KEY|_TOKEN|_HOSTS|_CONF)\b", file.read_text("utf-8"))
    }
    documented = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    assert given.keys() <= read
    assert [name for name in given if f"`{name}`" not in documented] == []


def test_nothing_is_published_that_nobody_asked_for() -> None:
    github = yaml.safe_load((ROOT / FILES[0]).read_text(encoding="utf-8"))
    assert "vars.PUBLISH_ON_MAIN == 'yes'" in github["jobs"]["publish"]["if"]
    gitlab = yaml.safe_load((ROOT / FILES[1]).read_text(encoding="utf-8"))
    assert all("PUBLISH_ON_MAIN" in rule["if"] or "CI_COMMIT_TAG" in rule["if"] for rule in gitlab["publish"]["rules"])


def git(folder: Path, *command: str) -> str:
    named = ("-c", "user.name=a", "-c", "user.email=a@b.cn", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *named, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


class Repository:
    """A repository with the ledger, and the clone in which a CI publishes."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone, self.desk = folder / "origin.git", folder / "ci", folder / "desk"
        git(folder, "init", "-q", "--bare", str(self.origin))
        git(folder, "clone", "-q", str(self.origin), str(self.desk))
        for name in (SCRIPT, ".gitattributes"):
            (self.desk / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(ROOT / name, self.desk / name)
        (self.desk / ".gitignore").write_text(".venv\n", encoding="utf-8")
        (self.desk / "content").mkdir()
        self.edit("# 台账\n/\n")
        git(folder, "clone", "-q", "--depth=1", f"file://{self.origin}", str(self.clone))
        invoke = self.clone / ".venv/bin/invoke"
        invoke.parent.mkdir(parents=True)
        invoke.write_text(INVOKE.format(python=sys.executable, ledger=LEDGER), encoding="utf-8")
        invoke.chmod(0o755)

    def edit(self, lines: str) -> None:
        """Somebody enters lines at a desk, and pushes them."""
        with open(self.desk / LEDGER, "a", encoding="utf-8") as file:
            file.write(lines)
        git(self.desk, "add", "-A")
        git(self.desk, "commit", "-qm", "a")
        git(self.desk, "push", "-q", "origin", "HEAD:main")

    def publish(self, lines: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PUBLISH_", "LEDGER_"))}
        environment = {**kept, "NEW_LINES": lines, **variables}
        return subprocess.run(
            ["sh", SCRIPT], cwd=self.clone, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    @property
    def ledger(self) -> list[str]:
        return list(read_ledger(git(self.origin, "show", f"main:{LEDGER}")))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_new_lines_come_back_beside_those_that_others_entered_meanwhile(repository: Repository) -> None:
    repository.edit("/issues/1/\n")  # after the CI took its clone

    done = repository.publish(
        "/issues/2/\tcontent/issues/0002.md\n",
        PUBLISH_SSH_KEY="BEGIN\r\nsecret\r\nEND",
        PUBLISH_KNOWN_HOSTS="host ssh-ed25519 AAAA",
        PUBLISH_RCLONE_CONF="[oss]\r\nsecret",
    )

    assert done.returncode == 0, done.stderr
    assert "已经推到 main" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert repository.ledger == ["", "issues/1/", "issues/2/"]
    assert "[skip ci]" in git(repository.origin, "log", "-1", "--format=%s", "main")


def test_without_new_addresses_nothing_is_committed(repository: Repository) -> None:
    before = git(repository.origin, "rev-parse", "main")
    assert repository.publish("").returncode == 0
    assert git(repository.origin, "rev-parse", "main") == before


def test_a_ledger_that_cannot_be_pushed_is_told_without_the_token(repository: Repository) -> None:
    repository.clone.joinpath(SCRIPT).write_text(
        (ROOT / SCRIPT).read_text(encoding="utf-8").replace("1 2 3 4 5", "1"), encoding="utf-8"
    )
    done = repository.publish("/issues/2/\n", LEDGER_REMOTE="https://oauth2:secret@127.0.0.1:1/paper.git")
    assert done.returncode == 1
    assert "已经上网，台账的新地址没有推上去" in done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_a_key_without_the_servers_fingerprint_is_refused(repository: Repository) -> None:
    done = repository.publish("/issues/2/\n", PUBLISH_SSH_KEY="BEGIN")
    assert done.returncode == 1
    assert "PUBLISH_KNOWN_HOSTS" in done.stderr
    assert repository.ledger == [""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/issues/2/\n", "/issues/3/\n"),
        ("/issues/2/\n/issues/2/a/\n", "/issues/2/\n/issues/2/b/\n"),
        ("/issues/2/", "/issues/3/\n"),
        ("/issues/2/\n", "/issues/3/"),
    ],
    ids=["两期", "一期的两篇", "一边末尾没有换行", "另一边没有换行"],
)
def test_two_desks_that_published_on_one_day_both_keep_their_lines(
    repository: Repository, one: str, other: str
) -> None:
    """git's union merge is right for the ledger: what it leaves twice counts once, and no line is lost."""
    desk = repository.origin.parent / "other"
    git(desk.parent, "clone", "-q", str(repository.origin), str(desk))
    repository.edit(one)
    with open(desk / LEDGER, "a", encoding="utf-8") as file:
        file.write(other)
    git(desk, "commit", "-qam", "b")
    git(desk, "pull", "-q", "--no-rebase", "--no-edit")
    git(desk, "push", "-q")
    expected = {line.strip("/\n") + "/" for line in (*one.split("\n"), *other.split("\n")) if line}
    assert {url for url in repository.ledger if url} == expected
