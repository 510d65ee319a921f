"""What is said of this machine and of the settings; and what is never said."""

import shutil
import subprocess
import time
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.doctor import desk, examine
from plugins.doctor.desk import clock_finding, desk_findings, disk_finding
from plugins.doctor.finding import wrong
from tests.conftest import ROOT
from tests.publishing.test_real_publish import invoked

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CONF = """
import sys
from pathlib import Path
PUBLIC = True
VISIBILITY = "public"
MASTHEAD = {{}}
SECURITY_TXT = {{}}
THEME = {theme!r}
SITEURL = {site!r}
PUBLISH_TO = {place!r}
"""


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (50_000_000_000, "[好] 本机磁盘：还有 50.0 GB"),
        (400_000_000, "[注意] 本机磁盘：只剩 400 MB；该腾地方了"),
        (5_000_000, "[错] 本机磁盘：只剩 5 MB；先腾出地方"),
    ],
)
def test_a_disk_that_is_nearly_full_is_told(free: int, expected: str) -> None:
    assert str(disk_finding("本机磁盘", free)).startswith(expected)


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        (timedelta(seconds=20), "[好] 时钟：与服务器的一样"),
        (timedelta(minutes=50), "[错] 时钟：本机的钟比服务器快 50 分钟；"),
        (-timedelta(hours=8), "[错] 时钟：本机的钟比服务器慢 8 小时；"),
        (-timedelta(days=365), "[错] 时钟：本机的钟比服务器慢 365 天；"),
    ],
)
def test_a_clock_that_is_off_is_told(off: timedelta, expected: str) -> None:
    assert str(clock_finding(NOW, (NOW + off).timestamp())).startswith(expected)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk where nothing is wrong."""
    monkeypatch.setattr(desk, "CHINA", timedelta(seconds=time.localtime().tm_gmtoff))
    shutil.copytree(ROOT / "theme/fonts", tmp_path / "theme/fonts")
    (tmp_path / "requirements.lock").write_text("pillow\nnobody-has-this==1.0\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@b.cn", "commit", "-qm", "a"),
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def said_of(desk: Path) -> str:
    return "\n".join(map(str, desk_findings(desk, desk / "theme")))


def test_of_a_desk_where_nothing_is_wrong_all_is_good(bench: Path) -> None:
    assert {line[:3] for line in said_of(bench).splitlines()} == {"[好]"}, said_of(bench)


def test_each_thing_that_a_desk_lacks_is_told_with_what_to_do(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "CHINA", timedelta(hours=13))
    monkeypatch.setattr(desk.features, "check", lambda feature: feature != "webp")
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(desk.shutil, "disk_usage", lambda path: usage(3_000_000))
    (bench / "theme/fonts/card.otf").write_bytes(b"no font")
    (bench / "requirements.lock").write_text("pillow==0.1 \\\n    --hash=sha256:0\n", encoding="utf-8")
    (bench / "content/permalinks.tsv").write_text("/\n", encoding="utf-8")
    said = said_of(bench)
    for expected in (
        "[错] 本机磁盘：只剩 3 MB",
        "不是中国时间",
        "[错] Pillow：做不了webp 图片；请运行 python -m pip install --force-reinstall pillow",
        "[错] 字体：分享图用的 theme/fonts/card.otf 读不了",
        "应为 0.1；请运行 python -m pip install --require-hashes -r requirements.lock",
        "[注意] git：content/permalinks.tsv 改了还没有提交",
    ):
        assert expected in said

    (bench / "theme/fonts/card.otf").unlink()
    shutil.rmtree(bench / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(bench.parent))
    assert "[错] 字体：分享图用的 theme/fonts/card.otf 读不了" in said_of(bench)
    assert "[注意] git：这里不是 git 的工作区" in said_of(bench)


@pytest.mark.parametrize(
    ("site", "place", "expected"),
    [
        ("https://yibin-news.example", "", "[错] 设置：publishconf.py 里的 SITEURL 还是例子"),
        (
            "https://me:secret@yibin.test",
            "",
            "[错] 设置：publishconf.py 里的 SITEURL（“https://……@yibin.test”）不是完整的网址",
        ),
        (
            "https://yibin.test:70000",
            "",
            "[错] 设置：publishconf.py 里的 SITEURL（“https://yibin.test:70000”）不是完整的网址",
        ),
        ("https://yibin.invalid", "ssh://me:secret@yibin.invalid/srv", "[错] 发布的地方：PUBLISH_TO 里不要写密码"),
        ("https://yibin.invalid", "secret@yibin.invalid:/srv", "[错] 发布的地方：PUBLISH_TO 的写法不认识"),
    ],
)
def test_settings_are_looked_at_and_no_secret_is_said(
    bench: Path, monkeypatch: pytest.MonkeyPatch, site: str, place: str, expected: str
) -> None:
    monkeypatch.setenv("PUBLISH_SSH", "ssh -i secret")
    monkeypatch.setenv("BAIDU_PUSH_TOKEN", "secret")
    text = CONF.format(site=site, place=place, theme=str(bench / "theme"))
    (bench / "publishconf.py").write_text(text, encoding="utf-8")
    said = "\n".join(map(str, examine.examine(bench)))
    assert expected in said
    assert "secret" not in said
    assert "secret" not in str(wrong("设置", "https://a:secret@b.cn ssh://a:secret@b/srv"))


def test_an_address_for_reports_that_has_run_out_is_told(bench: Path) -> None:
    text = CONF.format(site="https://yibin.invalid", place="", theme=str(bench / "theme"))
    told = 'SECURITY_TXT = {"contact": "mailto:a@b.cn", "expires": "2020-01-01"}\n'
    (bench / "publishconf.py").write_text(text + told, encoding="utf-8")
    assert "[注意] 漏洞报告地址：SECURITY_TXT 的 expires（2020-01-01）过了" in "\n".join(
        map(str, examine.examine(bench))
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SITEURL = \n", "publishconf.py:1: Python 写法不对"),
        ("SITEURL = 5\n", "publishconf.py 里的 SITEURL 要写成引号里的一行字"),
    ],
)
def test_settings_that_cannot_be_read_are_one_line(bench: Path, text: str, said: str) -> None:
    (bench / "publishconf.py").write_text(text, encoding="utf-8")
    [found] = examine.examine(bench)
    assert str(found).startswith(f"[错] 设置：{said}")


def test_the_command_fails_where_something_is_wrong(tmp_path: Path) -> None:
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    for name in ("plugins", "theme"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "content").mkdir()
    said = invoked(tmp_path, "doctor")
    assert said.startswith("1\n[错] 设置：publishconf.py 里的 SITEURL 还是例子")
    assert "有 1 处不对，照上面说的改；线上没有动。" in said
