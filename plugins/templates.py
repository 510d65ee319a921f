"""Jinja's part: pages become bytes, and compiled templates are kept in the paper's store between builds."""

import marshal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache, bc_magic
from markupsafe import Markup
from pelican.generators import Generator

from plugins.faults import told_plainly
from plugins.newspaper.addresses import relative_root
from plugins.newspaper.fingerprint import files_digest, fingerprint
from plugins.newspaper.planning.groups import Page
from plugins.newspaper.store import Store

SITE_SETTINGS = (
    "SITENAME",
    "SITEURL",
    "COLOPHON",
    "STYLESHEET",
    "NAMEPLATE",
    "EARLY_SCRIPT",
    "SCRIPT",
    "SEARCH_SCRIPT",
    "POLICY",
    "VISIBILITY",
)
"""What templates see of the settings, and ADDRESS: the site's own, where SITEURL may be relative."""
EMBEDDED = ("NAMEPLATE", "EARLY_SCRIPT", "STYLESHEET", "POLICY")
"""Long ones, the same on every page. Templates see a mark in their place, so they are encoded once, not once a page."""


class Templates:
    """The theme's templates, as a generator has them."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._theme = Path(generator.theme)
        settings = self._settings = generator.settings
        self.site = {name: settings.get(name) for name in SITE_SETTINGS} | {"ADDRESS": settings["SITEURL"]}
        texts = {name: self.site[name] for name in EMBEDDED if self.site[name]}
        marks = {name: Markup(f"[{fingerprint(name, text)}]") for name, text in texts.items()}
        self._shown = self.site | marks
        self._embedded = [(marks[name].encode("utf-8"), text.encode("utf-8")) for name, text in texts.items()]

    @property
    def recipe(self) -> str:
        """Digest of what all pages come from, but for the paper's code."""
        settings = self._settings
        files = files_digest([Path(folder) for folder in self._generator._templates_path], "*")
        jinja = {name: value for name, value in settings["JINJA_ENVIRONMENT"].items() if name != "bytecode_cache"}
        names = [sorted(settings[name]) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")]
        return fingerprint(self.site, files, settings["RELATIVE_URLS"], jinja, names, version("jinja2"))

    def compile(self) -> None:
        """Compile all that are not in the store, where workers then find them."""
        folder = self._theme / "templates"
        for path in folder.rglob("*.*"):
            self._generator.env.get_template(path.relative_to(folder).as_posix())

    def render(self, page: Page) -> bytes:
        """A page as its template gives it. Raises Fault: of the error itself a worker could not tell the line."""
        with told_plainly(self._theme):
            return self._rendered(page)

    def _rendered(self, page: Page) -> bytes:
        root = relative_root(page.file) if self._settings["RELATIVE_URLS"] else self._settings["SITEURL"]
        template = self._generator.get_template(page.template)
        if not isinstance(template.globals, dict):
            # Jinja copies the globals for each rendering, and a ChainMap copies ten times slower than a dict.
            template.globals = dict(template.globals)
        text: str = template.render({**self._shown, "SITEURL": root, **page.context})
        content = text.encode("utf-8")
        for mark, embedded in self._embedded:
            content = content.replace(mark, embedded)
        return content


class KeptTemplates(BytecodeCache):
    """Jinja's bytecode cache over the store; what is damaged there is compiled again."""

    def __init__(self, store: Store, environment: dict[str, Any]) -> None:
        self._store = store
        self._common = fingerprint(bc_magic, version("jinja2"), environment)

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._store.take(f"template/{bucket.key}", self._common + bucket.checksum)
        if code is not None:
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(f"template/{bucket.key}", self._common + bucket.checksum, marshal.dumps(bucket.code))
