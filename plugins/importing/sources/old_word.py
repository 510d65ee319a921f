"""The old form of Word and of WPS (.doc, .wps), read by legacy-doc: text and tables, no pictures, no looks."""

from pathlib import Path

from plugins.importing.neutral import Source, Unreadable
from plugins.importing.sources.text import paragraphs_of

REMARK = "旧格式（.doc、.wps）只能取出文字和表格，图片、字号没有了；用 Word 或 WPS 另存为 .docx 再导入，认得更准"
TRACKED = "旧格式里删去的修订可能还在文字里；若用过修订，请接受所有修订后另存，再导入"


def read_old_word(raw: bytes, _path: Path) -> Source:
    """The paragraphs of an old Word file."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise Unreadable("文件加了密码；请在 Word 里去掉密码，另存后再导入")
    if "WordDocument".encode("utf-16-le") not in raw:
        raise Unreadable("这不是 Word 文件（可能是 Excel 或幻灯片的旧格式）；请把文字复制到 Word 里存成 .docx，再导入")
    from legacy_doc import LegacyDocError, extract_text

    try:
        text = extract_text(raw).text
    except LegacyDocError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise Unreadable("文件加了密码；请在 Word 里去掉密码，另存后再导入") from None
        raise Unreadable("这个旧格式的文件读不出来；请用 Word 或 WPS 打开，另存为 .docx，再导入") from None
    except Exception:  # whatever the library meets in a damaged file
        raise Unreadable("这个旧格式的文件坏了，读不出来；请用 Word 或 WPS 打开，另存为 .docx，再导入") from None
    paragraphs = tuple(each._replace(place=each.place.replace("行", "段")) for each in paragraphs_of(text))
    return Source("旧版 Word", paragraphs, (REMARK, TRACKED))
