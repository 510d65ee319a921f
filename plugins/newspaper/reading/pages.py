"""A page that is not news (关于 and the like) → its address and its links; Pelican itself prints it."""

from typing import NamedTuple

from plugins.newspaper.addresses import is_former_address
from plugins.newspaper.links import Link
from plugins.newspaper.page_heads import read_head, split_page
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.markup import links_in, markdown

_STATUSES = ("published", "hidden", "draft")
"""Pelican's own."""


class OtherPage(NamedTuple):
    """What the paper's rules must know of a page that is not news."""

    source: str
    title: str
    status: str
    """Pelican's own: published, hidden, draft."""
    address: str
    """Empty where its file does not say it."""
    line: int
    """Of the line that says it."""
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]


def read_page(text: str, source: str) -> OtherPage:
    """The head is the lines down to the first empty one, `Slug: about` among them."""
    head, body, above = split_page(text)
    values = read_head(head)
    title, slug = values.get("title", ""), values.get("slug", "")
    address = f"{slug}/" if is_former_address(f"{slug}/") else ""
    problems = []
    if not title:
        problems.append(Problem(source, 1, "page-title", "这一页没有标题；第一行写“Title: 关于我们”，冒号用半角"))
    if not address:
        message = f"短名“{slug}”只能用小写字母、数字和连字符" if slug else "这一页没有短名；在标题下一行写“Slug: about”"
        problems.append(Problem(source, _line_of(head, "slug"), "page-slug", message))
    status = values.get("status", "published")
    if status not in _STATUSES:
        message = f"没有“{status}”这种状态；只有 {'、'.join(_STATUSES)}"
        problems.append(Problem(source, _line_of(head, "status"), "page-status", message))
    # Blank lines in place of the head keep every line the file's own.
    links = tuple(links_in(markdown().parse("\n" * above + body)))
    return OtherPage(source, title, status, address, _line_of(head, "slug"), links, tuple(problems))


def _line_of(head: str, key: str) -> int:
    lines = [line.partition(":")[0].strip().lower() for line in head.splitlines()]
    return lines.index(key) + 1 if key in lines else 1
