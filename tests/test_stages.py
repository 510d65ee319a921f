"""The stages of the paper are folders, in the order of the flow: each imports those before it, none after."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PAPER = ROOT / "plugins/newspaper"
STAGES = ["reading", "gathering", "checking", "planning", "making", "printing", "flow"]
"""In the order of the flow; what is not named here lies below them all."""


def modules() -> dict[str, Path]:
    """Every module of the paper by its dotted name below plugins.newspaper."""
    files = sorted(PAPER.rglob("*.py"))
    return {".".join(file.relative_to(PAPER).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imports(file: Path, known: set[str]) -> Iterator[str]:
    """The paper's modules that a module imports, anywhere in it."""
    prefix = "plugins.newspaper"
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith(prefix):
                name = name.removeprefix(prefix).lstrip(".")
                while name and name not in known:
                    name = name.rpartition(".")[0]
                yield name


def stage(module: str) -> int:
    """Place of a module's stage in the flow; 0 for what lies below them all."""
    first = module.partition(".")[0]
    return STAGES.index(first) + 1 if first in STAGES else 0


def test_no_stage_imports_a_later_one() -> None:
    files = modules()
    upwards = [
        f"{module} imports {name}"
        for module, file in files.items()
        for name in imports(file, set(files))
        if stage(name) > stage(module)
    ]
    assert upwards == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    files = modules()
    arrows = {module: set(imports(file, set(files))) - {module} for module, file in files.items()}
    # The package's own docstring module imports nothing, and is imported by all.
    while ends := [module for module, named in arrows.items() if not named & arrows.keys()]:
        for module in ends:
            del arrows[module]
    assert arrows == {}


def test_every_stage_is_there_and_says_what_it_is() -> None:
    for name in STAGES:
        file = PAPER / name / "__init__.py" if name != "flow" else PAPER / "flow.py"
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), name
    overview = ast.get_docstring(ast.parse((PAPER / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert [name for name in STAGES if name not in overview] == []
