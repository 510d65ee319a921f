"""`"_nav.html" | partial(…)` in templates: a piece of a page that is a pure function of what it is given, printed once for it.

What many pages share (masthead, navigation, colophon, a story's card) is so printed once for an issue, not once a page. It is
a filter because Jinja calls filters directly, and looks several times at whatever else is called.
"""

from functools import cache

from markupsafe import Markup
from pelican import signals

KEPT = 512
"""So many pieces are kept; then all are forgotten, so that a large archive does not fill the memory."""


class Partials:
    """The pieces printed so far, by template and by identity of the values."""

    def __init__(self, env):
        self._template = cache(lambda name: env.get_template(f"partials/{name}"))
        self._printed = {}

    def __call__(self, name, **values):
        key = (name, *map(id, values.values()))
        held = self._printed.get(key)
        if held is None:
            if len(self._printed) >= KEPT:
                self._printed.clear()
            html = Markup(self._template(name).render(values))
            # The values are kept with their print: an id is a value's own only while the value lives.
            held = self._printed[key] = (html, tuple(values.values()))
        return held[0]


def add_partials(generator):
    generator.env.filters["partial"] = Partials(generator.env)


def register():
    signals.generator_init.connect(add_partials)
