"""Counts per month, as curves are fitted to them."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.statistics.curves import Floats


@dataclass(frozen=True, kw_only=True)
class FitData:
    """Counts per month, without the months that have no contacts.

    Attributes:
        months: shape (months,), increasing.
        exposure: contacts > 0, shape (months,).
        events: shape (months,).
        group_exposure: contacts per group, shape (groups, months), or None.
        group_events: events per group, same shape, or None.
        design_effect: of the groups, at least 1.
    """

    months: Floats
    exposure: Floats
    events: Floats
    group_exposure: Floats | None = None
    group_events: Floats | None = None
    design_effect: float = 1.0
