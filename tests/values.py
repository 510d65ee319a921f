"""Values walked by their types: every field that a type has, at any depth, and another value for each.

A field added tomorrow is walked without a word here. One of a type that nobody has taught these functions is an error.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

Path = tuple[str, ...]
"""Names of fields, from the outermost value inwards; of a tuple of values, its first is meant."""


class UnknownType(TypeError):
    """A type of which the tests know no other value; teach it to `changed` and `made`."""


def is_value_type(hint: Any) -> bool:
    """Whether it is a dataclass or a named tuple."""
    return isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields"))


def fields_of(kind: Any) -> dict[str, Any]:
    """The type of each field that whoever makes a value says; what a value works out itself is left out."""
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if each.init] if is_dataclass(kind) else kind._fields
    return {name: hints[name] for name in names}


def item_type(hint: Any) -> Any:
    """The type of a tuple's items; None for what is not a tuple of any length."""
    arguments = get_args(hint)
    return arguments[0] if get_origin(hint) is tuple and arguments[1:] == (...,) else None


def optional_type(hint: Any) -> Any:
    """The type of what may be lacking, `X | None`; None for what may not."""
    arguments = get_args(hint)
    return arguments[0] if NoneType in arguments else None


def paths(kind: Any, above: Path = ()) -> Iterator[Path]:
    """Every field of a value type that is not a value itself, at any depth."""
    for name, hint in fields_of(kind).items():
        if not is_value_type(hint):
            yield (*above, name)
        inner = item_type(hint) or optional_type(hint) or hint
        if is_value_type(inner):
            yield from paths(inner, (*above, name))


def filled(hint: Any, value: Any) -> Any:
    """A value in which no tuple of values is empty along its firsts, so that every path leads somewhere."""
    inner = item_type(hint)
    if is_value_type(hint):
        return with_fields(value, {name: filled(of, getattr(value, name)) for name, of in fields_of(hint).items()})
    if is_value_type(inner):
        return (filled(inner, value[0] if value else made(inner)), *value[1:])
    if value is not None and is_value_type(optional_type(hint)):
        return filled(optional_type(hint), value)
    return value


def changed_at(hint: Any, value: Any, path: Path) -> Any:
    """The value with the field at a path changed."""
    if not path:
        return changed(hint, value)
    if inner := item_type(hint):
        return (changed_at(inner, value[0], path), *value[1:])
    if inner := optional_type(hint):
        return changed_at(inner, made(inner) if value is None else value, path)
    name, *rest = path
    return with_fields(value, {name: changed_at(fields_of(hint)[name], getattr(value, name), tuple(rest))})


def with_fields(value: Any, changes: Mapping[str, Any]) -> Any:
    return value._replace(**changes) if hasattr(value, "_replace") else replace(value, **changes)


def changed(hint: Any, value: Any) -> Any:
    """Another value of a type; a text gets a figure before it, which is fit for text, address and file alike."""
    arguments = get_args(hint)
    if inner := optional_type(hint):
        return made(inner) if value is None else None
    if hint is str:
        return f"9{value}"
    if hint is bool:
        return not value
    if hint is int:
        return value + 1
    if hint is date:
        return value + timedelta(days=1)
    if get_origin(hint) is Literal:
        return arguments[(arguments.index(value) + 1) % len(arguments)]
    if inner := item_type(hint):
        if not value:
            return (made(inner),)
        return value[:-1] if is_value_type(inner) else (changed(inner, value[0]), *value[1:])
    if get_origin(hint) is Mapping:
        first = next(iter(value), None)
        return made(hint) if first is None else {**value, first: changed(arguments[1], value[first])}
    raise UnknownType(hint)


def made(hint: Any) -> Any:
    """Some value of a type."""
    simple: dict[Any, Any] = {str: "9", int: 9, bool: True, date: date(2000, 1, 1)}
    if hint in simple:
        return simple[hint]
    if is_value_type(hint):
        return hint(**{name: made(of) for name, of in fields_of(hint).items()})
    if inner := item_type(hint):
        return (made(inner),)
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        return {made(key): made(value)}
    raise UnknownType(hint)


def differing(before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Type and field, by their names, of each field in which two values of a type differ, at any depth."""
    if isinstance(before, tuple) and not hasattr(before, "_fields"):
        for one, other in zip(before, after, strict=False):
            yield from differing(one, other)
    elif is_value_type(type(before)) and type(before) is type(after):
        for name in get_type_hints(type(before)):
            one, other = getattr(before, name), getattr(after, name)
            if one != other or list(differing(one, other)):
                yield type(before).__name__, name
                yield from differing(one, other)
