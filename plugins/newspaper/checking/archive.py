"""The rules of the whole archive, each a generator of Problems; checking/__init__.py lists them."""

from collections.abc import Iterator

from plugins.newspaper.addresses import is_topic_slug
from plugins.newspaper.gathering.archive import Archive
from plugins.newspaper.problems import Problem, nearest


def check_topics(archive: Archive) -> Iterator[Problem]:
    """Every topic that a story names is in topics.yaml (专题都有)."""
    unknown = {name for name in archive.topics_named - archive.topics.keys() if not archive.may_be_topic(name)}
    for entry in archive.every if unknown else ():
        if not unknown.isdisjoint(entry.topics.split()):
            for article in archive.issue(entry).articles:
                for name in article.topics:
                    if name in unknown:
                        hint = nearest(name, archive.topics) or "；新专题请先写进去"
                        message = f"content/topics.yaml 里没有专题“{name}”{hint}"
                        yield Problem(entry.source, article.line_of("topics"), "unknown-topic", message)


def check_topic_slugs(archive: Archive) -> Iterator[Problem]:
    """A topic's slug has its form, and is no other topic's (专题的短名)."""
    slugs: set[str] = set()
    for topic in archive.topics.values():
        if topic.slug in slugs:
            message = f"专题“{topic.name}”或短名“{topic.slug}”已经有了"
            yield Problem(topic.source, topic.line, "topics", message)
        elif not is_topic_slug(topic.slug):
            message = f"短名“{topic.slug}”只能用小写字母、数字和连字符"
            yield Problem(topic.source, topic.line, "topics", message)
        elif topic.slug.isdigit():
            message = f"短名“{topic.slug}”不能只是数字，不然会和年份的地址相混"
            yield Problem(topic.source, topic.line, "topics", message)
        slugs.add(topic.slug)
