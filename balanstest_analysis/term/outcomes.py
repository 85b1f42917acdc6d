"""Each outcome from counts to curves, and from curves to what the criteria support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.month_table import JOINT_OUTCOMES, MonthTable
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.statistics.bootstrap import ResampledCounts, resample_counts
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.model_averaging import (
    OutcomeFits,
    ResampledRates,
    fit_outcome,
    resample_rates,
)
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.statistics.rates import rate_table
from balanstest_analysis.term.margins import needed_series
from balanstest_analysis.term.outcome_series import OutcomeSeries


@dataclass(frozen=True, kw_only=True)
class OutcomeAnalysis:
    """Everything known about one outcome.

    Attributes:
        counts: exposure and events, shape (campaigns, groups, months).
        fits: every family, and their weights.
        resampled: curves in every resample.
        drawn: counts in every resample.
    """

    counts: OutcomeCounts = field(repr=False)
    fits: OutcomeFits
    resampled: ResampledRates = field(repr=False)
    drawn: ResampledCounts = field(repr=False)

    def rates(self, confidence_level: float) -> pd.DataFrame:
        """Return rate and interval per month with contacts; see `rate_table`."""
        return rate_table(
            self.counts.exposure_by_month,
            self.counts.events_by_month,
            confidence_level=confidence_level,
            design_effect=self.fits.data.design_effect,
        )

    def curve(self, confidence_level: float) -> pd.DataFrame:
        """Return the averaged curve per month with a one-sided limit on either side."""
        tails = [1 - confidence_level, confidence_level]
        lower, upper = np.quantile(self.resampled.averaged, tails, axis=0)
        columns = {"month": self.fits.grid.astype(int), "rate": self.fits.averaged_rate()}
        return pd.DataFrame({**columns, "rate_lower": lower, "rate_upper": upper})

    def on_axis(
        self, months: int, rates: Floats | None = None, point: Floats | None = None
    ) -> OutcomeSeries:
        """Return the outcome on the common axis of months, by default with the averaged curve."""
        columns = self.fits.grid.astype(int)
        averaged = self.resampled.averaged if rates is None else rates
        rate, resampled = np.zeros(months), np.zeros((len(averaged), months))
        rate[columns] = self.fits.averaged_rate() if point is None else point
        resampled[:, columns] = averaged
        return OutcomeSeries(
            exposure=self.counts.exposure_by_month.astype(float),
            events=self.counts.events_by_month.astype(float),
            rate=rate,
            resampled=resampled,
            drawn_exposure=self.drawn.exposure,
            drawn_events=self.drawn.events,
            design_effect=self.fits.data.design_effect,
            undescribed=self.fits.undescribed,
        )


def analyse_outcomes(dossier: Dossier, table: MonthTable) -> dict[str, OutcomeAnalysis]:
    """Return fits and resampled curves of every outcome that was delivered or is needed.

    Raises:
        DataError: no contact counts towards the exposure.
    """
    return analyse_counts(dossier, needed_counts(dossier, table), has_groups=table.has_groups)


def analyse_counts(
    dossier: Dossier, counts: Mapping[str, OutcomeCounts], *, has_groups: bool
) -> dict[str, OutcomeAnalysis]:
    """Return fits and resampled curves of counts by name.

    Args:
        dossier: for the number of resamples and the seed.
        counts: all of the same shape, each with at least one contact.
        has_groups: whether the groups are customers.
    """
    fits = {name: fit_outcome(series) for name, series in counts.items()}
    drawn = resample_counts(
        counts,
        {name: fit.dispersion for name, fit in fits.items()},
        resamples=dossier.settings.resamples,
        has_groups=has_groups,
        rng=np.random.default_rng(dossier.settings.seed),
    )
    return {
        name: OutcomeAnalysis(
            counts=counts[name],
            fits=fits[name],
            resampled=resample_rates(fits[name], drawn[name]),
            drawn=drawn[name],
        )
        for name in counts
    }


def needed_counts(dossier: Dossier, table: MonthTable) -> dict[str, OutcomeCounts]:
    """Return the counts to be fitted; an outcome without any contact is left out.

    Args:
        dossier: for what its criteria need.
        table: the month table.

    Raises:
        DataError: no contact counts towards the exposure.
    """
    wanted = {name for criterion in dossier.criteria for name in needed_series(criterion)}
    counts: dict[str, OutcomeCounts] = {
        name: table.outcome(name) for name in OUTCOMES if name in table.available
    }
    for name in JOINT_OUTCOMES:
        if name in wanted and name.removeprefix("joint_") in table.available:
            counts[name] = table.counts("joint_exposure", name)
    held = {name: series for name, series in counts.items() if series.exposure.any()}
    if not held:
        raise DataError(
            "The history has no contacts that count towards the exposure. "
            "See the exclusions that `balanstest check` lists, and correct export or dossier."
        )
    return held


def series_of(outcomes: Mapping[str, OutcomeAnalysis], months: int) -> dict[str, OutcomeSeries]:
    """Return every outcome on the common axis of months."""
    return {name: outcome.on_axis(months) for name, outcome in outcomes.items()}
