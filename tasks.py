"""The paper's commands: `invoke --list` names them. 每条命令一句话，见 docs/editors.md。"""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.tasks import Task, task

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from plugins.mistyped import told_in_chinese  # noqa: E402 - found once the path is set

for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")  # a Windows console may not know every character


def _content() -> Path:
    """The folder of the content."""
    content = ROOT / "content"
    if not content.is_dir():
        raise Exit("没有 content 文件夹，网页没有动；请把它放回来（稿件、图片、专题都在里面）。", 1)
    return content


def _run_pelican(*arguments: str, settings: str = "pelicanconf.py") -> bool:
    """Run Pelican here and now; True if the site was printed."""
    from pelican import main

    try:
        main([str(_content()), "-s", str(ROOT / settings), "--fatal", "warnings", *arguments])
    except SystemExit as end:
        return not end.code
    return True


@task(help={"public": "公开版：不含草稿，核对台账"})
def build(_context: Context, public: bool = False) -> None:
    """生成预览版到 preview/，含草稿；--public 生成公开版到 output/，可以放上网。"""
    if not _run_pelican(settings="publishconf.py" if public else "pelicanconf.py"):
        raise Exit("没有生成；请按上面的提示改好，再试一次。", 1)


@task(help={"fix": "先把一看就懂的写法改成规范写法，写进稿件"})
def check(_context: Context, fix: bool = False) -> None:
    """检查全部稿件、网页、专题和台账，逐行列出问题，不生成网页；--fix 先把写法改规范。"""
    from datetime import date

    from pelican.settings import read_settings

    from plugins.newspaper.checking import checked
    from plugins.newspaper.flow import read_and_check
    from plugins.newspaper.gathering import fixing
    from plugins.newspaper.gathering.cache import Cache
    from plugins.newspaper.gathering.issues import Issues
    from plugins.newspaper.gathering.library import begin_reading
    from plugins.newspaper.making.search.postings import postings_of
    from plugins.newspaper.model import Masthead
    from plugins.newspaper.problems import Halt
    from plugins.newspaper.workers import Workers
    from plugins.voice.stories import stale_recordings

    content = _content()
    if fix:
        for line in fixing.fix_issues(content):
            print(line)
    settings = read_settings(str(ROOT / "pelicanconf.py"))
    masthead = Masthead(**settings["MASTHEAD"])
    issues = Issues(content, Cache(), checked, postings_of)
    try:
        archive, problems = read_and_check(begin_reading(issues, Workers()), masthead, date.today(), published=True)
    except Halt as halt:  # a file changed or vanished just now
        raise Exit(str(halt), 1) from None
    for hint in (*fixing.hints(content), *stale_recordings(content, settings.get("VOICE"))):
        print(hint)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        raise Exit(f"有 {len(problems)} 处问题。", 1)
    print(f"{len(archive.every)} 期，没有问题。", archive.newest_in_words(), sep="\n")


@task(
    name="new",
    help={"date": "出版日期，如 2023-06-16；不写就问，直接回车是今天", "open": "写好就用编辑器打开"},
)
def new_issue(context: Context, date: str = "", open: bool = False) -> None:
    """开始新的一期：期号接着编，农历、准印证号填好，一篇样稿，放图片的文件夹。"""
    from datetime import datetime

    from plugins.importing.new import in_words, read_day, start_issue
    from plugins.newspaper.problems import Halt

    today = datetime.now().date()
    if not date and sys.stdin.isatty():
        date = input(f"出版日期（直接回车是今天，{today}）：")
    try:
        when = read_day(date) if date.strip() else today
        file = start_issue(_content(), when)
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    print(in_words(file, when))
    if open:
        _open(context, file)


def _open(context: Context, file: Path) -> None:
    """Open a file in the editor that its owner uses."""
    if hasattr(os, "startfile"):  # Windows
        os.startfile(file)
        return
    editor = os.environ.get("EDITOR") or ("open" if sys.platform == "darwin" else "xdg-open")
    context.run(f'{editor} "{file}"', pty=True, warn=True, hide="err")


class TaskOfFiles(Task[Any]):
    """A task that takes any number of files, `invoke import 甲.docx 乙.txt`; invoke itself takes as many as it knows."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        arguments = super().get_arguments(ignore_unknown_help)
        given = sys.argv[sys.argv.index(self.name) + 1 :] if self.name in sys.argv else []
        files = [word for before, word in zip(["", *given], given, strict=False) if _is_file(before, word)]
        named = [argument for argument in arguments if argument.name != "more"]
        return named + [Argument(f"more{at}", positional=True) for at in range(len(files) - 1)]


def _is_file(before: str, word: str) -> bool:
    return not word.startswith("-") and before not in ("--total", "-t")


@task(
    name="import",
    klass=TaskOfFiles,
    positional=["file"],
    help={
        "file": "Word、文本、保存的微信文章，或放着它们的文件夹，可写几个",
        "total": "总期号，原件没有印时写明",
        "replace": "已经有了的也换掉",
    },
)
def import_files(_context: Context, file: str, total: str = "", replace: bool = False, **more: str) -> None:
    """把旧报的 Word、文本、微信文章收成 content/issues/ 里的稿件，一字不漏、一字不添；报告在 .cache/import/。"""
    from pelican.settings import read_settings

    from plugins.importing.desk import Paper
    from plugins.importing.runs import import_all, sources_in, table_of

    if total and not (total.isascii() and total.isdecimal() and 0 < int(total) < 100_000):
        raise Exit(f"--total 后面要写总期号，用半角数字；这里写的是“{total}”", 1)
    sources = sources_in([Path(each) for each in (file, *more.values())])
    if not sources:
        raise Exit(f"“{file}”里没有可以导入的文件。", 1)
    if total and len(sources) > 1:
        raise Exit(f"--total 只能用于一份原件；这里有 {len(sources)} 份。", 1)
    paper = Paper.of(_content(), read_settings(str(ROOT / "pelicanconf.py"))["MASTHEAD"])
    shown = sys.stderr.isatty() and len(sources) > 1

    def tell(at: int, path: Path) -> None:
        if shown:
            print(f"\r\033[K[{at}/{len(sources)}] {path.name}", end="", file=sys.stderr, flush=True)

    results = []
    try:
        for result in import_all(sources, paper, int(total or 0), replace=replace, tell=tell):
            results.append(result)
    except KeyboardInterrupt:
        print("\n停下了；已经写好的都是完整的，下次接着导入就行。", file=sys.stderr)
    if shown:
        print("\r\033[K", end="", file=sys.stderr)
    if len(sources) == 1 and results and results[0].imported:
        print(results[0].imported.report)
    print(*table_of(results), sep="\n")
    if len(results) < len(sources) or not all(result.imported for result in results):
        raise Exit("有没有导入的，原因写在上面；原来的稿件没有动。", 1)


@task(
    help={
        "dry_run": "只说会改动什么，不传，也不记台账",
        "all": "全部重传：线上的文件被人改过、坏了",
        "over": "用本机的稿件盖掉同事上了网、本机没有的改动",
        "delete": "一次删去线上四分之一以上的文件，也不问",
    }
)
def publish(
    _context: Context, dry_run: bool = False, all: bool = False, over: bool = False, delete: bool = False
) -> None:
    """检查，生成公开版，放到 publishconf.py 写明的地方；上了网，新地址记入台账。"""
    from plugins.newspaper.problems import Halt
    from plugins.public_site import PublicSite
    from plugins.publishing.publish import How

    _content()
    try:
        PublicSite(ROOT).publish(How(dry_run, all, over, delete))
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    except KeyboardInterrupt:
        raise Exit("\n停下了；再运行一次 invoke publish，没做完的会接着做完。", 1) from None


@task(help={"to": "退回到哪一次：它的名字或号数", "listed": "列出保存着的各次，线上不动"})
def rollback(_context: Context, to: str = "", listed: bool = False) -> None:
    """出了错：线上马上退回到前一次，或 --to 写明的一次；稿件不动。"""
    from plugins.newspaper.problems import Halt
    from plugins.public_site import PublicSite

    _content()
    try:
        PublicSite(ROOT).roll_back(to, listed=listed)
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    except KeyboardInterrupt:
        raise Exit("\n停下了；invoke rollback --listed 看线上现在是哪一次。", 1) from None


@task(help={"links": "也看稿件里链接到的别的网站，要几分钟"})
def doctor(_context: Context, links: bool = False) -> None:
    """体检：设置、磁盘、时钟、字体、发布的地方、网站的回答、证书，一行一样，哪里不对、怎么办。"""
    from plugins.doctor.examine import examine
    from plugins.newspaper.problems import Halt

    _content()
    wrong = 0
    try:
        for finding in examine(ROOT, links=links):
            print(finding, flush=True)
            wrong += finding.is_wrong
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    except KeyboardInterrupt:
        raise Exit("\n停下了。", 1) from None
    if wrong:
        raise Exit(f"有 {wrong} 处不对，照上面说的改；线上没有动。", 1)
    print("没有不对的地方。")


@task(
    iterable=["issue"],
    help={"issue": "总期号，可写几次；不写就是最新一期，草稿也算", "all": "每一期"},
)
def voice(_context: Context, issue: list[str] | None = None, all: bool = False) -> None:
    """读报：用本机的朗读程序给还没有录音的稿件录音，写上“:录音:”；没有改过的不重读，自己录的不动。"""
    from pelican.settings import read_settings

    from plugins.newspaper.problems import Halt
    from plugins.voice.program import Program
    from plugins.voice.reading import read_aloud
    from plugins.voice.stories import issue_files

    if wrong := [written for written in issue or () if not (written.isascii() and written.isdecimal())]:
        raise Exit(f"--issue 后面要写总期号，用半角数字；这里写的是“{wrong[0]}”", 1)
    try:
        files = issue_files(_content(), [int(written) for written in issue or ()], every=all)
        program = Program.of(read_settings(str(ROOT / "pelicanconf.py")).get("VOICE"))
        program.find()
        outcome = read_aloud(_content(), files, program, lambda said: print(said, flush=True))
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    except KeyboardInterrupt:
        raise Exit("\n停下了；录好的都写上了，再运行一次会接着录。", 1) from None
    print(outcome)
    if outcome.failed:
        raise Exit("没有读成的，原因写在上面；改好了再运行一次，只读没有读成的。", 1)


@task(
    name="server-sample",
    help={
        "kind": "nginx（不写就是它）或 caddy",
        "folder": "网页在服务器的哪里；不写就照 PUBLISH_TO",
        "to": "写到哪个文件；不写就印在屏幕上",
    },
)
def server_sample(_context: Context, kind: str = "nginx", folder: str = "", to: str = "") -> None:
    """服务器的配置：404、压缩、缓存、安全头、转址、密码，照 publishconf.py 的设置写好。"""
    from plugins.newspaper.problems import Halt
    from plugins.servers.sample import server_sample as made

    try:
        text = made(ROOT, kind, folder)
    except Halt as halt:
        raise Exit(str(halt), 1) from None
    if not to:
        print(text, end="")
        return
    try:
        Path(to).write_text(text, encoding="utf-8", newline="\n")  # PowerShell's > writes what nginx cannot read
    except OSError as error:
        raise Exit(f"写不了 {to}：{error.strerror}", 1) from None
    print(f"写好了 {to}。")


@task(
    optional=["host"],
    help={
        "port": "端口，默认 8000",
        "host": "手机也能看：同一个网络里都打得开，印出地址和二维码（可写本机的一个地址）",
    },
)
def serve(_context: Context, port: str = "8000", host: str | None = None) -> None:
    """本机预览：保存稿件，浏览器自动更新；有问题时显示问题。"""
    from plugins.newspaper.problems import Halt
    from plugins.preview_address import EVERYWHERE, port_number
    from plugins.preview_server import serve_preview

    # `--host` alone is True
    place = "127.0.0.1" if host is None else host if isinstance(host, str) and host else EVERYWHERE
    try:
        serve_preview(ROOT, port_number(port), place)
    except Halt as halt:
        raise Exit(str(halt), 1) from None


@task(
    iterable=["size"],
    help={
        "size": "期数，可写几次，默认 255 和 2550",
        "peers": "与 Hugo、Eleventy、原样的 Pelican 并排",
        "runs": "每种情形的次数",
    },
)
def bench(context: Context, size: list[str] | None = None, peers: bool = False, runs: str = "5") -> None:
    """测速：造一份假的往期，量各种情形的时间、内存、页数，写进 docs/performance.json 和图。"""
    if wrong := [written for written in (*(size or ()), runs) if not written.isdecimal() or not int(written)]:
        raise Exit(f"期数、次数要写 1 以上的数字；这里写的是“{wrong[0]}”", 1)
    sizes = " ".join(map(str, size or ()))
    context.run(
        f'"{sys.executable}" -m tests.bench {sizes} {"--peers" if peers else ""} --runs {runs}', pty=os.name == "posix"
    )


@task
def audit(context: Context) -> None:
    """用 Lighthouse 以手机的样子检查各种页面，不够分数就失败（第一次要联网安装）。"""
    context.run(f'"{sys.executable}" -m tests.audit')


@task
def screenshots(context: Context) -> None:
    """给 docs/pictures/ 拍网页截图：手机和电脑，浅色、深色、长者版。"""
    context.run(f'"{sys.executable}" -m tests.screenshots')


@task
def icons(_context: Context) -> None:
    """换了报名题字以后，重画网站图标 theme/static/icon.png 和 favicon.ico。"""
    from plugins.newspaper.making.icons import draw_icons

    draw_icons(ROOT / "theme/static/nameplate.svg")


@task
def golden(context: Context) -> None:
    """重新生成 tests/site/golden/ 里的样张（改过模板之后，逐处看过再提交）。"""
    context.run(f'"{sys.executable}" -m pytest -q tests/site/test_golden.py --refresh-golden')


@task(help={"quick": "只运行不用浏览器、不反复生成网站的测试"})
def test(context: Context, quick: bool = False) -> None:  # noqa: PT028 - a command, not a test
    """检查代码格式、类型，运行全部测试（--quick 只运行快的）。"""
    python = f'"{sys.executable}" -m'
    context.run(f"{python} ruff check .")
    context.run(f"{python} ruff format --check .")
    context.run(f"{python} mypy")
    workers = "-n auto --maxprocesses 4 --dist loadfile"  # docs/decisions/0042
    context.run(f"""{python} pytest -q {workers} {'-m "not slow"' if quick else ""}""")


told_in_chinese([each.name for each in globals().values() if isinstance(each, Task)])
