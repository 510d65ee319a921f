"""A command that was mistyped is told in Chinese, with the one that was meant; invoke itself speaks English only."""

import re
from collections.abc import Collection

from invoke.exceptions import ParseError

from plugins.newspaper.problems import nearest

_UNKNOWN = re.compile(r"No idea what '(.*)' is!")
_ENDINGS = (
    ("needed value", "有一个写法后面少了要写的值"),
    ("doesn't take any value", "有一个写法后面不要写值"),
    ("required positional arguments", "后面还要写"),
    ("ambiguous", "有一个写法，读不出是哪个意思"),
)


def told_in_chinese(tasks: Collection[str]) -> None:
    """From now on, what invoke cannot parse is said in Chinese."""

    def said(error: ParseError) -> str:
        return what_was_meant(error, tasks)

    ParseError.__str__ = said  # type: ignore[assignment, method-assign]


def what_was_meant(error: ParseError, tasks: Collection[str]) -> str:
    said = str(error.args[0])
    task = error.context.name if error.context else ""
    unknown = _UNKNOWN.fullmatch(said)
    if unknown and unknown[1].startswith("-") and task:
        known = [flag for flag in error.context.flags if flag.startswith("--")] if error.context else []
        return (
            f"invoke {task} 没有“{unknown[1]}”这个写法{nearest(unknown[1], known) or '。'}能写的：invoke --help {task}"
        )
    if unknown:
        what = "这个写法" if unknown[1].startswith("-") else "这条命令"
        return f"没有“{unknown[1]}”{what}{nearest(unknown[1], tasks) or '。'}全部命令：invoke --list"
    known_ending = next((told for words, told in _ENDINGS if words in said), None)
    return f"invoke {task} {known_ending}；写法见 invoke --help {task}" if known_ending and task else said
