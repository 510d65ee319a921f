"""What a publish meets on a bad day: it is killed, and readers read all the while. A few times in the suite; many by
`python -m tests.publishing.bad_days`."""

import contextlib
import http.client
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.newspaper.checking.ledger import LEDGER
from tests.conftest import eventually
from tests.publishing.tiny import PAGES, TinySite

PICTURE = re.compile(rb'src="/(images/[^"]+)"')


def killed(tiny: TinySite, moments: int, seed: int = 255) -> int:
    """Publish and be killed, at random moments; what readers have then is whole, and the next publish mends the rest.

    Gives how often the new edition was online though the run that brought it was killed.
    """
    chance = random.Random(seed)
    tiny.edit("0")
    tiny.publish()
    tiny.edit("1")
    begin = time.monotonic()
    tiny.publish()
    usual = time.monotonic() - begin
    through = 0
    for moment in range(2, moments + 2):
        old = tiny.online()
        tiny.edit(str(moment), extra=moment % 3)
        tiny.lines.append(f"/issues/{moment}/")
        _publish_and_die(tiny, chance.uniform(0, usual * 1.5), with_ssh=chance.random() < 0.5)

        seen, new = tiny.online(), tiny.built()
        if tiny.address.startswith("ssh:"):
            assert seen in (old, new), moment
        else:
            pages_are_whole(seen, old, new)
        through += seen == new

        tiny.publish()
        assert tiny.online() == new
        assert f"\n/issues/{moment}/\n" in tiny.ledger

    def tidied() -> bool:
        """A killed run's script may go on for a moment; what it leaves goes with the next publish."""
        tiny.edit(f"{time.monotonic_ns()}")
        tiny.publish()
        return left_over(tiny) == []

    eventually(tidied, "what the killed runs left is gone")
    return through


def pages_are_whole(seen: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Each page that readers see is the old or the new one, and what it shows is there; none is missing."""
    assert seen.keys() >= old.keys() & new.keys()
    for name, content in seen.items():
        assert content in (old.get(name), new.get(name)), name
        for picture in PICTURE.findall(content):
            assert picture.decode() in seen, f"{name} shows {picture!r}"


def _publish_and_die(tiny: TinySite, seconds: float, *, with_ssh: bool) -> None:
    """Publish in another process, and end it at once after so long; with what it started, or without."""
    pid = os.fork()
    if not pid:
        with contextlib.suppress(BaseException):
            os.setsid()
            tiny.publish()
        os._exit(0)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if with_ssh else os.kill)(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def left_over(tiny: TinySite) -> list[str]:
    """What lies at the place and belongs to no release."""
    root = tiny.folder / "srv"
    names = set(tiny.place.look().names)
    found = list(root.rglob("*.part"))
    if tiny.address.startswith("ssh:"):
        found += [*(root / "incoming").iterdir()]
        found += [path for path in (root / "releases").iterdir() if path.name.removesuffix(".json") not in names]
    elif tiny.address.startswith("bucket:"):
        found += [root / "keep/switching", *(root / "keep").glob("claims/*")]
    else:
        found += [root / ".releases" / name for name in ("incoming.json", "switching")]
    found += (tiny.site.content).glob(f"{LEDGER}?*")
    return [path.name for path in found if path.exists()]


@contextlib.contextmanager
def read_all_the_while(tiny: TinySite) -> Iterator[list[str]]:
    """A reader asks a server for page after page; gives the editions it got, and fails if one was none, or older than
    one that had been seen on any page of a server, or on the same page of a folder."""
    from tests.site.conftest import served

    seen: list[str] = []
    wrong: list[str] = []
    enough = threading.Event()

    def read(address: str) -> None:
        host = address.removeprefix("http://").rstrip("/")
        last: dict[str, int] = {}
        while not enough.is_set():
            for page in PAGES:
                connection = http.client.HTTPConnection(host, timeout=60)
                connection.request("GET", f"/{page}")
                response = connection.getresponse()
                content = response.read()
                connection.close()
                match = re.fullmatch(rb'<html><p data-edition="(\d+)">([^<]*)</p><img src="/[^"]*"></html>', content)
                if response.status != 200 or not match or match[2].decode() != page:
                    wrong.append(f"{page}: {response.status} {content[:200]!r}")
                    continue
                place = "" if tiny.address.startswith("ssh:") else page
                edition = int(match[1])
                if edition < last.get(place, 0):
                    wrong.append(f"{page}: {edition} after {last[place]}")
                last[place] = edition
                time.sleep(0.002)  # leaves the publisher some of the processor
                seen.append(match[1].decode())

    with served(tiny.seen) as address:
        reader = threading.Thread(target=read, args=(address,))
        reader.start()
        try:
            yield seen
        finally:
            enough.set()
            reader.join()
    assert wrong == []


def published_under_readers(tiny: TinySite, publishes: int, rollbacks: int) -> int:
    """Publish again and again, and go back, while a reader reads; gives how many pages were read."""
    tiny.edit("1")
    tiny.publish()
    with read_all_the_while(tiny) as seen:
        for edition in range(2, publishes + 2):
            tiny.edit(str(edition))
            tiny.publish()
    count = len(seen)
    assert len({*seen}) > 1
    # Going back, editions fall; so each page is only asked to be whole.
    for _ in range(rollbacks):
        newest = tiny.place.look().names[-1]
        tiny.roll_back()
        assert tiny.online() != tiny.built()
        tiny.roll_back(newest)
        assert tiny.online() == tiny.built()
    return count


def main() -> int:
    import getpass

    from plugins.publishing.ssh import COMMAND
    from tests.publishing.server import running

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        (Path(folder) / "sshd").mkdir()
        with running(Path(folder) / "sshd") as sshd:
            patch.setenv(COMMAND, sshd["ssh"])
            for kind in ("folder", "ssh"):
                for what in ("kills", "readers"):
                    here = Path(folder) / f"{kind}-{what}"
                    root = here / "srv"
                    root.mkdir(parents=True)
                    server = f"ssh://{getpass.getuser()}@127.0.0.1:{sshd['port']}{root}"
                    tiny = TinySite(
                        here, *((f"folder:{root}", root) if kind == "folder" else (server, root / "current"))
                    )
                    begin = time.monotonic()
                    if what == "kills":
                        said = f"100 次打断，{killed(tiny, 100)} 次已经上网，每次都完整，都补好了"
                    else:
                        said = (
                            f"200 次发布、20 次退回，读者读了 {published_under_readers(tiny, 200, 20)} 页，没有一页出错"
                        )
                    print(f"{kind}: {said}（{time.monotonic() - begin:.0f} 秒）", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
