"""How the site is built: nothing half-written, nothing printed twice, Pelican's own ways intact."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.builders import FRONT, issue_text
from tests.conftest import EXAMPLE, ROOT, SITE, run_pelican, tree

ISSUE = Path("content/issues/0255.md")


def edit(project: Path, file: Path, old: str, new: str) -> None:
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def printed(project: Path) -> dict[str, int]:
    return {name: (project / "preview" / name).stat().st_mtime_ns for name in tree(project / "preview")}


def add_issue(project: Path) -> None:
    story = "### 新的一期\n:slug: xin-yiqi\n:topics: 邻里中心\n\n伊滨讯 6月15日，新的一期出版。\n\n（张三）\n"
    front = {**FRONT, "issue": "11", "total_issue": "256", "date": "2023-06-16", "lunar_date": "癸卯年四月廿九"}
    (project / "content/issues/0256.md").write_text(issue_text(story, **front), encoding="utf-8")


def test_problems_stop_the_press_and_leave_the_last_good_output(project: Path) -> None:
    assert run_pelican(project).returncode == 0
    before = printed(project)
    edit(project, ISSUE, "date: 2023-06-07", "date：2023-06-07")
    (project / "content/issues/0256.md").write_bytes("---\nissue: 11\n总期号: 256\n".encode("gbk"))

    result = run_pelican(project)

    assert result.returncode == 1
    assert "content/issues/0255.md:4: " in result.stderr
    assert "content/issues/0256.md:3: 文件不是 UTF-8 编码" in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert printed(project) == before


def test_unchanged_site_prints_nothing_again(project: Path) -> None:
    run_pelican(project)
    before = printed(project)
    os.utime(project / ISSUE)
    run_pelican(project)
    assert printed(project) == before


def changed(project: Path, before: dict[str, int]) -> set[str]:
    after = printed(project)
    return {name for name in after if before.get(name) != after[name]}


def test_edit_of_one_text_prints_what_shows_it(project: Path) -> None:
    add_issue(project)
    run_pelican(project)
    before = printed(project)
    edit(project, ISSUE, "区党工委副书记、管委会主任樊灿涛深入中心城区", "区党工委副书记樊灿涛深入中心城区")
    run_pelican(project)

    written = changed(project, before)
    assert {name for name in written if not name.endswith(".bin")} == {
        "issues/255/linli-zhongxin/index.html",
        "issues/255/index.html",
        "issues/255/print/index.html",
        "issues/255/issue.json",
        "feed.xml",
        "search/index.html",
        "search/255/1.json",
        "search/mark.txt",
    }


def test_what_is_gone_from_the_content_goes_from_the_site(project: Path) -> None:
    add_issue(project)
    run_pelican(project)
    assert (project / "preview/issues/256/xin-yiqi/index.html").is_file()
    (project / "content/issues/0256.md").unlink()
    run_pelican(project)
    assert not (project / "preview/issues/256").exists()
    assert tree(project / "preview") == clean(project)


def clean(project: Path) -> dict[str, bytes]:
    """What a build into an empty folder gives."""
    fresh = project / "fresh"
    result = run_pelican(project, "-o", str(fresh), "--cache-path", str(project / f"cache-{time.monotonic_ns()}"))
    assert result.returncode == 0, result.stderr
    files = tree(fresh)
    for name in files:
        (fresh / name).unlink()
    return files


@pytest.mark.parametrize("loss", ["deleted", "damaged", "foreign"])
def test_lost_record_is_made_anew_and_nothing_stale_stays(project: Path, loss: str) -> None:
    add_issue(project)
    run_pelican(project)
    (project / "content/issues/0256.md").unlink()
    (record,) = (project / ".cache").glob("record-????????????????")
    if loss == "deleted":
        record.unlink()
    else:
        record.write_bytes(b"not a database at all" * 100 if loss == "foreign" else record.read_bytes()[:3000])
    result = run_pelican(project)
    assert result.returncode == 0, result.stdout + result.stderr
    assert tree(project / "preview") == clean(project)


def test_files_that_are_right_are_not_written_again_though_the_record_was_lost(project: Path) -> None:
    run_pelican(project)
    before = printed(project)
    (record,) = (project / ".cache").glob("record-????????????????")
    record.unlink()
    run_pelican(project)

    assert changed(project, before) == set()


@pytest.mark.parametrize("damage", [lambda content: b"not ours" * 200, lambda content: content[:-1] + b"?"])
def test_damaged_store_is_thrown_away(project: Path, damage: Callable[[bytes], bytes]) -> None:
    run_pelican(project)
    for path in (project / ".cache/store").rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))
    edit(project, ISSUE, "塔吊林立", "塔吊如林")
    result = run_pelican(project)
    assert result.returncode == 0, result.stdout + result.stderr
    assert tree(project / "preview") == clean(project)


def test_topic_renamed_reaches_stories_whose_files_did_not_change(project: Path) -> None:
    run_pelican(project)
    edit(project, Path("content/topics.yaml"), "slug: linli-zhongxin", "slug: linli")
    run_pelican(project)
    article = (project / "preview/issues/255/linli-zhongxin/index.html").read_text(encoding="utf-8")
    assert 'href="/topics/linli/"' in article
    assert tree(project / "preview") == clean(project)


def test_word_that_the_paper_adds_reaches_the_headlines_that_have_it_and_no_other_page(project: Path) -> None:
    words = project / "content/words.txt"
    words.unlink()
    add_issue(project)
    assert run_pelican(project).returncode == 0
    before = printed(project)
    words.write_text("# 固定说法\n新的一期\n", encoding="utf-8")

    assert run_pelican(project).returncode == 0

    after = printed(project)
    changed = {name for name in before if after[name] != before[name]}
    assert "issues/256/xin-yiqi/index.html" in changed
    assert not {name for name in changed if name.startswith("issues/255/zhongzhou-shidai/")}
    assert "新的一期" in (project / "preview/archive/2023/index.html").read_text(encoding="utf-8")


def test_what_is_no_word_of_the_papers_own_stops_the_press(project: Path) -> None:
    (project / "content/words.txt").write_text("# 地名\n寇店镇 诸葛镇\n", encoding="utf-8")

    result = run_pelican(project)

    assert result.returncode == 1
    assert "content/words.txt:2: “寇店镇 诸葛镇”：一行只写一个词，请分成几行（words）" in result.stderr


def test_files_of_others_in_the_output_stay(project: Path) -> None:
    (project / "preview").mkdir()
    (project / "preview" / "CNAME").write_text("yibin", encoding="utf-8")
    run_pelican(project)
    assert (project / "preview" / "CNAME").is_file()


def seconds_of_work(project: Path) -> float:
    """What a build takes of a processor, which is the same on a busy machine."""
    before = os.times()
    run_pelican(project)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def build_killed_after(project: Path, seconds: float) -> bool:
    """Build, but not longer than these seconds of a processor; whether the build was killed by then."""
    build = subprocess.Popen(
        [str(Path(sys.executable).with_name("pelican")), "content"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # The alarm outlives exec, and nothing in Python or Pelican catches it: the process is gone at once.
        preexec_fn=lambda: signal.setitimer(signal.ITIMER_PROF, seconds),
    )
    return build.wait() == -signal.SIGPROF


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="builds are killed by a timer of Unix")
def test_build_killed_at_any_moment_leaves_whole_files_and_the_next_build_finishes(project: Path) -> None:
    run_pelican(project)
    add_issue(project)
    whole = clean(project)
    edit(project, ISSUE, "塔吊林立", "塔吊如林")
    edited = clean(project)
    acceptable = {content for files in (whole, edited) for content in files.values()}
    acceptable |= set(tree(project / "preview").values())
    usual = seconds_of_work(project)
    chance = random.Random(255)
    killed = 0
    for attempt in range(24):
        # Every other time the text goes back, so that there is always something to print.
        old, new = ("塔吊如林", "塔吊林立") if attempt % 2 == 0 else ("塔吊林立", "塔吊如林")
        edit(project, ISSUE, old, new)
        (project / "theme/templates/404.html").touch()
        killed += build_killed_after(project, usual * (0.3 + 0.7 * chance.random()))
        torn = [
            name
            for name, content in tree(project / "preview").items()
            if not name.endswith(".part") and content not in acceptable
        ]
        assert torn == []
    assert killed > 3
    (project / "content/issues/0256.md").unlink()
    run_pelican(project)
    assert tree(project / "preview") == clean(project)


def test_two_builds_at_once_give_one_whole_site(project: Path) -> None:
    command = [str(Path(sys.executable).with_name("pelican")), "content"]
    builds = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)
    ]
    assert [build.wait() for build in builds] == [0, 0, 0]
    assert tree(project / "preview") == clean(project)
    for build in builds:
        assert build.stderr
        build.stderr.close()


def test_draft_and_future_issue_show_in_preview_only(project: Path) -> None:
    add_issue(project)
    edit(project, Path("content/issues/0256.md"), "issue: 11", "status: draft\nissue: 11")
    run_pelican(project)
    assert "草稿" in (project / "preview/index.html").read_text(encoding="utf-8")

    assert run_pelican(project, "-s", "publishconf.py").returncode == 0
    assert not (project / "output/issues/256").exists()
    assert "草稿" not in (project / "output/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["output", "./output/", "output/drafts"])
def test_preview_is_not_built_where_the_public_site_lies(project: Path, folder: str) -> None:
    assert run_pelican(project, "-s", "publishconf.py").returncode == 0
    before = tree(project / "output")

    result = run_pelican(project, "-o", folder)

    assert result.returncode == 1
    message = "预览版有草稿，不能生成到公开版的文件夹 output/；公开版请用 invoke build --public\n"
    assert result.stdout + result.stderr == message
    assert tree(project / "output") == before


@pytest.mark.parametrize(
    ("site", "said"),
    [
        (EXAMPLE, "还是例子"),
        (f"{EXAMPLE}/paper/", "还是例子"),
        ("https://www.example.com", "还是例子"),
        ("", "不是完整的网址"),
        ("yibin.test", "不是完整的网址"),
        ("//yibin.test", "不是完整的网址"),
        ("https:yibin.test", "不是完整的网址"),
        ("https：//yibin.test", "不是完整的网址"),
        ("ftp://yibin.test", "不是完整的网址"),
        ("https://", "不是完整的网址"),
        ("https://yibin.test/?a=1", "不是完整的网址"),
    ],
)
def test_public_site_is_not_built_for_an_address_that_is_none(project: Path, site: str, said: str) -> None:
    result = run_pelican(project, "-s", "publishconf.py", "-e", f'SITEURL="{site}"')
    assert result.returncode == 1
    assert said in result.stderr
    assert (result.stdout + result.stderr).count("\n") == 1
    assert not (project / "output").exists()


@pytest.mark.parametrize("site", [SITE, f"{SITE}/", f"{SITE}/paper//", "http://127.0.0.1:8000", "https://伊滨.中国"])
def test_public_site_is_built_for_its_address_without_the_last_slash(project: Path, site: str) -> None:
    result = run_pelican(project, "-s", "publishconf.py", "--fatal", "warnings", "-e", f'SITEURL="{site}"')
    assert result.returncode == 0, result.stdout + result.stderr
    front = (project / "output/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{site.rstrip("/")}/">' in front


def test_published_address_that_would_vanish_stops_the_public_build(project: Path) -> None:
    edit(project, ISSUE, ":slug: tudi-gongzuo", ":slug: tudi")
    assert run_pelican(project).returncode == 0

    result = run_pelican(project, "-s", "publishconf.py")

    line = (project / ISSUE).read_text(encoding="utf-8").split("\n").index("### 樊灿涛主持召开|土地工作专题会议") + 1
    assert result.returncode == 1
    assert f"content/issues/0255.md:{line}: 地址 /issues/255/tudi-gongzuo/" in result.stderr


def test_alias_keeps_the_address_as_a_redirect(project: Path) -> None:
    edit(project, ISSUE, ":slug: tudi-gongzuo", ":slug: tudi\n:aliases: /issues/255/tudi-gongzuo/")
    result = run_pelican(project, "-s", "publishconf.py")
    assert result.returncode == 0, result.stderr
    redirect = (project / "output/issues/255/tudi-gongzuo/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=https://yibin-news.test/issues/255/tudi/"' in redirect
    assert 'href="https://yibin-news.test/issues/255/tudi/"' in redirect


def test_stock_sitemap_plugin_finds_every_article(project: Path) -> None:
    edit(project, Path("pelicanconf.py"), '"plugins.edition",', '"plugins.edition", "sitemap",')
    for _ in range(2):  # the second build prints nothing, and the sitemap must not shrink
        assert run_pelican(project, "-s", "publishconf.py", "--fatal", "warnings").returncode == 0
        root = ElementTree.parse(project / "output/sitemap.xml").getroot()
        found = {str(node.text) for node in root.iter() if node.tag.endswith("loc")}
        slugs = re.findall(r"^:slug: (\S+)$", (project / ISSUE).read_text(encoding="utf-8"), re.M)
        assert {f"{SITE}/issues/255/{slug}/" for slug in slugs} <= found
        dates = {str(node.text) for node in root.iter() if node.tag.endswith("lastmod")}
        assert "2023-06-07T00:00:00+08:00" in dates


@pytest.mark.parametrize(("name", "source"), [("missing", None), ("broken", "def register():\n    raise ValueError\n")])
def test_plugin_that_does_not_load_fails_the_build(project: Path, name: str, source: str | None) -> None:
    edit(project, Path("pelicanconf.py"), '"plugins.edition",', f'"plugins.edition", "plugins.{name}",')
    if source:
        (project / f"plugins/{name}.py").write_text(source, encoding="utf-8")
    assert run_pelican(project).returncode == 1
    assert not (project / "preview").exists()


def test_relative_urls_work_from_the_file_system(project: Path) -> None:
    assert run_pelican(project, "--relative-urls").returncode == 0
    article = (project / "preview/issues/255/linli-zhongxin/index.html").read_text(encoding="utf-8")
    assert 'href="../../../archive/"' in article
    assert 'href="./archive/"' in (project / "preview/index.html").read_text(encoding="utf-8")


def test_no_page_falls_back_on_pelicans_own_theme() -> None:
    ours = {path.stem for path in (ROOT / "theme/templates").glob("*.*")}
    plan = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins/newspaper/planning").glob("*.py"))
    planned = set(re.findall(r'"(\w+)"(?:,|\))', plan))
    assert {
        "front_page",
        "issue",
        "article",
        "topic",
        "topic_year",
        "topics",
        "archive",
        "archive_year",
        "404",
        "feed",
        "redirect",
    } <= ours & planned
