"""Zeros in front of the numbers of customers that one export has and another seems to have lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.recognition.column_matches import Match


@dataclass(frozen=True, kw_only=True)
class KeyDigits:
    """How many digits the keys of an export have, all of which are numbers.

    Attributes:
        shortest: digits of the shortest key.
        longest: of the longest.
        padded: keys with a zero in front.
    """

    shortest: int
    longest: int
    padded: int

    @property
    def is_of_one_length(self) -> bool:
        """Whether zeros in front make every key as long."""
        return self.shortest == self.longest and self.padded > 0

    def seems_to_lack(self, digits: int) -> bool:
        """Return whether these may be numbers of so many digits without the zeros in front."""
        return not self.padded and self.shortest < digits >= self.longest


@dataclass(frozen=True, kw_only=True)
class LostZeros:
    """That an export seems to lack the zeros that another has.

    Attributes:
        digits: of every key in the other.
        beside: the other, as messages name it.
        found: how many digits the keys have here.
    """

    digits: int
    beside: str
    found: KeyDigits


def key_digits(engine: Engine, rows: ir.Table, matches: Iterable[Match]) -> KeyDigits | None:
    """Return how many digits the keys of an export have; None where not all are numbers.

    Args:
        engine: that reads the export.
        rows: the export, with the names of its columns.
        matches: its columns.
    """
    keys = [one.theirs for one in matches if one.ours == "customer_id" and one.certain]
    if not keys:
        return None
    text = text_of(rows[keys[0]])
    found = totals_of(
        engine,
        rows.aggregate(
            others=rows.count(where=text.re_search("[^0-9]")),
            padded=rows.count(where=text.startswith("0")),
            shortest=text.length().min(),
            longest=text.length().max(),
        ),
    )
    if found.pop("others") or not found["longest"]:
        return None
    return KeyDigits(**found)


def lost_zeros(found: Sequence[tuple[str, KeyDigits | None]]) -> dict[str, LostZeros]:
    """Return which exports seem to lack the zeros in front that one numbering has elsewhere.

    Args:
        found: the exports, as messages name them, with the digits of their keys.

    Examples:
        >>> calls = KeyDigits(shortest=7, longest=7, padded=40)
        >>> register = KeyDigits(shortest=4, longest=7, padded=0)
        >>> lost_zeros([("calls.csv", calls), ("register.csv", register)])["register.csv"].digits
        7
        >>> lost_zeros([("calls.csv", register), ("register.csv", register)])
        {}
    """
    full = {digits.longest: place for place, digits in found if digits and digits.is_of_one_length}
    if len(full) != 1:
        return {}
    ((length, beside),) = full.items()
    return {
        place: LostZeros(digits=length, beside=beside, found=digits)
        for place, digits in found
        if digits and digits.seems_to_lack(length)
    }
