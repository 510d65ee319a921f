"""`"_nav.html" | partial(…)` in templates: a piece of a page, printed once for the same values.

A piece is a pure function of what it is given. What many pages share (masthead, navigation, colophon, a story's card) is so
printed once for an issue, not once a page. It is a filter because Jinja calls filters directly, and looks several times at
whatever else is called.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

KEPT = 512
"""So many pieces are kept; then all are forgotten, so that a large archive does not fill the memory."""


class Partials:
    """The pieces printed so far, by template and by identity of the values."""

    def __init__(self, environment: Environment) -> None:
        def template(name: str) -> Template:
            return environment.get_template(f"partials/{name}")

        self._template = cache(template)
        self._printed: dict[tuple[Any, ...], tuple[Markup, tuple[Any, ...]]] = {}

    def __call__(self, name: str, **values: Any) -> Markup:
        key = (name, *map(id, values.values()))
        held = self._printed.get(key)
        if held is None:
            if len(self._printed) >= KEPT:
                self._printed.clear()
            html = Markup(self._template(name).render(values))
            # The values are kept with their print: an id is a value's own only while the value lives.
            held = self._printed[key] = (html, tuple(values.values()))
        return held[0]


def add_partials(generator: Generator) -> None:
    """Give the templates the filter."""
    generator.env.filters["partial"] = Partials(generator.env)


def register() -> None:
    signals.generator_init.connect(add_partials)
