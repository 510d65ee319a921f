"""Pelican, as the paper runs it (PELICAN_CLASS): a plugin that does not load stops the build, a Halt is told plainly, and
every file is written whole or not at all, by a writer that leaves unchanged files alone.
"""

import gc
import io
import logging
import os
import sys
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican, signals
from pelican.writers import Writer

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.printing.record import Printing, Record
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.store import Store
from plugins.newspaper.workers import Workers
from plugins.templates import KeptTemplates


class PluginNotLoaded(Halt):
    """A plugin in PLUGINS did not load or register; Pelican alone would build the site without it."""


class StrictPelican(Pelican):  # type: ignore[misc] - Pelican has no types
    """One build; CACHE and RECORD among the settings may be lent by the preview, and then outlive it."""

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
        self.record = self.settings.get("RECORD") or Record(folder, Path(self.output_path), _say)
        jinja = self.settings["JINJA_ENVIRONMENT"]
        self.settings["JINJA_ENVIRONMENT"] = {**jinja, "bytecode_cache": KeptTemplates(cache.store, jinja)}
        console, pelican.console = pelican.console, _ClosingLine(pelican.console)
        gc.disable()  # a build is short, and makes many values but no cycles to speak of
        try:
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
            gc.freeze()  # what is left goes with the process: Python need not look through it at exit


def _say(text: str) -> None:
    print(text, file=sys.stderr)


class _ClosingLine:
    """Pelican's console without its closing line, which counts a blog's articles, and of these the paper has none."""

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


class RecordingWriter(Writer):  # type: ignore[misc] - Pelican has no types
    """Pelican's writer over the record: whole files, and only those whose bytes changed."""

    record: Record

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> "_WholeFile":
        name = Path(os.path.relpath(filename, self.record.output)).as_posix()
        return _WholeFile(self.record.pelican_pages, name, encoding)


class _WholeFile(io.StringIO):
    """Text that reaches its file at once, when closed."""

    def __init__(self, printing: Printing, name: str, encoding: str) -> None:
        super().__init__(newline="")
        self._printing, self._name, self._encoding = printing, name, encoding

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            content = self.getvalue().encode(self._encoding)
            self._printing.write(self._name, content, digest(content))
        super().__exit__(kind, error, trace)


def offer_writer(build: StrictPelican) -> type[Writer]:
    """Open the record, which locks the output; problems have been found by now, so no build waits for one that fails."""
    # Pelican makes the writer itself, from a class.
    return type("Writer", (RecordingWriter,), {"record": build.record.open()})


def finish_record(build: StrictPelican) -> None:
    """Last of all: files that no page owns go, the record is saved, and the technician hears what was done."""
    record = build.record
    record.finish()
    removed = f"，删去 {record.removed} 个" if record.removed else ""
    shown = f"{record.shown}；" if record.shown else ""
    print(f"{shown}印出 {record.rendered} 页，写了 {record.written} 个文件{removed}。", flush=True)


def register() -> None:
    signals.get_writer.connect(offer_writer)
    signals.finalized.connect(finish_record)
