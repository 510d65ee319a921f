"""Slugs from pinyin (短名), and topics proposed by their words (专题)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile

from plugins.importing.draft import DraftStory
from plugins.newspaper.addresses import LONGEST_SLUG, PRINT
from plugins.newspaper.hanzi import HANZI
from plugins.newspaper.model import Topic
from plugins.newspaper.reading.byline import is_name
from plugins.newspaper.reading.segmenter import Segmenter, likeliest

SYLLABLES = 6
MOST_TOPICS = 2
LEAST_SCORE = 4.0
_CLAUSE = re.compile(r"[ 　|，。！？；：“”‘’《》、·…—]+")
_COMMON = frozenset(
    [
        "工作",
        "建设",
        "服务",
        "推进",
        "全区",
        "我区",
        "会议",
        "发展",
        "项目",
        "保障",
        "部署",
        "大项",
        "家门",
        "门口",
        "群众",
        "部分",
    ]
)


_DOING = frozenset(["主持", "召开", "调研", "专题", "举行", "开展", "主持召开", "专题调研", "深入", "强调"])


def name_stories(stories: Sequence[DraftStory], topics: Mapping[str, Topic], segmenter: Segmenter) -> None:
    """Give each story its slug and topics."""
    taken = {PRINT}
    for story in stories:
        story.slug = _slug(story, segmenter, taken)
        taken.add(story.slug)
        story.topics = proposed_topics(story, topics.values())


def _slug(story: DraftStory, segmenter: Segmenter, taken: set[str]) -> str:
    """The first words of the headline, those of a clause that begins with no name before others; unique."""
    clauses = [clause for line in story.headline for clause in _CLAUSE.split(line) if clause]
    nameless = [clause for clause in clauses if not _is_of_somebody(clause)]
    named = [clause[3:] or clause for clause in clauses if clause not in nameless]
    ordered = [*nameless, *named] or [story.text[:12]]
    said = [word for clause in ordered for word in _short_words(segmenter.words(clause))]
    said = list(dropwhile(str.isdecimal, said)) or said  # the number of a list
    words = list(_pinyin([word for word in said if word not in _DOING] or said))
    slug, syllables = "", 0
    for word, count in words:
        if (slug and syllables + count > SYLLABLES) or len(slug) + len(word) + 1 > LONGEST_SLUG - 4:
            break
        slug, syllables = f"{slug}-{word}" if slug else word, syllables + count
        if syllables >= 4 and slug not in taken:
            break
    slug = slug or "gaojian"
    number = 2
    unique = slug
    while unique in taken:
        unique, number = f"{slug}-{number}", number + 1
    return unique


def _is_of_somebody(clause: str) -> bool:
    """樊灿涛调研: a name, and what its owner does."""
    return is_name(clause[:3]) and (len(clause) == 3 or clause[3:5] in _DOING)


def _short_words(words: Iterable[str]) -> Iterator[str]:
    """The words of the dictionary in what a headline does not break: 中州 时代."""
    for word in words:
        pieces: list[str] = []
        for run in re.findall(f"{HANZI}+|[A-Za-z]+|[0-9]+", word):
            for piece in likeliest(run, {}):
                if pieces and len(piece) == 1 and len(pieces[-1]) < 3 and not pieces[-1].isascii():
                    pieces[-1] += piece
                else:
                    pieces.append(piece)
        yield from pieces


def _pinyin(words: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Each word in pinyin, with its syllables."""
    from pypinyin import lazy_pinyin  # takes 40 ms

    for word in words:
        syllables = [re.sub("[^a-z0-9]", "", each.lower().replace("ü", "v")) for each in lazy_pinyin(word)]
        syllables = [each for each in syllables if each]
        for start in range(0, len(syllables), SYLLABLES):
            part = syllables[start : start + SYLLABLES]
            yield "".join(part)[:30], len(part)


def proposed_topics(story: DraftStory, topics: Iterable[Topic]) -> tuple[str, ...]:
    """The topics whose words the story has most of, at most two."""
    headline = story.plain + story.kicker + story.deck
    text = story.text
    scores = {topic.name: _score(topic, headline, text) for topic in topics}
    best = sorted((name for name in scores if scores[name] >= LEAST_SCORE), key=lambda name: -scores[name])
    return tuple(best[:MOST_TOPICS])


def _score(topic: Topic, headline: str, text: str) -> float:
    score = 6.0 * (topic.name in headline) + 1.5 * min(text.count(topic.name), 3)
    pairs = {topic.name[at : at + 2] for at in range(len(topic.name) - 1)}
    described = {run[at : at + 2] for run in re.findall(f"{HANZI}+", topic.description) for at in range(len(run) - 1)}
    for pair in pairs | described:
        weight = (2.0 if pair in pairs else 1.0) * (0.4 if pair in _COMMON else 1.0)
        score += weight * (pair in headline) + weight * 0.25 * min(text.count(pair), 4)
    return score
