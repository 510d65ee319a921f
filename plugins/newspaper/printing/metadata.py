"""What machines read of a page: linked data of schema.org, ids of feed entries."""

import json
from collections.abc import Sequence
from functools import lru_cache

from plugins.newspaper.model import Article, Folio, Masthead
from plugins.newspaper.planning.views import TopicLink


def linked_data(
    article: Article, folio: Folio, masthead: Masthead, siteurl: str, topics: Sequence[TopicLink], image: str
) -> str:
    """The article by schema.org, NewsArticle in PublicationIssue in Periodical: JSON for a `<script>` of its page."""
    url = f"{siteurl}/{article.url}"
    values = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline.plain,
        "alternativeHeadline": "".join(article.headline.deck),
        "description": article.summary,
        "dateline": article.dateline,
        "datePublished": folio.date.isoformat(),
        "dateModified": article.corrections and article.modified.isoformat(),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": correction.date.isoformat(), "text": correction.text}
            for correction in article.corrections
        ],
        "author": [{"@type": "Person", "name": name} for name in article.byline.names] or _publisher(masthead),
        "publisher": _publisher(masthead),
        "printEdition": f"第{folio.issue}期",
        "printSection": "".join(article.banner),
        "keywords": [topic.name for topic in topics],
        "image": image,
        "inLanguage": "zh-CN",
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
    }
    text = _json({name: value for name, value in values.items() if value})
    return f'{text[:-1]}, "isPartOf": {_issue(folio, masthead, siteurl)}}}'


@lru_cache
def _issue(folio: Folio, masthead: Masthead, siteurl: str) -> str:
    """The part that all articles of an issue share."""
    paper = {
        "@type": "Periodical",
        "name": masthead.name,
        "url": f"{siteurl}/",
        "publisher": _publisher(masthead),
    }
    return _json(
        {
            "@type": "PublicationIssue",
            "issueNumber": str(folio.total_issue),
            "datePublished": folio.date.isoformat(),
            "url": f"{siteurl}/{folio.url}",
            "isPartOf": paper,
        }
    )


def _publisher(masthead: Masthead) -> dict[str, str]:
    return {"@type": "Organization", "name": masthead.publisher}


def _json(value: object) -> str:
    """JSON that may stand in a script: a headline may hold what would end it."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def feed_id(url: str) -> str:
    """An id that stays when the host changes: docs/contracts.md."""
    from uuid import NAMESPACE_URL, uuid5  # slow to import, and only a feed needs it

    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'yibin-news:' + url)}"
