"""What is true in a simulated world: the rate per month, and so the term of any criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.dossier.criteria import (
    BurdenPerConversion,
    Criterion,
    Horizon,
    MaximumOverallRate,
    MaximumRate,
    MaximumRatio,
    MinimumRate,
    NetBenefit,
)
from balanstest_analysis.validation.simulate.shapes import Floats

TRUE_MONTHS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The true rates per net contact, in an average campaign.

    Attributes:
        frame: columns ``conversion``, ``objection``, ``complaint``; one row per completed month
            since the last purchase, from month 0.
    """

    frame: pd.DataFrame

    @classmethod
    def from_rates(cls, rates: Mapping[str, Floats]) -> Truth:
        """Return the truth with these rates, each of shape (months,)."""
        frame = pd.DataFrame(dict(rates))
        return cls(frame=frame.rename_axis("month"))

    def rate(self, outcome: str) -> Floats:
        """Return the true rate of an outcome, shape (months,)."""
        return self.frame[outcome].to_numpy(dtype=float)

    def holds(self, criterion: Criterion) -> NDArray[np.bool_]:
        """Return whether the criterion truly holds, per month.

        The reference of a `maximum_ratio` is the plain mean of the true rates in its months; the
        criterion is taken to hold in the reference months themselves. A maximum over the whole
        term holds in a month where the plain mean through that month is low enough.
        """
        if isinstance(criterion, Horizon):
            return np.asarray(self.frame.index < criterion.months)
        if isinstance(criterion, BurdenPerConversion):
            return self._burden(criterion) <= 0
        if isinstance(criterion, NetBenefit):
            return self._benefit(criterion) >= 0
        return self._within(criterion)

    def true_term_months(self, criterion: Criterion) -> int:
        """Return for how many months the criterion holds: the first month in which it fails.

        A criterion that never fails gives the number of months of the table; so the truth says
        nothing about later months.

        Args:
            criterion: as in a dossier.

        Examples:
            >>> from balanstest_analysis.dossier.criteria import MaximumRate
            >>> truth = Truth.from_rates({"objection": np.array([0.04, 0.06, 0.08])})
            >>> criterion = MaximumRate(
            ...     name="verzet",
            ...     kind="maximum_rate",
            ...     outcome="objection",
            ...     threshold=0.066,
            ...     reason="voorbeeld",
            ... )
            >>> truth.true_term_months(criterion)
            2
        """
        holds = self.holds(criterion)
        return len(holds) if holds.all() else int(np.argmin(holds))

    def to_frame(self) -> pd.DataFrame:
        """Return the true rates as a table of their own."""
        return self.frame.copy()

    def _within(
        self, criterion: MinimumRate | MaximumRate | MaximumOverallRate | MaximumRatio
    ) -> NDArray[np.bool_]:
        """Return whether one rate lies on the right side, per month."""
        match criterion:
            case MinimumRate():
                return self.rate(criterion.outcome) >= criterion.threshold
            case MaximumRate():
                return self.rate(criterion.outcome) <= criterion.threshold
            case MaximumOverallRate():
                return self._mean_through(criterion.outcome) <= criterion.threshold
            case MaximumRatio():
                return self._within_ratio(criterion)

    def _mean_through(self, outcome: str) -> Floats:
        rate = self.rate(outcome)
        return np.asarray(np.cumsum(rate) / (np.arange(len(rate)) + 1))

    def _within_ratio(self, criterion: MaximumRatio) -> NDArray[np.bool_]:
        first, last = criterion.reference_months
        rate, months = self.rate(criterion.outcome), np.asarray(self.frame.index)
        inside = (months >= first) & (months <= last)
        return np.asarray(inside | (rate <= criterion.factor * rate[inside].mean()))

    def _burden(self, criterion: BurdenPerConversion) -> Floats:
        burden = self.rate("objection") + criterion.complaint_weight * self.rate("complaint")
        return burden - criterion.threshold * self.rate("conversion")

    def _benefit(self, criterion: NetBenefit) -> Floats:
        gain = criterion.value_per_conversion * self.rate("conversion") - criterion.cost_per_contact
        objections = criterion.objection_weight * self.rate("objection")
        return gain - objections - criterion.complaint_weight * self.rate("complaint")
