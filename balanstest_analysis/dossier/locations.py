"""Where pydantic found something in a dossier, as a maker of dossiers names the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Location = tuple[int | str, ...]
_KIND: Final = 2  # behind `criteria` and its number, pydantic puts the kind of the criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a dossier.

    Attributes:
        groups: keys with a dot between them, each with the number of a table or value behind it,
            from 1; the number is 0 where there is none.
    """

    groups: tuple[tuple[str, int], ...]

    @property
    def key(self) -> str:
        """The last key."""
        return self.groups[-1][0].rpartition(".")[2] if self.groups else ""

    @property
    def heading(self) -> str:
        """The heading of a table at this place."""
        keys = ".".join(key for key, _ in self.groups)
        return f"`[[{keys}]]`" if self.groups and self.groups[-1][1] else f"`[{keys}]`"

    def named(self, value: object) -> str:
        """Return the place in words.

        Args:
            value: what stands there; one value of a list is named by its number.

        Examples:
            >>> Place(groups=(("criteria", 1), ("kind", 0))).named("horizon")
            '`criteria` 1: `kind`'
            >>> Place(groups=(("review.signatories", 2),)).named(5)
            'number 2 of `review.signatories`'
        """
        if not self.groups:
            return "the dossier"
        *tables, (key, number) = self.groups
        last = f"`{key}` {number}" if number else f"`{key}`"
        if number and not isinstance(value, dict):
            last = f"number {number} of `{key}`"
        return ": ".join([*(f"`{table}` {place}" for table, place in tables), last])


def place_of(location: Location, given: object) -> Place:
    """Return a place as it stands in a dossier.

    Args:
        location: as pydantic names it.
        given: the dossier as it was written, or None; what stands alone there has no number.

    Examples:
        >>> place_of(("criteria", 0, "horizon", "months"), {"criteria": [{}]}).groups
        (('criteria', 1), ('months', 0))
        >>> place_of(("data", "calls", 0, "path"), {"data": {"calls": {}}}).groups
        (('data.calls.path', 0),)
    """
    groups: list[tuple[str, int]] = []
    keys: list[str] = []
    is_known = given is not None
    for part in in_schema(location, with_kinds=False):
        if isinstance(part, str):
            keys.append(part)
            given = given.get(part) if isinstance(given, dict) else None
        elif isinstance(given, list) or not is_known:
            groups.append((".".join(keys), part + 1))
            keys = []
            given = given[part] if isinstance(given, list) and part < len(given) else None
    if keys:
        groups.append((".".join(keys), 0))
    return Place(groups=tuple(groups))


def in_schema(location: Location, *, with_kinds: bool = True) -> Location:
    """Return a location without pydantic's names of types, such as ``list[str]``.

    Args:
        location: as pydantic names it.
        with_kinds: whether the kind of a criterion is kept.

    Examples:
        >>> in_schema(("criteria", 0, "horizon", "months"), with_kinds=False)
        ('criteria', 0, 'months')
    """
    return tuple(
        part
        for index, part in enumerate(location)
        if not is_name_of_type(part) and (with_kinds or index != _KIND or location[0] != "criteria")
    )


def is_name_of_type(part: int | str) -> bool:
    """Return whether a part of a location is a type and no key."""
    return isinstance(part, str) and part.endswith("]") and part.startswith(("list[", "dict["))
