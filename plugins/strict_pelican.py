"""Pelican as the paper runs it (PELICAN_CLASS): it opens cache and record, and fails with a plain message."""

import gc
import logging
import sys
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican

from plugins.faults import told_plainly
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.printing.record import Record
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.store import Store
from plugins.newspaper.workers import Workers
from plugins.templates import KeptTemplates


class PluginNotLoaded(Halt):
    """A plugin in PLUGINS did not load or register; Pelican alone would build the site without it."""


class StrictPelican(Pelican):
    """One build. The preview lends it CACHE and RECORD among the settings, and uses them again in the next."""

    def __init__(self, settings: dict[str, Any]) -> None:
        with told_plainly(Path(settings["THEME"])):
            super().__init__(settings)

    def init_plugins(self) -> None:
        logging.getLogger("pelican").addFilter(_PLAIN_HALT)
        asked = len(self.settings["PLUGINS"])
        super().init_plugins()
        if len(self.plugins) != asked:
            loaded = "、".join(self.settings["PLUGINS"])
            raise PluginNotLoaded(f"有插件没有装上，网页没有动；装上的只有：{loaded}")

    def run(self) -> None:
        folder = Path(self.settings["CACHE_PATH"])
        cache = self.settings["CACHE"] = self.settings.get("CACHE") or Cache(Store(folder / "store"))
        workers = self.settings["WORKERS"] = Workers()
        lent = "RECORD" in self.settings
        self.record = self.settings["RECORD"] if lent else Record(folder, Path(self.output_path), _say)
        jinja = self.settings["JINJA_ENVIRONMENT"]
        self.settings["JINJA_ENVIRONMENT"] = {**jinja, "bytecode_cache": KeptTemplates(cache.store, jinja)}
        console, pelican.console = pelican.console, _ClosingLine(pelican.console)
        gc.disable()  # a build is short, and makes few cycles
        try:
            with told_plainly(Path(self.theme)):
                super().run()
        except UnfitToPrint as unfit:
            print(*unfit.problems, sep="\n", file=sys.stderr, flush=True)
            raise
        finally:
            pelican.console = console
            workers.close()
            cache.save()
            self.record.close()
            gc.enable()
            if not lent:
                gc.freeze()  # Python need not look through what is left at exit


def _say(text: str) -> None:
    print(text, file=sys.stderr)


class _ClosingLine:
    """Pelican's console without its closing line, which counts the articles of a blog: 0."""

    def __init__(self, console: Any) -> None:
        self._console = console

    def print(self, *said: Any, **options: Any) -> None:
        if not str(said[:1]).startswith("('Done: Processed"):
            self._console.print(*said, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console, name)


class PlainHalt(logging.Filter):
    """Takes the traceback and the English class name off a Halt that Pelican logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, Halt):
            record.msg, record.args, record.exc_info = str(error), (), None
        return True


_PLAIN_HALT = PlainHalt()
