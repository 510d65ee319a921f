"""The archive's articles as other people's plugins know them: Pelican's own Article, its usual names."""

import os
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Article
from pelican.urlwrappers import Author, Category, Tag

from plugins.newspaper.addresses import output_file
from plugins.newspaper.dates import chinese_date
from plugins.newspaper.site_links import with_site


class StockArticle(Article):
    """An article of the paper with the attributes that stock plugins read; made without Pelican's own reading."""

    def __init__(self, article, topics, source, settings):
        self._url = article.url
        self.settings = settings
        self.title = article.headline.plain
        self.slug = article.slug
        self.lang, self.in_default_lang, self.translations = settings["DEFAULT_LANG"], True, []
        self.timezone = ZoneInfo(settings["TIMEZONE"])
        self.date = self.modified = datetime(
            article.date.year, article.date.month, article.date.day, tzinfo=self.timezone
        )
        self.date_format = settings["DEFAULT_DATE_FORMAT"]
        self.locale_date = self.locale_modified = chinese_date(article.date)
        self.status = "published"
        self._content = with_site(article.body, settings["SITEURL"])
        self._summary = article.summary
        self.category = Category(article.banner or settings["DEFAULT_CATEGORY"], settings)
        self.tags = [Tag(topic.name, settings) for topic in topics]
        for tag, topic in zip(self.tags, topics, strict=True):
            tag.slug = topic.slug
        self.authors = [Author(name, settings) for name in article.byline]
        if self.authors:
            self.author = self.authors[0]
        self.source_path, self.relative_source_path = source, source.removeprefix("content/")
        self.template = "article"
        self.metadata = {
            "title": self.title,
            "slug": self.slug,
            "date": self.date,
            "tags": self.tags,
            "summary": self._summary,
        }

    url = property(lambda self: self._url)
    save_as = property(lambda self: output_file(self._url))
    content = property(lambda self: self._content)
    summary = property(lambda self: self._summary)

    def get_content(self, siteurl):
        return self._content

    def get_summary(self, siteurl):
        return self._summary


class StockArticles(Sequence):
    """Articles, newest first, made when somebody asks: a build without such plugins does not pay for them."""

    def __init__(self, archive, settings):
        self._archive, self._settings = archive, settings
        self._made = {}

    @cached_property
    def _places(self):
        return [(entry, position) for entry in reversed(self._archive.entries) for position in range(len(entry.urls))]

    def __len__(self):
        return len(self._places)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        entry, position = self._places[index]
        url = entry.urls[position]
        return self._made.get(url) or self.of(self._archive.issue(entry).articles[position])

    def of(self, article):
        """The one stock article of an article."""
        if article.url not in self._made:
            topics = [self._archive.topics[name] for name in article.topics]
            source = self._archive.entry(article.total_issue).source
            self._made[article.url] = StockArticle(article, topics, source, self._settings)
        return self._made[article.url]


def offer_articles(context, archive, settings):
    """Put the archive into Pelican's context under its usual names; returns the articles."""
    articles = StockArticles(archive, settings)
    context["articles"] = context["all_articles"] = context["dates"] = articles
    context["tags"] = StockTags(articles)
    return articles


class StockTags(Sequence):
    """Pairs (Tag, its articles), as Pelican's `tags`; made when asked for."""

    def __init__(self, articles):
        self._articles = articles
        self._tags = None

    def _all(self):
        if self._tags is None:
            tags = {}
            for article in self._articles:
                for tag in article.tags:
                    tags.setdefault(tag.name, (tag, []))[1].append(article)
            self._tags = list(tags.values())
        return self._tags

    def __len__(self):
        return len(self._all())

    def __getitem__(self, index):
        return self._all()[index]


def tell_of_page(page, articles, context, output_path):
    """Say to other plugins, in Pelican's words, that a page stands; whether it was printed now or before."""
    if not page.file.endswith("index.html") or page.template == "redirect":
        return
    said = {**context, **page.context}
    if article := page.context.get("article"):
        said["article"] = articles.of(article)
    signals.content_written.send(os.path.join(output_path, page.file), context=said)
