"""The keys of a published result, and the entry of the reference that explains each."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any


def walked(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every key of a result with its value, as `criteria[].name`."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, part in value.items():
            name = key.replace(".", "_")  # a knot of a spline is called month_2.50
            yield from walked(part, f"{path}.{name}" if path else name)
    if isinstance(value, list):
        for part in value:
            yield from walked(part, f"{path}[]")


def explained(path: str, told: dict[str, Any]) -> str:
    """Return the entry that explains a key: its own, or one with a star for a name."""
    if path in told:
        return path
    patterns = [p for p in told if "*" in p and p.count(".") == path.count(".")]
    found = [p for p in patterns if fnmatchcase(path, p.replace("[]", "[[][]]"))]
    assert found, f"{path} is not explained in tools/reference/result.toml"
    return max(found, key=len)
