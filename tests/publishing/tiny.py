"""A site of a few files, each of which names its edition, so that a reader can tell editions apart."""

import shutil
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from plugins.newspaper.checking.ledger import LEDGER
from plugins.publishing.place import Place
from plugins.publishing.places import place_at
from plugins.publishing.publish import How, Site, publish, roll_back

ADDRESS = "https://yibin.test"
PAGES = ("index.html", "issues/1/index.html", "issues/1/a/index.html", "latest/index.html", "404.html")


class TinySite:
    """What is published, in a project's folder, and what its readers see."""

    def __init__(self, folder: Path, place: str, seen: Path) -> None:
        self.folder, self.address, self.seen = folder, place, seen
        self.site = Site(folder / "output", ADDRESS, folder / "content")
        self.site.content.mkdir(exist_ok=True)
        self.lines = ["/", "/issues/1/\tcontent/issues/0001.md", "/issues/1/a/\tcontent/issues/0001.md\t一篇"]
        self.said: list[str] = []
        self.edit("甲")

    @cached_property
    def place(self) -> Place:
        return place_at(self.address)

    @property
    def ledger(self) -> str:
        file = self.site.content / LEDGER
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def edit(self, edition: str, *, extra: int = 0) -> None:
        """Another edition: every page names it, and the picture that it shows."""
        output = self.site.output
        picture = f"大厅 {edition}".encode() * 5000
        name = f"images/0001/{sha256(picture).hexdigest()[:12]}-720.webp"
        shutil.rmtree(output, ignore_errors=True)
        for page in (*PAGES, *(f"issues/{number}/index.html" for number in range(2, 2 + extra))):
            text = f'<html><p data-edition="{edition}">{page}</p><img src="/{name}"></html>'
            write(output / page, text.encode())
        write(output / name, picture)
        write(output / "feed.xml", f"<feed>{edition}</feed>".encode())

    def build(self, online: str) -> str:
        return "\n".join(self.lines)

    def publish(self, *, dry_run: bool = False, anew: bool = False, over: bool = False, many: bool = False) -> str:
        """Publish; gives what was said."""
        self.said = []
        publish(self.place, self.site, self.build, self.said.append, How(dry_run, anew, over, many))
        return "\n".join(self.said)

    def roll_back(self, to: str = "") -> str:
        self.said = []
        roll_back(self.place, self.site, self.said.append, to)
        return "\n".join(self.said)

    def online(self) -> dict[str, bytes]:
        """All that readers can reach, less what a place keeps for itself."""
        seen = self.seen.resolve()  # one release, whatever comes meanwhile
        files = {path.relative_to(seen).as_posix(): path for path in seen.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".")}

    def built(self) -> dict[str, bytes]:
        output = self.site.output
        return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
