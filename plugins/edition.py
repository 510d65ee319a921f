"""Pelican's door to the paper: gathers the issues, stops the press on problems, prints the page plan through Pelican."""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.newspaper.addresses import relative_root
from plugins.newspaper.checking import checked
from plugins.newspaper.fingerprint import digest, files_digest, fingerprint
from plugins.newspaper.flow import keep_ledger, plan, read_and_check
from plugins.newspaper.gathering.issues import Issues
from plugins.newspaper.making import cards, codes, pictures
from plugins.newspaper.making.cards import Fonts
from plugins.newspaper.making.files import Workshop
from plugins.newspaper.model import Masthead
from plugins.newspaper.planning import site_pages
from plugins.newspaper.planning.groups import Page
from plugins.newspaper.printing.press import Press
from plugins.newspaper.problems import UnfitToPrint
from plugins.stock import offer_articles, tell_of_page

SITE_SETTINGS = ("SITENAME", "SITEURL", "COLOPHON", "STYLESHEET", "NAMEPLATE", "EARLY_SCRIPT", "SCRIPT")
"""What templates see of the settings."""
EMBEDDED = ("NAMEPLATE", "EARLY_SCRIPT", "STYLESHEET")
"""Long ones, the same on every page: templates see a mark in their place, so that they are encoded once, not once a page."""


class EditionGenerator(Generator):
    """Reads the issues, checks everything, then prints the groups that are due."""

    def generate_context(self) -> None:
        settings = self.settings
        masthead = Masthead(**settings["MASTHEAD"])
        self.site = {name: settings.get(name) for name in SITE_SETTINGS} | {"ADDRESS": settings["SITEURL"]}
        self.press = self._press()
        texts = {name: self.site[name] for name in EMBEDDED if self.site[name]}
        marks = {name: Markup(f"[{fingerprint(name, text)}]") for name, text in texts.items()}
        self.site |= marks
        self.embedded = [(marks[name].encode("utf-8"), text.encode("utf-8")) for name, text in texts.items()]
        settings["WORKERS"].learn("print", self.press.print_group)
        today = datetime.now(ZoneInfo(settings["TIMEZONE"])).date()
        gathered = read_and_check(self.press.issues, masthead, today, settings["WORKERS"], self._compile_templates)
        if gathered.problems:
            raise UnfitToPrint(gathered.problems)
        self.archive = gathered.archive.public() if settings["PUBLIC"] else gathered.archive
        self.stock = offer_articles(self.context, self.archive, settings)
        self.context["masthead"] = masthead
        self.context["ADDRESS"] = settings["SITEURL"]
        if self.archive.entries:
            newest = self.archive.contents(self.archive.newest)
            self.context["masthead"] = self.archive.masthead_of(newest)
            self.context["folio"] = newest.folio

    def generate_output(self, writer: Writer) -> None:
        record = writer.record
        settings = self.settings
        script = settings["SCRIPT_TEXT"].encode("utf-8")
        record.pelican_pages.write(settings["SCRIPT"], script, digest(script))
        settings["CACHE"].save()  # workers take from it what others have read
        self.press.print_groups(record, plan(self.archive, self.press.workshop), settings["WORKERS"])
        record.shown = self.archive.summary()
        if signals.content_written.receivers:
            for page in site_pages(self.archive):
                tell_of_page(page, self.stock, {**self.context, **self.site}, writer.output_path)

    def _press(self) -> Press:
        settings = self.settings
        content, theme = Path(self.path), Path(self.theme)
        fonts = Fonts(theme / "static/nameplate.svg", theme / "fonts/card.otf")
        font_mark = fonts.mark if settings["SITEURL"] else ("", "")
        workshop = Workshop(content, settings["SITEURL"], fonts, font_mark, self._render)
        cache = settings["CACHE"]
        return Press(
            Issues(content, cache, checked),
            workshop,
            cache.store,
            self._recipe(workshop),
            Path(self.output_path),
        )

    def _recipe(self, workshop: Workshop) -> str:
        """Digest of what all pages come from."""
        settings = self.settings
        templates = files_digest([Path(folder) for folder in self._templates_path], "*")
        code = files_digest([Path(__file__).parent], "*.py")
        jinja = {name: value for name, value in settings["JINJA_ENVIRONMENT"].items() if name != "bytecode_cache"}
        names = [sorted(settings[name]) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")]
        made_with = (version("jinja2"), cards.RECIPE, codes.RECIPE, pictures.RECIPE, workshop.mark)
        return fingerprint(self.site, templates, code, settings["RELATIVE_URLS"], jinja, names, made_with)

    def _compile_templates(self) -> None:
        """For the workers, which find the compiled templates in the store."""
        folder = Path(self.theme, "templates")
        for path in folder.rglob("*.*"):
            self.env.get_template(path.relative_to(folder).as_posix())

    def _render(self, page: Page) -> bytes:
        root = relative_root(page.file) if self.settings["RELATIVE_URLS"] else self.settings["SITEURL"]
        template = self.get_template(page.template)
        if not isinstance(template.globals, dict):
            # Jinja copies the globals for each rendering, and a ChainMap copies ten times slower than a dict.
            template.globals = dict(template.globals)
        text: str = template.render({**self.site, "SITEURL": root, **page.context})
        content = text.encode("utf-8")
        for mark, embedded in self.embedded:
            content = content.replace(mark, embedded)
        return content


def offer_generator(pelican: Pelican) -> type[Generator]:
    return EditionGenerator


def stop_on_vanished_addresses(generators: list[Any]) -> None:
    """On a public build, hold the plan against the ledger."""
    edition = next((generator for generator in generators if isinstance(generator, EditionGenerator)), None)
    if edition and edition.settings["PUBLIC"]:
        pages = edition.context["pages"] + edition.context["hidden_pages"]
        titles = {page.url: page.title for page in pages}
        enter = edition.settings["ENTER_PERMALINKS"]
        entered = keep_ledger(Path(edition.path), edition.archive, titles, enter=enter)
        if enter:
            print(*entered, f"台账记入 {len(entered)} 个新地址", sep="\n")


def register() -> None:
    signals.get_generators.connect(offer_generator)
    signals.all_generators_finalized.connect(stop_on_vanished_addresses)
