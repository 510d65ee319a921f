"""The rules of stories and banners, each a generator of Problems; checking/__init__.py lists them.

They run even where the header gives no issue, so that the editor sees all problems at once.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from plugins.newspaper.addresses import (
    LONGEST_SLUG,
    PRINT,
    is_former_address,
    is_slug,
    picture_folder,
    recording_folder,
)
from plugins.newspaper.checking.doubled import doubled_words, may_double
from plugins.newspaper.model import Article
from plugins.newspaper.problems import Problem

if TYPE_CHECKING:
    from plugins.newspaper.reading.issue import Reading

ACCEPTED_LINE = ":已核: “会议会议” 原报如此"
_FOLDER_IN_NAME = re.compile(r"[/\\:]")


def check_any_story(reading: "Reading") -> Iterator[Problem]:
    """An issue has stories (有稿件)."""
    if reading.text_line and not reading.articles:
        message = "这一期没有稿件；每篇稿件以“### 标题”开头"
        yield Problem(reading.source, reading.text_line, "no-story", message)


def check_to_verify(reading: "Reading") -> Iterator[Problem]:
    """Nothing is left to be verified (待核)."""
    for line, doubt in reading.to_verify:
        message = f"待核：{doubt or '没有写明什么'}；核好、改好以后，请删去这一行"
        yield Problem(reading.source, line, "to-verify", message)


def check_banners(reading: "Reading") -> Iterator[Problem]:
    """A banner has a text, and a story below it (通栏题下有稿件)."""
    ends = [banner.line for banner in reading.banners[1:]]
    for banner, end in zip_longest(reading.banners, ends):
        if not banner.text:
            yield Problem(reading.source, banner.line, "no-headline", "“##”后面没有文字")
        below = [article for article in reading.articles if banner.line < article.line < (end or article.line + 1)]
        if not any("".join(article.banner) == banner.text for article in below):
            message = f"“{banner.text}”下面没有稿件（###）"
            yield Problem(reading.source, banner.line, "banner-without-story", message)


def check_headlines(reading: "Reading") -> Iterator[Problem]:
    """A story has a headline (有标题)."""
    for article in reading.articles:
        if not article.headline.lines:
            yield Problem(reading.source, article.line, "no-headline", "这篇稿件没有标题，请写在“###”后面")


def check_bodies(reading: "Reading") -> Iterator[Problem]:
    """A story has a text (有正文)."""
    for article, withdrawal in zip(reading.articles, reading.withdrawals, strict=True):
        if not article.body and not withdrawal:
            yield Problem(reading.source, article.line, "no-body", f"《{article.headline.plain}》没有正文")


def check_slugs(reading: "Reading") -> Iterator[Problem]:
    """Every story has a slug, in the right form, that no other has (短名)."""
    first: dict[str, int] = {}
    for article in reading.articles:
        slug, line = article.slug, article.line_of("slug")
        if not slug:
            message = f"缺短名；请在标题下一行写“:slug: {_suggested(article)}”（定了就不再改）"
            yield Problem(reading.source, article.line, "no-slug", message)
            continue
        if not is_slug(slug):
            message = f"短名“{slug}”只能用小写字母、数字和连字符，如 linli-zhongxin，不超过 {LONGEST_SLUG} 个字符"
            yield Problem(reading.source, line, "slug", message)
        elif slug == PRINT:
            yield Problem(reading.source, line, "slug", f"短名“{PRINT}”留给整期的打印页，请换一个")
        if first.setdefault(slug, article.line) != article.line:
            message = f"短名“{slug}”与第 {first[slug]} 行的稿件相同，请改一个"
            yield Problem(reading.source, line, "repeated-slug", message)


def check_file_names(reading: "Reading") -> Iterator[Problem]:
    """Pictures and recordings are named without a folder (只写文件名), because they lie in the issue's own."""
    for article in reading.articles:
        for picture in article.pictures:
            if _FOLDER_IN_NAME.search(picture.file):
                folder = picture_folder(article.total_issue)
                message = f"图片“{picture.file}”应只写文件名，文件放进 content/{folder}/"
                yield Problem(reading.source, picture.line, "picture-address", message)
        if _FOLDER_IN_NAME.search(article.audio):
            message = f"录音“{article.audio}”应只写文件名，文件放进 content/{recording_folder(article.total_issue)}/"
            yield Problem(reading.source, article.line_of("audio"), "audio-address", message)


def check_former_addresses(reading: "Reading") -> Iterator[Problem]:
    """A former address has the form of one (旧址)."""
    for article in reading.articles:
        for alias in article.aliases:
            if not is_former_address(alias):
                message = f"旧址“{alias}”应写成 /issues/255/linli-zhongxin/ 的样子"
                yield Problem(reading.source, article.line_of("aliases"), "alias", message)


def check_accepted(reading: "Reading") -> Iterator[Problem]:
    """What is accepted in a story (已核) is said word for word, with a reason."""
    for article in reading.articles:
        if "accepted" in article.lines:
            accepted, line = article.accepted, article.line_of("accepted")
            if not accepted.words:
                message = f"先写认可的字，加引号，再写原因，如“{ACCEPTED_LINE}”"
                yield Problem(reading.source, line, "accepted-words", message)
            elif not accepted.reason:
                message = f"“{'”“'.join(accepted.words)}”后面要写明原因，如“{ACCEPTED_LINE}”"
                yield Problem(reading.source, line, "accepted-without-reason", message)


def check_doubled_words(reading: "Reading") -> Iterator[Problem]:
    """No word is set twice (重字), 会议会议 or 传达了学习了, but for those that the story accepts."""
    doubling = may_double("\n".join(text for story in reading.texts for _, text in story))
    for article, texts in zip(reading.articles, reading.texts, strict=True):
        accepted = article.accepted.words
        in_vain = dict.fromkeys(accepted)
        for line, text in texts if doubling else ():
            for word in doubled_words(text) if may_double(text) else ():
                if phrases := [phrase for phrase in accepted if word in phrase and phrase in text]:
                    in_vain = {phrase: None for phrase in in_vain if phrase not in phrases}
                else:
                    yield Problem(reading.source, line, "doubled-word", _doubled(word))
        for phrase in in_vain:
            message = f"“{phrase}”在这一篇里已经没有，或不算重字；请从这一行里删去"
            yield Problem(reading.source, article.line_of("accepted"), "accepted-in-vain", message)


def _doubled(word: str) -> str:
    return f"“{word}”像是重了字；请改正。若原报如此，在这篇的标题下写一行 :已核: “{word}” 原报如此"


def _suggested(article: Article) -> str:
    """A slug for a story: the first four syllables of its headline."""
    from pypinyin import lazy_pinyin  # takes 40 ms, so only when there is a problem

    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(article.headline.plain)).lower())
    return "-".join(syllables[:4]) or "duanming"
