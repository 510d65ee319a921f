"""Draft → the text of an issue's file, in the form of docs/contracts.md, with its doubts as marks."""

import re
from collections.abc import Iterator, Mapping

from plugins.importing.draft import Block, Draft, DraftStory
from plugins.importing.kinds import byline_in, names_in
from plugins.importing.masthead import Facts
from plugins.newspaper.fields import MASTHEAD, REQUIRED
from plugins.newspaper.reading.to_verify import mark

_PLAIN = re.compile(r"[^\s'\"#&*!|>%@`{}\[\],?:\-][^\n]*")


def written(draft: Draft, masthead: Mapping[str, str]) -> str:
    """The file of an issue; `masthead` is what the paper's settings say, which need not be said again."""
    lines = ["---", *_front_matter(draft.facts, masthead), "---", ""]
    for doubt in dict.fromkeys(doubt.text for doubt in draft.doubts):
        lines += [mark(doubt), ""]
    for at, block in enumerate(draft.ear):
        lines += _doubt(block)
        lines += _block(block)
        followed = at + 1 < len(draft.ear) and draft.ear[at + 1].kind == block.kind == "quote"
        lines.append(">" if followed else "")
    banner = ""
    for story in draft.stories:
        if story.banner != banner and story.banner:
            lines += [f"## {story.banner}", ""]
        elif story.banner != banner:
            lines += ["---", ""]
        banner = story.banner
        lines += _story(story)
    return "\n".join(lines).rstrip("\n") + "\n"


def front_values(facts: Facts, masthead: Mapping[str, str]) -> dict[str, str]:
    """What the front matter says, by key."""
    values = {key: facts.value(key) for key in REQUIRED if facts.value(key)}
    for key in MASTHEAD:
        value = "、".join(facts.values(key))
        same = re.sub(r"\s", "", masthead.get(key, ""))
        if value and re.sub(r"\s", "", value) != same and key != "name":
            values[key] = value
    return values


def _front_matter(facts: Facts, masthead: Mapping[str, str]) -> Iterator[str]:
    for key, value in front_values(facts, masthead).items():
        plain = _PLAIN.fullmatch(value) and ": " not in value and " #" not in value and not value.endswith(":")
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        yield f"{key}: {value}" if plain else f'{key}: "{quoted}"'


def _story(story: DraftStory) -> list[str]:
    lines = []
    for doubt in dict.fromkeys(story.doubts):
        lines += [mark(doubt), ""]
    lines += [f"### {'|'.join(story.headline)}".rstrip(), f":slug: {story.slug}"]
    if story.topics:
        lines.append(f":topics: {'、'.join(story.topics)}")
    if story.kicker:
        lines.append(f":kicker: {story.kicker}")
    if story.deck:
        lines.append(f":deck: {story.deck}")
    if story.byline and story.signed:
        lines.append(f":byline: {signed(story.byline)}")
    lines.append("")
    for block in story.blocks:
        lines += _doubt(block)
        lines += [*_block(block), ""]
    if story.byline and not story.signed:
        lines += [f"（{signed(story.byline)}）", ""]
    return lines


def signed(byline: str) -> str:
    """A byline without its brackets."""
    return byline_in(byline) or names_in(byline) or byline


def _doubt(block: Block) -> list[str]:
    return [mark(block.doubt), ""] if block.doubt else []


def _block(block: Block) -> list[str]:
    match block.kind:
        case "crosshead":
            return [f"#### {block.text}"]
        case "quote":
            return [f"> {block.text}"]
        case "picture":
            return [_picture(block)]
        case "table":
            return list(_table(block.text))
    return [_escaped(block.text)]


def _picture(block: Block) -> str:
    alt = block.text.replace("[", "〔").replace("]", "〕")
    if not block.name:
        return f"![{alt}]()"
    name = f"<{block.name}>" if re.search(r"[\s()]", block.name) else block.name
    return f'![{alt}]({name} "{block.caption}")' if block.caption else f"![{alt}]({name})"


def _table(text: str) -> Iterator[str]:
    rows = [[cell.replace("|", "\\|") for cell in row.split("\t")] for row in text.split("\n")]
    columns = max(map(len, rows))
    for at, row in enumerate(rows):
        yield "| " + " | ".join([*row, *[""] * (columns - len(row))]) + " |"
        if at == 0:
            yield "|" + "---|" * columns


def _escaped(text: str) -> str:
    """A paragraph whose first character would be read as a mark."""
    return f"\\{text}" if re.match(r"[#>|]|[-*_](?:[ -*_]*)$", text) else text
