"""Each outcome of an analysis as exact records: rates, fits, curves and persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from balanstest_analysis.disclosure.exact_result import (
    ExactOutcome,
    ExactRate,
    IncidenceMonth,
    MonthCount,
)
from balanstest_analysis.document.wording import FIT_WARNING
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.exposure import Exposure
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import FittedCurve, FittedPoint, Observed
from balanstest_analysis.statistics.cumulative_incidence import cumulative_incidence
from balanstest_analysis.statistics.fitting import CurveFit
from balanstest_analysis.statistics.standardisation import standardised_rates
from balanstest_analysis.term.outcomes import OutcomeAnalysis


def exact_outcome(
    name: Outcome, dossier: Dossier, outcome: OutcomeAnalysis | None, table: MonthTable
) -> ExactOutcome | None:
    """Return everything known about one outcome, or None where no data were delivered."""
    if outcome is None:
        return None
    level = dossier.settings.confidence_level
    fits = outcome.fits
    return ExactOutcome(
        design_effect=fits.data.design_effect,
        rates=tuple(
            ExactRate(
                month=int(month),
                contacts=int(contacts),
                events=int(events),
                rate=Observed(rate=rate, lower=lower, upper=upper),
            )
            for month, contacts, events, rate, lower, upper in _rows(
                outcome.rates(level), "month_from", "n", "k", *_LIMITS
            )
        ),
        followed=followed_counts(table, name),
        fits=tuple(_fit(fit, fits.weights.get(fit.family, 0.0)) for fit in fits.fits),
        curve=() if fits.curveless else _curve(outcome, level),
        standardised=standardised_rates(outcome.counts),
        fit_warning=FIT_WARNING if fits.poorly_described else None,
        covariance=fits.covariance,
    )


_LIMITS = ("rate", "rate_lower", "rate_upper")
_SHARES = ("incidence", "incidence_lower", "incidence_upper")


def _rows(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns as plain Python numbers."""
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _curve(outcome: OutcomeAnalysis, level: float) -> tuple[FittedPoint, ...]:
    return tuple(
        FittedPoint(month=int(month), rate=rate, rate_lower=lower, rate_upper=upper)
        for month, rate, lower, upper in _rows(outcome.curve(level), "month", *_LIMITS)
    )


def _fit(fit: CurveFit, weight: float) -> FittedCurve:
    return FittedCurve(
        family=fit.family,
        status=fit.status,
        converged=fit.status == "ok",
        parameters=dict(fit.parameters),
        standard_errors=dict(fit.standard_errors),
        model_standard_errors=dict(fit.model_standard_errors),
        deviance=fit.deviance,
        df=fit.df,
        aic=fit.aic,
        p_value=fit.p_value,
        weight=weight,
    )


def followed_counts(table: MonthTable, outcome: Outcome) -> tuple[MonthCount, ...]:
    """Return contacts and events per month, of contacts followed up for every outcome.

    These are what is published: with one denominator for all outcomes no small count follows
    from the difference between two.

    Args:
        table: the month table.
        outcome: its name.
    """
    if outcome not in table.available:
        return ()
    counts = table.counts("joint_exposure", f"joint_{outcome}")
    n, k = counts.exposure_by_month, counts.events_by_month
    return tuple(
        MonthCount(month=int(m), contacts=int(n[m]), events=int(k[m])) for m in n.nonzero()[0]
    )


def exact_incidence(
    dossier: Dossier, exposure: Exposure
) -> dict[Outcome, tuple[IncidenceMonth, ...]]:
    """Return the share of the people with an event by month, where people are known."""
    level = dossier.settings.confidence_level
    tables = {
        name: incidence_months(cumulative_incidence(exposure.life_table[name], level))
        for name in OUTCOMES
        if name in exposure.life_table
    }
    return {name: months for name, months in tables.items() if months}


def incidence_months(table: pd.DataFrame) -> tuple[IncidenceMonth, ...]:
    """Return the rows of `cumulative_incidence` as records."""
    return tuple(
        IncidenceMonth(
            month=int(month),
            at_risk=int(at_risk),
            events=int(events),
            exits=int(exits),
            share=Observed(rate=share, lower=lower, upper=upper),
        )
        for month, at_risk, events, exits, share, lower, upper in _rows(
            table, "month_from", "at_risk", "events", "exits", *_SHARES
        )
    )
