"""Reference dates and relations that tell the state of the export, and not of the day of the call.

A conversion is itself a purchase or gift. Where the export keeps one row per customer, that row is
the conversion's: the relation before the call is gone, or seems to run on through it.
"""

from __future__ import annotations

from math import log

from balanstest_analysis.history.exposure.exclusions import IN_EXPOSURE, NO_NET_CONTACT, TOO_LATE
from balanstest_analysis.history.exposure.ledger import Ledger

_LEAST_SHARE, _MOST_CALLS = 0.05, 0.5
_SURE = 7.0  # a chance below one in a thousand
_FEWEST, _MOST_CONVERSIONS, _TIMES = 10, 0.5, 5.0


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


def conversions_left_out(ledger: Ledger) -> int:
    """Return how many conversions are left out for a relation that is not there, or not over.

    Returns:
        0 unless these are most conversions of all (`_MOST_CONVERSIONS`), at least `_FEWEST`, and
        `_TIMES` the share that is left out of other calls for the same reason.
    """
    cells = ledger.own_calls
    conversions, calls = int(cells["conversion_events"].sum()), int(cells["calls"].sum())
    for code in ("running_customer", "no_earlier_event"):
        left = cells[cells["code"] == code]
        converted = int(left["conversion_events"].sum())
        others = int(left["calls"].sum()) - converted
        if converted < max(_FEWEST, _MOST_CONVERSIONS * conversions):
            continue
        if converted / conversions > _TIMES * others / max(calls - conversions, 1):
            return converted
    return 0


def _distance(share: float, expected: float) -> float:
    """Return the divergence of two shares: times the number, a bound on the log of the chance.

    Examples:
        >>> round(_distance(1.0, 0.04), 2), _distance(0.5, 0.5)
        (3.22, 0.0)
    """
    pairs = ((share, expected), (1 - share, 1 - expected))
    return sum(one * log(one / other) for one, other in pairs if one > 0)
