"""The curves of an outcome refitted in every resample, and their average with new weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from scipy.special import xlogy

from balanstest_analysis.statistics.count_draws import DrawnCounts
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fisher_scoring import fit_batch
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.model_averaging import OutcomeFits, akaike_weights

RESAMPLED_PENALTY = 4.0  # per parameter: draws hold the noise twice, and so does what one gains
AT_A_TIME = 2
ROWS_AT_ONCE = 4004  # their rates stay within reach of the processor
RESAMPLED_DECREMENT = 1e-4  # of a log-likelihood: changes no weight and no limit


@dataclass(frozen=True, kw_only=True)
class ResampledRates:
    """Rates on the grid in every resample.

    Attributes:
        averaged: AIC average, shape (resamples, months).
        by_family: rates of each family that takes part, same shape.
        parameters: of each of them but the constant, shape (resamples, p); those of the point
            where a refit failed.
    """

    averaged: Floats = field(repr=False)
    by_family: dict[str, Floats] = field(repr=False)
    parameters: dict[str, Floats] = field(repr=False)


def resample_outcomes(
    outcomes: Mapping[str, OutcomeFits],
    counts: Mapping[str, DrawnCounts],
    starts: Mapping[str, Mapping[str, Floats]] | None = None,
) -> dict[str, ResampledRates]:
    """Return `resample_rates` of several outcomes; their parts are shared out over two threads.

    Args:
        outcomes: the fits at the point, by name.
        counts: drawn counts, by the same names.
        starts: by the same names; see `resample_rates`.
    """
    parts = _in_parts(outcomes, counts, starts, lambda rates: rates)
    return {name: _joined(found) for name, found in parts.items()}


def average_outcomes(
    outcomes: Mapping[str, OutcomeFits],
    counts: Mapping[str, DrawnCounts],
    starts: Mapping[str, Mapping[str, Floats]] | None = None,
) -> dict[str, Floats]:
    """Return the averaged rates of `resample_outcomes`, for whom the families are of no use.

    Args:
        outcomes: the fits at the point, by name.
        counts: drawn counts, by the same names.
        starts: by the same names; see `resample_rates`.
    """
    parts = _in_parts(outcomes, counts, starts, lambda rates: rates.averaged)
    return {name: np.vstack(found) for name, found in parts.items()}


Part = TypeVar("Part")


def _in_parts(
    outcomes: Mapping[str, OutcomeFits],
    counts: Mapping[str, DrawnCounts],
    starts: Mapping[str, Mapping[str, Floats]] | None,
    taken: Callable[[ResampledRates], Part],
) -> dict[str, list[Part]]:
    """Return what is taken of the rates of each outcome, some draws after others."""
    near = starts or {}
    parts = [
        (name, slice(first, first + ROWS_AT_ONCE))
        for name in outcomes
        for first in range(0, len(counts[name].events), ROWS_AT_ONCE)
    ]

    def found(part: tuple[str, slice]) -> Part:
        name, rows = part
        own = {family: values[rows] for family, values in near.get(name, {}).items()}
        return taken(resample_rates(outcomes[name], counts[name].of(rows), own))

    with ThreadPoolExecutor(max_workers=AT_A_TIME) as workers:
        rates = [*workers.map(found, parts)]
    names = [name for name, _ in parts]
    return {
        name: [one for one, of in zip(rates, names, strict=True) if of == name] for name in outcomes
    }


def _joined(parts: Sequence[ResampledRates]) -> ResampledRates:
    families, fitted = parts[0].by_family, parts[0].parameters
    return ResampledRates(
        averaged=np.vstack([part.averaged for part in parts]),
        by_family={f: np.vstack([part.by_family[f] for part in parts]) for f in families},
        parameters={f: np.vstack([part.parameters[f] for part in parts]) for f in fitted},
    )


def resample_rates(
    outcome: OutcomeFits, counts: DrawnCounts, starts: Mapping[str, Floats] | None = None
) -> ResampledRates:
    """Return the average refitted in every resample, its weights computed anew each time.

    Args:
        outcome: the fits at the point; excluded families stay excluded.
        counts: drawn counts on months 0, 1, 2, ...
        starts: parameters of each family near which its fits lie, shape (resamples, p); by default
            those at the point.
    """
    columns = outcome.data.months.astype(int)
    exposure, events = counts.exposure[:, columns], counts.events[:, columns]
    refits = {
        family: _refit(outcome, family, exposure, events, (starts or {}).get(family))
        for family in outcome.weights
    }
    if not refits:
        pooled = _pooled(outcome, exposure, events)
        return ResampledRates(averaged=pooled, by_family={}, parameters={})
    # a family that fails in a resample has no say in it; the constant never fails
    aic = np.array([refit.aic for refit in refits.values()])
    lost = np.isinf(aic).all(axis=0)
    weights = akaike_weights(np.where(lost, 0.0, aic))
    rates = {family: refit.rates for family, refit in refits.items()}
    averaged = np.einsum("fb,fbm->bm", weights, np.array([*rates.values()]))
    averaged[lost] = _pooled(outcome, exposure[lost], events[lost])
    return ResampledRates(
        averaged=averaged,
        by_family=rates,
        parameters={f: refit.parameters for f, refit in refits.items() if f != "constant"},
    )


def starts_near(
    outcome: OutcomeFits, known: ResampledRates, counts: DrawnCounts, draws: int
) -> dict[str, Floats]:
    """Return where to look for the fits of other histories that are drawn with the same chance.

    Draw after draw they lie about as far from their own point as those that are known do, so that
    a search from there takes half the steps.

    Args:
        outcome: the fits at the point.
        known: its resamples.
        counts: of the other histories, one each.
        draws: of each of them.

    Returns:
        By family, shape (histories x (1 + draws), p), in the order of `resample_rates`: of each
        history the point, then its draws.
    """
    columns = outcome.data.months.astype(int)
    exposure, events = counts.exposure[:, columns], counts.events[:, columns]
    starts = {}
    for family, drawn in known.parameters.items():
        fit = outcome.fit(family)
        assert fit.curve is not None
        own = _refit(outcome, family, exposure, events, None).parameters[:, None, :]
        moved = np.zeros((1 + draws, drawn.shape[1]))
        moved[1 : 1 + len(drawn)] = drawn[:draws] - np.array([*fit.parameters.values()])
        near = (own + moved).reshape(-1, drawn.shape[1])
        # a log link can leave the range of rates, at one end or the other
        ends = fit.curve.at(outcome.grid[[0, -1]]).rates(near)
        possible = (ends < 1).all(axis=1, keepdims=True)
        starts[family] = np.where(possible, near, np.repeat(own[:, 0], 1 + draws, axis=0))
    return starts


@dataclass(frozen=True, kw_only=True)
class _Refit:
    """One family in every resample: AIC (infinite where it failed), parameters and rates."""

    aic: Floats
    parameters: Floats
    rates: Floats


def _refit(
    outcome: OutcomeFits, family: str, exposure: Floats, events: Floats, starts: Floats | None
) -> _Refit:
    if family == "constant":
        return _refit_constant(outcome, exposure, events)
    fit = outcome.fit(family)
    assert fit.curve is not None
    point = np.array([*fit.parameters.values()])
    bounds = CURVES[family].bounds
    box = bounds(outcome.data.months) if bounds else None
    start = point if starts is None else starts
    batch = fit_batch(fit.curve, exposure, events, start, box, RESAMPLED_DECREMENT)
    found = batch.converged[:, None]
    parameters = np.where(found, batch.parameters, point)
    aic = RESAMPLED_PENALTY * len(point) - 2 * batch.log_likelihood / outcome.data.month_effect
    rates = fit.curve.at(outcome.grid).rates(parameters)
    return _Refit(
        aic=np.where(batch.converged, aic, np.inf),
        parameters=parameters,
        rates=np.where(found, rates, 0.0),
    )


def _refit_constant(outcome: OutcomeFits, exposure: Floats, events: Floats) -> _Refit:
    total, hits = exposure.sum(axis=1), events.sum(axis=1)
    rate = hits / np.maximum(total, 1)
    likelihood = xlogy(hits, rate) + xlogy(total - hits, 1 - rate)
    return _Refit(
        aic=RESAMPLED_PENALTY - 2 * likelihood / outcome.data.month_effect,
        parameters=rate[:, None],
        rates=_pooled(outcome, exposure, events),
    )


def _pooled(outcome: OutcomeFits, exposure: Floats, events: Floats) -> Floats:
    rate = events.sum(axis=1) / np.maximum(exposure.sum(axis=1), 1)
    return np.tile(rate[:, None], len(outcome.grid))
