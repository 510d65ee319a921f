"""Hugo printing the pages that ours prints: the furniture of every page is cut from a page that ours built."""

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.newspaper.lunar import lunar_of
from tests.bench.corpus import BANNER, BUILD, OUTPUT, SITES, STORIES, Corpus, Story, stories, topic_slug, write_corpus
from tests.bench.measure import Tool, build
from tests.bench.results import OURS

_DESCRIPTION = 110
"""Characters of a story's first sentence that describe it."""
_FURNITURE = {
    "head.html": r"<meta http-equiv=.*?(?=</head>)",
    "nameplate.html": r"<svg.*?</svg>",
    "nav.html": r'<nav class="nav".*?</aside>',
    "nav-bottom.html": r'<nav class="nav"(?:(?!<nav).)*?</nav>\s*</section>',
    "colophon.html": r"<footer.*?</footer>",
}
"""Partial → what it is in a story's page."""


@dataclass(frozen=True)
class SamePages:
    """A Hugo site with our pages; descriptions, lunar dates and what came after stand ready in its front matter."""

    key: str = "hugo-same-pages"

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Templates, furniture, a file an issue and a file a story."""
        shutil.copytree(SITES / self.key, folder)
        write_furniture(folder / "layouts" / "_partials", story_page())
        content = folder / "content" / "issues"
        content.mkdir(parents=True)
        # The list of all issues is no page of ours.
        (content / "_index.md").write_text("---\nbuild:\n  render: never\n---\n", encoding="utf-8")
        for number in range(1, corpus.issues + 1):
            self.file(folder, number, "_index").parent.mkdir()
            self.file(folder, number, "_index").write_text(_issue(corpus, number), encoding="utf-8")
            for place, story in enumerate(stories(number)):
                text = _article(story, corpus, number, place)
                self.file(folder, number, story.slug).write_text(text, encoding="utf-8")

    def file(self, folder: Path, number: int, slug: str) -> Path:
        """Where a story is; its address is the one it has with us."""
        return folder / "content" / "issues" / str(number) / f"{slug}.md"


def story_page() -> str:
    """A page of a story, printed by ours for the occasion."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = write_corpus(Path(folder) / "paper", 3)
        build(Tool(OURS, corpus.folder, BUILD, {}))
        return (corpus.folder / OUTPUT / "issues" / "2" / "s3" / "index.html").read_text(encoding="utf-8")


def write_furniture(folder: Path, page: str) -> None:
    """What stands on every page, as Hugo's partials."""
    for name, pattern in _FURNITURE.items():
        found = re.search(pattern, page, re.DOTALL)
        if not found:
            raise ValueError(f"a story's page has nothing for {name}: {pattern}")
        # Go reads JSON's strings; safeHTML keeps it from looking into them.
        text = json.dumps(found[0], ensure_ascii=False)
        (folder / name).write_text(f"{{{{ {text} | safeHTML }}}}", encoding="utf-8")


def _issue(corpus: Corpus, number: int) -> str:
    day = corpus.day(number)
    fields = {
        "title": f"总第{number}期",
        "date": str(day),
        "issue": corpus.of_year(number),
        "total": number,
        "lunar": lunar_of(day),
        "years": [str(day.year)],
        "description": f"伊滨新闻总第{number}期",
    }
    return _front_matter(fields)


def _article(story: Story, corpus: Corpus, number: int, place: int) -> str:
    day = corpus.day(number)
    topics = [topic_slug(topic) for topic in story.topics]
    fields = {
        "title": story.headline,
        "date": str(day),
        "weight": place + 1,
        "topics": topics,
        "topicyears": [f"{topic}-{day.year}" for topic in topics],
        "banner": BANNER,
        "description": story.paragraphs[0][0][:_DESCRIPTION],
        **_sequel(corpus, number, place),
    }
    return f"{_front_matter(fields)}\n{story.text}\n"


def _sequel(corpus: Corpus, number: int, place: int) -> dict[str, object]:
    """The stories before and after on the first topic, which the issues beside have one place further on or back."""
    found: dict[str, object] = {}
    for key, word, issue, other in (
        ("before", "此前", number - 1, (place + 1) % STORIES),
        ("after", "后来", number + 1, (place - 1) % STORIES),
    ):
        if 1 <= issue <= corpus.issues:
            day = corpus.day(issue)
            story = list(stories(issue))[other]
            told = f"{word}　{day.year}年{day.month}月{day.day}日"
            found[key] = {
                "url": f"/issues/{issue}/{story.slug}/",
                "title": story.headline,
                "date": str(day),
                "told": told,
            }
    return found


def _front_matter(fields: dict[str, object]) -> str:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", ""])
