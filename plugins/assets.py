"""What every page carries inside, so that an article needs one request: the stylesheet, minified, the nameplate,
and the script that must run before the first paint. The other script is a file of its own, named by its content.
"""

import re
from pathlib import Path

import rcssmin
import rjsmin
from markupsafe import Markup
from pelican import signals

from plugins.newspaper.fingerprint import digest

_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


def stylesheet(main):
    """`main.css` with each `@import url("x") layer(y);` replaced by the file it names, minified."""

    def imported(match):
        text = (main.parent / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]}{{{text}}}"

    return rcssmin.cssmin(_IMPORT.sub(imported, main.read_text(encoding="utf-8")))


def _minified(script):
    return rjsmin.jsmin(script.read_text(encoding="utf-8")) if script.is_file() else ""


def set_assets(pelican):
    static = Path(pelican.settings["THEME"], "static")
    main, nameplate = static / "css/main.css", static / "nameplate.svg"
    pelican.settings["STYLESHEET"] = Markup(stylesheet(main) if main.is_file() else "")
    early, script = static / "js/early.js", static / "js/reader.js"
    pelican.settings["EARLY_SCRIPT"] = Markup(_minified(early))
    pelican.settings["SCRIPT_TEXT"] = text = _minified(script)
    pelican.settings["SCRIPT"] = f"theme/reader-{digest(text.encode())[:8]}.js"
    svg = nameplate.read_text(encoding="utf-8").strip() if nameplate.is_file() else ""
    pelican.settings["NAMEPLATE"] = Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


def register():
    signals.initialized.connect(set_assets)
