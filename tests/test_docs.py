"""What the documents name is there."""

import io
import re
import tokenize
from collections.abc import Iterator

from tests.conftest import ROOT


def vocabulary() -> list[str]:
    """Every name in the table's first column."""
    rows = re.findall(r"^\| (`.+?) \|", (ROOT / "docs/vocabulary.md").read_text(encoding="utf-8"), re.M)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def names_in_code() -> Iterator[str]:
    """Every name in plugins and tasks (PageGroup as page_group), and every word of a template or of a CSS selector."""
    for file in [ROOT / "tasks.py", *(ROOT / "plugins").rglob("*.py")]:
        for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.NAME:
                yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", token.string).lower()
        yield file.stem
    for folder, pattern in (("templates", "*.html"), ("static/css", "*.css")):
        for file in (ROOT / "theme" / folder).rglob(pattern):
            text = re.sub(r"/\*.*?\*/|\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
            yield from (word.lower().replace("-", "_") for word in re.findall(r"[\w-]+", text))
            yield file.stem


def test_every_word_of_the_vocabulary_is_used_in_code() -> None:
    used = {part for name in names_in_code() for part in (name, name.removesuffix("s"))}
    parts = f" {' | '.join(used)} ".replace("_", " ")
    assert vocabulary()
    assert [name for name in vocabulary() if f" {name.replace('_', ' ')} " not in parts] == []


def test_each_decision_has_a_number_and_a_status_and_names_others_that_are_there() -> None:
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [file.name[:4] for file in files]
    assert len(numbers) == len(set(numbers))
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {file.name[:4]}: "), file.name
        assert re.search(r"^Status: \S", text, re.M), file.name
        assert set(re.findall(r"\b00[0-9]{2}\b", text)) <= set(numbers), file.name


def without_examples(text: str) -> str:
    """A document less the code in its lines that looks like a link."""
    return re.sub(r"`[^`\n]*`", lambda code: "" if "](" in code[0] else code[0], text)


def test_links_and_paths_in_the_documents_lead_somewhere() -> None:
    broken = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "plugins/README.md"]:
        text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)#:]+)\)", without_examples(text)):
            if not (file.parent / target).exists():
                broken.append(f"{file.name}: {target}")
        for path in re.findall(r"\b((?:plugins|tests|theme|docs)/[\w./-]+\.(?:py|md|css|html|svg|otf))\b", text):
            if not (ROOT / path).exists():
                broken.append(f"{file.name}: {path}")
    assert broken == []


def test_readme_names_every_stage_in_order() -> None:
    from tests.test_stages import STAGES

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert ", ".join(stage for stage in STAGES if stage != "flow") in readme
