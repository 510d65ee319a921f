"""The whole stylesheet, minified, for the one `<style>` of each page: an article needs one request."""

import re
from pathlib import Path

import rcssmin
from markupsafe import Markup
from pelican import signals

_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


def stylesheet(main):
    """`main.css` with each `@import url("x") layer(y);` replaced by the file it names, minified."""

    def imported(match):
        text = (main.parent / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]}{{{text}}}"

    return rcssmin.cssmin(_IMPORT.sub(imported, main.read_text(encoding="utf-8")))


def set_stylesheet(pelican):
    main = Path(pelican.settings["THEME"], "static", "css", "main.css")
    pelican.settings["STYLESHEET"] = Markup(stylesheet(main)) if main.is_file() else Markup("")


def register():
    signals.initialized.connect(set_stylesheet)
