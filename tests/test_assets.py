"""The stylesheet inside each page."""

import re

from plugins.assets import stylesheet
from tests.conftest import ROOT


def test_no_selector_loses_a_space_in_the_minifier() -> None:
    """rcssmin drops the space before a pseudo-class, which changes what it selects."""
    css = ROOT / "theme/static/css"
    for file in css.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"[\w\])] :(?:is|not|where|has)\(", text), file.name
    assert "@import" not in stylesheet(css / "main.css")
