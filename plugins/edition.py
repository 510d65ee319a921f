"""Pelican's door to the paper: reads the issues, stops the press on problems, prints what is due."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.newspaper.checking import checked
from plugins.newspaper.fingerprint import digest, files_digest, fingerprint
from plugins.newspaper.flow import ledger_lines, plan, read_and_check
from plugins.newspaper.gathering.issues import Issues
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.making import cards, codes, photo_cards, pictures
from plugins.newspaper.making.cards import Fonts
from plugins.newspaper.making.files import Materials
from plugins.newspaper.making.search.postings import postings_of
from plugins.newspaper.model import Masthead
from plugins.newspaper.planning import site_pages
from plugins.newspaper.printing.press import Press
from plugins.newspaper.problems import UnfitToPrint
from plugins.stock import offer_articles, others_recipe, tell_of_page
from plugins.templates import Templates


class EditionGenerator(Generator):
    """Reads the issues, checks everything, then prints the groups that are due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = self.settings["WORKERS"]
        self.templates = Templates(self)
        self.press = self._press()
        self.workers.learn("print", self.press.print_group)
        self.begun = begin_reading(self.press.issues, self.workers)  # while Pelican reads the pages that are not news

    def generate_context(self) -> None:
        settings = self.settings
        masthead = Masthead(**settings["MASTHEAD"])
        if self.workers.at_work:
            self.templates.compile()
        today = datetime.now(ZoneInfo(settings["TIMEZONE"])).date()
        gathered = read_and_check(self.begun, masthead, today, settings["SITEURL"], published=settings["PUBLIC"])
        if gathered.problems:
            raise UnfitToPrint(gathered.problems)
        self.archive = gathered.archive.public() if settings["PUBLIC"] else gathered.archive
        self.stock = offer_articles(self.context, self.archive, settings)
        self.context["masthead"] = masthead
        self.context["ADDRESS"] = settings["SITEURL"]

    def generate_output(self, writer: Writer) -> None:
        record = writer.record
        settings = self.settings
        for name in ("SCRIPT", "SEARCH_SCRIPT"):
            script = settings[f"{name}_TEXT"].encode("utf-8")
            record.pelican_pages.write(settings[name], script, digest(script))
        settings["CACHE"].save()  # workers take from it what others have read
        self.press.print_groups(record, plan(self.archive, self.press.materials), self.workers)
        record.shown = self.archive.summary()
        if signals.content_written.receivers:
            context, printed = {**self.context, **self.templates.site}, record.printed_now()
            for page in site_pages(self.archive):
                tell_of_page(page, self.stock, context, record.output, printed)

    def _press(self) -> Press:
        settings = self.settings
        content, theme = Path(self.path), Path(self.theme)
        fonts = Fonts(theme / "static/nameplate.svg", theme / "fonts/card.otf")
        font_mark = fonts.mark if settings["SITEURL"] else ("", "")
        security = settings["SECURITY_TXT"]
        materials = Materials(
            content,
            settings["SITEURL"],
            fonts,
            font_mark,
            self.templates.render,
            settings["VISIBILITY"] if settings["PUBLIC"] else "",
            (security["contact"], security["expires"]),
        )
        made = (cards.RECIPE, codes.RECIPE, photo_cards.RECIPE, pictures.RECIPE, font_mark)
        recipe = fingerprint(self.templates.recipe, _code(), *made, others_recipe(settings))
        return Press(
            Issues(content, settings["CACHE"], checked, postings_of),
            materials,
            settings["CACHE"].store,
            recipe,
            Path(self.output_path),
        )


@cache
def _code() -> str:
    """Digest of the code that this process runs."""
    return files_digest([Path(__file__).parent], "*.py")


def offer_generator(pelican: Pelican) -> type[Generator]:
    return EditionGenerator


def stop_on_vanished_addresses(generators: list[Any]) -> None:
    """On a public build, hold the plan against the ledger, and say what the ledger will have once it is online."""
    edition = next((generator for generator in generators if isinstance(generator, EditionGenerator)), None)
    if edition and edition.settings["PUBLIC"]:
        settings = edition.settings
        titles = {page.url: page.title for page in edition.context["pages"] + edition.context["hidden_pages"]}
        online = settings.get("ONLINE", "")
        settings["PERMALINKS"] = ledger_lines(Path(edition.path), edition.archive, titles, online)


def register() -> None:
    signals.get_generators.connect(offer_generator)
    signals.all_generators_finalized.connect(stop_on_vanished_addresses)
