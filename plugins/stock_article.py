"""An article of the paper as other people's plugins know one: Pelican's own Article."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article as PelicanArticle
from pelican.urlwrappers import Author, Category, Tag

from plugins.newspaper.addresses import output_file
from plugins.newspaper.dates import chinese_date
from plugins.newspaper.model import Article, Topic
from plugins.newspaper.site_links import with_site


class StockArticle(PelicanArticle):
    """An article of the paper with the attributes that stock plugins read; made without Pelican's own reading."""

    def __init__(self, article: Article, topics: Sequence[Topic], source: str, settings: dict[str, Any]) -> None:
        self._url = article.url
        self.settings = settings
        self.title = article.headline.plain
        self.slug = article.slug
        self.lang, self.in_default_lang = settings["DEFAULT_LANG"], True
        self.translations: list[PelicanArticle] = []
        self.timezone = ZoneInfo(settings["TIMEZONE"])
        self.date, self.modified = (
            datetime.combine(day, time.min, self.timezone) for day in (article.date, article.modified)
        )
        self.date_format = settings["DEFAULT_DATE_FORMAT"]
        self.locale_date, self.locale_modified = chinese_date(article.date), chinese_date(article.modified)
        self.status = "published"
        self._content = with_site(article.body, settings["SITEURL"])
        self._summary = article.summary
        self.category = Category("".join(article.banner) or settings["DEFAULT_CATEGORY"], settings)
        self.tags = [Tag(topic.name, settings) for topic in topics]
        for tag, topic in zip(self.tags, topics, strict=True):
            tag.slug = topic.slug
        names = article.byline.names or [settings["MASTHEAD"]["publisher"]]  # as in the feed
        self.authors = [Author(name, settings) for name in names]
        self.author = self.authors[0]
        self.source_path, self.relative_source_path = source, source.removeprefix("content/")
        self.template = "article"
        kept = ("title", "slug", "date", "tags", "summary")
        self.metadata = {name: getattr(self, name) for name in kept}

    url = property(lambda self: self._url)
    save_as = property(lambda self: output_file(self._url))
    content = property(lambda self: self._content)
    summary = property(lambda self: self._summary)

    def get_content(self, siteurl: str) -> str:
        return self._content

    def get_summary(self, siteurl: str) -> str:
        return self._summary
