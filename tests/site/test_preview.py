"""A preview builds again and again in one process, and trusts what itself wrote; no build after it is misled."""

import sys
from pathlib import Path

import pytest

from plugins.preview import Preview
from tests.conftest import run_pelican, tree
from tests.site.test_building import ISSUE, add_issue, clean, edit


@pytest.fixture
def preview(project: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """A preview that has shown the paper, and one mended text."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(project)
    preview = Preview(project)
    preview.rebuild()
    edit(project, ISSUE, "塔吊林立", "塔吊如林")
    preview.rebuild()
    assert preview.halted == ()
    return preview


def flags(project: Path) -> list[Path]:
    return list((project / ".cache").glob("*.printing"))


def test_each_save_shows_what_a_clean_build_would(project: Path, preview: Preview) -> None:
    assert tree(project / "preview") == clean(project)
    add_issue(project)
    preview.rebuild()
    assert tree(project / "preview") == clean(project)
    edit(project, Path("content/topics.yaml"), "slug: linli-zhongxin", "slug: linli")
    preview.rebuild()
    assert tree(project / "preview") == clean(project)
    (project / "content/issues/0256.md").unlink()
    preview.rebuild()
    assert tree(project / "preview") == clean(project)


def test_a_build_after_a_preview_that_ended_prints_nothing(project: Path, preview: Preview) -> None:
    preview.end()
    assert flags(project) == []
    assert "印出 0 页，写了 0 个文件" in run_pelican(project).stdout
    assert tree(project / "preview") == clean(project)


def test_a_build_after_a_preview_that_was_killed_is_whole(project: Path, preview: Preview) -> None:
    edit(project, ISSUE, "塔吊如林", "塔吊林立")
    assert "印出" in run_pelican(project).stdout
    assert flags(project) == []
    assert tree(project / "preview") == clean(project)


def test_a_preview_goes_on_after_another_build_at_its_output(project: Path, preview: Preview) -> None:
    add_issue(project)
    run_pelican(project)
    (project / "content/issues/0256.md").unlink()
    preview.rebuild()
    assert tree(project / "preview") == clean(project)


def test_a_preview_heals_what_another_build_left_that_was_killed(project: Path, preview: Preview) -> None:
    (flag,) = flags(project)
    flag.write_bytes(b"another build")
    (project / "preview/index.html").write_bytes(b"half")
    preview.rebuild()
    assert tree(project / "preview") == clean(project)


def test_a_preview_that_ends_after_another_build_leaves_the_record_to_it(project: Path, preview: Preview) -> None:
    add_issue(project)
    run_pelican(project)
    preview.end()
    assert "印出 0 页，写了 0 个文件" in run_pelican(project).stdout
    assert tree(project / "preview") == clean(project)


def test_a_template_that_is_wrong_is_told_and_the_next_save_shows_again(project: Path, preview: Preview) -> None:
    template = project / "theme/templates/article.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(
        text.replace("{% block content %}", "{% block content %}{{ nothing.of.this }}"), encoding="utf-8"
    )
    preview.rebuild()
    assert preview.halted != ()
    template.write_text(text, encoding="utf-8")
    preview.rebuild()
    assert preview.halted == ()
    assert tree(project / "preview") == clean(project)
