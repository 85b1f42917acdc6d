"""Which maximum a number of contacts can test, and which is too strict for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.count_covariance import count_covariance
from balanstest_analysis.statistics.evidence import (
    WINDOW,
    exact_limits,
    needed_for_maximum,
    run_sums,
)
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

# Laxer, a maximum protects nobody: these are many times what organisations with care find.
BURDENS: tuple[Outcome, ...] = ("objection", "complaint")
LAXEST_SENSIBLE: dict[Outcome, float] = {"objection": 0.10, "complaint": 0.02}


@dataclass(frozen=True, kw_only=True)
class StrictestMaxima:
    """The strictest maxima that the contacts of an outcome can test.

    Attributes:
        contacts: of the outcome.
        events: among them.
        by_month: strictest maximum per month, or None where there is none below 1; in the months
            with most contacts.
        through_all: the same in the last six months, so that the test does not end before the data
            do.
        densest: contacts, those that are alike for less, of the six months with most.
        overall: strictest maximum over the months of a term together, or None likewise. The
            first term that is tested holds half of the contacts, and has to suffice.
        first_term: contacts of that term.
        first_term_counting: for how many they count, those that are alike for less.
        lower, upper: exact one-sided limits of the rate of all months together.
    """

    contacts: int
    events: int
    by_month: float | None
    through_all: float | None
    densest: float
    overall: float | None
    first_term: int
    first_term_counting: float
    lower: float
    upper: float

    @property
    def rate(self) -> float:
        """Events per contact, over all months."""
        return self.events / self.contacts

    def is_sensible(self, outcome: Outcome) -> bool:
        """Return whether any maximum that it can test protects somebody."""
        laxest = LAXEST_SENSIBLE.get(outcome, 1.0)
        strictest = (self.by_month, self.overall)
        return any(strict is not None and strict <= laxest for strict in strictest)


Burdens: TypeAlias = dict[Outcome, StrictestMaxima]


def strictest_maxima(counts: OutcomeCounts, level: float) -> StrictestMaxima:
    """Return the strictest maxima that counts can test, repeated calls accounted for.

    Args:
        counts: of shape (campaigns, months), with at least one contact.
        level: one-sided confidence level.
    """
    covariance = count_covariance(counts)
    contacts = counts.exposure_by_month.astype(float)
    windows = run_sums(contacts, WINDOW) / covariance.run_effects(WINDOW)
    end = int(contacts.nonzero()[0][-1])
    latest = contacts[max(end - WINDOW + 1, 0) : end + 1].sum()
    latest /= covariance.effects_until(WINDOW, end + 1)[-1]
    events, effect = counts.events_by_month.sum(), covariance.overall_effect
    last = _end_of_first_term(contacts)
    counting = float(contacts[: last + 1].sum()) / covariance.window_effect(0, last)
    limits = exact_limits(np.array([events / effect]), np.array([contacts.sum() / effect]), level)
    return StrictestMaxima(
        contacts=int(contacts.sum()),
        events=int(events),
        by_month=strictest_maximum(float(windows.max()), level),
        through_all=strictest_maximum(float(latest), level),
        densest=float(windows.max()),
        overall=strictest_maximum(counting, level),
        first_term=int(contacts[: last + 1].sum()),
        first_term_counting=counting,
        lower=float(limits[0][0]),
        upper=float(limits[1][0]),
    )


def burdens_by_maximum(table: MonthTable, level: float) -> Burdens:
    """Return what can be tested of the outcomes that are a burden, where there are contacts.

    Args:
        table: the month table.
        level: one-sided confidence level.
    """
    delivered = {name: table.outcome(name) for name in BURDENS if name in table.available}
    held = {name: counts for name, counts in delivered.items() if counts.exposure.any()}
    return {name: strictest_maxima(counts, level) for name, counts in held.items()}


def contacts_needed(maximum: float, level: float) -> int:
    """Return the contacts that a test of a maximum takes; see `needed_for_maximum`.

    Args:
        maximum: rate between 0 and 1.
        level: one-sided confidence level.
    """
    return needed_for_maximum(maximum, level)


def _end_of_first_term(contacts: Floats) -> int:
    """Return the last month of the first term that a maximum over all months is tested on."""
    total = np.cumsum(contacts)
    return int(np.searchsorted(total, total[-1] / 2))


def strictest_maximum(contacts: float, level: float) -> float | None:
    """Return the strictest maximum that contacts can test, in two digits; None below 1.

    Args:
        contacts: that lie in six months, or in the first term that is tested.
        level: one-sided confidence level.

    Examples:
        >>> strictest_maximum(1000, 0.95), strictest_maximum(20_000, 0.95)
        (0.02, 0.001)
        >>> strictest_maximum(3, 0.95) is None
        True
    """
    thresholds = [float(f"{first}e{power}") for power in range(-6, -1) for first in range(10, 100)]
    low, high = 0, len(thresholds)
    while low < high:
        middle = (low + high) // 2
        if needed_for_maximum(thresholds[middle], level) <= contacts:
            high = middle
        else:
            low = middle + 1
    return thresholds[low] if low < len(thresholds) else None
