"""Rates of several sources of calls, each beside the others in the same quarters and months."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.history.sources import SOURCE

Numbers = NDArray[np.float64]

# In standard errors: of all that is compared the clearest is taken, and some reach three by chance.
SURE: Final = 4.0
# Campaigns differ by more than chance: so much at least, as a standard deviation of the log of
# their rate; by more where the steps from quarter to quarter tell so.
CAMPAIGNS_DIFFER: Final = 0.25
FEWEST_STEPS: Final = 4
_MEDIAN_OF_SQUARE: Final = 0.455
_HALF: Final = 0.5


class SourceCounts:
    """Counts of calls as arrays of shape (sources, quarters, months).

    Args:
        counts: from `ask_sources`.

    Attributes:
        quarters: those with calls, counted from the year 0.
    """

    def __init__(self, counts: pd.DataFrame) -> None:
        self._counts = counts
        self.quarters, quarter = np.unique(counts["quarter"], return_inverse=True)
        source, month = counts[SOURCE].to_numpy(), counts["month"].to_numpy()
        self._cells = (source, quarter, month)
        last = (source.max(initial=0), quarter.max(initial=0), month.max(initial=0))
        self._shape = tuple(int(place) + 1 for place in last)

    def has(self, column: str) -> bool:
        """Return whether a column was counted."""
        return column in self._counts

    def array(self, column: str) -> Numbers:
        """Return a column as an array."""
        counted = np.zeros(self._shape)
        np.add.at(counted, self._cells, self._counts[column].to_numpy())
        return counted

    def reached(self, source: int, first: int, last: int) -> tuple[float, float]:
        """Return which share of the calls are net contacts, of a source and of the others.

        Args:
            source: its place.
            first: of the quarters.
            last: of the quarters.
        """
        inside = (self.quarters >= first) & (self.quarters <= last)
        calls, contacts = (
            self.array(name)[:, inside].sum(axis=(1, 2)) for name in ("calls", "contacts")
        )
        others = contacts.sum() - contacts[source], calls.sum() - calls[source]
        return float(contacts[source] / calls[source]), float(others[0] / others[1])


def compared_rates(events: Numbers, exposure: Numbers, place: int) -> Numbers:
    """Return per quarter what a source has beside the others, at the same months.

    Args:
        events: of shape (sources, quarters, months).
        exposure: likewise.
        place: of the source.

    Returns:
        Of shape (quarters, 6): events of the source and of the others, each as if both had as many
        contacts; the variance of their difference and its square; and where there are others to
        compare with, the events and those that are expected.
    """
    own, others = exposure[place], exposure.sum(axis=0) - exposure[place]
    seen, elsewhere = events[place], events.sum(axis=0) - events[place]
    share = np.divide(others, own + others, out=np.zeros(own.shape), where=others > 0)
    both = share * (1 - share)
    spread = ((seen + elsewhere) * both).sum(axis=1)
    rates = np.divide(elsewhere, others, out=np.zeros(own.shape), where=others > 0)
    columns = [
        (seen * share).sum(axis=1),
        (elsewhere * (1 - share) * (share > 0)).sum(axis=1),
        spread,
        spread**2,
        (seen * (share > 0)).sum(axis=1),
        (own * rates).sum(axis=1),
    ]
    return np.stack(columns, axis=1)


def log_ratio(sums: Numbers, differ: float) -> tuple[Numbers, Numbers]:
    """Return the log of the ratio of two rates, and its variance; infinite where there is none.

    Args:
        sums: from `compared_rates`, of shape (any, 6).
        differ: from `campaigns_differ`; 0 where only chance counts.
    """
    seen, usual, spread, squares = sums[:, :4].T
    ratio = np.log((seen + _HALF) / (usual + _HALF))
    some = spread > 0
    chance = np.divide(4 * spread, (seen + usual) ** 2, out=np.zeros(len(sums)), where=some)
    campaigns = np.divide(2 * squares, spread**2, out=np.zeros(len(sums)), where=some)
    return ratio, np.where(some, chance + differ * campaigns, np.inf)


def campaigns_differ(compared: Numbers) -> float:
    """Return the variance of the log of a rate from campaign to campaign, beside chance.

    It is that from one quarter to the next, by their median: a single change does not count.

    Args:
        compared: from `compared_rates`.
    """
    ratio, chance = log_ratio(compared, 0.0)
    known = np.isfinite(chance)
    steps, by_chance = np.diff(ratio[known]), chance[known][1:] + chance[known][:-1]
    if len(steps) < FEWEST_STEPS:
        return CAMPAIGNS_DIFFER**2
    beside = np.median(steps**2) / _MEDIAN_OF_SQUARE - np.median(by_chance)
    return max(CAMPAIGNS_DIFFER**2, float(beside) / 4)
