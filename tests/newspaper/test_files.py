"""What lies in the content folder: what is read, what is passed over, and what is told because nobody would see it."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from plugins.newspaper.checking.ledger import read_ledger
from plugins.newspaper.flow import enter_in_ledger, ledger_lines, read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.problems import Problem, UnfitToPrint
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, codes, issue_text, issues_in, make_archive, make_issue, write_content
from tests.conftest import ROOT

STORY = "### 标题\n:slug: a\n\n正文。\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one good issue."""
    return write_content(tmp_path / "content", {"0255.md": issue_text(STORY)})


def found(content: Path, *, published: bool = False) -> list[Problem]:
    begun = begin_reading(issues_in(content), Workers())
    return list(read_and_check(begun, MASTHEAD, date(2030, 1, 1), published=published).problems)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("0256.txt", "改名为 0256.md"),
        ("0256.md.txt", "改名为 0256.md"),
        ("0256.MD", "改名为 0256.md"),
        ("0256.Md", "改名为 0256.md"),
        ("0256.markdown", "改名为 0256.md"),
        ("０２５６．md", "改名为 0256.md"),
        ("0256.md ", "改名为 0256.md"),
        ("256", "改名为 0256.md"),
        ("伊滨新闻.txt", "改名为 总期号.md"),
        ("0256.docx", "另存为 0256.md"),
        ("第256期.wps", "另存为 0256.md"),
        ("0256.pdf", "另存为 0256.md"),
        ("大厅.jpg", "是图片；请放进 content/images/"),
        ("朗读.MP3", "是录音；请放进 content/audio/"),
    ],
)
def test_file_that_may_be_meant_as_an_issue_is_told(content: Path, name: str, said: str) -> None:
    (content / "issues" / name).write_text(issue_text(STORY), encoding="utf-8")
    (problem,) = found(content)
    assert (problem.source, problem.line, problem.code) == (f"content/issues/{name}", 1, "stray-file")
    assert said in problem.message


@pytest.mark.parametrize(
    "name",
    ["~$0256.md", "~$0256.docx", "._0256.md", ".#0256.md", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md",
     "readme.txt", "README", "0255.md~", "#0255.md#", ".0255.md.swp", "~WRL0001.tmp", "0255.md.part", "0255.md.bak"],
)  # fmt: skip
def test_what_programs_leave_is_passed_over(content: Path, name: str) -> None:
    (content / "issues" / name).write_bytes(b"\xd0\xcf not an issue")
    assert found(content) == []


@pytest.mark.parametrize(
    ("folder", "file", "said"),
    [
        ("2023", "0256.md", "里面的稿件（0256.md）读不到；请移到 content/issues/ 里，叫 0256.md"),
        ("0257.md", "正文.txt", "里面的稿件（正文.txt）读不到"),
        ("0257.md", "", "是一个文件夹，不是稿件；请删去它"),
    ],
)
def test_folder_among_the_issues_is_told(content: Path, folder: str, file: str, said: str) -> None:
    (content / "issues" / folder).mkdir()
    if file:
        (content / "issues" / folder / file).write_text("正文", encoding="utf-8")
    (problem,) = found(content)
    assert (problem.source, problem.code) == (f"content/issues/{folder}", "stray-file")
    assert said in problem.message


@pytest.mark.skipif(os.name == "nt", reason="links need rights there, and names are no bytes")
def test_dangling_link_and_foreign_name_are_told(content: Path) -> None:
    (content / "issues/0256.md").symlink_to("nowhere.md")
    (content / "issues/.#0256.md").symlink_to("editor@desk.1234")
    Path(os.fsdecode(os.fsencode(content) + b"/issues/\xb5\xda257.md")).write_text("正文", encoding="utf-8")
    link, foreign = sorted(found(content))
    assert (link.source, link.code) == ("content/issues/0256.md", "stray-file")
    assert "断了的链接" in link.message
    assert "改名为 0257.md" in foreign.message
    str(foreign).encode()


@pytest.mark.parametrize("lost", ["empty", "gone"])
def test_no_issue_at_all_is_told(content: Path, lost: str) -> None:
    page(content, "about.md", "Title: 关于\nSlug: about\n\n[最新一期](/latest/)\n")
    (content / "issues/0255.md").unlink()
    if lost == "gone":
        (content / "issues").rmdir()
    (problem,) = found(content)
    assert (problem.source, problem.code) == ("content/issues", "no-issue")


def test_of_strays_alone_nothing_more_is_told(content: Path) -> None:
    (content / "issues/0255.md").rename(content / "issues/0255.txt")
    assert codes(found(content)) == ["stray-file"]


def page(content: Path, name: str, text: str | bytes) -> None:
    (content / "pages").mkdir(exist_ok=True)
    (content / "pages" / name).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Title: 关于\nSlug: about\n\n正文。\n", []),
        ("Title: 关于\r\nSlug: about\r\nStatus: hidden\r\n\r\n正文。\r\n", []),
        ("Slug: about\n\n正文。\n", [("page-title", 1)]),
        ("Title:\nSlug: about\n\n正文。\n", [("page-title", 1)]),
        ("Title：关于\nSlug: about\n\n正文。\n", [("page-title", 1)]),
        ("正文。\n", [("page-slug", 1), ("page-title", 1)]),
        ("", [("page-slug", 1), ("page-title", 1)]),
        ("Title: 关于\n\n正文。\n", [("page-slug", 1)]),
        ("Title: 关于\nSlug: 关于\n\n正文。\n", [("page-slug", 2)]),
        ("Title: 关于\nSlug: latest\n\n正文。\n", [("address-taken", 2)]),
        ("Title: 关于\nSlug: about\nStatus: 草稿\n\n正文。\n", [("page-status", 3)]),
        ("Title: 关于\nSlug: about\n\n正文。\n".encode("gbk"), [("not-utf8", 1)]),
    ],
    ids=repr,
)
def test_slip_in_a_page_is_told(content: Path, text: str | bytes, problems: list[tuple[str, int]]) -> None:
    page(content, "about.md", text)
    assert [(problem.code, problem.line) for problem in found(content)] == problems


def test_two_pages_of_one_address_and_a_folder_named_as_a_page_are_told(content: Path) -> None:
    page(content, "a.md", "Title: 甲\nSlug: about\n\n正文。\n")
    page(content, "b.md", "Title: 乙\nSlug: about\n\n正文。\n")
    (content / "pages/c.md").mkdir()
    assert [(problem.source, problem.code) for problem in found(content)] == [
        ("content/pages/b.md", "address-taken"),
        ("content/pages/c.md", "unreadable"),
    ]


@pytest.mark.parametrize(
    ("file", "sound", "said"),
    [
        ("a.mp3", b"ID3\x03\x00", ""),
        ("a.mp3", b"\xff\xfb\x90\x64", ""),
        ("a.MP3", b"\xff\xf3\x44\xc4", ""),
        ("a.m4a", b"\x00\x00\x00\x20ftypM4A ", ""),
        ("a.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", ""),
        ("a.ogg", b"OggS\x00\x02", ""),
        ("a.aac", b"\xff\xf1\x50\x80", ""),
        ("a.mp3", b"", "是空的"),
        ("a.mp3", bytes(100), "是空的"),
        ("a.mp3", b"PK\x03\x04\x14\x00", "是 Word、Excel 或压缩文件"),
        ("a.mp3", b"#!AMR\n<", "是 AMR"),
        ("a.mp3", b"\x02#!SILK_V3", "是微信的语音"),
        ("a.mp3", b"0&\xb2u\x8ef", "是 WMA"),
        ("a.mp3", "正文".encode(), "不是录音"),
        ("a.mp3", b"\x00\x00\x00\x20ftypM4A ", "其实是 M4A；请改名，以 .m4a 结尾"),
        ("a.docx", b"ID3\x03\x00", "其实是 MP3；请改名，以 .mp3 结尾"),
    ],
    ids=repr,
)
def test_recording_that_cannot_play_is_told(content: Path, file: str, sound: bytes, said: str) -> None:
    text = issue_text(f"### 标题\n:slug: a\n:录音: {file}\n\n正文。\n")
    (content / "issues/0255.md").write_text(text, encoding="utf-8")
    (content / "audio/0255").mkdir(parents=True)
    (content / "audio/0255" / file).write_bytes(sound)
    problems = found(content)
    assert [(problem.code, problem.line) for problem in problems] == ([("audio-broken", 11)] if said else [])
    assert all(said in problem.message for problem in problems)


def test_picture_of_the_ear_is_looked_at(content: Path) -> None:
    text = issue_text(f"> 报眼。\n\n![题字](tizi.jpg)\n\n{STORY}")
    (content / "issues/0255.md").write_text(text, encoding="utf-8")
    (problem,) = found(content)
    assert (problem.code, problem.line) == ("picture-missing", 11)
    (content / "images/0255/tizi.jpg").mkdir(parents=True)
    assert codes(found(content)) == ["picture-missing"]
    (content / "images/0255/tizi.jpg").rmdir()
    Image.new("RGB", (40, 30)).save(content / "images/0255/tizi.jpg")
    assert found(content) == []


LEDGER = "/\n/issues/255/a/\tcontent/issues/0255.md\t标题\n"


def test_published_address_that_would_vanish_is_told_with_everything_else(content: Path) -> None:
    (content / "permalinks.tsv").write_text(f"{LEDGER}/issues/255/b/\tcontent/issues/0255.md\t标题\n", encoding="utf-8")
    page(content, "about.md", "Slug: about\n\n正文。\n")
    vanished, untitled = found(content, published=True)
    assert (vanished.source, vanished.code, vanished.line) == ("content/issues/0255.md", "address-vanished", 9)
    assert "把短名改回“b”" in vanished.message
    assert untitled.code == "page-title"
    assert codes(found(content)) == ["page-title"]


def test_what_vanishes_with_a_file_that_has_problems_is_not_told(content: Path) -> None:
    (content / "permalinks.tsv").write_text(
        f"{LEDGER}/topics/linli-zhongxin/\tcontent/topics.yaml\n/archive/2023/\n/about/\tcontent/pages/about.md\n",
        encoding="utf-8",
    )
    text = issue_text(STORY, date="2023-13-07")
    (content / "issues/0255.md").write_text(text.replace(":slug: a", ":slug: aa"), encoding="utf-8")
    (content / "topics.yaml").write_text("- name: 甲\n", encoding="utf-8")
    page(content, "about.md", "Title: 关于\n\n正文。\n")
    assert codes(found(content, published=True)) == ["no-such-date", "page-slug", "topics"]


def test_what_follows_from_a_file_that_is_not_in_its_place_is_not_told(content: Path) -> None:
    (content / "permalinks.tsv").write_text(f"{LEDGER}/issues/255/\tcontent/issues/0255.md\n", encoding="utf-8")
    page(
        content, "about.md", "Title: 关于\nSlug: about\n\n[往期](/archive/)、[第255期](/issues/255/)、[关于](/abuot/)\n"
    )
    newer = STORY.replace("正文。", "见[甲](/issues/255/a/)、[乙](/issues/255/a/#content)。").replace("a\n", "b\n", 1)
    (content / "issues/0256.md").write_text(
        issue_text(newer, issue="11", total_issue="256", date="2023-06-16", lunar_date="癸卯年四月廿九"),
        encoding="utf-8",
    )
    file = content / "issues/0255.md"
    good = file.read_bytes()
    for name, code in {"0255.txt": "stray-file", "0255.docx": "stray-file"}.items():
        file.rename(content / "issues" / name)
        assert codes(found(content, published=True)) == [code, "link"]
        (content / "issues" / name).rename(file)
    for harm, code in {good[:60]: "no-front-matter", b"\xff\xfe" + good: "not-utf8"}.items():
        file.write_bytes(harm)
        assert codes(found(content, published=True)) == [code, "link"]


def test_what_vanishes_with_an_issue_is_told_with_it(content: Path) -> None:
    (content / "permalinks.tsv").write_text(
        f"{LEDGER}/issues/255/\tcontent/issues/0255.md\n/topics/linli-zhongxin/\tcontent/topics.yaml\n/archive/2023/\n",
        encoding="utf-8",
    )
    (content / "issues/0255.md").write_text(issue_text(STORY, status="draft"), encoding="utf-8")
    (vanished,) = found(content, published=True)
    assert "地址 /issues/255/ 已经发表" in vanished.message
    story = STORY.replace(":slug: a", ":slug: aa")
    (content / "issues/0255.md").write_text(issue_text(story), encoding="utf-8")
    (vanished,) = found(content, published=True)
    assert "地址 /issues/255/a/ 《标题》已经发表" in vanished.message


def test_first_issue_may_be_a_draft(content: Path) -> None:
    (content / "issues/0255.md").write_text(issue_text(STORY, status="draft"), encoding="utf-8")
    page(content, "about.md", "Title: 关于\nSlug: about\n\n[往期](/archive/)、[最新一期](/latest/)\n")
    assert found(content, published=True) == []


def test_ledger_may_have_lines_twice_and_in_any_order_and_from_windows(content: Path) -> None:
    (content / "permalinks.tsv").write_bytes(f"# 台账\n{LEDGER}\n{LEDGER}".replace("\n", "\r\n").encode("utf-8-sig"))
    assert found(content, published=True) == []


def test_line_of_the_ledger_that_is_none_is_told(content: Path) -> None:
    (content / "permalinks.tsv").write_text(f"{LEDGER}<<<<<<< HEAD\nissues/255/b/\n", encoding="utf-8")
    assert [(problem.source, problem.code, problem.line) for problem in found(content, published=True)] == [
        ("content/permalinks.tsv", "ledger-line", 3),
        ("content/permalinks.tsv", "ledger-line", 4),
    ]


def test_lines_of_the_public_site_are_given_only_where_all_holds_and_entered_once(content: Path) -> None:
    ledger = content / "permalinks.tsv"
    ledger.write_text(f"{LEDGER}/issues/255/jiu/\tcontent/issues/0255.md\t标题\n", encoding="utf-8")
    begun = begin_reading(issues_in(content), Workers())
    archive = read_and_check(begun, MASTHEAD, date(2030, 1, 1)).archive
    with pytest.raises(UnfitToPrint) as unfit:
        ledger_lines(content, archive, {})
    assert codes(unfit.value.problems) == ["address-vanished"]

    ledger.write_text(LEDGER, encoding="utf-8")
    lines = ledger_lines(content, archive, {})
    assert "/issues/255/\tcontent/issues/0255.md" in lines.splitlines()
    assert ledger.read_text(encoding="utf-8") == LEDGER

    entered = enter_in_ledger(content, lines)
    assert {*entered} < {*lines.splitlines()}
    assert ledger.read_text(encoding="utf-8") == LEDGER + "".join(f"{line}\n" for line in entered)
    assert enter_in_ledger(content, lines) == ()
    assert ledger_lines(content, archive, {}) == lines


def test_what_is_online_and_not_yet_entered_may_not_vanish_either(content: Path) -> None:
    archive = read_and_check(begin_reading(issues_in(content), Workers()), MASTHEAD, date(2030, 1, 1)).archive
    with pytest.raises(UnfitToPrint) as unfit:
        ledger_lines(content, archive, {}, online="/issues/255/jiu/\tcontent/issues/0255.md\t标题")
    assert codes(unfit.value.problems) == ["address-vanished"]


def test_a_ledger_that_cannot_be_read_is_not_written_over(content: Path) -> None:
    (content / "permalinks.tsv").write_bytes("/\t首页\n".encode("gbk"))
    with pytest.raises(UnfitToPrint):
        enter_in_ledger(content, "/about/")
    assert (content / "permalinks.tsv").read_bytes() == "/\t首页\n".encode("gbk")


def test_merge_of_what_two_editors_entered_has_no_conflict(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-b", "main")
    git("config", "user.name", "编辑")
    git("config", "user.email", "editor@yibin.test")
    shutil.copy(ROOT / ".gitattributes", tmp_path / ".gitattributes")
    (tmp_path / "content").mkdir()
    ledger = tmp_path / "content/permalinks.tsv"
    ledger.write_text("/\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-m", "台账")
    for branch in ("one", "other"):
        git("checkout", "-b", branch, "main")
        ledger.write_text(f"/\n/issues/256/{branch}/\n", encoding="utf-8")
        git("commit", "-am", branch)
    git("merge", "one")
    assert sorted(read_ledger(ledger.read_text(encoding="utf-8"))) == ["", "issues/256/one/", "issues/256/other/"]


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((None, None), "最新一期：总第256期，2 篇"),
        ((None, "草稿"), "最新一期：总第256期（草稿），2 篇"),
        (("草稿", None), "最新一期：总第256期，2 篇；另有总第255期（草稿）"),
        ((None, "撤下 2023-06-20 应当事人要求"), "最新一期：总第256期（已撤下），0 篇"),
    ],
)
def test_newest_issue_is_told_with_its_stories(statuses: tuple[str | None, str | None], said: str) -> None:
    two = f"{STORY}\n### 又一篇\n:slug: b\n\n正文。\n"
    issues = [
        make_issue(body, source=f"content/issues/{total}.md", total_issue=str(total), status=status)
        for body, total, status in zip((STORY, two), (255, 256), statuses, strict=True)
    ]
    assert make_archive(*issues).newest_in_words() == said
