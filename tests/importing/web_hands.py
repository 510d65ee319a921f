"""Hands that set a story as an article of a WeChat account, as a browser saves it."""

import base64
from collections.abc import Callable
from html import escape

from tests.importing.truth import File
from tests.importing.word_hands import PNG

PICTURE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def article(file: File) -> str:
    """The first story: everything in sections and spans, pictures within the page, what nobody sees between."""
    story = file.stories[0]
    file.stories[1:] = []
    file.ear, story.banner, story.kicker, story.deck = [], "", "", ""
    story.headline = [" ".join(story.headline)]
    body = []
    for part in story.parts:
        text = escape(part.text)
        if part.kind == "caption":
            body.append(
                f'<section><img class="rich_pages" data-src="https://mmbiz.qpic.cn/a/640" src="{PICTURE}"></section>'
            )
            body.append(f'<p style="text-align:center;font-size:14px;color:#888">{text}</p>')
        elif part.kind == "crosshead":
            body.append(
                '<section style="background-color:#b00"><p style="text-align:center">'
                f"<strong>{text}</strong></p></section>"
            )
        else:
            half = len(text) // 2
            body.append(
                f'<p style="text-indent:2em"><span style="font-size:17px">{text[:half]}</span>'
                f'<span leaf="">{text[half:]}</span></p>'
            )
            body.append("<p><br></p>")
    if story.byline:
        body.append(f"<p>（{story.byline}）</p>")
    return (
        '<!DOCTYPE html><html><head><title></title></head><body><div id="page-content">'
        f'<h1 class="rich_media_title" id="activity-name">\n  {escape(story.headline[0])}</h1>'
        '<a id="js_name">今日伊滨</a><div id="js_content" style="visibility: hidden; opacity: 0;">'
        f"{''.join(body)}<section style='display:none'>看不见的</section><mp-common-profile></mp-common-profile>"
        "<p>编辑：董浩&nbsp; 责编：白璐</p></div></div><script>var ct='1685345000';</script></body></html>"
    )


HANDS: dict[str, Callable[[File], str]] = {"文章": article}
