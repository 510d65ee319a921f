"""What every kind of place can do to which the site is published (发布的地方)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from plugins.newspaper.problems import Halt
from plugins.publishing.release import Changes, Release

KEPT = 10
"""Releases that a place keeps, so that one can go back."""

Tell = Callable[[int], None]
"""Is told how many bytes have just been sent."""


class PlaceFault(Halt):
    """The place cannot be reached, or does not do what it should; says what to do."""


class Overtaken(PlaceFault):
    """Somebody else has published meanwhile; nothing of ours is online."""


class Online(NamedTuple):
    """What is at a place: the release that readers see, and the names of all that are kept, oldest first."""

    release: Release | None
    names: tuple[str, ...]


class Place(Protocol):
    """A place. Readers see nothing of a release before `switch`, and what they see then is whole.

    Whatever is killed, cut off or full in between, the next `held` or `bring` removes or finishes what is left.
    """

    def look(self) -> Online:
        """What is there. Changes nothing."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """Keep others of this place's own kind out, where it can; finish what a killed one left. Raises Overtaken."""
        ...

    def kept(self, name: str) -> Release:
        """A release that is kept."""
        ...

    def bring(self, release: Release, online: Release | None, different: Changes, source: Path, tell: Tell) -> None:
        """Bring all that the switch will need. Raises PlaceFault."""
        ...

    def switch(self, release: Release, online: Release | None) -> None:
        """Show readers this release, brought or kept, instead of the one that is online. Raises Overtaken if another
        is online by now."""
        ...


@runtime_checkable
class HasDisk(Protocol):
    """A place on a disk that may become full."""

    def free(self) -> int:
        """Bytes that are free there. Raises PlaceFault."""
        ...
