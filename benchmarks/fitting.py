"""All draws against a loop over `statsmodels`: `python -m benchmarks.fitting`.

One history of 121 months, 2,000 customers and three outcomes; every family, every kind of
criterion, 2,000 resamples. The loop does the same, one fit after the other, for a sample of the
same resamples: `statsmodels` for the generalised linear families, `scipy.optimize` for the
exponential with a floor, which is none. Times are medians of one run on one machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import xlogy
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import COUNT_COLUMNS, MonthTable
from balanstest_analysis.history.multiplied_columns import multiplied_columns
from balanstest_analysis.statistics.curves import BoundCurve, LinearCurve
from balanstest_analysis.statistics.customer_products import count_products
from balanstest_analysis.statistics.fisher_scoring import fit_batch
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.model_averaging import akaike_weights
from balanstest_analysis.statistics.resampled_rates import RESAMPLED_PENALTY
from balanstest_analysis.term.outcomes import OutcomeAnalysis, analyse_outcomes, series_of
from balanstest_analysis.term.proposal import TermProposal, propose
from balanstest_analysis.validation.calibration.shapes import SHAPES

MONTHS, CUSTOMERS, CONTACTS, SEED = 121, 2_000, 300_000, 2026
CURVES: dict[str, tuple[str, dict[str, float]]] = {
    "conversion": ("floor", {"start": 0.16, "floor": 0.02, "decay": 0.03}),
    "objection": ("logistic", {"start": 0.03, "slope": 0.015}),
    "complaint": ("exponential", {"start": 0.001, "slope": 0.008}),
}
CRITERIA: list[dict[str, Any]] = [
    {"kind": "minimum_rate", "outcome": "conversion", "threshold": 0.06},
    {"kind": "maximum_rate", "outcome": "objection", "threshold": 0.08},
    {"kind": "maximum_ratio", "outcome": "objection", "factor": 2.0, "reference_months": [0, 11]},
    {"kind": "maximum_rate", "outcome": "complaint", "threshold": 0.01},
    {"kind": "maximum_overall_rate", "outcome": "complaint", "threshold": 0.01},
    {"kind": "burden_per_conversion", "threshold": 1.0, "complaint_weight": 5.0},
    {
        "kind": "net_benefit",
        "value_per_conversion": 100.0,
        "cost_per_contact": 4.0,
        "objection_weight": 20.0,
        "complaint_weight": 100.0,
    },
    {"kind": "horizon", "months": 60},
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print times, their ratio and the agreement."""
    asked = _parser().parse_args(arguments)
    table = history()
    dossier = stated(asked.resamples)
    whole = [_timed(lambda: judged(dossier, table))[0] for _ in range(asked.repeats)]
    outcomes, _ = judged(dossier, table)
    loop, differences = _loop(outcomes, asked.sample)
    expected = median(loop) * asked.resamples
    print(f"month table to proposal, {asked.resamples} resamples: {median(whole):.2f} s")
    print(f"loop over statsmodels, one resample: {median(loop):.3f} s, all: {expected:.0f} s")
    print(f"ratio: {expected / median(whole):.0f} times")
    differences["parameters, in standard errors"] = parameter_difference(outcomes)
    for name, value in differences.items():
        print(f"largest difference in {name}: {value:.1e}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fitting")
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=5, help="runs of our own analysis")
    parser.add_argument("--sample", type=int, default=15, help="resamples that the loop does")
    return parser


def history() -> MonthTable:
    """Return the month table that is timed."""
    rng = np.random.default_rng(SEED)
    month, customer = rng.integers(MONTHS, size=CONTACTS), rng.integers(CUSTOMERS, size=CONTACTS)
    rows = pd.DataFrame(dict.fromkeys(COUNT_COLUMNS, np.ones(CONTACTS, dtype=np.int64)))
    for outcome, (shape, parameters) in CURVES.items():
        rate = SHAPES[shape](month.astype(float), **parameters)
        rows[f"{outcome}_events"] = rows[f"joint_{outcome}"] = rng.binomial(1, rate)
    pairs = multiplied_columns([*CURVES], jointly=True)
    products = count_products(rows.assign(month=month, customer=customer), ["customer"], pairs)
    frame = rows.groupby(month).sum().rename_axis("month").reset_index().assign(campaign="")
    return MonthTable(frame=frame, available=frozenset(CURVES), customers=products, cells=products)


def stated(resamples: int) -> Dossier:
    """Return a dossier with one criterion of every kind."""
    named = [
        {"name": f"criterium {number}", "reason": "meting", **criterion}
        for number, criterion in enumerate(CRITERIA)
    ]
    return Dossier.model_validate(
        {
            "schema": 1,
            "template": "opt-in",
            "organisation": {"name": "Stichting Voorbeeld", "sector": "charity"},
            "scope": {"category": "donaties"},
            "data": {"data_through": dt.date(2026, 9, 30), "calls": {"path": "calls.csv"}},
            "criteria": named,
            "settings": {"resamples": resamples, "seed": SEED},
        }
    )


def judged(dossier: Dossier, table: MonthTable) -> tuple[dict[str, OutcomeAnalysis], TermProposal]:
    """Return everything between the month table and the proposal."""
    outcomes = analyse_outcomes(dossier, table)
    return outcomes, propose(dossier, series_of(outcomes, table.months))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def parameter_difference(outcomes: dict[str, OutcomeAnalysis]) -> float:
    """Return the largest difference of a parameter at the point, in standard errors.

    Between the batched scoring and `statsmodels` with its own start and stopping rule.
    """
    largest = 0.0
    for outcome in outcomes.values():
        data = outcome.fits.data
        for fit in outcome.fits.fits:
            if isinstance(fit.curve, LinearCurve):
                ours = fit_batch(fit.curve, data.exposure[None], data.events[None]).parameters[0]
                theirs = _generalised_linear(fit.curve, data.exposure, data.events)
                apart = np.abs(ours - theirs.params) / theirs.bse
                largest = max(largest, float(apart.max()))
    return largest


def _loop(
    outcomes: dict[str, OutcomeAnalysis], sample: int
) -> tuple[list[float], dict[str, float]]:
    """Return the seconds per resample of the loop, and the largest differences from ours."""
    seconds, largest = [], {"rates of a family": 0.0, "averaged rates": 0.0}
    for row in range(sample):
        taken, found = _timed(partial(_fitted_one_by_one, outcomes, row))
        seconds.append(taken)
        for name, (average, by_family) in found.items():
            ours = outcomes[name].resampled
            apart = {"averaged rates": np.abs(average - ours.averaged[row]).max()}
            others = [np.abs(by_family[f] - ours.by_family[f][row]).max() for f in by_family]
            apart["rates of a family"] = max(others)
            largest = {key: max(largest[key], float(value)) for key, value in apart.items()}
    return seconds, largest


def _fitted_one_by_one(
    outcomes: dict[str, OutcomeAnalysis], row: int
) -> dict[str, tuple[Floats, dict[str, Floats]]]:
    """Return average and rates per family of every outcome, from one resample."""
    found = {}
    for name, outcome in outcomes.items():
        exposure, events = outcome.drawn.exposure[row], outcome.drawn.events[row]
        aic, rates = {}, {}
        for family in outcome.fits.weights:
            curve = outcome.fits.fit(family).curve
            assert curve is not None
            loss, rates[family], parameters = _fitted(curve, exposure, events)
            aic[family] = (
                RESAMPLED_PENALTY * parameters + 2 * loss / outcome.fits.data.design_effect
            )
        weights = akaike_weights(np.array([*aic.values()]))
        found[name] = weights @ np.array([*rates.values()]), rates
    return found


def _fitted(curve: BoundCurve, exposure: Floats, events: Floats) -> tuple[float, Floats, int]:
    """Return the loss, the rates and the number of parameters."""
    if isinstance(curve, LinearCurve):
        parameters = _generalised_linear(curve, exposure, events).params
    else:
        start = curve.start(exposure, events)
        parameters = minimize(lambda b: _loss(curve, b, exposure, events), start).x
    rates = curve.rates(np.asarray(parameters)[None])[0]
    return _loss(curve, parameters, exposure, events), rates, len(parameters)


def _generalised_linear(curve: LinearCurve, exposure: Floats, events: Floats) -> Any:
    link = getattr(families.links, curve.link.name)()
    response = np.column_stack([events, exposure - events])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a log link has no upper bound
        return GLM(response, curve.design, family=families.Binomial(link=link)).fit()


def _loss(curve: BoundCurve, parameters: Floats, exposure: Floats, events: Floats) -> float:
    rates = curve.rates(np.asarray(parameters)[None])[0]
    return -float((xlogy(events, rates) + xlogy(exposure - events, 1 - rates)).sum())


if __name__ == "__main__":
    main()
