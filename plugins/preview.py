"""The editor's preview: builds again after each save in one process, and knows how the last build ended."""

import sys
import time
from pathlib import Path

from pelican.settings import read_settings

from plugins.faults import told_plainly, unnamed
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.printing.record import Record
from plugins.newspaper.problems import Halt, UnfitToPrint
from plugins.newspaper.store import Store
from plugins.strict_pelican import StrictPelican

SETTINGS = "pelicanconf.py"


class Preview:
    """The site as the last build left it, or why it stopped."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.build = 0
        """Names the last build, and no other, of this preview or another: so an older page is known."""
        self.halted: tuple[str, ...] = ()
        self.output = root
        self._cache: Cache | None = None
        self._record: Record | None = None

    def rebuild(self) -> None:
        """Build again; keeps the messages of a build that stopped."""
        self.build = time.time_ns() // 1_000_000
        try:
            with told_plainly(self.root / SETTINGS, Path(__file__).parent):
                self._build()
            self.halted = ()
            return
        except UnfitToPrint as unfit:  # StrictPelican has printed them
            self.halted = tuple(map(str, unfit.problems))
            return
        except Halt as halt:
            self.halted = (str(halt),)
        except Exception as error:  # the preview goes on, whatever it is
            self.halted = (unnamed(error),)
        print(*self.halted, sep="\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Save what the builds left, so that the next one need not look through the output."""
        if self._record:
            self._record.end()

    def _build(self) -> None:
        if gone := [name for name in ("content", "theme", SETTINGS) if not (self.root / name).exists()]:
            raise Halt(f"找不到 {'、'.join(gone)}；是不是改了名字，或移到了别处？放回来，本页自动更新")
        settings = read_settings(str(self.root / SETTINGS), override={"PATH": str(self.root / "content")})
        self.output = Path(settings["OUTPUT_PATH"])
        folder = Path(settings["CACHE_PATH"])
        if self._record is None or self._record.output != self.output:
            self.end()
            self._cache, self._record = Cache(Store(folder / "store")), Record(folder, self.output, print)
        settings["CACHE"], settings["RECORD"] = self._cache, self._record
        StrictPelican(settings).run()
