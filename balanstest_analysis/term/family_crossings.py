"""For each criterion and each single family: where its curve crosses, with its profile limit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from balanstest_analysis.published.criteria import FamilyCrossing
from balanstest_analysis.statistics.fitting import CurveFit
from balanstest_analysis.statistics.profile_likelihood import (
    crossing_limits,
    likelihood_drop,
    reaches,
)
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.margins import RateCriterion
from balanstest_analysis.term.outcomes import OutcomeAnalysis


def family_crossings(
    result: CriterionResult, outcomes: Mapping[str, OutcomeAnalysis], level: float
) -> tuple[FamilyCrossing, ...]:
    """Return the crossing of every fitted family, for a criterion on one rate.

    The drop of the log-likelihood is that of a one-sided limit, times the design effect of all
    months together.

    Args:
        result: of `judge`; other kinds and criteria without evidence give nothing.
        outcomes: by name.
        level: one-sided confidence level.
    """
    first, last = result.first_month_with_evidence, result.last_month_with_evidence
    if not isinstance(result.criterion, RateCriterion) or result.threshold is None:
        return ()
    if first is None or last is None or first == last:
        return ()
    outcome = outcomes[result.criterion.outcome]
    return tuple(
        _crossing(fit, outcome, result.threshold, (float(first), float(last)), level)
        for fit in outcome.fits.fits
        if fit.curve is not None and fit.family != "constant"
    )


def _crossing(
    fit: CurveFit,
    outcome: OutcomeAnalysis,
    threshold: float,
    span: tuple[float, float],
    level: float,
) -> FamilyCrossing:
    assert fit.curve is not None
    data = outcome.fits.data
    found = crossing_limits(
        fit.curve,
        data.exposure,
        data.events,
        np.array([*fit.parameters.values()]),
        reaches(threshold),
        span=span,
        drop=likelihood_drop(level, data.design_effect),
    )
    return FamilyCrossing(family=fit.family, crossing=found.estimate, lower=found.lower)
