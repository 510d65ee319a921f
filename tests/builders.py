"""Issues that are valid by default; a test overrides the one thing it is about."""

from pathlib import Path

from plugins.newspaper.model import Issue
from plugins.newspaper.reading.issue import Reading, read_issue

FRONT = {
    "issue": "10",
    "total_issue": "255",
    "date": "2023-06-07",
    "lunar_date": "癸卯年四月二十",
    "approval_code": "河南省连续性内部资料[审洛阳连]00018号",
}
STORY = "### 樊灿涛调研|邻里中心建设\n:slug: linli-zhongxin\n:topics: 邻里中心\n\n伊滨讯 5月29日，群众就近享受服务。\n\n（阮现武 董浩）\n"
TOPICS = "- name: 邻里中心\n  slug: linli-zhongxin\n- name: 公共服务\n  slug: gonggong-fuwu\n"


def issue_text(body: str = STORY, **front: str | None) -> str:
    """An issue's file; a front matter value of None leaves its key out."""
    lines = [f"{key}: {value}" for key, value in {**FRONT, **front}.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body])


def reading(body: str = STORY, **front: str | None) -> Reading:
    return read_issue(issue_text(body, **front), "content/issues/0255.md")


def make_issue(body: str = STORY, source: str = "content/issues/0255.md", **front: str | None) -> Issue:
    issue = read_issue(issue_text(body, **front), source).issue
    assert issue is not None
    return issue


def write_content(folder: Path, issues: dict[str, str]) -> Path:
    """A content folder with these issue files."""
    (folder / "issues").mkdir(parents=True)
    (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    for name, text in issues.items():
        (folder / "issues" / name).write_text(text, encoding="utf-8")
    return folder


def codes(problems: object) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]
