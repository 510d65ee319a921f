"""The boundary between the paper and Pelican, the real content, and the documents that speak of them."""

import re
import subprocess
import sys
from datetime import date

import pytest

from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, issues_in
from tests.conftest import ROOT


def test_newspaper_and_publishing_import_without_pelican_and_jinja() -> None:
    script = (
        "import sys\n"
        "import plugins.newspaper.flow, plugins.newspaper.printing.press, plugins.newspaper.printing.typesetting\n"
        "import plugins.publishing.publish, plugins.publishing.places, plugins.announcing.announce\n"
        "import plugins.voice.reading\n"
        "assert not {'pelican', 'jinja2'} & set(sys.modules), 'the paper has heard of Pelican'"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_real_content_has_no_problems() -> None:
    assert read_and_check(begin_reading(issues_in(ROOT / "content"), Workers()), MASTHEAD, date.today()).problems == ()


def test_readme_names_every_task_and_every_plugin_has_its_row() -> None:
    tasks = re.findall(r"@task.*\ndef (\w+)", (ROOT / "tasks.py").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [task for task in tasks if f"invoke {task}" not in readme] == []
    plugins = re.findall(r'"plugins\.(\w+)"', (ROOT / "pelicanconf.py").read_text(encoding="utf-8"))
    rows = (ROOT / "plugins/README.md").read_text(encoding="utf-8")
    assert [plugin for plugin in plugins if f"| `{plugin}.py` |" not in rows] == []


def test_every_key_an_editor_may_write_is_in_the_contract() -> None:
    from plugins.newspaper.checking import ACCEPTABLE
    from plugins.newspaper.fields import FRONT_MATTER, STORY

    contract = (ROOT / "docs/contracts.md").read_text(encoding="utf-8")
    words = [word for table in (FRONT_MATTER, STORY) for key, twins in table.items() for word in (key, *twins)]
    assert [word for word in (*words, *ACCEPTABLE) if f"`{word}`" not in contract] == []


def test_tasks_each_have_a_line_of_help() -> None:
    listing = subprocess.run(
        [sys.executable, "-m", "invoke", "--list"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    for task in ("build", "check", "publish", "rollback", "serve", "test"):
        assert re.search(rf"^  {task} +\S", listing, re.M), listing


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chek", "没有“chek”这条命令；是不是“check”？全部命令：invoke --list"),
        ("publish --dryrun", "invoke publish 没有“--dryrun”这个写法；是不是“--dry-run”？能写的：invoke --help publish"),
        ("rollback --to", "invoke rollback 有一个写法后面少了要写的值；写法见 invoke --help rollback"),
        ("import", "invoke import 后面还要写；写法见 invoke --help import"),
    ],
)
def test_a_command_that_was_mistyped_is_told_in_chinese(typed: str, said: str) -> None:
    command = [sys.executable, "-m", "invoke", *typed.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.strip()) == (1, said)
