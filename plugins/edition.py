"""The digital edition: gathers the issues, stops the press on problems, prints the page plan through Pelican.

Pelican's own class runs, with two wishes of ours: a plugin that does not load stops the build, and every file is written
whole or not at all, by a writer that leaves unchanged files alone.
"""

import gc
import io
import logging
import marshal
import os
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2.bccache import BytecodeCache, bc_magic
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.newspaper import cards, codes, pictures
from plugins.newspaper.archive import gather
from plugins.newspaper.cards import Faces
from plugins.newspaper.derived import Derived
from plugins.newspaper.files import Workshop, issue_files
from plugins.newspaper.fingerprint import ContextPrints, digest, files_digest, fingerprint
from plugins.newspaper.library import Shelved, read_library, read_text
from plugins.newspaper.model import Masthead
from plugins.newspaper.pages import site_addresses, site_pages, site_volumes
from plugins.newspaper.permalinks import check_ledger, headline_at, with_new_lines
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.record import Record, write_whole
from plugins.newspaper.shelf import Shelf
from plugins.newspaper.workers import LEAST, in_parallel
from plugins.stock import offer_articles

SITE_SETTINGS = ("SITENAME", "SITEURL", "COLOPHON", "STYLESHEET", "NAMEPLATE", "EARLY_SCRIPT", "SCRIPT")
"""What templates see of the settings."""


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
        lent = self.settings.get("SHELF")
        shelf = lent or Shelf(Path(self.settings["CACHE_PATH"], "readings.sqlite3"))
        jinja = self.settings["JINJA_ENVIRONMENT"]
        self.settings["SHELF"] = shelf
        self.settings["JINJA_ENVIRONMENT"] = {**jinja, "bytecode_cache": ShelvedTemplates(shelf, jinja)}
        gc.disable()  # a build is short, and makes many values but no cycles to speak of
        try:
            super().run()
        except UnfitToPrint as unfit:
            print(*unfit.problems, sep="\n", file=sys.stderr, flush=True)
            raise
        finally:
            shelf.save()
            if not lent:
                shelf.close()
            if self.record:
                self.record.close()
            gc.enable()
            gc.freeze()  # what is left goes with the process: Python need not look through it at exit


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
        name = Path(os.path.relpath(filename, self.record.output)).as_posix()
        return _WholeFile(self.record.standing, name, encoding)


class _WholeFile(io.StringIO):
    """Text that reaches its file at once, when closed."""

    def __init__(self, printing, name, encoding):
        super().__init__(newline="")
        self._printing, self._name, self._encoding = printing, name, encoding

    def __exit__(self, kind, error, trace):
        if kind is None:
            content = self.getvalue().encode(self._encoding)
            self._printing.announce([self._name])
            self._printing.write(self._name, content, digest(content))
        super().__exit__(kind, error, trace)


class ShelvedTemplates(BytecodeCache):
    """Compiled templates, kept on the shelf between builds."""

    def __init__(self, shelf, environment):
        self._shelf = shelf
        self._common = fingerprint(bc_magic, version("jinja2"), environment)

    def load_bytecode(self, bucket):
        code = self._shelf.take(f"template {bucket.key}", self._common + bucket.checksum)
        if code is not None:
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket):
        self._shelf.put(f"template {bucket.key}", self._common + bucket.checksum, marshal.dumps(bucket.code))


class EditionGenerator(Generator):
    """Reads the issues, checks everything, then prints the pages whose fingerprint or file changed."""

    def generate_context(self):
        settings = self.settings
        content = Path(self.path)
        shelf = settings["SHELF"]
        library = read_library(content, shelf)
        if library.problems:
            raise UnfitToPrint(library.problems)
        today = datetime.now(ZoneInfo(settings["TIMEZONE"])).date()
        masthead = Masthead(**settings["MASTHEAD"])
        self.archive = gather(library, Shelved(content, shelf), masthead, today, public=settings["PUBLIC"])
        self.stock = offer_articles(self.context, self.archive, settings)
        self.context["masthead"] = masthead
        self.context["ADDRESS"] = settings["SITEURL"]
        if self.archive.entries:
            newest = self.archive.contents(self.archive.newest)
            self.context["masthead"] = self.archive.masthead_of(newest)
            self.context["folio"] = newest.folio

    def check_ledger(self, standing):
        """Stop before anything is written if a published address would vanish; enter new ones if told to."""
        path = Path(self.path, "permalinks.tsv")
        name = f"{Path(self.path).name}/{path.name}"
        unread = []
        text = (read_text(path, name, unread) if path.exists() else "") or ""
        if unread:
            raise UnfitToPrint(unread)
        published = site_addresses(self.archive) | dict.fromkeys(standing, "content/pages")
        if self.settings["ENTER_PERMALINKS"]:
            text, new = with_new_lines(text, published, lambda url: standing.get(url) or headline_at(self.archive, url))
            write_whole(path, text.encode("utf-8"))
            print(*new, f"台账记入 {len(new)} 个新地址", sep="\n")
        if problems := list(check_ledger(text, published, self.archive, name)):
            raise UnfitToPrint(problems)

    def generate_output(self, writer):
        record = writer.record
        site = {name: self.settings.get(name) for name in SITE_SETTINGS}
        site["ADDRESS"] = site["SITEURL"]
        script = self.settings["SCRIPT_TEXT"].encode("utf-8")
        record.standing.announce([site["SCRIPT"]])
        record.standing.write(site["SCRIPT"], script, digest(script))
        templates = files_digest([Path(folder) for folder in self._templates_path], "*")
        code = files_digest([Path(__file__).parent], "*.py")
        theme = Path(self.theme)
        faces = Faces(theme / "static/nameplate.svg", theme / "fonts/card.otf")
        self.shop = Workshop(Path(self.path), site["SITEURL"], faces, faces.mark if site["SITEURL"] else ("", ""))
        jinja = {name: value for name, value in self.settings["JINJA_ENVIRONMENT"].items() if name != "bytecode_cache"}
        names = [sorted(self.settings[name]) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")]
        made_with = (version("jinja2"), cards.EDITION, codes.EDITION, pictures.EDITION, self.shop.mark)
        relative = self.settings["RELATIVE_URLS"]
        self.edition = fingerprint(site, templates, code, relative, jinja, names, made_with)
        self.derived = Derived(Path(self.settings["CACHE_PATH"], "derived"))
        due = record.due(site_volumes(self.archive, self.edition))
        if len(due) >= LEAST:
            self._load_templates()
            self.settings["SHELF"].save()  # where workers can see it
        printings = in_parallel(lambda sheet: self._print(record, sheet, site), due)
        for sheet, (rows, rendered, written) in zip(due, printings, strict=True):
            record.enter(sheet.name, sheet.mark, rows)
            record.rendered += rendered
            record.written += written
        if signals.content_written.receivers:
            for page in site_pages(self.archive):
                self._tell(writer, page, site)

    def _load_templates(self):
        """Load every template of the theme here, so that no worker has to."""
        folder = Path(self.theme, "templates")
        for path in folder.rglob("*.*"):
            template = self.env.get_template(path.relative_to(folder).as_posix())
            # Jinja copies the globals for each rendering, and a ChainMap copies ten times slower than a dict.
            template.globals = dict(template.globals)

    def _print(self, record, sheet, site):
        """Print what is due of a sheet; returns its rows, how many pages were rendered and how many files written."""
        printing = record.printing(sheet.name)
        prints = ContextPrints(self.edition)
        due = []
        for page in sheet.pages():
            mark = prints.of(page.template, page.context)
            if not printing.is_current(page.file, mark):
                due.append((page, mark))
        files = [(name, wish) for name, wish in self._files(sheet) if not printing.is_current(name, wish.name)]
        printing.announce([*(page.file for page, _ in due), *(name for name, _ in files)])
        for page, mark in due:
            address = _relative_root(page.file) if self.settings["RELATIVE_URLS"] else site["SITEURL"]
            text = self.get_template(page.template).render({**site, "SITEURL": address, **page.context})
            printing.write(page.file, text.encode("utf-8"), mark)
        for name, wish in files:
            printing.write(name, self.derived.get(wish), wish.name)
            if name in printing.known:
                self.derived.drop(printing.known[name][0])
        return printing.rows, len(due), printing.written

    def _files(self, sheet):
        files = self.archive.files_of(sheet.entry) if sheet.entry else ()
        if not sheet.entry or not (self.shop.address or files):
            return ()
        return issue_files(self.archive.issue(sheet.entry), files, self.shop)

    def _tell(self, writer, page, site):
        """Say to other plugins, in Pelican's words, that a page stands; whether it was printed now or before."""
        if not page.file.endswith("index.html") or page.template == "redirect":
            return
        context = {**self.context, **site, **page.context}
        if article := page.context.get("article"):
            context["article"] = self.stock.of(article)
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
    key = digest(str(output.resolve()).encode())[:16]
    record = Record(
        Path(settings["CACHE_PATH"], f"record-{key}.sqlite3"), output, lambda text: print(text, file=sys.stderr)
    )
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
    """Last of all: files that no page owns go, the record is saved, and the technician hears what was done."""
    removed = pelican.record.finish()
    told = f"，删去 {removed} 个" if removed else ""
    print(f"印出 {pelican.record.rendered} 页，写了 {pelican.record.written} 个文件{told}。", flush=True)


def register():
    signals.get_generators.connect(offer_generator)
    signals.all_generators_finalized.connect(stop_on_vanished_addresses)
    signals.get_writer.connect(offer_writer)
    signals.finalized.connect(finish_record)
