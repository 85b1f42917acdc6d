"""What may be published of the compliance of a history: no small count, and none by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from balanstest_analysis.binning import is_publishable

Entry = dict[str, Any]
PEOPLE_PER_POINT = 20  # so that at least the minimum lies at or above the 95 % point
_NESTED = {"objection_then_called": "objection_processed_late"}


def publishable_findings(findings: Sequence[Entry], minimum: int) -> list[Entry]:
    """Return the findings without those that differ by a small count from one they include.

    Args:
        findings: of the internal result.
        minimum: publication minimum.
    """
    counts = {finding["code"]: finding["count"] for finding in findings}
    return [finding for finding in findings if not _tells_part(finding, counts, minimum)]


def _tells_part(finding: Entry, counts: Mapping[str, int], minimum: int) -> bool:
    part = counts.get(_NESTED.get(finding["code"], ""), 0)
    return part > 0 and 0 < finding["count"] - part < minimum


def publish_compliance(
    compliance: Entry | None, findings: Sequence[Entry], minimum: int
) -> Entry | None:
    """Return the checks with shares instead of denominators, and without small counts.

    Denominators of different rules differ by few calls; two significant digits of a share keep
    those differences hidden.

    Args:
        compliance: of the internal result; None where there is no history.
        findings: as published; what both tell must be the same.
        minimum: publication minimum.
    """
    if compliance is None:
        return None
    told = {finding["code"]: finding["count"] for finding in findings}
    return {
        "rules": [_rule(rule, told, minimum) for rule in compliance["rules"]],
        "regimes": compliance["regimes"],
        "called_after_objection": told.get("objection_then_called"),
        "frequency": _frequency(compliance["frequency"], told, minimum),
        "afterwards": _afterwards(compliance.get("afterwards"), minimum),
    }


def _rule(rule: Entry, told: Mapping[str, int | None], minimum: int) -> Entry:
    count, checked = rule["count"], rule["checked"]
    shown = None
    if count == 0 and is_publishable(0, checked, minimum):
        shown = 0
    elif count and checked >= minimum:
        shown = told.get(rule["code"])
    return {
        **rule,
        "count": shown,
        "checked": None,
        "share": None if shown is None else float(f"{shown / checked:.2g}"),
        "by_year": _years(rule["by_year"], minimum) if shown == count else [],
    }


def _years(years: Sequence[Entry], minimum: int) -> list[Entry]:
    """Return the counts of all years or of none: one that is missing follows from the total."""
    if all(is_publishable(year["count"], year["checked"], minimum) for year in years):
        return [{"year": year["year"], "count": year["count"]} for year in years]
    return []


def _frequency(frequency: Entry, told: Mapping[str, int | None], minimum: int) -> Entry:
    keys = ("year", "calls_median", "calls_high", "contacts_median", "contacts_high")
    return {
        "years": [
            {key: year[key] for key in keys}
            for year in frequency["years"]
            if year["customers"] >= PEOPLE_PER_POINT * minimum
        ],
        "buckets": _shares(_merged(frequency["buckets"], minimum), minimum),
        "many": told.get("customers_called_often"),
        "limit": frequency["limit"],
    }


def _merged(buckets: Sequence[Entry], minimum: int) -> list[Entry]:
    """Return the buckets, each with at least the minimum of people; a small one joins the lower."""
    merged: list[Entry] = []
    for bucket in buckets:
        small = merged and min(bucket["customers"], merged[-1]["customers"]) < minimum
        if small:
            both = merged[-1]["customers"] + bucket["customers"]
            merged[-1] = {**merged[-1], "customers": both}
        else:
            merged.append(bucket)
    return merged


def _shares(buckets: Sequence[Entry], minimum: int) -> list[Entry]:
    people = sum(bucket["customers"] for bucket in buckets)
    if people < minimum * PEOPLE_PER_POINT:
        return []
    return [
        {"calls_from": bucket["calls_from"], "share": round(bucket["customers"] / people, 2)}
        for bucket in buckets
    ]


def _afterwards(afterwards: Entry | None, minimum: int) -> Entry | None:
    """Return the points of the distribution without the numbers of people behind them."""
    if afterwards is None or afterwards["people"] < PEOPLE_PER_POINT * minimum:
        return None
    return {key: n for key, n in afterwards.items() if key not in {"people", "person_years"}}
