"""What templates may ask of a value: Chinese dates, feed ids, and the site's address put into a story's links."""

from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup
from pelican import signals


def chinese_date(day):
    """2023年6月7日, without spaces, as newspapers set it."""
    return f"{day.year}年{day.month}月{day.day}日"


def rfc3339(day):
    """Start of the day in China, for Atom."""
    return f"{day.isoformat()}T00:00:00+08:00"


def feed_id(url):
    """An id that stays when the host changes: docs/contracts.md."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'yibin-news:' + url)}"


def site(html, siteurl):
    """Body HTML, which is safe because our own reader made it, with `{site}` filled in."""
    return Markup(html.replace('="{site}/', f'="{siteurl}/'))


def add_filters(generator):
    for filter_ in (chinese_date, rfc3339, feed_id, site):
        generator.env.filters[filter_.__name__] = filter_


def register():
    signals.generator_init.connect(add_filters)
