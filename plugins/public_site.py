"""`invoke publish` and `invoke rollback`: the public site, built through Pelican, and its place."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from pelican.log import init as init_logging
from pelican.settings import read_settings

from plugins.announcing.announce import announce
from plugins.announcing.services import SERVICES
from plugins.faults import told_plainly
from plugins.newspaper.file_lock import try_to_lock
from plugins.newspaper.problems import Halt
from plugins.publishing import publish
from plugins.publishing.folder import FolderPlace
from plugins.publishing.places import place_at
from plugins.strict_pelican import StrictPelican, check_places

SETTINGS = "publishconf.py"


def public_settings(root: Path) -> dict[str, Any]:
    """What publishconf.py says. Raises Fault."""
    conf = root / SETTINGS
    with told_plainly(conf):
        try:
            settings: dict[str, Any] = read_settings(str(conf), override={"PATH": str(root / "content")})
        except AttributeError:  # Pelican takes a slash off its end
            raise Halt(f'{SETTINGS} 里的 SITEURL 要写成引号里的一行字，如 "https://域名"') from None
    return settings


class PublicSite:
    """The site as publishconf.py has it, and the place of its PUBLISH_TO. Raises Halt."""

    def __init__(self, root: Path) -> None:
        self._settings = public_settings(root)
        check_places(self._settings)
        self._place = place_at(self._settings.get("PUBLISH_TO", ""))
        if isinstance(self._place, FolderPlace):
            self._place.stay_out_of(root)
        site = self._settings["SITEURL"].strip().rstrip("/")
        output = Path(self._settings["OUTPUT_PATH"])
        told = partial(announce, site=site, output=output, names=self._services(), say=_say)
        self._site = publish.Site(output, site, root / "content", told)

    def _services(self) -> tuple[str, ...]:
        """The services that are told of new addresses: none of a site that is not public. Raises Halt."""
        told = self._settings.get("ANNOUNCE_TO") or ()
        names = (told,) if isinstance(told, str) else tuple(told)
        if unknown := [name for name in names if name not in SERVICES]:
            known = "、".join(f'"{name}"' for name in SERVICES)
            raise Halt(f"publishconf.py 里的 ANNOUNCE_TO 有“{unknown[0]}”；只能是 {known}，放在 [ ] 里")
        return names if self._settings["VISIBILITY"] == "public" else ()

    def publish(self, how: publish.How) -> None:
        with nullcontext() if how.dry_run else self._alone():
            publish.publish(self._place, self._site, self._build, _say, how)

    def roll_back(self, to: str, *, listed: bool) -> None:
        if listed:
            publish.list_kept(self._place, _say)
        else:
            with self._alone():
                publish.roll_back(self._place, self._site, _say, to)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other publish of this desk goes on meanwhile. Raises Halt."""
        cache = Path(self._settings["CACHE_PATH"])
        with told_plainly():
            cache.mkdir(parents=True, exist_ok=True)
            lock = open(cache / "publishing.lock", "ab")  # noqa: SIM115 - held until the end
        with lock:
            if not try_to_lock(lock):
                raise Halt("本机另一个 invoke publish 还没有完；等它完了再试")
            yield

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
