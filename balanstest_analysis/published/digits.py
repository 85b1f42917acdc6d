"""How many digits are written: ten significant ones, everywhere."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

SIGNIFICANT_DIGITS = 10
Value = TypeVar("Value")


def rounded(value: Value) -> Value:
    """Return a value, with every float in it at ten significant digits.

    Args:
        value: a number, a record, or a mapping, list or tuple of them.

    Examples:
        >>> rounded({"rate": 1 / 3, "n": [3]})
        {'rate': 0.3333333333, 'n': [3]}
    """
    found: Any = value
    if isinstance(found, float):
        found = float(f"{found:.{SIGNIFICANT_DIGITS}g}")
    elif isinstance(found, dict):
        found = {key: rounded(item) for key, item in found.items()}
    elif isinstance(found, list | tuple):
        found = type(found)(rounded(item) for item in found)
    elif is_dataclass(found) and not isinstance(found, type):
        found = replace(found, **{f.name: rounded(getattr(found, f.name)) for f in fields(found)})
    return found  # type: ignore[no-any-return]
