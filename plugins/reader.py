"""Reads the few pages that are not news: the paper's own Markdown, with `Key: value` lines on top."""

from pathlib import Path
from typing import Any

from pelican import signals
from pelican.readers import BaseReader, MarkdownReader, Readers

from plugins.newspaper.addresses import PAGE_PICTURES
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.page_heads import read_head, split_page
from plugins.newspaper.site_links import with_site

KEYS = ("title", "slug", "status", "template", "summary", "save_as", "url", "lang")
"""What the head of a page may say."""


class MarkdownPageReader(BaseReader):
    """Reads a page that is not news, in the same safe Markdown as the stories, so that it cannot break the site."""

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        head, body, _ = split_page(Path(source_path).read_bytes().decode("utf-8", "replace"))
        # Other people's plugins ask each page for these two.
        given = {"category": self.settings["DEFAULT_CATEGORY"], "author": self.settings["MASTHEAD"]["publisher"]}
        # Pelican reads every page, also one that is not fit to print: the paper's rules tell that, all at once.
        missing = {"title": "（没有标题）", "slug": digest(source_path.encode("utf-8", "replace"))}
        values = given | missing | {key: value for key, value in read_head(head).items() if value and key in KEYS}
        metadata: dict[str, Any] = {key: self.process_metadata(key, value) for key, value in values.items()}
        html = self.settings["CACHE"].kept(
            f"page/{digest(source_path.encode('utf-8', 'replace'))}", digest(body.encode("utf-8")), lambda: _html(body)
        )
        return with_site(html, self.settings["SITEURL"]), metadata


def _html(body: str) -> str:
    from plugins.newspaper.reading.markup import (
        markdown,
        render,
    )  # slow to import, and an unchanged page needs no parser

    return render(markdown().parse(body), PAGE_PICTURES)


def offer_reader(readers: Readers) -> None:
    for extension in MarkdownPageReader.file_extensions:
        readers.reader_classes[extension] = MarkdownPageReader


def register() -> None:
    # Otherwise Pelican warns of every .md file, because the library of its own reader is not installed.
    MarkdownReader.file_extensions = []
    signals.readers_init.connect(offer_reader)
