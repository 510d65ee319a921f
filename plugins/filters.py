"""What templates may ask of a value: Chinese dates, feed ids, and the site's address put into a story's links."""

import json
import re
from calendar import monthcalendar
from urllib.parse import quote

from markupsafe import Markup, escape
from pelican import signals

from plugins.newspaper.files import CARD, on_card
from plugins.newspaper.pictures import planned


def chinese_date(day):
    """2023年6月7日, without spaces, as newspapers set it."""
    return f"{day.year}年{day.month}月{day.day}日"


_BETWEEN_CLAUSES = re.compile(
    r" (?=[^ -~])|(?<=[^ -~]) "  # a space, but not inside GB/T 15834
    r"|(?<=[、，。；：！？])(?<![0-9]：)(?![、，。；：！？”’》）】])"
    r"|(?<=[^—]——)(?!$)|(?<=.)(?=（)"
)


def clauses(headline):
    """A headline as clauses, between which it breaks first; each keeps its closing punctuation (CLREQ, 行首行尾禁则)."""
    parted = _BETWEEN_CLAUSES.sub(r'</span>\g<0><span class="clause">', str(escape(headline)))
    return Markup(f'<span class="clause">{parted}</span>')


def rfc3339(day):
    """Start of the day in China, for Atom."""
    return f"{day.isoformat()}T00:00:00+08:00"


def feed_id(url):
    """An id that stays when the host changes: docs/contracts.md."""
    from uuid import NAMESPACE_URL, uuid5  # only a feed needs it

    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'yibin-news:' + url)}"


def site(html, siteurl):
    """Body HTML, which is safe because our own reader made it, with `{site}` filled in."""
    return Markup(html.replace('="{site}/', f'="{siteurl}/'))


_PICTURE = re.compile(r'<img src="\{site\}/([^"]+)" alt="([^"]*)" loading="lazy">')
_SLOT = "(min-width: 40rem) 40rem, 100vw"
"""How wide a picture stands on a screen."""


def pictured(html, pictures, siteurl):
    """Body HTML with the site's address in its links, and each picture in its sizes, so that nothing shifts as it loads."""
    if not pictures:
        return site(html, siteurl)
    known = {f"{picture.folder}/{quote(picture.file)}": picture for picture in pictures}
    shown = set()

    def replaced(match):
        picture = known.get(match[1])
        if picture is None:
            return match[0]
        files = planned(picture.facts)

        def srcset(format):
            urls = (f"{siteurl}/{picture.folder}/{size.file} {size.width}w" for size in files if size.format == format)
            return f'srcset="{", ".join(urls)}" sizes="{_SLOT}"'

        # The first may be on the first screen.
        loading = ' loading="lazy"' if shown else ""
        shown.add(match[1])
        return (
            f'<picture><source type="image/webp" {srcset("webp")}><img src="{siteurl}/{picture.folder}/{files[-1].file}"'
            f' {srcset("jpg")} width="{picture.facts.width}" height="{picture.facts.height}" alt="{match[2]}"{loading}>'
            "</picture>"
        )

    return site(_PICTURE.sub(replaced, html), siteurl)


def share_image(article, pictures, address):
    """Address of the picture that stands for the article where it is shared: its own, else its card; none without address."""
    if not address:
        return ""
    facts = {picture.file: picture for picture in pictures}
    picture = facts.get(on_card(article, {file: picture.facts for file, picture in facts.items()}))
    if picture:
        return f"{address}/{picture.folder}/{planned(picture.facts)[-1].file}"
    return f"{address}/{article.url}{CARD}"


def linked_data(article, folio, masthead, siteurl, topics, image):
    """The article as schema.org says it: NewsArticle in PublicationIssue in Periodical; for one `<script>` of its page."""
    publisher = {"@type": "Organization", "name": masthead.publisher}
    url = f"{siteurl}/{article.url}"
    paper = {"@type": "Periodical", "name": masthead.name, "url": f"{siteurl}/", "publisher": publisher}
    issue = {
        "@type": "PublicationIssue",
        "issueNumber": str(folio.total_issue),
        "datePublished": folio.date.isoformat(),
        "url": f"{siteurl}/{folio.url}",
        "isPartOf": paper,
    }
    values = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline.plain,
        "alternativeHeadline": article.headline.deck,
        "description": article.summary,
        "dateline": article.dateline,
        "datePublished": folio.date.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.byline] or publisher,
        "publisher": publisher,
        "printEdition": f"第{folio.issue}期",
        "printSection": article.banner,
        "keywords": [topic.name for topic in topics],
        "image": image,
        "inLanguage": "zh-CN",
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "isPartOf": issue,
    }
    text = json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)
    # A headline may hold what would end the script.
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def months(entries):
    """Issue entries of a year as its months: (month, weeks), a week seven pairs (day, entry or None), 0 for no day."""
    by_day = {(entry.folio.date.month, entry.folio.date.day): entry for entry in entries}
    year = entries[0].folio.date.year
    return [
        (month, [[(day, by_day.get((month, day))) for day in week] for week in monthcalendar(year, month)])
        for month in sorted({month for month, _ in by_day})
    ]


def add_filters(generator):
    for filter_ in (chinese_date, clauses, rfc3339, feed_id, site, pictured, share_image, linked_data, months):
        generator.env.filters[filter_.__name__] = filter_


def register():
    signals.generator_init.connect(add_filters)
