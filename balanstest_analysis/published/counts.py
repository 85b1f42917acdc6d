"""What a count is once it is published: a number, or the name of the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

WithheldReason = Literal["tells_another", "not_recorded"]


@dataclass(frozen=True, slots=True)
class Exact:
    """A count that may be told."""

    value: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A count of an earlier report, told in place of one that differs from it by few.

    Attributes:
        value: as the earlier report published it.
        period: of that report, such as ``"2026-Q2"``.
    """

    value: int
    period: str


@dataclass(frozen=True, slots=True)
class Few:
    """A count below the minimum: from 1 to the minimum less one, or a zero among few."""


@dataclass(frozen=True, slots=True)
class FewOthers:
    """A count of at least the minimum, of which the rest of its denominator is few."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A count that is hidden although neither it nor its rest need be small.

    Attributes:
        reason: ``"tells_another"`` where a small count would follow from it; ``"not_recorded"``
            where the report that hid it kept no reason.
    """

    reason: WithheldReason


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """No data were delivered that could be counted."""


Told: TypeAlias = Exact | Kept
Count: TypeAlias = Exact | Kept | Few | FewOthers | Withheld | NotDelivered


def number(count: Count) -> int | None:
    """Return the number that is told, or None where none is.

    Examples:
        >>> number(Exact(12)), number(Kept(12, "2026-Q2")), number(Few())
        (12, 12, None)
    """
    return count.value if isinstance(count, Exact | Kept) else None


def told(value: int, period: str | None) -> Told:
    """Return a count that is told, of this report or of an earlier one.

    Args:
        value: the count.
        period: of the earlier report, or None.
    """
    return Exact(value) if period is None else Kept(value, period)


def total(counts: Iterable[Count]) -> int | None:
    """Return the sum of counts, or None where one of them is hidden.

    Examples:
        >>> total([Exact(12), Exact(30)]), total([Exact(12), Few()])
        (42, None)
    """
    values = [number(count) for count in counts]
    told_values = [value for value in values if value is not None]
    return sum(told_values) if len(told_values) == len(values) else None
