"""Rates per campaign, made publishable: campaigns are joined until every count is large enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from balanstest_analysis.disclosure.binning import (
    Bin,
    evenly_joined,
    is_publishable,
    outcome_bins,
)
from balanstest_analysis.published.digits import rounded
from balanstest_analysis.published.outcomes import Observed
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.statistics.rates import rate_interval


@dataclass(frozen=True, kw_only=True)
class CampaignRate:
    """One outcome of one campaign, or of neighbours that are too small apart.

    Attributes:
        campaigns: their names, in order.
        contacts: followed up for every outcome.
        events: among them.
        rate: with its two-sided interval, rounded as in `resultaat.json`.
    """

    campaigns: tuple[str, ...]
    contacts: int
    events: int
    rate: Observed


def campaign_rates(
    campaigns: Sequence[str],
    counts: OutcomeCounts,
    *,
    minimum: int,
    confidence_level: float,
    design_effect: float = 1.0,
) -> list[CampaignRate]:
    """Return contacts, events and rate per campaign, of contacts followed up for every outcome.

    Campaigns stand in the order of their names. Neighbours are joined as months are: to
    groups of about equal contacts, the same for every outcome, and then until all events may be
    told. Nothing is returned where the campaigns together hold too little.

    Args:
        campaigns: their names, in the order of the first axis of the counts.
        counts: contacts followed up for every outcome, and their events.
        minimum: least publishable count.
        confidence_level: of the two-sided interval.
        design_effect: of repeated calls, at least 1; that of all contacts together is at least as
            large as that of the few of a campaign.
    """
    names = sorted(campaigns)
    if len(names) < 2:
        return []
    order = [campaigns.index(name) for name in names]
    n = counts.exposure.sum(axis=1)[order]
    k = counts.events.sum(axis=1)[order]
    single = [Bin(first=place, last=place) for place in range(len(names))]
    base = evenly_joined(single, n, lambda part: part.total(n) >= minimum, fixed=True)
    parts = outcome_bins(base, n, k, minimum)
    rows = [(part, part.total(n), part.total(k)) for part in parts]
    if not all(_is_told(events, contacts, minimum) for _, contacts, events in rows):
        return []
    limits = rate_interval(
        [events for _, _, events in rows],
        np.array([contacts for _, contacts, _ in rows]),
        confidence_level=confidence_level,
        design_effect=design_effect,
    )
    return [
        CampaignRate(
            campaigns=tuple(names[part.first : part.last + 1]),
            contacts=contacts,
            events=events,
            rate=rounded(Observed(rate=events / contacts, lower=float(lower), upper=float(upper))),
        )
        for (part, contacts, events), lower, upper in zip(rows, *limits, strict=True)
    ]


def _is_told(events: int, contacts: int, minimum: int) -> bool:
    return is_publishable(events, contacts, minimum) and not 0 < contacts - events < minimum
