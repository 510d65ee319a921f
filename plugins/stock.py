"""The archive in Pelican's context, under the names and in the shape that other people's plugins know."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pelican import signals
from pelican.urlwrappers import Tag

from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.model import Article
from plugins.newspaper.planning.groups import Page
from plugins.newspaper.whole_files import write_whole
from plugins.stock_article import StockArticle

OURS = "plugins."
"""How the names of the paper's own plugins begin."""
T = TypeVar("T")


class Lazy(Sequence[T]):
    """A list that is made when it is first used: a build without such plugins does not pay for it."""

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> list[T]:
        return list(self._make())

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, index: Any) -> Any:
        return self._made[index]

    def __add__(self, other: list[T]) -> list[T]:
        return [*self._made, *other]

    def __radd__(self, other: list[T]) -> list[T]:
        return [*other, *self._made]


class Stock:
    """The stock article of each article, made once."""

    def __init__(self, archive: Archive, settings: dict[str, Any]) -> None:
        self._archive, self._settings = archive, settings
        self._made: dict[str, StockArticle] = {}

    def of(self, article: Article) -> StockArticle:
        if article.url not in self._made:
            topics = [self._archive.topics[name] for name in article.topics]
            source = self._archive.entry(article.total_issue).source
            self._made[article.url] = StockArticle(article, topics, source, self._settings)
        return self._made[article.url]

    def articles(self) -> Iterator[StockArticle]:
        """Every one, newest issue first."""
        for entry in reversed(self._archive.entries):
            yield from map(self.of, self._archive.issue(entry).articles)

    def tags(self) -> Iterable[tuple[Tag, list[StockArticle]]]:
        """Each tag with its articles, as Pelican's `tags`."""
        tags: dict[str, tuple[Tag, list[StockArticle]]] = {}
        for article in self.articles():
            for tag in article.tags:
                tags.setdefault(tag.name, (tag, []))[1].append(article)
        return tags.values()


def offer_articles(context: dict[str, Any], archive: Archive, settings: dict[str, Any]) -> Stock:
    """Put the archive into Pelican's context under its usual names."""
    stock = Stock(archive, settings)
    context["articles"] = context["all_articles"] = context["dates"] = Lazy(stock.articles)
    context["tags"] = Lazy(stock.tags)
    return stock


def tell_of_page(page: Page, stock: Stock, context: dict[str, Any], output: Path, printed: set[str]) -> None:
    """Send Pelican's `content_written` for a page, whether it was printed now or before.

    One that was printed before bears what such plugins made of it then; what they add to it again is taken back.
    """
    if not page.file.endswith("index.html") or page.template in ("redirect", "withdrawn"):
        return
    said = {**context, **page.context}
    if article := page.context.get("article"):
        said["article"] = stock.of(article)
    file = output / page.file
    before = None if page.file in printed else file.read_bytes()
    signals.content_written.send(str(file), context=said)
    if before is not None and file.read_bytes() != before:
        write_whole(file, before)


def others_recipe(settings: dict[str, Any]) -> str:
    """Digest of the plugins of others, and of the settings, any of which they may read; empty without such plugins."""
    others = [name for name in settings["PLUGINS"] if not name.startswith(OURS)]
    plain = sorted(name for name, value in settings.items() if _is_plain(value))
    return fingerprint(others, [(name, settings[name]) for name in plain]) if others else ""


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)
