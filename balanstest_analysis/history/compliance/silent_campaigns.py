"""Campaigns of which hardly anything came, where the others make one expect many.

The calls of one dialler, bureau or campaign may have their outcomes elsewhere: a code that nobody
mapped, objections that were written down as text, a list that was never sent. All months together
then still look whole, and every rate is too low.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from balanstest_analysis.document.personal import screened
from balanstest_analysis.history.compliance.missing_months import FEWEST_EXPECTED, HARDLY_ANY
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

CODE: Final = "silent_campaigns"
_SHOWN: Final = 12


def silent_campaigns(table: MonthTable) -> Finding | None:
    """Return the campaigns with hardly any events of an outcome, where many are expected.

    The expected number is that of the other campaigns, month by month since the last purchase
    (indirect standardisation), so that a campaign among older relations is not taken for silent.
    It has to be at least `FEWEST_EXPECTED`, and the events at most a share of it (`HARDLY_ANY`).

    Args:
        table: the counts of the dossier's own counting.
    """
    found = {
        outcome: [*_silent(table.outcome(outcome))]
        for outcome in table.outcomes
        if outcome in table.available
    }
    campaigns = {place for places in found.values() for place, _, _ in places}
    if not campaigns:
        return None
    told = [
        f"{screened(str(table.campaigns[place]), 'a campaign')}: {events:,} {outcome}s, and about "
        f"{expected:,.0f} by the other campaigns"
        for outcome, places in found.items()
        for place, events, expected in places
    ]
    more = f"; and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return Finding(code=CODE, count=len(campaigns), detail=f"{'; '.join(told[:_SHOWN])}{more}.")


def _silent(counts: OutcomeCounts) -> Iterator[tuple[int, int, float]]:
    """Yield place, events and expected events of each silent campaign."""
    others = counts.exposure_by_month - counts.exposure
    elsewhere = counts.events_by_month - counts.events
    rates = np.divide(elsewhere, others, out=np.zeros(others.shape), where=others > 0)
    expected = (counts.exposure * rates).sum(axis=1)
    events = counts.events.sum(axis=1)
    silent = (expected >= FEWEST_EXPECTED) & (events <= HARDLY_ANY * expected)
    for place in np.flatnonzero(silent):
        yield int(place), int(events[place]), float(expected[place])
