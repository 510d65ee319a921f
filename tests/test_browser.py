"""The browser of the tests is found, or installed, or its lack is told in plain words."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browser
from tests.conftest import ROOT

AptGet = Callable[[str], Path]


@pytest.fixture
def no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without one; gives the only folder of its PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "PLACES", ())
    return tmp_path


def program(file: Path, source: str = "") -> Path:
    file.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def apt_get(no_browser: Path) -> AptGet:
    """A stand-in for Debian's, which notes how it was called and then does as a line of Python says."""
    log = no_browser / "called"

    def made(deed: str) -> Path:
        note = f"import shutil, sys\nprint(*sys.argv[1:], file=open({str(log)!r}, 'a'))\nhere = {str(no_browser)!r}\n"
        program(no_browser / "apt-get", f"{note}{deed}\n")
        return log

    return made


@pytest.mark.parametrize("name", browser.NAMES)
def test_a_browser_on_the_path_is_found(no_browser: Path, name: str) -> None:
    path = program(no_browser / name)
    assert browser.find_browser() == str(path)


def test_a_browser_in_its_usual_place_is_found(no_browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "PLACES", (no_browser / "nothing", program(no_browser / "Google Chrome")))
    assert browser.find_browser() == str(no_browser / "Google Chrome")


def test_the_browser_that_is_named_goes_before_others(no_browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(no_browser / "chromium")
    monkeypatch.setenv("CHROMIUM", str(program(no_browser / "mine")))
    assert browser.find_browser() == str(no_browser / "mine")


def test_a_browser_that_is_here_is_not_installed_again(no_browser: Path, apt_get: AptGet) -> None:
    log = apt_get("")
    program(no_browser / "chromium")
    assert browser.main() == 0
    assert not log.exists()


def test_debians_browser_is_installed_where_there_is_none(no_browser: Path, apt_get: AptGet) -> None:
    log = apt_get("if sys.argv[1] == 'install': shutil.copy(f'{here}/apt-get', f'{here}/chromium')")

    assert browser.main() == 0
    assert log.read_text(encoding="utf-8").splitlines() == ["update -q", "install -y -q chromium"]
    assert browser.find_browser() == str(no_browser / "chromium")


@pytest.mark.parametrize("deed", ["sys.exit(100)", "sys.exit(100 * (sys.argv[1] == 'install'))"])
def test_what_cannot_be_installed_is_said_with_what_to_do(
    apt_get: AptGet, capfd: pytest.CaptureFixture[str], deed: str
) -> None:
    apt_get(deed)

    assert browser.main() == 1
    said = capfd.readouterr().err
    assert "没有找到 Chromium，“apt-get " in said
    assert "也没有成功（要联网，要管理员权限）" in said
    assert "请先装上 Chromium（Chrome、Edge 也行）；装在别处的，用环境变量 CHROMIUM 写明它的路径。" in said


def test_a_desk_without_apt_get_is_told_what_to_do(no_browser: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 1
    assert "没有找到 Chromium。请先装上 Chromium" in capfd.readouterr().err


def test_a_name_that_leads_nowhere_is_told(
    no_browser: Path, apt_get: AptGet, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log = apt_get("")
    program(no_browser / "chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chrome")

    assert browser.main() == 1
    assert "环境变量 CHROMIUM 写的是 /nowhere/chrome，那里没有可以运行的浏览器。" in capfd.readouterr().err
    assert not log.exists()


def test_make_has_no_other_way_to_a_browser() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ntest: .venv/ready browser " in makefile
    assert "$(BIN)/python -m tests.browser\n" in makefile
    assert "chromium" not in makefile
