"""Pelican as the paper runs it (PELICAN_CLASS): it opens cache and record, and fails with a plain message."""

import gc
import logging
import re
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican, signals
from pelican.generators import Generator, StaticGenerator
from pelican.plugins import _utils as plugin_loading

from plugins.faults import told_plainly
from plugins.newspaper.addresses import is_example, is_site_address
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.making.files import VISIBILITIES
from plugins.newspaper.printing.record import Record
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.store import Store
from plugins.newspaper.workers import Workers
from plugins.stock import OURS
from plugins.templates import KeptTemplates

_CONTACT = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+)")
_TOLD = ("contact", "expires")
"""What security.txt says."""


class PluginNotLoaded(Halt):
    """A plugin in PLUGINS did not load or register; Pelican alone would build the site without it."""


class WrongPlace(Halt):
    """The site would be printed for an address, or into a folder, that is not meant for it."""


class StrictPelican(Pelican):
    """One build. The preview lends it CACHE and RECORD among the settings, and uses them again in the next."""

    def __init__(self, settings: dict[str, Any]) -> None:
        settings["SITEURL"] = settings["SITEURL"].strip().rstrip("/")
        with told_plainly(Path(settings["THEME"])):
            super().__init__(settings)

    def init_plugins(self) -> None:
        asked = list(self.settings["PLUGINS"])
        # Pelican imports every plugin installed in its namespace, asked for or not: with those of the tests, 0.1 s.
        every, plugin_loading.get_namespace_plugins = plugin_loading.get_namespace_plugins, lambda: _in_namespace(asked)
        try:
            super().init_plugins()
        finally:
            plugin_loading.get_namespace_plugins = every
        if len(self.plugins) != len(asked):
            loaded = "、".join(self.settings["PLUGINS"])
            raise PluginNotLoaded(f"有插件没有装上，网页没有动；装上的只有：{loaded}")

    def run(self) -> None:
        check_places(self.settings)
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
            self._finish()
        except UnfitToPrint as unfit:
            _say("\n".join(map(str, unfit.problems)))
            raise
        finally:
            pelican.console = console
            workers.close()
            cache.save()
            self.record.close()
            gc.enable()
            if not lent:
                gc.freeze()  # Python need not look through what is left at exit

    def _get_generator_classes(self) -> list[type[Generator]]:
        """Pelican asks plugins in no order; those of others come when the paper's articles and pages are there."""
        return sorted(super()._get_generator_classes(), key=_turn)

    def _finish(self) -> None:
        """Remove files that no page owns, save the record, print what was done: after all receivers of `finalized`."""
        record = self.record
        record.finish(rewritten=bool(signals.content_written.receivers or signals.finalized.receivers))
        removed = f"，删去 {record.removed} 个" if record.removed else ""
        shown = f"{record.shown}；" if record.shown else ""
        print(f"{shown}印出 {record.pages} 页，写了 {record.written} 个文件{removed}。", flush=True)


def _turn(generator: type[Generator]) -> int:
    """Pelican's own, the paper's, those of other plugins, and last Pelican's for what is left."""
    if generator is StaticGenerator:
        return 3
    return 0 if generator.__module__ == Generator.__module__ else 1 if generator.__module__.startswith(OURS) else 2


def check_places(settings: dict[str, Any]) -> None:
    """Whether public and preview are printed where they belong (公开版、预览版). Raises WrongPlace."""
    site = settings["SITEURL"]
    if settings["PUBLIC"]:
        if is_example(site):
            raise WrongPlace(f"publishconf.py 里的 SITEURL 还是例子（{site}）；请改成网站自己的地址，再生成公开版")
        if not is_site_address(site):
            message = f"publishconf.py 里的 SITEURL（“{site}”）不是完整的网址；请写成 https://域名 的样子，再生成公开版"
            raise WrongPlace(message)
        _check_openness(settings)
        return
    output, public = Path(settings["OUTPUT_PATH"]).resolve(), Path(settings["PUBLIC_OUTPUT_PATH"]).resolve()
    if output.is_relative_to(public):
        raise WrongPlace(f"预览版有草稿，不能生成到公开版的文件夹 {public.name}/；公开版请用 invoke build --public")


def _check_openness(settings: dict[str, Any]) -> None:
    """Whether the public site says who may find it, and whom to tell of a hole in it. Raises WrongPlace."""
    visibility = settings["VISIBILITY"]
    if not isinstance(visibility, str) or visibility not in VISIBILITIES:
        kinds = "、".join(f'"{name}"（{meaning}）' for name, meaning in VISIBILITIES.items())
        raise WrongPlace(f"publishconf.py 里的 VISIBILITY 写的是“{visibility}”；只能是 {kinds}")
    told = settings["SECURITY_TXT"]
    contact, expires = (str(told.get(name, "")) if isinstance(told, dict) else str(told) for name in _TOLD)
    if contact and not (_CONTACT.fullmatch(contact) and is_day(expires)):
        shape = '{"contact": "mailto:a@b.cn", "expires": "2027-01-01"}'
        raise WrongPlace(
            f"publishconf.py 里的 SECURITY_TXT 要写成 {shape} 的样子；邮箱前写 mailto:，网页从 https:// 写起"
        )


def is_day(written: str) -> bool:
    """Whether it is a day of the calendar, 2027-01-01."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _in_namespace(asked: list[Any]) -> dict[str, Any]:
    """Those of the plugins asked for that are packages of Pelican's namespace, by full name."""
    short = [plugin.removeprefix("pelican.plugins.") for plugin in asked if isinstance(plugin, str)]
    names = [f"pelican.plugins.{name}" for name in short if "." not in name]
    return {name: import_module(name) for name in names if find_spec(name)}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class _ClosingLine:
    """Pelican's console without its closing line, which counts the articles of a blog: 0."""

    def __init__(self, console: Any) -> None:
        self._console = console

    def print(self, *said: Any, **options: Any) -> None:
        if not str(said[:1]).startswith("('Done: Processed"):
            self._console.print(*said, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console, name)


def _says_a_halt_plainly(record: logging.LogRecord) -> bool:
    """A Halt that Pelican logs is said in one plain line, without traceback, time or class name."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, Halt):
        _say(str(error))
    return not isinstance(error, Halt)


def _is_worth_saying(record: logging.LogRecord) -> bool:
    """No word about the slash at the end of SITEURL: it is taken off, and `--fatal warnings` need not stop for it."""
    return "trailing slash" not in str(record.msg)


# The settings import this module, so the filters are there before Pelican looks at what the settings say.
logging.getLogger("pelican").addFilter(_says_a_halt_plainly)
logging.getLogger("pelican.settings").addFilter(_is_worth_saying)
