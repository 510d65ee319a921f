"""What a page points at: pages, pictures, anchors, by whole or relative addresses."""

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup


def broken_links(output: Path, address: str) -> list[tuple[str, str]]:
    """Pages and what they point at in vain, at this address; other hosts are not asked."""
    soups = {file: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in output.rglob("*.html")}
    anchors = {file: {str(element["id"]) for element in soup.select("[id]")} for file, soup in soups.items()}
    broken = []
    for file, soup in soups.items():
        name = file.relative_to(output).as_posix()
        found = [str(element[key]) for key in ("href", "src") for element in soup.select(f"[{key}]")]
        found += [part.split()[0] for element in soup.select("[srcset]") for part in str(element["srcset"]).split(", ")]
        for link in found:
            url, anchor = urldefrag(urljoin(address + name.removesuffix("index.html"), link))
            if url.startswith(address):
                path = output / unquote(urlsplit(url.removeprefix(address)).path)
                path = path / "index.html" if url.endswith("/") else path
                if not path.is_file() or (anchor and unquote(anchor) not in anchors[path]):
                    broken.append((name, link))
    return broken
