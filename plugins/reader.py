"""Reads the few pages that are not news: the paper's own Markdown, with `Key: value` lines on top."""

from typing import Any

from pelican import signals
from pelican.readers import BaseReader, MarkdownReader, Readers
from pelican.utils import pelican_open

from plugins.newspaper.addresses import PAGE_PICTURES
from plugins.newspaper.fingerprint import digest
from plugins.newspaper.site_links import with_site


class MarkdownPageReader(BaseReader):
    """Reads a page that is not news, in the same safe Markdown as the stories, so that it cannot break the site."""

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        with pelican_open(source_path) as text:
            header, _, body = text.replace("\r\n", "\n").partition("\n\n")
        # Other people's plugins ask each page for these two.
        given = {"category": self.settings["DEFAULT_CATEGORY"], "author": self.settings["MASTHEAD"]["publisher"]}
        metadata: dict[str, Any] = {name: self.process_metadata(name, value) for name, value in given.items()}
        for line in header.splitlines():
            key, _, value = line.partition(":")
            name = key.strip().lower()
            metadata[name] = self.process_metadata(name, value.strip())
        html = self.settings["CACHE"].kept(
            f"page/{digest(source_path.encode())}", digest(body.encode("utf-8")), lambda: _html(body)
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
