"""What every page carries inside, so that an article needs one request: the stylesheet, minified, the nameplate,
the script that must run before the first paint, and the policy that allows these. The other script is a file of its
own, named by its content.
"""

import re
from pathlib import Path

import rcssmin
import rjsmin
from markupsafe import Markup
from pelican import Pelican, signals

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.problems import Halt
from plugins.policy import policy

_ORDER = re.compile(r"@layer ([\w, ]+);")
_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
UNLESS_LIGHT = ':not([data-scheme="light"])'
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}\n", re.S)


def stylesheet(main: Path) -> str:
    """The files that `main.css` imports, in the order of their layers, without the layers: old phones know none.

    Nothing is added to make a later layer win: its selectors have to, and tests/site/test_layers.py sees that they do.
    """
    contents = main.read_text(encoding="utf-8")
    order = _ORDER.findall(contents)[0].split(", ")
    imports = sorted(_IMPORT.findall(contents), key=lambda found: order.index(found[1]))
    if left := [line for line in _IMPORT.sub("", contents).splitlines() if "@import" in line]:
        raise Halt(f"theme/static/css/{main.name}：每条 @import 要写明文件和 layer：{left[0]}")
    return _minified_css("".join(with_chosen_dark((main.parent / name).read_text("utf-8")) for name, _ in imports))


def with_chosen_dark(text: str) -> str:
    """What is written for a dark screen stands a second time, for the reader who chose dark on a light one."""
    return _DARK.sub(lambda dark: dark[0] + _chosen(dark[1]), text)


def _chosen(rules: str) -> str:
    if rules.count(UNLESS_LIGHT) != rules.count("{"):
        raise Halt(f"深色的每条规则都要以 :root{UNLESS_LIGHT} 开头，这里有一条不是：\n{rules}")
    return rules.replace(UNLESS_LIGHT, '[data-scheme="dark"]')


def _minified_css(text: str) -> str:
    """rcssmin takes comments and spaces; zeros before the point and quotes around words are ours to take."""
    short = re.sub(r"(?<=[ :,(-])0(?=\.\d)", "", rcssmin.cssmin(text))
    return re.sub(r'\[([a-z-]+)="([a-z]+)"\]', r"[\1=\2]", short)


def _minified_js(script: Path) -> str:
    return str(rjsmin.jsmin(script.read_text(encoding="utf-8"))) if script.is_file() else ""


def set_assets(pelican: Pelican) -> None:
    """Put them among the settings, where templates find them; one that a theme (a test's) does not have is empty."""
    settings = pelican.settings
    static = Path(settings["THEME"], "static")
    main, nameplate = static / "css/main.css", static / "nameplate.svg"
    settings["STYLESHEET"] = Markup(stylesheet(main) if main.is_file() else "")
    settings["EARLY_SCRIPT"] = Markup(_minified_js(static / "js/early.js"))
    settings["SCRIPT_TEXT"] = text = _minified_js(static / "js/reader.js")
    settings["SCRIPT"] = f"theme/reader-{digest(text.encode())[:8]}.js"
    settings["SEARCH_SCRIPT_TEXT"] = text = _minified_js(static / "js/search.js")
    settings["SEARCH_SCRIPT"] = f"theme/search-{digest(text.encode())[:8]}.js"
    settings["POLICY"] = Markup(policy(settings, str(settings["STYLESHEET"])))
    svg = nameplate.read_text(encoding="utf-8").strip() if nameplate.is_file() else ""
    settings["NAMEPLATE"] = Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


def register() -> None:
    signals.initialized.connect(set_assets)
