"""From the internal result to what may be published: the one place where counts are suppressed.

Rules: a count is published when it and its denominator are at least the minimum, or when it is
zero among at least 100; months are merged until that holds; nothing may follow from totals,
from differences between outcomes, from the coefficients of a fit, or from an earlier report of
the same series. `docs/disclosure.md` says against whom, and what is not protected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from balanstest_analysis.disclosure.account import Account
from balanstest_analysis.disclosure.compliance import publish_compliance
from balanstest_analysis.disclosure.composition import published_composition
from balanstest_analysis.disclosure.criteria import (
    LIMITS,
    published_criterion,
    rounded_limits,
)
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts
from balanstest_analysis.disclosure.incidence import published_incidence
from balanstest_analysis.disclosure.outcomes import Told, published_outcomes, told_counts

KEPT_BY_ROW = ("composition", "findings")


def publish(result: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the result with every small count suppressed, merged, rounded away or kept as it was.

    Args:
        result: internal, from `Analysis.to_dict()`.
        earlier: published reports of the same series, the one whose values are kept as the last.

    Returns:
        The same keys, ``audience`` is ``"published"``; ``series`` tells in which tables
        counts of an earlier report were kept.
    """
    minimum = result["settings"]["disclosure_minimum"]
    before = EarlierCounts(reports=earlier, minimum=minimum)
    told = told_counts(result, before)
    outcomes = published_outcomes(result, told)
    account = _account(result, told)
    published = {
        **result,
        "audience": "published",
        "outcomes": outcomes,
        "cumulative_incidence": published_incidence(result, outcomes, told),
        "composition": published_composition(result["composition"], told, account["bridge"]),
        "proposal": rounded_limits(result["proposal"], LIMITS, 1),
        "criteria": [published_criterion(c, outcomes, told) for c in result["criteria"]],
        "clustering": _clustering(result["clustering"], outcomes),
        **account,
        "compliance": publish_compliance(
            result.get("compliance"), account["findings"], minimum, before
        ),
    }
    return {**published, "series": {"kept": list(_kept(published, result["bridge"]))}}


def _account(result: Mapping[str, Any], told: Told) -> dict[str, Any]:
    account = Account(
        lines={line["code"]: int(line["count"]) for line in result["bridge"]},
        findings=result["findings"],
        earlier=told.earlier,
        contacts=[int(exposure.sum()) for exposure in told.exposures],
        closed=bool(told.recent),
    )
    bridge, findings = account.published()
    return {"bridge": bridge, "findings": findings}


def _clustering(clustering: Mapping[str, Any], outcomes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dispersions in tenths, without those that tell of hidden events."""
    told = {
        name: round(value, 1)
        for name, value in clustering["dispersion"].items()
        if outcomes[name]["design_effect"] is not None
    }
    return {**clustering, "dispersion": told}


def _kept(published: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the tables in which counts of an earlier report stand."""
    for name, outcome in published["outcomes"].items():
        if any("kept_from" in row for row in outcome["rates"]):
            yield name
    tables = {f"{name}_incidence": rows for name, rows in published["cumulative_incidence"].items()}
    for name, rows in (*tables.items(), *((key, published[key]) for key in KEPT_BY_ROW)):
        if any("kept_from" in row for row in rows):
            yield name
    now = {line["code"]: line["count"] for line in lines}
    if any(
        line["count"] != sum(now.get(code, 0) for code in line["code"].split("+"))
        for line in published["bridge"]
    ):
        yield "bridge"
