"""What an import should give: issues in the proper form, taken apart line by line."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from plugins.newspaper.reading.byline import read_byline
from plugins.newspaper.reading.to_verify import doubt_in

ISSUES = Path(__file__).parent / "issues"


@dataclass
class Part:
    """A paragraph, crosshead, caption or row of a story."""

    kind: str
    text: str


@dataclass
class Told:
    """A story as a file tells it."""

    headline: list[str]
    banner: str = ""
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    parts: list[Part] = field(default_factory=list)

    def of(self, kind: str) -> list[str]:
        return [part.text for part in self.parts if part.kind == kind]


@dataclass
class File:
    """An issue's file."""

    header: dict[str, str]
    ear: list[str]
    stories: list[Told]


def taken_apart(text: str) -> File:
    _, head, body = text.split("---\n", 2)
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    header = {key: value for key, value in header.items() if key[0] != " "}
    file = File(header, [], [])
    banner = ""
    for line in body.split("\n"):
        if not line or doubt_in(line) is not None:
            continue
        story = file.stories[-1] if file.stories else None
        if line.startswith("## "):
            banner = line[3:]
        elif line == "###" or line.startswith("### "):
            file.stories.append(Told(line[4:].split("|"), banner))
        elif match := re.fullmatch(":(kicker|deck|byline): (.*)", line):
            assert story, line
            setattr(story, match[1], match[2])
        elif re.match(":[a-z]+:", line) or line == ">":
            continue
        elif story is None:
            file.ear.append(line.removeprefix("> "))
        elif line.startswith("#### "):
            story.parts.append(Part("crosshead", line[5:]))
        elif match := re.fullmatch(r'!\[(.*?)\]\((?:\S*?(?: "(.*)")?)?\)', line):
            story.parts.append(Part("caption", match[2] or match[1]))
        elif line.startswith("|"):
            if not line.startswith("|--"):
                story.parts.append(Part("row", line))
        else:
            story.parts.append(Part("text", line.removeprefix("> ")))
    for story in file.stories:
        last = story.parts[-1] if story.parts else None
        if last and last.text[0] == "（" and read_byline(last.text.strip("（）")) and not story.byline:
            story.byline = last.text.strip("（）")
            story.parts.pop()
    return file


def issues() -> dict[str, File]:
    """Every issue of the set, by name: those made for it, and the real one."""
    real = ISSUES.parent.parent.parent / "content/issues/0255.md"
    return {file.stem: taken_apart(file.read_text(encoding="utf-8")) for file in [real, *sorted(ISSUES.glob("*.md"))]}
