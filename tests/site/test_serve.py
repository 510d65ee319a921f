"""`invoke serve` as an editor uses it: whatever is saved shows in a real browser."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from plugins.preview_address import network_addresses
from tests.conftest import ROOT, copy_project
from tests.site.test_building import ISSUE, add_issue, edit

STORY = "issues/255/zhongzhou-shidai/"
PICTURE = Path("content/images/0255/tadiao.png")


class Served:
    """A project that `invoke serve` shows; what it says is read line by line."""

    def __init__(self, project: Path, port: int, *arguments: str) -> None:
        self.project, self.port = project, port
        command = [sys.executable, "-m", "invoke", "serve", "--port", str(port), *arguments]
        self.process = subprocess.Popen(
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        self.address = re.findall(r"http://\S+/", self.wait_for("预览：http"))[0]

    def wait_for(self, words: str) -> str:
        """The next line with these words."""
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return line
        raise AssertionError(f"it ended without saying {words}:\n{said}")

    def stop(self) -> str:
        """Ctrl+C; what was said until the end."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        said = self.process.stdout.read()
        self.process.wait()
        return said


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def prepare(project: Path) -> Path:
    """The paper, with a picture, as its editor has it before a save."""
    shutil.copy(ROOT / "tasks.py", project / "tasks.py")
    paint(project, "red")
    edit(project, ISSUE, "塔吊林立、", "![塔吊](tadiao.png)\n\n塔吊林立、")
    return project


def paint(project: Path, colour: str) -> None:
    (project / PICTURE).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (400, 300), colour).save(project / PICTURE)


@contextmanager
def serving(project: Path, port: int = 0, *arguments: str) -> Iterator[Served]:
    served = Served(project, port or free_port(), *arguments)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()
        assert served.process.stdout
        served.process.stdout.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(prepare(copy_project(tmp_path_factory.mktemp("serve")))) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def shows(page: Page, words: str) -> None:
    """Wait until the page shows these words."""
    page.wait_for_function("words => document.documentElement.textContent.includes(words)", arg=words)


def says(words: str) -> str:
    return f"document.documentElement.textContent.includes('{words}')"


def write_beside(file: Path, text: str) -> None:
    """Save as Word and vim do: write another file, and give it the name."""
    beside = file.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda project: edit(project, Path(file), old, new)


def replaced_beside(project: Path) -> None:
    text = (project / ISSUE).read_text(encoding="utf-8")
    write_beside(project / ISSUE, text.replace("塔吊林立", "换名存盘"))


CSS = "theme/static/css/base.css"
SAVES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "稿件": (replaced(str(ISSUE), "塔吊林立", "塔吊如林"), STORY, says("塔吊如林")),
    "换名存盘": (replaced_beside, STORY, says("换名存盘")),
    "专题": (
        replaced("content/topics.yaml", "在建的大项目", "在建的重大项目"),
        "topics/",
        says("在建的重大项目"),
    ),
    "页面": (replaced("content/pages/about.md", "关于伊滨新闻", "关于本报"), "about/", says("关于本报")),
    "图片": (lambda project: paint(project, "blue"), STORY, "document.querySelector('.body img').src"),
    "样式": (replaced(CSS, "body {", "body { tab-size: 3;"), STORY, "getComputedStyle(document.body).tabSize == 3"),
    "脚本": (
        replaced("theme/static/js/reader.js", "(function", "window.saved = 1;\n(function"),
        STORY,
        "window.saved == 1",
    ),
    "模板": (
        replaced("theme/templates/article.html", "{% block content %}", "{% block content %}改版"),
        STORY,
        says("改版"),
    ),
    "新的一期": (add_issue, "", says("新的一期出版")),
    "设置": (replaced("pelicanconf.py", '"notice": "内部资料', '"notice": "仅供内部'), "", says("仅供内部")),
    "程序": (replaced("plugins/newspaper/dates.py", "{day.day}日", "{day.day}号"), "", says("月7号")),
}
"""What is saved, and what is another then, on which page."""


@contextmanager
def put_back(project: Path) -> Iterator[None]:
    """Leave the project as it was."""
    kept = sources(project)
    try:
        yield
    finally:
        for path in sources(project).keys() - kept:
            path.unlink()
        for path, content in kept.items():
            if path.read_bytes() != content:
                path.write_bytes(content)


def sources(project: Path) -> dict[Path, bytes]:
    files = (path for name in ("content", "theme", "plugins", "pelicanconf.py") for path in below(project / name))
    return {path: path.read_bytes() for path in files if "__pycache__" not in path.parts}


def below(path: Path) -> Iterable[Path]:
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


@pytest.mark.parametrize("what", SAVES)
def test_a_save_shows_and_so_does_taking_it_back(served: Served, page: Page, what: str) -> None:
    save, url, seen = SAVES[what]
    page.goto(served.address + url)
    before = page.evaluate(seen)
    with put_back(served.project):
        save(served.project)
        page.wait_for_function(f"before => ({seen}) !== before", arg=before)
    page.wait_for_function(f"before => ({seen}) === before", arg=before)


def test_a_second_save_in_the_same_second_shows(served: Served, page: Page) -> None:
    page.goto(served.address + STORY)
    with put_back(served.project):
        edit(served.project, ISSUE, "塔吊林立", "第一次存")
        served.wait_for("印出")
        edit(served.project, ISSUE, "第一次存", "第二次存")
        shows(page, "第二次存")


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "稿件": (replaced(str(ISSUE), "total_issue: ", "total_issue："), "content/issues/0255.md:3: "),
    "专题": (replaced("content/topics.yaml", "- name: 新能源", "- name 新能源"), "content/topics.yaml:"),
    "模板里没有的东西": (
        replaced("theme/templates/article.html", '<article class="story">', '<article class="story">{{ story.body }}'),
        "theme/templates/article.html:14: 模板里用了没有的东西：'story' is undefined",
    ),
    "模板写法": (
        replaced("theme/templates/partials/_nav.html", "{{ SITEURL }}", "{{ SITEURL "),
        "theme/templates/partials/_nav.html:3: 模板写法不对",
    ),
    "页面的模板": (
        replaced("theme/templates/page.html", "{% block content %}", "{% block content %}{{ page.nothing.at_all }}"),
        "theme/templates/page.html:",
    ),
    "样式": (replaced("theme/static/css/main.css", " layer(base)", ""), "theme/static/css/main.css：每条 @import"),
    "设置": (replaced("pelicanconf.py", "MASTHEAD = {", "MASTHEAD = {{"), "pelicanconf.py:"),
}
"""What is saved with a fault, and how the problem begins."""


@pytest.mark.parametrize("what", FAULTS)
def test_a_problem_is_told_with_file_and_line_and_goes_when_it_is_mended(served: Served, page: Page, what: str) -> None:
    fault, told = FAULTS[what]
    page.goto(served.address + STORY)
    with put_back(served.project):
        fault(served.project)
        shows(page, told)
    shows(page, "塔吊林立")


def test_the_page_of_a_story_that_goes_says_so_and_comes_back(served: Served, page: Page) -> None:
    page.goto(served.address + STORY)
    issues = served.project / "content/issues"
    issues.rename(served.project / "content/away")
    page.wait_for_function(f"() => !{says('塔吊林立')}")
    (served.project / "content/away").rename(issues)
    shows(page, "塔吊林立")


@pytest.mark.parametrize("name", ["content", "theme", "pelicanconf.py"])
def test_what_is_gone_is_named_until_it_is_back(served: Served, page: Page, name: str) -> None:
    page.goto(served.address + STORY)
    place, away = served.project / name, served.project / "away"
    place.rename(away)
    shows(page, f"找不到 {name}；")
    away.rename(place)
    shows(page, "塔吊林立")


def test_a_page_that_stayed_open_shows_the_paper_when_the_preview_is_started_again(project: Path, page: Page) -> None:
    with serving(prepare(project)) as served:
        page.goto(served.address + STORY)
        assert served.stop().endswith("预览结束。\n")
        assert served.process.returncode == 0
        assert list((project / ".cache").glob("*.printing")) == []
    edit(project, ISSUE, "塔吊林立", "塔吊如林")
    with serving(project, served.port):
        shows(page, "塔吊如林")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bench", "--size", "abc"], "期数、次数要写 1 以上的数字；这里写的是“abc”"),
        (["bench", "--runs", "0"], "期数、次数要写 1 以上的数字；这里写的是“0”"),
        (["serve", "--port", "abc"], "端口要写 1 到 65535 的数字，如 --port 8001；这里写的是“abc”"),
        (["serve", "--port", "0"], "端口要写 1 到 65535 的数字"),
        (["serve", "--port", "99999"], "端口要写 1 到 65535 的数字"),
        (["serve", "--host", "203.0.113.9"], "“203.0.113.9”不是本机的地址；要让手机看，只写 --host"),
        (["serve", "--host", "no.such.place.invalid"], "不是本机的地址"),
    ],
    ids=["期数", "次数", "不是数字", "零", "太大", "别人的地址", "没有的地址"],
)
def test_a_wrong_argument_is_told_in_a_line(arguments: list[str], told: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert invoke(*arguments) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert told in line


def invoke(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "invoke", *arguments], cwd=ROOT, check=False).returncode


def test_a_port_in_use_is_told_with_another_to_take(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert invoke("serve", "--port", str(port)) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"端口 {port} 有程序在用")
    assert f"invoke serve --port {port % 65535 + 1}" in line


def test_a_phone_is_given_the_address_and_its_code(project: Path, page: Page) -> None:
    with serving(prepare(project), 0, "--host") as served:
        here, *others = network_addresses() or pytest.skip("this machine is in no network")
        assert f"http://{here}:{served.port}/" in served.wait_for("手机")
        for other in others:
            assert f"http://{other}:{served.port}/" in served.wait_for("打不开时再试")
        assert "█" in served.wait_for("█")
        page.goto(f"http://{here}:{served.port}/{STORY}")
        edit(project, ISSUE, "塔吊林立", "塔吊如林")
        shows(page, "塔吊如林")
