"""The paper's Markdown (MarkdownIt with a few rules of ours), and HTML and values from its tokens."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from plugins.newspaper.addresses import attachment_folder
from plugins.newspaper.links import Link, target_of
from plugins.newspaper.model import Picture
from plugins.newspaper.reading.blocks import paper_blocks
from plugins.newspaper.reading.inlines import paper_inlines
from plugins.newspaper.reading.plain import plain_paragraphs
from plugins.newspaper.reading.tables import table_open
from plugins.newspaper.site_links import img, link

_CREDIT = re.compile(r"(?P<caption>.*?)\s*[（(](?P<credit>[^（()）]*(?:摄|供图|制图|图))[）)]\s*")
_NUMBER = re.compile(
    r"[0-9][0-9]*+(?:年[0-9]{1,2}月[0-9]{1,2}日|月[0-9]{1,2}日|(?:[.,:～~-][0-9]++)*+(?:%|‰|℃|(?:余|多)?(?:[万亿]|[十百千]万)?"
    r"(?:平方公里|平方米|立方米|公里|千米|厘米|毫米|[年月日时点分秒个名人户元亩米吨家项条次期届岁天批处所座套])))"
)
"""A number with the unit right behind it: 12.5万平方米, 100%. `re` is fast if a set comes first, and slow with `+`; what
matched is not given back, because a long row of digits would be tried in all its parts."""


@cache
def markdown() -> MarkdownIt:
    """The paper's Markdown: CommonMark's marks where a newspaper has a use for them, in lines of its own."""
    md = long_way()
    md.use(plain_paragraphs)
    md.add_render_rule("text", lambda _, tokens, index, *__: _text(tokens[index].content))
    md.add_render_rule("image", _inline_picture)
    md.add_render_rule("link_open", _link_open)
    md.add_render_rule("heading_open", _crosshead)
    md.add_render_rule("heading_close", _crosshead)
    md.add_render_rule("table_open", table_open)
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return md


def long_way() -> MarkdownIt:
    """The same without the short ways of plain.py: what these are held against."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table").use(paper_blocks).use(paper_inlines)
    # What no reader may be sent to is told, and leads nowhere: links.py. As text it would only look odd.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    return md


def render(tokens: Sequence[Token], folder: str) -> str:
    """HTML of tokens; a picture alone in its paragraph is a figure. `folder` is that of pictures, images/0255."""
    md = markdown()
    env: dict[str, Any] = {"folder": folder}
    html: list[str] = []
    start = 0
    for position, token in enumerate(tokens):
        if token.type != "inline" or token.level != 1 or tokens[position - 1].type != "paragraph_open":
            continue
        plain = "" if tokens[position - 1].attrs else _plain_paragraph(token)
        if piece := plain or "".join(_figure(picture, folder) for picture in figures_of(token)):
            html += [md.renderer.render(tokens[start : position - 1], md.options, env), piece]
            start = position + 2
    html.append(md.renderer.render(tokens[start:], md.options, env))
    return "".join(html)


def _plain_paragraph(inline: Token) -> str:
    """A paragraph without mark-up, as the renderer would give it, but faster; empty if there is mark-up."""
    children = inline.children or ()
    if len(children) != 1 or children[0].type != "text":
        return ""
    return f"<p>{_text(children[0].content)}</p>\n"


def _text(content: str) -> str:
    """Text as HTML, each number in one piece with its unit (CLREQ, 行首行尾禁则: 数字与单位不拆开)."""
    return _NUMBER.sub(r'<span class="number">\g<0></span>', escapeHtml(content))


def figures_of(inline: Token) -> list[Picture]:
    """The pictures of a line that has nothing else; none if there is other text."""
    if "![" not in inline.content:
        return []
    children = [child for child in inline.children or () if child.content.strip() or child.type != "text"]
    if any(child.type != "image" for child in children):
        return []
    return [picture_of(child, inline.map[0] + 1 if inline.map else 1) for child in children]


def picture_of(image: Token, line: int) -> Picture:
    """File, alt, caption and credit of an image; the title's closing （张三 摄） is its credit."""
    title = str(image.attrs.get("title", "")) or image.content
    match = _CREDIT.fullmatch(title)
    caption, credit = (match["caption"], match["credit"]) if match else (title, "")
    file = unquote(str(image.attrs["src"]))
    return Picture(file, image.content, caption or image.content, credit, line)


def links_in(tokens: Sequence[Token]) -> Iterator[Link]:
    """Every link of a text, but for those that no rule has anything to say of."""
    for inline in tokens:
        if inline.children and len(inline.children) > 1:
            for child, following in pairwise(inline.children):
                if child.type == "link_open":
                    target = target_of(str(child.attrs.get("href", "")))
                    unseen = following.type == "link_close" and target.kind != "file"
                    line = inline.map[0] + 1 if inline.map else 1
                    yield Link("unseen" if unseen else target.kind, target.address, line)


def plain_text(inline: Token) -> str:
    """The words of a paragraph or headline without mark-up; pictures left out."""
    words = []
    for child in inline.children or ():
        if child.type == "text":
            words.append(child.content)
    return "".join(words).strip()


def _figure(picture: Picture, folder: str) -> str:
    caption = escapeHtml(picture.caption)
    if picture.credit:
        caption += f'<span class="credit">（{escapeHtml(picture.credit)}）</span>'
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    if not picture.file:
        return f'<figure class="picture picture--lost"><p>（图片已散失）</p>{caption}</figure>\n'
    return f'<figure class="picture">{_img(picture, folder)}{caption}</figure>\n'


def _img(picture: Picture, folder: str) -> str:
    return img(f"{folder}/{quote(picture.file)}", escapeHtml(picture.alt))


def _inline_picture(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    picture = picture_of(tokens[index], 0)
    return _img(picture, env["folder"]) if picture.file else f"（图片已散失：{escapeHtml(picture.caption)}）"


def _crosshead(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """A crosshead (小标题, #### in the file) stands right below the page's h1: h2, so that no level is skipped."""
    level = int(tokens[index].tag[1])
    level -= 2 if level > 3 else 0
    return f"<h{level}>" if tokens[index].nesting == 1 else f"</h{level}>\n"


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    href = str(tokens[index].attrs.get("href", ""))
    return link(target_of(href), attachment_folder(env["folder"]))
