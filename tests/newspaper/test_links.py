"""Links, attachments and former addresses (链接、附件、旧址): what is understood, what is told, what is never a link."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.newspaper.checking import check_plan
from plugins.newspaper.checking.links import Plan, check_links
from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.links import Link, target_of
from plugins.newspaper.planning import planned_addresses
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.pages import OtherPage
from plugins.newspaper.workers import Workers
from tests.builders import MASTHEAD, codes, issue_text, issues_in, make_archive, make_issue, write_content

LINE = 12
"""Of the paragraph in `issue`."""

Write = Callable[..., list[Problem]]


def issue(paragraph: str, *fields: str) -> str:
    return issue_text("\n".join(["### 标题", ":slug: jia", *fields, "", paragraph, "", "末段。", ""]))


DRAFT = issue_text(
    "### 标题\n:slug: yi\n\n正文。\n",
    issue="11",
    total_issue="256",
    date="2023-06-16",
    lunar_date="癸卯年四月廿九",
    status="draft",
)


@pytest.fixture
def found(tmp_path: Path) -> Write:
    """What the rules find in a paper with a story, a draft, a page that is not news, and files of the issue."""

    def problems(text: str, site: str = "", page: str = "", files: dict[str, bytes] | None = None) -> list[Problem]:
        content = write_content(tmp_path / "content", {"0255.md": text, "0256.md": DRAFT})
        (content / "pages").mkdir(exist_ok=True)
        about = f"Title: 关于\nSlug: about\n\n数字版。\n\n{page}\n"
        (content / "pages/about.md").write_text(about, encoding="utf-8")
        for name, body in (files or {}).items():
            (content / "files/0255").mkdir(parents=True, exist_ok=True)
            (content / "files/0255" / unquote(name)).write_bytes(body)
        begun = begin_reading(issues_in(content), Workers())
        return list(read_and_check(begun, MASTHEAD, date(2030, 1, 1), site).problems)

    return problems


GOOD = [
    "/",
    "/latest/",
    "/archive/2023/",
    "/topics/linli-zhongxin/",
    "/corrections/",
    "/feed.xml",
    "/about/",
    "/issues/255/",
    "/issues/255/print/",
    "/issues/255/jia/",
    "/issues/255/jia/#content",
    "/issues/255/?from=singlemessage",
    "https://www.gov.cn/a?b=c#d",
    "http://a.example/b",
    "https://例子.中国/中文?甲=乙",
    "//a.example/b",
    "www.gov.cn",
    "tel:0379-12345678",
    "mailto:bianji@a.example",
    "bianji@a.example",
]


@pytest.mark.parametrize("target", GOOD)
def test_link_that_leads_somewhere(found: Write, target: str) -> None:
    assert found(issue(f"见[这里]({target})。"), page=f"见[这里]({target})。") == []


DEAD = [
    ("少了斜杠", "/issues/255", "是不是“/issues/255/”"),
    ("稿件少了斜杠", "/issues/255/jia", "是不是“/issues/255/jia/”"),
    ("没有这一篇", "/issues/255/jai/", "是不是“/issues/255/jia/”"),
    ("没有这一期", "/issues/2550/", "是不是“/issues/255/”"),
    ("大写", "/Issues/255/Jia/", "是不是“/issues/255/jia/”"),
    ("没有开头的斜杠", "issues/255/jia/", "是不是“/issues/255/jia/”"),
    ("上一级", "../255/", "站内地址要从“/”写起"),
    ("反斜杠", r"files\a.pdf", "请写成“a.pdf”"),
    ("附件带文件夹", "files/0255/报名表.pdf", "请写成“报名表.pdf”"),
    ("附件的网址", "/content/files/0255/报名表.pdf", "请写成“报名表.pdf”"),
    ("稿件的文件带文件夹", "issues/0255.md", "请写“/issues/255/”"),
    ("没有这个专题", "/topics/linli-zhongxing/", "是不是“/topics/linli-zhongxin/”"),
    ("没有这一页", "/abuot/", "是不是“/about/”"),
    ("页内没有的位置", "#xia", "没有这个位置"),
    ("别页没有的位置", "/issues/255/jia/#xia", "请写成“/issues/255/jia/”"),
    ("稿件的文件", "0255.md", "请写“/issues/255/”"),
    ("没写https的网址", "baidu.com", "网址要从“https://”写起"),
    ("空的", "", "没有地址"),
    ("还没发表", "/issues/256/yi/", "还没有发表"),
    ("缺了网站名", "https:///issues/255/", "少了网站的名字"),
    ("脚本", "javascript:alert(1)", "不能链接到“javascript:alert(1)”"),
    ("大小写的脚本", "JaVaScript:alert(1)", "不能链接到"),
    ("转义的脚本", "&#106;avascript:x", "不能链接到"),
    ("百分号的脚本", "%6Aavascript:x", "不能链接到"),
    ("数据", "data:text/html,x", "不能链接到"),
    ("数据图片", "data:image/svg+xml;base64,eA==", "不能链接到"),
    ("硬盘", "C:/a.pdf", "不能链接到"),
    ("别的协议", "ftp://a.example/b", "不能链接到"),
]


@pytest.mark.parametrize(("target", "said"), [dead[1:] for dead in DEAD], ids=[dead[0] for dead in DEAD])
def test_link_that_leads_nowhere_is_told_with_the_nearest_address(found: Write, target: str, said: str) -> None:
    (problem,) = found(issue(f"见[这里]({target})。"))

    assert (problem.source, problem.code, problem.line) == ("content/issues/0255.md", "link", LINE)
    assert said in problem.message


def test_link_without_words_is_told(found: Write) -> None:
    (problem,) = found(issue("见[](/archive/)。"))

    assert (problem.code, problem.line) == ("link", LINE)
    assert "请写成“[文字](/archive/)”" in problem.message


@pytest.mark.parametrize("target", [dead[1] for dead in DEAD if "不能" in dead[2]])
def test_what_no_reader_may_be_sent_to_is_never_a_link(target: str) -> None:
    body = make_issue(f"### 标题\n:slug: a\n\n[这里]({target})\n").articles[0].body
    assert "<a>这里</a>" in body


def test_links_of_the_ear_and_of_other_pages_are_looked_at(found: Write) -> None:
    text = issue("正文。").replace("### 标题", "> 见[往期](/arhive/)。\n\n### 标题")
    problems = found(text, page="见[附件](a.pdf)、[头版](/fornt/)。")

    assert [(problem.source, problem.line) for problem in problems] == [
        ("content/issues/0255.md", 9),
        ("content/pages/about.md", 6),
        ("content/pages/about.md", 6),
    ]


@pytest.mark.parametrize(
    ("site", "target", "said"),
    [
        ("https://a.example", "https://a.example/issues/255/jia/", None),
        ("https://a.example", "http://A.example/issues/255/", None),
        ("https://a.example", "http://a.example/issues/255/jai/", "是不是“/issues/255/jia/”"),
        ("https://a.example/bao", "https://a.example/bao/issues/255", "是不是“/issues/255/”"),
        ("https://a.example/bao", "https://a.example/qita/", None),
        ("https://a.example", "https://b.example/issues/1/", None),
    ],
)
def test_link_to_the_sites_own_host_must_lead_somewhere(found: Write, site: str, target: str, said: str | None) -> None:
    problems = found(issue(f"见[这里]({target})。"), site=site)
    assert [problem.message for problem in problems if said not in problem.message] == [] if said else problems == []
    assert bool(problems) == bool(said)


def test_draft_may_link_to_what_is_not_published_yet(found: Write) -> None:
    assert found(issue("见[下期](/issues/256/)。").replace("---\n\n#", "status: draft\n---\n\n#")) == []


def test_withdrawn_story_may_be_linked_to_and_its_own_links_are_forgotten(found: Write) -> None:
    withdrawn = "\n### 撤下\n:slug: che\n:状态: 撤下 2023-06-20 原因\n\n见[这里](/meiyou/)、[附件](meiyou.pdf)。\n"
    assert found(issue("见[原来那篇](/issues/255/che/)。") + withdrawn) == []


# Attachments

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FILES = [
    ("报名表.pdf", b"%PDF-1.7 ...", None),
    ("报名表.PDF", b"%PDF-1.7 ...", None),
    ("名单.xlsx", b"PK\x03\x04...", None),
    ("旧名单.xls", OLE, None),
    ("报名表(1).pdf", b"%PDF", None),
    ("%E8%A1%A8(2).pdf", b"%PDF", None),
    ("报名 表 (1).pdf", b"%PDF", None),
    ("说明.txt", "说明".encode(), None),
    ("原图.jpg", b"\xff\xd8\xff...", None),
    ("没有.pdf", None, "file-missing"),
    ("空的.pdf", b"", "file-empty"),
    ("程序.exe", b"MZ...", "file-kind"),
    ("报名表.pdf.exe", b"MZ...", "file-kind"),
    ("改了名的程序.pdf", b"MZ...", "file-kind"),
    ("宏.docm", b"PK...", "file-kind"),
    ("网页.html", b"<script>", "file-kind"),
    ("图.svg", b"<svg>", "file-kind"),
    ("脚本.bat", b"del", "file-kind"),
    ("坏的.pdf", b"<html>404", "file-broken"),
    ("坏的.docx", OLE, "file-broken"),
    ("太大.pdf", b"%PDF" + bytes(30_000_000), "file-too-large"),
]


@pytest.mark.parametrize(("name", "body", "code"), FILES, ids=[each[0] for each in FILES])
def test_attachment_lies_in_the_folder_of_its_issue(
    found: Write, name: str, body: bytes | None, code: str | None
) -> None:
    problems = found(issue(f"请下载[报名表]({name})。"), files={} if body is None else {name: body})
    assert [(problem.code, problem.line) for problem in problems] == ([(code, LINE)] if code else [])


def test_attachment_that_is_not_there_names_the_nearest(found: Write) -> None:
    (problem,) = found(issue("[表](报名表.pdf)"), files={"报名表（新）.pdf": b"%PDF"})
    assert "找不到附件 content/files/0255/报名表.pdf；是不是“报名表（新）.pdf”" in problem.message


# Former addresses

TAKEN = [
    "",
    "latest",
    "archive",
    "archive/2023",
    "corrections",
    "topics",
    "topics/linli-zhongxin",
    "issues/255",
    "about",
]


@pytest.mark.parametrize("alias", [*TAKEN, "issues/255/print", "issues/255/jia", "issues/256/yi"])
def test_former_address_is_no_pages_present_one(found: Write, alias: str) -> None:
    problems = found(issue("正文。", f":旧址: /{alias}/"))
    assert codes(problems) == ["address-taken" if alias else "alias"]


def test_former_address_belongs_to_one_story() -> None:
    body = (
        "### 甲\n:slug: a\n:aliases: /issues/255/c/\n\n正文。\n\n### 乙\n:slug: b\n:aliases: /issues/255/c/\n\n正文。\n"
    )
    (problem,) = check_plan(make_archive(make_issue(body)), Plan((), planned_addresses, ""))

    assert (problem.code, problem.line) == ("address-taken", 17)


@pytest.mark.parametrize("slug", ["archive", "latest", "corrections", "files", "issues"])
def test_page_that_is_not_news_takes_no_address_of_the_paper(found: Write, tmp_path: Path, slug: str) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/x.md").write_text(f"Title: 页\nSlug: {slug}\n\n正文。\n", encoding="utf-8")
    (problem,) = found(issue("正文。"))

    assert (problem.source, problem.code, problem.line) == ("content/pages/x.md", "address-taken", 2)


@given(st.text() | st.lists(st.sampled_from("/:?#[]@.%a.中 \\")).map("".join))
def test_no_address_makes_the_rules_raise(written: str) -> None:
    target = target_of(written)
    page = OtherPage("content/pages/x.md", "页", "published", "x/", 2, (Link(target.kind, target.address, 4),), ())
    for problem in check_links(make_archive(make_issue()), Plan((page,), planned_addresses, "https://a.example")):
        assert (problem.code, problem.line) == ("link", 4)
