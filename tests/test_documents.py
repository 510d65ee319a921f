"""What documents link to is there; what they call by its name has that name in the file they link to."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_docs import without_examples

DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "plugins/README.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)


def links(document: Path) -> Iterator[tuple[str, Path, str]]:
    """Text, file and anchor of each link to a file of the project; what stands in an example is none."""
    said = re.sub(r"^```.*?^```", "", without_examples(document.read_text("utf-8")), flags=re.S | re.M)
    for text, target in re.findall(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", said):
        if not re.match(r"[a-z]+:", target):
            name, _, anchor = target.partition("#")
            yield text, (document.parent / name).resolve() if name else document, anchor


def anchors(document: Path) -> set[str]:
    """Of a document's headings, as hosts make them: in small letters, with hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}


def defined_in(module: Path) -> set[str]:
    """What a module defines, at its top or in a class."""
    text = module.read_text(encoding="utf-8")
    return set(re.findall(r"^(?:    )?(?:def |class )?(\w+)(?=[:(=]| =)", text, re.M))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    found = list(links(document))
    assert [str(file) for _, file, _ in found if not file.exists()] == []
    assert [anchor for _, file, anchor in found if anchor and anchor not in anchors(file)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_every_name_is_defined_where_its_link_leads(document: Path) -> None:
    named = [(text.strip("`"), file) for text, file, _ in links(document) if re.fullmatch(r"`\w+`", text)]
    assert [name for name, file in named if file.suffix == ".py" and name not in defined_in(file)] == []


def test_how_to_change_is_found_and_names_every_list_and_toy() -> None:
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        assert ROOT / "docs/how-to-change.md" in [file for _, file, _ in links(document)]
    found = list(links(ROOT / "docs/how-to-change.md"))
    toys = {file for file in (ROOT / "tests/toys").glob("*.py") if file.name != "__init__.py"}
    assert toys - {file for _, file, _ in found} == set()
    lists = {f"`{name}`" for name in ("FRONT_MATTER", "ISSUE_CHECKS", "ARCHIVE_CHECKS", "PAGES", "FILES")}
    assert lists - {text for text, _, _ in found} == set()
