"""The digital edition: gathers the issues, stops the press on problems, prints the page plan through Pelican.

Pelican's own class runs, with two wishes of ours: a plugin that does not load stops the build, and every file is written
whole or not at all, by a writer that leaves unchanged files alone.
"""

import io
import logging
import os
import sys
from datetime import datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.newspaper.archive import gather
from plugins.newspaper.fingerprint import files_digest, fingerprint
from plugins.newspaper.library import read_library, read_text
from plugins.newspaper.model import Masthead
from plugins.newspaper.pages import site_pages
from plugins.newspaper.permalinks import check_ledger, entries, with_new_entries
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.record import Record, write_whole
from plugins.stock import offer_articles

SITE_SETTINGS = ("SITENAME", "SITEURL", "COLOPHON", "STYLESHEET")
"""What templates see of the settings."""

OUR_FOLDERS = ("issues", "topics", "archive", "latest", "images")
OUR_MARK = "伊滨新闻数字版"
"""In the generator mark of each page: tells our output from somebody else's folder."""


class PluginNotLoaded(Halt):
    """A plugin in PLUGINS did not load or register; Pelican alone would build the site without it."""


class Edition(Pelican):
    """Pelican, strict about its plugins (PELICAN_CLASS in pelicanconf.py)."""

    def init_plugins(self):
        logging.getLogger("pelican").addFilter(_PLAIN_HALT)
        asked = len(self.settings["PLUGINS"])
        super().init_plugins()
        if len(self.plugins) != asked:
            loaded = "、".join(self.settings["PLUGINS"])
            raise PluginNotLoaded(f"有插件没有装上，网页没有动；装上的只有：{loaded}")

    def run(self):
        self.record = None
        try:
            super().run()
        except UnfitToPrint as unfit:
            print(*unfit.problems, sep="\n", file=sys.stderr, flush=True)
            raise
        finally:
            if self.record:
                self.record.close()


class PlainHalt(logging.Filter):
    """Takes the traceback and the English class name off a Halt that Pelican logs."""

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, Halt):
            record.msg, record.args, record.exc_info = str(error), (), None
        return True


_PLAIN_HALT = PlainHalt()


class EditionWriter(Writer):
    """Pelican's writer over the build record: whole files, and only those whose bytes changed."""

    record = None

    def _open_w(self, filename, encoding, override=False):
        return _WholeFile(self.record, Path(filename), encoding)


class _WholeFile(io.StringIO):
    """Text that reaches its file at once, when closed."""

    def __init__(self, record, path, encoding):
        super().__init__(newline="")
        self._record, self._path, self._encoding = record, path, encoding

    def __exit__(self, kind, error, trace):
        if kind is None:
            content = self.getvalue().encode(self._encoding)
            name = Path(os.path.relpath(self._path, self._record.output)).as_posix()
            self._record.announce([name])
            self._record.write(name, content, blake2b(content, digest_size=16).hexdigest())
        super().__exit__(kind, error, trace)


class EditionGenerator(Generator):
    """Reads the issues, checks everything, then prints the pages whose fingerprint or file changed."""

    def generate_context(self):
        settings = self.settings
        content = Path(self.path)
        library = read_library(content, Path(settings["CACHE_PATH"], "readings.sqlite3"))
        if library.problems:
            raise UnfitToPrint(library.problems)
        today = datetime.now(ZoneInfo(settings["TIMEZONE"])).date()
        public = settings["PUBLIC"]
        self.archive = gather(library.issues, library.topics, Masthead(**settings["MASTHEAD"]), today, public=public)
        self.stock = offer_articles(self.context, self.archive, settings)
        self.context["masthead"] = self.archive.masthead
        if self.archive.issues:
            self.context["masthead"] = self.archive.masthead_of(self.archive.newest)
            self.context["folio"] = self.archive.newest.folio

    def check_ledger(self, standing):
        """Stop before anything is written if a published address would vanish; enter new ones if told to."""
        path = Path(self.path, "permalinks.tsv")
        name = f"{Path(self.path).name}/{path.name}"
        unread = []
        text = (read_text(path, name, unread) if path.exists() else "") or ""
        if unread:
            raise UnfitToPrint(unread)
        published = list(entries(self.archive, site_pages(self.archive), standing))
        if self.settings["ENTER_PERMALINKS"]:
            text, new = with_new_entries(text, published)
            write_whole(path, text.encode("utf-8"))
            print(*new, f"台账记入 {len(new)} 个新地址", sep="\n")
        if problems := list(check_ledger(text, published, self.archive, name)):
            raise UnfitToPrint(problems)

    def generate_output(self, writer):
        site = {name: self.settings.get(name) for name in SITE_SETTINGS}
        templates = files_digest([Path(folder) for folder in self._templates_path], "*")
        code = files_digest([Path(__file__).parent], "*.py")
        edition = fingerprint(site, templates, code, self.settings["RELATIVE_URLS"], version("jinja2"))
        record = writer.record
        due = []
        for page in site_pages(self.archive):
            mark = fingerprint(edition, page.template, page.context)
            if not record.is_current(page.file, mark):
                due.append((page, mark))
            elif signals.content_written.receivers:
                self._tell(writer, page, site)
        pictures = {
            f"images/{issue.folio.total_issue:04}/{picture.file}"
            for issue in self.archive.issues
            for article in issue.articles
            for picture in article.pictures
            if picture.file
        }
        record.announce([*(page.file for page, _ in due), *pictures])
        for page, mark in due:
            address = _relative_root(page.file) if self.settings["RELATIVE_URLS"] else site["SITEURL"]
            text = self.get_template(page.template).render(site | {"SITEURL": address} | dict(page.context))
            record.write(page.file, text.encode("utf-8"), mark)
            if signals.content_written.receivers:
                self._tell(writer, page, site)
        for name in pictures:
            source = Path(self.path, name)
            stat = source.stat()
            mark = fingerprint("picture", stat.st_size, stat.st_mtime_ns)
            if not record.is_current(name, mark):
                record.write(name, source.read_bytes(), mark)

    def _tell(self, writer, page, site):
        """Say to other plugins, in Pelican's words, that a page stands; whether it was printed now or before."""
        if not page.file.endswith("index.html") or page.template == "redirect":
            return
        context = {**self.context, **site, **page.context}
        if article := page.context.get("article"):
            context["article"] = self.stock.of(article, self.archive.issue_of(article).source)
        signals.content_written.send(os.path.join(writer.output_path, page.file), context=context)


def _relative_root(file):
    return "/".join([".."] * file.count("/")) or "."


def offer_generator(pelican):
    return EditionGenerator


def offer_writer(pelican):
    """Lock the output and open its record; problems have been found by now, so nothing is held for a build that fails."""
    settings = pelican.settings
    output = Path(pelican.output_path)
    output.mkdir(parents=True, exist_ok=True)
    key = blake2b(str(output.resolve()).encode(), digest_size=8).hexdigest()
    record = Record(
        Path(settings["CACHE_PATH"], f"record-{key}.sqlite3"), output, lambda text: print(text, file=sys.stderr)
    )
    front_page = output / "index.html"
    if record.is_new and front_page.is_file() and OUR_MARK.encode() in front_page.read_bytes():
        record.adopt(OUR_FOLDERS)
    pelican.record = record

    # Pelican makes the writer itself, from a class.
    return type("RecordingWriter", (EditionWriter,), {"record": record})


def stop_on_vanished_addresses(generators):
    """On a public build, hold the plan against the ledger."""
    edition = next((generator for generator in generators if isinstance(generator, EditionGenerator)), None)
    if edition and edition.settings["PUBLIC"]:
        pages = edition.context["pages"] + edition.context["hidden_pages"]
        edition.check_ledger({page.url: page.title for page in pages})


def finish_record(pelican):
    """Last of all: files that no page owns go, and the record is saved."""
    pelican.record.finish()


def register():
    signals.get_generators.connect(offer_generator)
    signals.all_generators_finalized.connect(stop_on_vanished_addresses)
    signals.get_writer.connect(offer_writer)
    signals.finalized.connect(finish_record)
