"""The paper's own Jinja filters: dates, headlines, pictures, addresses, metadata.

The HTML of these filters is safe: its texts come from our own reader, which escapes what is not HTML.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from plugins.newspaper.addresses import year_address
from plugins.newspaper.dates import chinese_date, rfc3339
from plugins.newspaper.printing.metadata import feed_id, linked_data
from plugins.newspaper.printing.typesetting import (
    clauses,
    headline_lines,
    in_a_row,
    photo,
    pictured,
    share_image,
    weeks,
)
from plugins.newspaper.site_links import with_site

TEXT = {each.__name__: each for each in (chinese_date, rfc3339, year_address, feed_id, share_image, weeks)}
HTML = {each.__name__: each for each in (clauses, headline_lines, in_a_row, photo, pictured, linked_data)} | {
    "site": with_site
}


def _as_markup(function: Callable[..., str]) -> Callable[..., Markup]:
    @wraps(function)
    def marked(*values: Any) -> Markup:
        return Markup(function(*values))

    return marked


def add_filters(generator: Generator) -> None:
    generator.env.filters.update(TEXT, **{name: _as_markup(function) for name, function in HTML.items()})


def register() -> None:
    signals.generator_init.connect(add_filters)
