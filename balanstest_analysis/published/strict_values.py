"""Values are read as they are: nothing is turned into another kind, and a text is no list."""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin

if TYPE_CHECKING:
    import cattrs


def read_strictly(converter: cattrs.Converter) -> None:
    """Have a converter refuse values of another kind than a field has.

    Args:
        converter: whose readers of numbers, texts, truth values and lists are replaced.
    """
    converter.register_structure_hook_factory(_is_sequence, _strict_sequence)
    for kind in (int, float, str, bool):
        converter.register_structure_hook(kind, strict(kind))


def strict(kind: type) -> Callable[[Any, Any], Any]:
    """Return a reader that takes a value of one kind and turns no other into it."""
    allowed: tuple[type, ...] = (int, float) if kind is float else (kind,)

    def structure(value: Any, _kind: Any) -> Any:
        wrong = not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool)
        if wrong:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return structure


def strict_or_none(kind: type) -> Callable[[Any], Any]:
    """Return a reader that takes null as well."""
    read = strict(kind)
    return lambda value: None if value is None else read(value, kind)


def as_it_is(value: Any, kind: Any) -> Any:
    """Take a value that is already one of the kinds of a union; a list becomes a tuple."""
    found = tuple(value) if isinstance(value, list) else value
    kinds = tuple(getattr(item, "__origin__", item) for item in get_args(kind))
    if not isinstance(found, kinds):
        raise TypeError(f"{value!r} is none of {', '.join(item.__name__ for item in kinds)}")
    return found


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _strict_sequence(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Return a reader of a list; a text is no list of its letters."""
    from cattrs.cols import list_structure_factory  # noqa: PLC0415 - who only writes needs none

    plain = list_structure_factory(kind, converter)

    def structure(value: Any, _kind: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is no list")
        return tuple(plain(value, kind))

    return structure


def is_one_of(*unions: Any) -> Callable[[Any], bool]:
    """Return whether a type is one of these unions."""
    return lambda kind: isinstance(kind, UnionType) and kind in unions
