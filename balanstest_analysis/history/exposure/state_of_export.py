"""Reference dates and relations that tell the state of the export, and not of the day of the call.

A conversion is itself a purchase or gift. Where the export keeps one row per customer, that row is
the conversion's: the relation before the call is gone, or seems to run on through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import TYPE_CHECKING

from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, NO_NET_CONTACT, TOO_LATE
from balanstest_analysis.history.exposure.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

_LEAST_SHARE, _MOST_CALLS = 0.05, 0.5
_SURE = 7.0  # a chance below one in a thousand
_REASONS = ("running_customer", "no_earlier_event")
_FEWEST, _MANY, _MOST, _TIMES = 10, 0.2, 0.5, 5.0
_NEARLY_ALL, _ODDS = 0.98, 10.0


def reference_after_conversions(ledger: Ledger) -> int:
    """Return how many conversions have their reference date on or after the call.

    Returns:
        0 where conversions have so not clearly more often than other calls. Where all of them have,
        it is clear unless most calls have.
    """
    cells = ledger.own_calls
    known = cells[cells["code"].isin((TOO_LATE, IN_EXPOSURE, NO_NET_CONTACT))]
    late = known[known["code"] == TOO_LATE]
    conversions, late_conversions = (
        int(found["conversion_events"].sum()) for found in (known, late)
    )
    calls, late_calls = int(known["calls"].sum()), int(late["calls"].sum())
    if not late_conversions:
        return 0
    share, expected = late_conversions / conversions, late_calls / calls
    if share == 1 and expected < _MOST_CALLS:
        return late_conversions
    hang = share >= _LEAST_SHARE and share > expected
    return late_conversions if hang and conversions * _distance(share, expected) > _SURE else 0


def left_out(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Yield how many conversions or objections are left out for a relation that is gone or runs.

    Who buys or objects is changed in a CRM: its one row becomes that of the new relation, or the
    relation is removed, and the call that it came of counts no more. Yielded is what is at least
    `_FEWEST` and a fifth of all (`_MANY`), and far more than is left out of other calls; the code
    is that of a finding that blocks where next to none is left, or where it is half of all
    (`_MOST`) and so many times the share of other calls (`_TIMES`).
    """
    cells = ledger.own_calls
    for noun, column in (("conversions", "conversion_events"), ("objections", "objection_reports")):
        if column not in cells:
            continue
        lost, blocks = _left_out(cells, column)
        if lost:
            yield (f"{noun}_left_out" if blocks else f"some_{noun}_left_out"), lost


def _left_out(cells: pd.DataFrame, column: str) -> tuple[int, bool]:
    """Return how many events are left out, 0 where that is usual, and whether it blocks.

    Reasons are taken together where they leave next to nothing: a row that is renewed either still
    runs or begins after the call. A share of other calls that is not small cannot be exceeded many
    times; the odds can.
    """
    lost, share, others = _lost(cells, column, _REASONS)
    if lost >= _FEWEST and share >= _NEARLY_ALL and others < _MOST_CALLS:
        return lost, True
    for code in _REASONS:
        lost, share, others = _lost(cells, column, (code,))
        if lost < _FEWEST or share < _MANY:
            continue
        if share > _TIMES * others:
            return lost, share >= _MOST
        if share >= _MOST and share * (1 - others) > _ODDS * others * (1 - share):
            return lost, False
    return 0, False


def _lost(cells: pd.DataFrame, column: str, codes: Sequence[str]) -> tuple[int, float, float]:
    """Return the events that are left out, their share of all, and that of calls without one."""
    events, calls = int(cells[column].sum()), int(cells["calls"].sum())
    left = cells[cells["code"].isin(codes)]
    lost = int(left[column].sum())
    others = int(left["calls"].sum()) - lost
    return lost, lost / max(events, 1), others / max(calls - events, 1)


def _distance(share: float, expected: float) -> float:
    """Return the divergence of two shares: times the number, a bound on the log of the chance.

    Examples:
        >>> round(_distance(1.0, 0.04), 2), _distance(0.5, 0.5)
        (3.22, 0.0)
    """
    pairs = ((share, expected), (1 - share, 1 - expected))
    return sum(one * log(one / other) for one, other in pairs if one > 0)
