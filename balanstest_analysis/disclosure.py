"""From the internal result to what may be published: the one place where counts are suppressed.

Rules: a count is published when it and its denominator are at least the minimum, or when it is
zero among at least 100; months are merged until that holds; nothing may follow from totals,
from differences between outcomes, from the coefficients of a fit, or from an earlier report of
the same series. `docs/disclosure.md` says against whom, and what is not protected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from balanstest_analysis.compliance_disclosure import publish_compliance
from balanstest_analysis.earlier_counts import EarlierCounts
from balanstest_analysis.published_account import Account
from balanstest_analysis.published_composition import published_composition
from balanstest_analysis.published_incidence import published_incidence
from balanstest_analysis.published_outcomes import Told, published_outcomes, told_counts
from balanstest_analysis.witness import last_witnessed_month

KEPT_BY_ROW = ("composition", "findings")
LIMITS = ("crossing", "lower", "upper")


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
        "proposal": _rounded(result["proposal"], LIMITS, 1),
        "criteria": [_criterion(c, outcomes, told) for c in result["criteria"]],
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


def _rounded(entry: Mapping[str, Any], keys: Sequence[str], digits: int) -> dict[str, Any]:
    values = {key: entry[key] for key in keys}
    return {**entry, **{k: None if v is None else round(v, digits) for k, v in values.items()}}


def _criterion(
    criterion: dict[str, Any], outcomes: Mapping[str, Any], told: Told
) -> dict[str, Any]:
    """Return a criterion in tenths of a month, or in months where the events are hidden."""
    hidden = outcomes.get(criterion["outcome"] or "", {"events": 0})["events"] is None
    shown = _ratio(criterion, outcomes) if criterion["kind"] == "maximum_ratio" else criterion
    families = [] if hidden else criterion["families"]
    return {
        **_rounded(shown, LIMITS, 0 if hidden else 1),
        "families": [_rounded(row, LIMITS[:2], 1) for row in families],
        "witness_month": _witness(shown, outcomes, told),
    }


def _ratio(criterion: dict[str, Any], outcomes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ratio with the threshold that follows from the rows of its reference months.

    The rate of any other months would be a count that no row tells.
    """
    stated = criterion["parameters"]
    first, last = stated["reference_months"]
    rows = outcomes.get(criterion["outcome"], {}).get("rates", [])
    inside = [row for row in rows if first <= row["month_from"] and row["month_to"] <= last]
    begins = not inside or inside[0]["month_from"] in (first, rows[0]["month_from"])
    ends = not inside or inside[-1]["month_to"] in (last, rows[-1]["month_to"])
    known = inside and begins and ends and all(row["k"] is not None for row in inside)
    if not known:
        return {**criterion, "threshold": None, "contacts_needed": None}
    rate = sum(row["k"] for row in inside) / sum(row["n"] for row in inside)
    needed = criterion["contacts_needed"]
    return {
        **criterion,
        "threshold": float(f"{stated['factor'] * rate:.2g}"),
        "contacts_needed": None if needed is None else int(float(f"{needed:.1g}")),
    }


def _witness(criterion: Mapping[str, Any], outcomes: Mapping[str, Any], told: Told) -> int | None:
    """Return the last month that the printed rows bear out, one by one."""
    outcome = outcomes.get(criterion["outcome"] or "", {"rates": []})
    rows = outcome["rates"]
    if criterion["threshold"] is None or not rows or any(row["n"] is None for row in rows):
        return None
    return last_witnessed_month(
        rows,
        threshold=criterion["threshold"],
        maximum=criterion["kind"] != "minimum_rate",
        confidence_level=told.level,
        design_effect=max(outcome["design_effect"] or 1.0, 1.0),
        hidden=told.earlier.minimum - 1,
    )


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
