"""Hands that set an issue in Word; the files are written here, part by part, as Word writes them."""

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from tests.importing.text_hands import folio
from tests.importing.truth import File

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def paragraph(
    text: str, *, size: float = 16, style: str = "", centred: bool = False, bold: bool = False, indent: bool = False
) -> str:
    """A paragraph in XML."""
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks += '<w:ind w:firstLine="640"/>' if indent else ""
    looks += '<w:jc w:val="center"/>' if centred else ""
    run = f'{"<w:b/>" if bold else ""}<w:sz w:val="{int(size * 2)}"/>' if size else "<w:b/>" if bold else ""
    return (
        f"<w:p><w:pPr>{looks}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def picture() -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><a:graphic><a:graphicData uri="x"><pic:pic>'
        '<pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def document(body: str, header: str = "", *, before: str = "") -> bytes:
    """A whole .docx."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>'
        "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships">'
        f'<Relationship Id="rId1" Type="{RELATED}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId9" Type="{RELATED}/image" Target="media/1.png"/></Relationships>',
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        "word/document.xml": f"{before}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    }
    if header:
        parts["word/header1.xml"] = f"<w:hdr {NAMES}>{paragraph(header)}</w:hdr>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        package.writestr("word/media/1.png", PNG)
    return file.getvalue()


def _body(file: File, head: Callable[[str, str], str], *, below: bool) -> Iterator[str]:
    """An issue's paragraphs; `head` sets a line of a headline group, `below` puts bylines below headlines."""
    yield from (paragraph(line, indent=True) for line in file.ear)
    banner = ""
    for story in file.stories:
        if story.banner != banner:
            banner = story.banner
            yield head("banner", banner)
        yield from (head("kicker", story.kicker) for _ in range(bool(story.kicker)))
        yield from (head("headline", line) for line in story.headline)
        yield from (head("deck", story.deck) for _ in range(bool(story.deck)))
        if below and story.byline:
            yield paragraph(story.byline.replace(" ", "　"), centred=True)
        for part in story.parts:
            if part.kind == "caption":
                yield picture() + paragraph(f"图为{part.text}", size=12, centred=True)
            elif part.kind == "crosshead":
                yield paragraph(part.text, bold=True, indent=True)
            else:
                yield paragraph(part.text, indent=True)
        if not below and story.byline:
            yield paragraph(f"（{story.byline}）", indent=True)


def sized(file: File) -> bytes:
    """Looks alone: headlines of 22 points, kicker and deck smaller, all centred; bylines below headlines."""
    sizes = {"banner": 26, "kicker": 18, "headline": 22, "deck": 18}

    def head(part: str, text: str) -> str:
        return paragraph(text, size=sizes[part], centred=True)

    masthead = "".join(paragraph(line, size=14, centred=True) for line in folio(file, "two"))
    return document(masthead + "".join(_body(file, head, below=True)))


def styled(file: File) -> bytes:
    """Word's styles: 标题 1 for banners, 标题 2 for headlines; the masthead in the page's header."""

    def head(part: str, text: str) -> str:
        return paragraph(text, size=0, style="Heading1" if part == "banner" else "Heading2")

    lines = folio(file, "one")
    return document("".join(_body(file, head, below=False)), header="　".join(lines))


def bold(file: File) -> bytes:
    """All of one size; headlines are bold and centred."""

    def head(part: str, text: str) -> str:
        return paragraph(f"【{text}】" if part == "banner" else text, bold=True, centred=True)

    masthead = "".join(paragraph(line, centred=True) for line in folio(file, "wide"))
    return document(masthead + "".join(_body(file, head, below=False)))


HANDS: dict[str, Callable[[File], bytes]] = {"字号": sized, "样式": styled, "加粗": bold}
