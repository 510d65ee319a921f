"""Pelican's door to the paper: gathers the issues, stops the press on problems, prints the page plan through Pelican."""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.newspaper.addresses import relative_root
from plugins.newspaper.fingerprint import digest, files_digest, fingerprint
from plugins.newspaper.flow import keep_ledger, plan, read_and_check
from plugins.newspaper.making import cards, codes, pictures
from plugins.newspaper.making.cards import Fonts
from plugins.newspaper.making.derived import Derived
from plugins.newspaper.making.files import Workshop
from plugins.newspaper.model import Masthead
from plugins.newspaper.planning import site_pages
from plugins.newspaper.planning.groups import Page
from plugins.newspaper.printing.press import Press
from plugins.newspaper.problems import UnfitToPrint
from plugins.newspaper.workers import LEAST
from plugins.stock import offer_articles, tell_of_page

SITE_SETTINGS = ("SITENAME", "SITEURL", "COLOPHON", "STYLESHEET", "NAMEPLATE", "EARLY_SCRIPT", "SCRIPT")
"""What templates see of the settings."""


class EditionGenerator(Generator):  # type: ignore[misc] - Pelican has no types
    """Reads the issues, checks everything, then prints the groups that are due."""

    def generate_context(self) -> None:
        settings = self.settings
        today = datetime.now(ZoneInfo(settings["TIMEZONE"])).date()
        masthead = Masthead(**settings["MASTHEAD"])
        gathered = read_and_check(Path(self.path), settings["CACHE"], masthead, today)
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
        self.site = {name: settings.get(name) for name in SITE_SETTINGS} | {"ADDRESS": settings["SITEURL"]}
        script = settings["SCRIPT_TEXT"].encode("utf-8")
        record.pelican_pages.write(settings["SCRIPT"], script, digest(script))
        theme = Path(self.theme)
        fonts = Fonts(theme / "static/nameplate.svg", theme / "fonts/card.otf")
        font_mark = fonts.mark if settings["SITEURL"] else ("", "")
        workshop = Workshop(Path(self.path), settings["SITEURL"], fonts, font_mark, self._render)
        derived = Derived(Path(settings["CACHE_PATH"], "derived"))
        press = Press(self.archive, workshop, derived, self._recipe(workshop), self._render)
        press.print_groups(record, plan(self.archive, workshop), self._make_ready)
        record.shown = self.archive.told()
        if signals.content_written.receivers:
            for page in site_pages(self.archive):
                tell_of_page(page, self.stock, {**self.context, **self.site}, writer.output_path)

    def _recipe(self, workshop: Workshop) -> str:
        """Digest of what all pages come from."""
        settings = self.settings
        templates = files_digest([Path(folder) for folder in self._templates_path], "*")
        code = files_digest([Path(__file__).parent], "*.py")
        jinja = {name: value for name, value in settings["JINJA_ENVIRONMENT"].items() if name != "bytecode_cache"}
        names = [sorted(settings[name]) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")]
        made_with = (version("jinja2"), cards.RECIPE, codes.RECIPE, pictures.RECIPE, workshop.mark)
        return fingerprint(self.site, templates, code, settings["RELATIVE_URLS"], jinja, names, made_with)

    def _make_ready(self, due: int) -> None:
        """Before work is spread over the cores: what the workers need stands where they see it."""
        if due < LEAST:
            return
        folder = Path(self.theme, "templates")
        for path in folder.rglob("*.*"):
            template = self.env.get_template(path.relative_to(folder).as_posix())
            # Jinja copies the globals for each rendering, and a ChainMap copies ten times slower than a dict.
            template.globals = dict(template.globals)
        self.settings["CACHE"].save()

    def _render(self, page: Page) -> str:
        root = relative_root(page.file) if self.settings["RELATIVE_URLS"] else self.settings["SITEURL"]
        text: str = self.get_template(page.template).render({**self.site, "SITEURL": root, **page.context})
        return text


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
