"""The real paper goes online by the real commands."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.publishing.ssh import COMMAND
from tests.conftest import ROOT, SITE, eventually, tree

LEDGER = "content/permalinks.tsv"


@pytest.fixture
def tool(project: Path, server: str) -> Path:
    """The project with its commands, its place a server over ssh; nothing was ever published."""
    shutil.copyfile(ROOT / "tasks.py", project / "tasks.py")
    (project / LEDGER).unlink()
    conf = project / "publishconf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(text.replace('PUBLISH_TO = ""', f'PUBLISH_TO = "{server}{project}/srv"'), encoding="utf-8")
    return project


def invoked(project: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "invoke", *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stdout + done.stderr
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


def test_the_paper_goes_online_is_mended_and_taken_back(tool: Path) -> None:
    issue, ledger, current = tool / "content/issues/0255.md", tool / LEDGER, tool / "srv/current"

    def mend(old: str, new: str) -> None:
        text = issue.read_text(encoding="utf-8")
        assert old in text
        issue.write_text(text.replace(old, new, 1), encoding="utf-8")

    said = invoked(tool, "publish", "--dry-run")
    assert said.startswith("0\n")
    assert f"  {SITE}/issues/255/linli-zhongxin/\n" in said
    assert not ledger.exists()
    assert not current.exists()

    # An address that was never online may still change, though a build has seen it.
    mend(":slug: tudi-gongzuo", ":slug: tudi")
    said = invoked(tool, "publish")
    assert f"  {SITE}/issues/255/tudi/\n" in said
    assert "已经上网：00001-" in said
    assert tree(current) == tree(tool / "output")
    assert "/issues/255/tudi/\tcontent/issues/0255.md\t" in ledger.read_text(encoding="utf-8")

    # One that was online may not, even where the ledger has lost it.
    entered = ledger.read_text(encoding="utf-8")
    ledger.unlink()
    mend(":slug: tudi", ":slug: tudi-gongzuo")
    said = invoked(tool, "publish", "--dry-run")
    assert said.startswith("1\n")
    assert "/issues/255/tudi/" in said
    assert "现在会打不开" in said
    assert not ledger.exists()
    assert invoked(tool, "publish").startswith("1\n")
    assert sorted(ledger.read_text(encoding="utf-8").splitlines()) == sorted(entered.splitlines())
    mend(":slug: tudi-gongzuo", ":slug: tudi")
    assert "什么也不用传" in invoked(tool, "publish")

    online = tree(current)
    mend("塔吊林立", "塔吊如林")
    said = invoked(tool, "publish")
    assert "新增" not in said
    assert "改动 " in said
    assert tree(current) == tree(tool / "output") != online

    mend(":slug: tudi\n", ":slug: tudi\n:状态: 撤下 2023-06-20 应当事人要求\n")
    said = invoked(tool, "publish", "--dry-run")
    assert f"撤下 1 页：\n  {SITE}/issues/255/tudi/\n" in said

    assert "已经退回到 00001-" in invoked(tool, "rollback")
    assert tree(current) == online
    listed = invoked(tool, "rollback", "--listed").splitlines()
    assert [line[:7] for line in listed[1:]] == ["　 00002", "→ 00001"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("publish", "停下了；再运行一次 invoke publish，没做完的会接着做完。"),
        ("rollback", "停下了；invoke rollback --listed 看"),
    ],
)
def test_ctrl_c_is_answered_in_one_sentence(tool: Path, tmp_path: Path, command: str, said: str) -> None:
    begun = tmp_path / "begun"
    ssh = tmp_path / "slow-ssh"
    ssh.write_text(f"#!/bin/sh\ntouch {begun}\nexec sleep 60\n", encoding="utf-8")
    ssh.chmod(0o755)
    running = subprocess.Popen(
        [sys.executable, "-m", "invoke", command],
        cwd=tool,
        env={**os.environ, COMMAND: str(ssh)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    eventually(lambda: begun.exists() or running.poll() is not None, "the server is asked")
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all that the command has started
    told, _ = running.communicate()
    assert said in told
    assert "Traceback" not in told
    assert running.returncode == 1
