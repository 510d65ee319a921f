"""`invoke publish` and `invoke rollback`: the public site, built through Pelican, and its place."""

import logging
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins.faults import told_plainly
from plugins.newspaper.problems import Halt
from plugins.publishing import publish
from plugins.publishing.places import place_at
from plugins.strict_pelican import StrictPelican, check_places

SETTINGS = "publishconf.py"


class PublicSite:
    """The site as publishconf.py has it, and the place of its PUBLISH_TO. Raises Halt."""

    def __init__(self, root: Path) -> None:
        with told_plainly(root / SETTINGS):
            self._settings: dict[str, Any] = read_settings(
                str(root / SETTINGS), override={"PATH": str(root / "content")}
            )
        check_places(self._settings)
        self._place = place_at(self._settings["PUBLISH_TO"])
        site = self._settings["SITEURL"].strip().rstrip("/")
        self._site = publish.Site(Path(self._settings["OUTPUT_PATH"]), site, root / "content")

    def publish(self, *, dry_run: bool) -> None:
        publish.publish(self._place, self._site, self._build, _say, dry_run=dry_run)

    def roll_back(self, to: str, *, listed: bool) -> None:
        if listed:
            publish.list_kept(self._place, _say)
        else:
            publish.roll_back(self._place, self._site, _say, to)

    def _build(self, online: str) -> str:
        """Build; gives the ledger's lines of all addresses. `online` are those of what is online: none may vanish."""
        init_logging(level=logging.WARNING, fatal="warnings")
        build = StrictPelican({**self._settings, "ONLINE": online})
        with told_plainly(Path(self._settings["THEME"])):
            try:
                build.run()
            except RuntimeError as fatal:  # a warning, because of init_logging
                raise Halt(str(fatal)) from fatal
        return str(build.settings["PERMALINKS"])


def _say(text: str) -> None:
    print(text, flush=True)
