"""The months that a criterion names follow from the printed rows, and locate no event."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from balanstest_analysis.dossier.criteria import MaximumOverallRate, MaximumRate
from balanstest_analysis.term.criterion_result import CriterionResult
from tests.disclosure_histories import History, draw, internal
from tests.exact_results import exact_outcome, exact_result, judged, proposal, published

NAMED = ("contradicted_from_month", "unshown_from_month", "holds_from_month")


def maximum(threshold: float = 0.02, **found: Any) -> CriterionResult:
    criterion = MaximumRate(
        name="Verzet",
        kind="maximum_rate",
        outcome="objection",
        threshold=threshold,
        reason="Meer verzet weegt te zwaar.",
    )
    values: dict[str, Any] = {"status": "reached", "first_month_with_evidence": 0, **found}
    return CriterionResult(criterion=criterion, threshold=threshold, **values)


def told(history: History, result: CriterionResult) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the criterion as published, and the rows of its outcome."""
    base = internal(history)
    exact = exact_result(
        dict(base.available),
        composition=base.composition,
        criteria=(judged(result),),
        proposal=proposal(result),
    )
    shown = published(exact)
    return shown["criteria"][0], shown["outcomes"]["objection"]["rates"]


@pytest.mark.parametrize("seed", range(40))
def test_every_month_named_is_a_bound_of_a_printed_row_or_that_of_the_term(seed: int) -> None:
    rng = np.random.default_rng(seed)
    history = draw(rng)
    months = len(history.contacts)
    term = int(rng.integers(1, months + 1))
    exact = {name: int(rng.integers(0, months)) for name in NAMED}
    last = int(rng.integers(term - 1, months))
    criterion, rows = told(
        history, maximum(term_months=term, last_month_with_evidence=last, **exact)
    )
    firsts = {row["month_from"] for row in rows} | {None}
    assert {criterion[name] for name in NAMED} <= firsts
    ends = {row["month_to"] for row in rows} | {row["month_from"] for row in rows} | {term - 1}
    assert criterion["last_month_with_evidence"] in ends


@pytest.mark.parametrize("seed", range(40))
def test_a_contradiction_is_that_of_a_row_and_can_be_recomputed_from_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    history = draw(rng)
    threshold = float(rng.choice([0.0005, 0.005, 0.03]))
    criterion, rows = told(history, maximum(threshold, contradicted_from_month=0))
    against = []
    for row in rows:
        if row["k"]:
            effect = row["design_effect"]
            k, n = row["k"] / effect, row["n"] / effect
            lower = beta.ppf(0.05, k, n - k + 1)
            against += [row["month_from"]] if lower > threshold else []
    assert criterion["contradicted_from_month"] == (against[0] if against else None)


@pytest.mark.parametrize("month", range(12))
def test_what_is_told_does_not_depend_on_the_month_in_which_few_events_lie(month: int) -> None:
    """Three events among thirty contacts contradict one in a thousand in that very month."""
    n, k = np.full(12, 30), np.zeros(12, dtype=int)
    k[month] = 3
    found = [
        _told_of(n, events, contradicted_from_month=where)
        for events, where in ((k, month), (np.roll(k, 1), (month + 1) % 12))
    ]
    assert found[0] == found[1]


def test_a_later_start_is_told_as_the_first_row_that_lies_after_it() -> None:
    n, k = np.full(36, 60), np.full(36, 5)
    found = _told_of(n, k, status="holds_between", holds_from_month=4)
    assert found["holds_from_month"] == 6


def test_where_events_are_hidden_months_are_whole_and_a_limit_is_never_rounded_up() -> None:
    n, k = np.full(24, 800), np.zeros(24, dtype=int)
    k[3] = 2
    found = _told_of(n, k, term_months=9, crossing=11.7, lower=8.9, upper=None)
    assert (found["crossing"], found["lower"]) == (12.0, 8.0)


def test_a_row_against_a_maximum_on_the_whole_is_named_as_one_by_month_is() -> None:
    n, k = np.full(36, 900), np.full(36, 20)
    k[18:24] = 80
    stated = {"name": "Verzet", "outcome": "objection", "threshold": 0.05, "reason": "Te zwaar."}
    result = CriterionResult(
        criterion=MaximumOverallRate(kind="maximum_overall_rate", **stated),
        status="reached",
        threshold=0.05,
        term_months=18,
        first_month_with_evidence=0,
        last_month_with_evidence=35,
    )
    found = _published(n, k, result)
    assert (found["contradicted_from_month"], found["unshown_from_month"]) == (18, None)


def _told_of(n: Any, k: Any, **found: Any) -> dict[str, Any]:
    return _published(n, k, maximum(0.001, **{"last_month_with_evidence": len(n) - 1, **found}))


def _published(n: Any, k: Any, result: CriterionResult) -> dict[str, Any]:
    counts = [(month, int(n[month]), int(k[month])) for month in range(len(n))]
    exact = exact_result(
        {"objection": exact_outcome(counts)},
        criteria=(judged(result),),
        proposal=proposal(result),
    )
    shown: dict[str, Any] = published(exact)["criteria"][0]
    return shown
