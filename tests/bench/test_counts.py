"""A small bench: what is printed and written after each change is known page by page; seconds do not matter here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.changes import RENAMED
from tests.bench.corpus import STORIES, TOPICS, Corpus, stories, write_corpus
from tests.bench.measure import Tool, build
from tests.bench.run import changed, our_tool, restore
from tests.conftest import tree

# Pages that are not news (about/) are not counted: Pelican itself prints them, every time.
ISSUES = 12
"""All of one year, and so many that every topic has a story."""

NEWEST = 6
"""Front page, latest/, feed, list of topics, archive/ and 404 go with the newest issue."""
CORRECTIONS = 1
SEARCH = 1
YEAR = 1
ISSUE = 2 + STORIES
"""An issue's page, the whole issue on one page, and its stories'."""
TOPIC = 3
"""A topic's page and feed, and its page of the one year."""
ALL = NEWEST + CORRECTIONS + SEARCH + YEAR + ISSUES * ISSUE + TOPICS * TOPIC
FEEDS = 1 + TOPICS
DATA = 2
"""What machines read of an issue and of its year. The list of years is written besides where there is another issue."""
INDEX = 1
"""The mark of the search index. A story's text there is another file; shards are counted apart."""
BESIDE = 2 + 1 + 1 + ISSUES + INDEX + 1 + ISSUES * STORIES
"""Two icons, which no change makes anew; the data of the archive, of the year, of each issue; what search has besides
its shards, a table of characters among it."""


def naming(topic: int) -> int:
    """How many stories of the paper name a topic."""
    return sum(topic in story.topics for number in range(1, ISSUES + 1) for story in stories(number))


def naming_issues(topic: int) -> int:
    return sum(topic in topics_of(number) for number in range(1, ISSUES + 1))


def topics_of(number: int) -> set[int]:
    return {topic for story in stories(number) for topic in story.topics}


def told_of(topics: tuple[int, int], number: int, issues: int) -> tuple[int, str] | None:
    """The story that comes after one on these topics in this issue, in a paper of so many issues."""
    for topic in topics:
        for later in range(number + 1, issues + 1):
            for story in stories(later):
                if topic in story.topics:
                    return later, story.slug
    return None


def followed() -> int:
    """How many stories have another story after them, once there is one issue more."""
    return sum(
        told_of(story.topics, number, ISSUES) != told_of(story.topics, number, ISSUES + 1)
        for number in range(1, ISSUES + 1)
        for story in stories(number)
    )


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    """Our site over a small paper, built once."""
    tool = our_tool(write_corpus(tmp_path_factory.mktemp("bench") / "paper", ISSUES))
    build(tool)
    return tool


def after(tool: Tool, scenario: str) -> tuple[int | None, int | None]:
    """Pages printed and files written by the build after a change, but for the shards of the search index."""
    before = {} if scenario == "cold" else shards(tool)
    cost, now = changed(tool, scenario, 1, lambda tool: (build(tool), shards(tool)))
    restore(tool, scenario)
    return cost.printed, cost.written - sum(before.get(name) != content for name, content in now.items())


def shards(tool: Tool) -> dict[str, bytes]:
    files = tree(tool.folder / tool.output / "search")
    return {name: content for name, content in files.items() if name.endswith(".bin")}


def test_from_nothing_every_page_is_printed_and_written(tool: Tool) -> None:
    assert after(tool, "cold") == (ALL, ALL + BESIDE)


def test_when_nothing_has_changed_nothing_is_printed(tool: Tool) -> None:
    assert after(tool, "unchanged") == (0, 0)


def test_an_edit_of_an_opening_prints_the_story_its_issue_twice_and_writes_its_data(tool: Tool) -> None:
    assert after(tool, "edit") == (1 + 2 + SEARCH, 1 + 2 + SEARCH + 1 + 1 + INDEX)


def test_a_new_issue_prints_itself_its_neighbour_what_it_follows_the_newest_pages_and_its_topics(tool: Tool) -> None:
    pages = ISSUE + 1 + followed() + NEWEST + SEARCH + YEAR + TOPIC * len(topics_of(ISSUES + 1))

    assert 0 < followed() < 2 * STORIES

    assert after(tool, "add") == (pages, pages + DATA + 1 + STORIES + INDEX)


def test_a_topic_renamed_prints_its_pages_the_list_of_topics_and_every_story_that_names_it(tool: Tool) -> None:
    pages = TOPIC + 1 + SEARCH + naming(RENAMED)

    assert after(tool, "rename") == (pages, pages + naming_issues(RENAMED) + DATA + naming(RENAMED) + INDEX)


def test_a_changed_template_prints_everything_but_the_feeds(tool: Tool) -> None:
    assert after(tool, "theme") == (ALL - FEEDS, ALL - FEEDS)


@pytest.mark.parametrize("scenario", ["edit", "add", "rename", "theme"])
def test_as_many_files_are_written_as_the_build_says(tool: Tool, scenario: str) -> None:
    output = tool.folder / tool.output
    before = tree(output)
    tool.changes[scenario].make(1)
    cost = build(tool)
    different = {name for name, content in tree(output).items() if before.get(name) != content}
    tool.changes[scenario].undo()
    build(tool)

    assert len(different - {"about/index.html"}) == cost.written
    assert tree(output) == before


def test_every_topic_has_a_story_and_the_newest_issues_do_not_name_the_renamed_one() -> None:
    """What the counts above take for granted: no page of an empty topic, no feed of the paper with the renamed one."""
    assert all(naming(topic) for topic in range(TOPICS))
    assert not any(RENAMED in topics_of(number) for number in range(ISSUES - 2, ISSUES + 1))


def contents(corpus: Corpus) -> Iterator[tuple[Path, bytes]]:
    for path in sorted((corpus.folder / "content").rglob("*.*")):
        yield path.relative_to(corpus.folder), path.read_bytes()


def test_the_same_number_of_issues_makes_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_corpus(tmp_path / name, ISSUES) for name in ("first", "second"))

    assert list(contents(first)) == list(contents(second))


def test_every_change_can_be_undone(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "paper", ISSUES)
    before = list(contents(corpus))

    for change in our_tool(corpus).changes.values():
        change.make(1)
        change.make(2)
        change.undo()

    assert list(contents(corpus)) == before
