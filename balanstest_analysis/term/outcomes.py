"""Each outcome from counts to curves, and from curves to what the criteria support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.month_table import JOINT_OUTCOMES, MonthTable
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.statistics.count_covariance import CountCovariance, count_covariance
from balanstest_analysis.statistics.count_draws import Correlations, DrawnCounts
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.model_averaging import OutcomeFits, fit_outcome
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.statistics.quantiles import quantiles
from balanstest_analysis.statistics.rates import rate_table
from balanstest_analysis.statistics.resampled_rates import ResampledRates, resample_outcomes
from balanstest_analysis.term.margins import needed_series
from balanstest_analysis.term.outcome_draws import Chance, drawn_counts
from balanstest_analysis.term.outcome_series import OutcomeSeries


@dataclass(frozen=True, kw_only=True)
class OutcomeAnalysis:
    """Everything known about one outcome.

    Attributes:
        counts: exposure and events, shape (campaigns, months).
        fits: every family, and their weights.
        resampled: curves in every draw.
        drawn: counts in every draw.
        correlations: of its months, with those of the outcomes it is drawn together with.
    """

    counts: OutcomeCounts = field(repr=False)
    fits: OutcomeFits
    resampled: ResampledRates = field(repr=False)
    drawn: DrawnCounts = field(repr=False)
    correlations: Correlations = field(repr=False)

    def rates(self, confidence_level: float) -> pd.DataFrame:
        """Return rate and interval per month with contacts; see `rate_table`."""
        return rate_table(
            self.counts.exposure_by_month,
            self.counts.events_by_month,
            confidence_level=confidence_level,
            design_effect=self.fits.covariance.run_effects(1),
        )

    def curve(self, confidence_level: float) -> pd.DataFrame:
        """Return the averaged curve per month with a one-sided limit on either side."""
        tails = [1 - confidence_level, confidence_level]
        lower, upper = quantiles(self.resampled.averaged, tails)
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
            drawn=resampled,
            drawn_events=self.drawn.events,
            covariance=self.fits.covariance,
            undescribed=self.fits.undescribed,
            curveless=self.fits.curveless,
        )


@dataclass(frozen=True, kw_only=True)
class Alike:
    """What is known of outcomes from a history that was counted in another way.

    Attributes:
        covariance: of their events, by name.
        correlations: by name, with the outcomes that they are drawn together with.
    """

    covariance: Mapping[str, CountCovariance]
    correlations: Mapping[str, Correlations]

    @classmethod
    def of(cls, outcomes: Mapping[str, OutcomeAnalysis]) -> Alike:
        """Return what analysed outcomes tell of other counts of the same history."""
        return cls(
            covariance={name: outcome.fits.covariance for name, outcome in outcomes.items()},
            correlations={name: outcome.correlations for name, outcome in outcomes.items()},
        )


def analyse_outcomes(dossier: Dossier, table: MonthTable) -> dict[str, OutcomeAnalysis]:
    """Return fits and resampled curves of every outcome that was delivered or is needed.

    Raises:
        DataError: no contact counts towards the exposure.
    """
    counts = needed_counts(dossier, table)
    return analyse_counts(dossier, counts, correlations=drawn_together(table, [*counts]))


def analyse_counts(
    dossier: Dossier,
    counts: Mapping[str, OutcomeCounts],
    alike: Alike | None = None,
    correlations: Correlations | None = None,
) -> dict[str, OutcomeAnalysis]:
    """Return fits and drawn curves of counts by name.

    Args:
        dossier: for the number of draws and the seed.
        counts: all of the same months, each with at least one contact.
        alike: what is carried over to them; by default they speak for themselves.
        correlations: of outcomes that are drawn together; see `drawn_together`.
    """
    known = alike or Alike(covariance={}, correlations={})
    fits = {name: _fitted(series, known.covariance.get(name)) for name, series in counts.items()}
    given = dict.fromkeys(correlations.names, correlations) if correlations else {}
    between = correlations_of(fits, {**known.correlations, **given}, counts)
    drawn = drawn_counts(Chance(dossier.settings), counts, fits, between)
    resampled = resample_outcomes(fits, drawn)
    return {
        name: OutcomeAnalysis(
            counts=counts[name],
            fits=fits[name],
            resampled=resampled[name],
            drawn=drawn[name],
            correlations=between[name],
        )
        for name in counts
    }


def drawn_together(table: MonthTable, names: Sequence[str]) -> Correlations | None:
    """Return the correlations of the outcomes that a criterion weighs, where there are several.

    Args:
        table: the month table.
        names: of outcomes, joint or not.
    """
    joint = [name for name in JOINT_OUTCOMES if name in names]
    if len(joint) < 2:
        return None
    return Correlations.of(joint, count_covariance(table.counts("joint_exposure", *joint)))


def correlations_of(
    fits: Mapping[str, OutcomeFits],
    known: Mapping[str, Correlations],
    counts: Mapping[str, OutcomeCounts],
) -> dict[str, Correlations]:
    """Return the correlations that each outcome is drawn with: those known, or its own.

    Args:
        fits: by name.
        known: of outcomes that are drawn together, by name.
        counts: of the fits.
    """
    found: dict[str, Correlations] = {}
    for name in counts:
        if name in found:
            continue
        together = known.get(name)
        names = [one for one in together.names if one in counts] if together else []
        if together is None or len(names) < 2:
            found[name] = Correlations.of([name], fits[name].covariance)
        else:
            months = counts[name].exposure.shape[-1]
            found |= dict.fromkeys(names, together.at(names, months))
    return found


def _fitted(counts: OutcomeCounts, like: CountCovariance | None) -> OutcomeFits:
    if like is None:
        return fit_outcome(counts)
    carried = like.carried_to(
        counts.exposure_by_month.astype(float), counts.events_by_month.astype(float)
    )
    return fit_outcome(counts, covariance=carried)


def carried(fits: OutcomeFits, counts: OutcomeCounts) -> OutcomeFits:
    """Return the fits of a history with the covariance of other counts of it."""
    covariance = fits.covariance.carried_to(
        counts.exposure_by_month.astype(float), counts.events_by_month.astype(float)
    )
    data = replace(
        fits.data,
        design_effect=covariance.overall_effect,
        month_effect=covariance.month_effect,
    )
    return replace(fits, covariance=covariance, data=data)


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
