"""What is wrong in a template, a stylesheet or a settings file, told with its file and line, without a traceback."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from pelican.generators import PelicanTemplateNotFound

from plugins.newspaper.problems import Halt

_SYSTEM = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是文件夹，不是文件；请改名或移走",
    errno.ENOTDIR: "这里要放文件夹，不是文件",
    errno.EEXIST: "这里要放文件夹，不是文件",
    errno.EACCES: "没有权限，或者正被别的程序打开",
    errno.ENOSPC: "磁盘满了",
}
"""What the system says, in Chinese."""


class Fault(Halt):
    """An error in a file of the technician's: theme, settings, code."""


@contextmanager
def told_plainly(*folders: Path) -> Iterator[None]:
    """Raise a Fault in place of an error that came through a file of these folders, or has a name here."""
    try:
        yield
    except Halt:
        raise
    except Exception as error:
        place, reason = _place(error, folders), _reason(error)
        if not place and not reason:
            raise  # a fault of the program: whoever mends that wants the traceback
        raise Fault(f"{place}{reason or unnamed(error)}") from error


def unnamed(error: Exception) -> str:
    """An error of no kind that has a name here."""
    return f"程序出错，{type(error).__name__}：{error}"


def _place(error: Exception, folders: Sequence[Path]) -> str:
    """`theme/templates/article.html:12: `, or nothing where the error came through none of our files."""
    found = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError | TemplateSyntaxError):
        found.append((error.filename or "", error.lineno or 1))
    for name, line in reversed(found):
        for folder in folders:
            if name and Path(name).is_relative_to(folder):
                return f"{Path(name).relative_to(folder.parent).as_posix()}:{line}: "
    return ""


def _reason(error: Exception) -> str:
    """Why, for the kinds of errors that somebody who changes theme or settings meets."""
    match error:
        case PelicanTemplateNotFound():
            return f"没有要用的模板：{error}"
        case TemplateNotFound():
            return f"没有模板“{error.name}”"
        case TemplateSyntaxError():
            return f"模板写法不对：{error.message}"
        case UndefinedError():
            return f"模板里用了没有的东西：{error.message}"
        case SyntaxError():
            return f"Python 写法不对：{error.msg}"
        case OSError() if error.filename:
            return f"读写不了 {error.filename}：{_SYSTEM.get(error.errno or 0, error.strerror)}"
        case _:
            return ""
