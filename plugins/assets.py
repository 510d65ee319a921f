"""What every page carries inside, so that an article needs one request: the whole stylesheet, minified, and the nameplate."""

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


def set_assets(pelican):
    static = Path(pelican.settings["THEME"], "static")
    main, nameplate = static / "css/main.css", static / "nameplate.svg"
    pelican.settings["STYLESHEET"] = Markup(stylesheet(main) if main.is_file() else "")
    svg = nameplate.read_text(encoding="utf-8").strip() if nameplate.is_file() else ""
    pelican.settings["NAMEPLATE"] = Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


def register():
    signals.initialized.connect(set_assets)
