"""A source file → an issue's file, its pictures and its report; or nothing at all (导入一期)."""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.importing.draft import Draft
from plugins.importing.masthead import Fact
from plugins.importing.mending import mend
from plugins.importing.naming import name_stories
from plugins.importing.neighbours import Neighbours
from plugins.importing.neutral import Doubt, Left, Source, Unreadable
from plugins.importing.proof import prove
from plugins.importing.report import report_of
from plugins.importing.sources import read_source
from plugins.importing.stories import recognised
from plugins.importing.writing import written
from plugins.newspaper.addresses import picture_folder
from plugins.newspaper.checking import checked
from plugins.newspaper.gathering.words import own_words
from plugins.newspaper.model import Topic
from plugins.newspaper.problems import Problem
from plugins.newspaper.reading.issue import read_issue
from plugins.newspaper.reading.segmenter import Segmenter
from plugins.newspaper.reading.topics import read_topics
from plugins.newspaper.whole_files import write_whole

_NUMBERED = re.compile(r"(?:总?第?\s*|no\.?\s*|^)0*([1-9][0-9]{0,4})\s*(?:期|$|[._\-\s])", re.I)
_WEEKDAYS = "一二三四五六日"
MOST_A_YEAR = 99
"""Issues of a year; a larger number is the running one."""
MOST_TOTAL = 99_999
"""Issues of a paper; its addresses have no room for more."""
REPLACED = Path(".cache/import/replaced")
"""Folder of what an import has replaced, beside the content."""
PROPOSED = "专题（:topics:）是按用词推荐的，短名（:slug:）是标题的拼音，请逐篇看过；短名上网以后不能再改"


class Paper(NamedTuple):
    """What an import must know of the paper."""

    content: Path
    masthead: Mapping[str, str]
    topics: Mapping[str, Topic]
    segmenter: Segmenter
    neighbours: Neighbours

    @classmethod
    def of(cls, content: Path, masthead: Mapping[str, str]) -> "Paper":
        try:
            topics, _ = read_topics((content / "topics.yaml").read_text(encoding="utf-8"), "content/topics.yaml")
        except (OSError, UnicodeDecodeError):
            topics = {}
        return cls(content, masthead, topics, Segmenter(own_words(content)[0]), Neighbours(content / "issues"))


class Imported(NamedTuple):
    """What came of a source."""

    total: int
    text: str
    pictures: dict[str, bytes]
    report: str
    stories: int
    doubts: int
    problems: int


def import_source(path: Path, paper: Paper, total: int = 0) -> Imported:
    """Everything that is to be written for a source; raises Halt where nothing may be. Writes nothing."""
    return import_paragraphs(read_source(path), path.name, paper, total)


def import_paragraphs(source: Source, name: str, paper: Paper, total: int = 0) -> Imported:
    """The same for a source that has been read."""
    draft = recognised(source, [paper.masthead.get("name", "")])
    _number(draft, name, total)
    number = int(draft.facts.value("total_issue"))
    if not 0 < number <= MOST_TOTAL:
        raise Unreadable(f"原件印的总期号是 {number}，不会有这么多期；请在命令后面写明，如 --total 254，再导入")
    _doubts_of_facts(draft)
    if not draft.stories:
        raise Unreadable("没有认出一篇稿件；请看看文件是不是一期报纸，或把各篇标题单独成行")
    mend(draft)
    _drop_marks_of_bylines(draft)
    pictures = _pictures(draft, number)
    name_stories(draft.stories, paper.topics, paper.segmenter)
    draft.doubts += [*(Doubt("", words) for words in source.doubts), Doubt("", PROPOSED)]
    text = written(draft, paper.masthead)
    prove(source.paragraphs, text, [fact for fact in draft.facts.facts if fact.place], draft.left, source.title)
    target = f"content/issues/{number:04}.md"
    problems = _problems(text, target)
    marks = text.count("<!-- 待核")
    report = report_of(name, target, source, draft, text, problems, paper.neighbours.compared(draft.facts))
    return Imported(number, text, pictures, report, len(draft.stories), marks, len(problems) - marks)


def _number(draft: Draft, name: str, total: int) -> None:
    """Give the draft its running number: as told, as printed, or by the file's name."""
    found = draft.facts.value("total_issue")
    if total:
        if found and int(found) != total:
            draft.doubts.append(Doubt("", f"原件印的是总第{found}期，按命令里写的，收作总第{total}期"))
        facts = [fact for fact in draft.facts.facts if fact.key != "total_issue" or fact.place]
        draft.facts = draft.facts._replace(facts=(Fact("total_issue", "", str(total), ""), *facts))
    elif not found and int(draft.facts.value("issue") or 0) > MOST_A_YEAR:
        facts = [fact._replace(key="total_issue") if fact.key == "issue" else fact for fact in draft.facts.facts]
        draft.facts = draft.facts._replace(facts=tuple(facts))
        draft.doubts.append(Doubt("", f"原件只印第{draft.facts.value('total_issue')}期，当作了总期号"))
    elif not found:
        match = _NUMBERED.search(re.sub(r"(?:19|20)\d\d[-.年]?\d{0,2}[-.月]?\d{0,2}日?", "", Path(name).stem))
        if not match:
            raise Unreadable("没有找到总期号（总第几期）；请在命令后面写明，如 --total 254，再导入")
        draft.facts = draft.facts._replace(facts=(Fact("total_issue", "", match[1], ""), *draft.facts.facts))
        draft.doubts.append(Doubt("", f"原件没有印总期号，“{match[1]}”取自文件名"))


def _doubts_of_facts(draft: Draft) -> None:
    facts = draft.facts
    for key, word in (
        ("total_issue", "总期号"),
        ("issue", "期号"),
        ("date", "日期"),
        ("lunar_date", "农历"),
        ("approval_code", "准印证号"),
    ):
        values = [fact.value for fact in facts.facts if fact.key == key and fact.place]
        several = list(dict.fromkeys(values))
        if len(several) > 1 and facts.value(key) in several:
            draft.doubts.append(Doubt("", f"原件里{word}有几个：{'、'.join(several)}；取了第一个"))
    printed, day = facts.value("weekday").replace("天", "日"), facts.value("date")
    if printed and day and _WEEKDAYS[date.fromisoformat(day).weekday()] != printed:
        draft.doubts.append(
            Doubt("", f"原件印的是星期{printed}，{day} 是星期{_WEEKDAYS[date.fromisoformat(day).weekday()]}")
        )


def _drop_marks_of_bylines(draft: Draft) -> None:
    """□ before a byline goes to the report."""
    for story in draft.stories:
        if story.byline and story.byline[0] in "□■◇◆▢☐○〇◯◎●【[":
            draft.left.append(Left(story.byline_place, story.byline[0], f"署名前的记号：{story.byline}"))
            if story.byline[-1] in "】]":
                draft.left.append(Left(story.byline_place, story.byline[-1], "署名后的记号"))


def _pictures(draft: Draft, total: int) -> dict[str, bytes]:
    """The files of the pictures, each with a name of its own, in order."""
    found: dict[str, bytes] = {}
    for block in [*draft.ear, *(block for story in draft.stories for block in story.blocks)]:
        if block.kind != "picture":
            continue
        if block.picture:
            suffix = Path(block.name).suffix.lower() or ".jpg"
            block.name = f"{len(found) + 1:02}{suffix}"
            found[f"{picture_folder(total)}/{block.name}"] = block.picture
            if not block.caption:
                block.doubt = block.doubt or "这张图片没有找到图注"
        elif block.name:
            block.name = Path(block.name.replace("\\", "/")).name
    return found


def _problems(text: str, target: str) -> list[Problem]:
    reading = checked(read_issue(text, target))
    return sorted({*reading.problems, *(reading.issue.found if reading.issue else ())})


def put_in_place(imported: Imported, paper: Paper, *, replace: bool = False) -> list[str]:
    """Write what was imported: pictures first, the issue last; raises Unreadable where a file is there already.

    Nothing is written unless all may be. What is replaced is kept; returns where.
    """
    target = paper.content / f"issues/{imported.total:04}.md"
    content = imported.text.encode("utf-8")
    if target.exists() and not replace and target.read_bytes() != content:
        raise Unreadable(f"content/issues/{target.name} 已经有了，没有动它；要换成这一份，请加 --replace")
    files = {paper.content / name: picture for name, picture in imported.pictures.items()}
    for file, picture in files.items():
        if file.exists() and not replace and file.read_bytes() != picture:
            name = file.relative_to(paper.content).as_posix()
            raise Unreadable(f"content/{name} 已经有了，是另一张图片，没有动它；要换掉，请加 --replace")
    kept = []
    for file, new in [*files.items(), (target, content)]:
        if file.exists():
            if (old := file.read_bytes()) == new:
                continue
            kept.append(_kept(paper, file, old))
        write_whole(file, new)
    return kept


def _kept(paper: Paper, file: Path, old: bytes) -> str:
    """Keep what a file was before it is replaced; its name tells of its content, so that none pushes out another."""
    name = f"{file.parent.name}-{file.stem}-{sha256(old).hexdigest()[:8]}{file.suffix}"
    write_whole(paper.content.parent / REPLACED / name, old)
    return (REPLACED / name).as_posix()
