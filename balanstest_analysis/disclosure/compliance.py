"""What may be published of the compliance of a history: no small count, and none by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.binning import is_publishable
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, tells

Entry = dict[str, Any]
JOINED_MINIMA = 2
PEOPLE_PER_POINT = 20  # so that at least the minimum lies at or above the 95 % point


def publish_compliance(
    compliance: Entry | None,
    findings: Sequence[Entry],
    minimum: int,
    earlier: EarlierCounts | None = None,
) -> Entry | None:
    """Return the checks with shares instead of denominators, and without small counts.

    Denominators of different rules differ by few calls; a share has so few digits that it stands
    for a wide range of denominators.

    Args:
        compliance: of the internal result; None where there is no history.
        findings: as published; what both tell must be the same.
        minimum: publication minimum.
        earlier: reports of the same series.
    """
    if compliance is None:
        return None
    told = {finding["code"]: finding["count"] for finding in findings}
    return {
        "rules": [
            _rule(rule, told, earlier or EarlierCounts(minimum=minimum))
            for rule in compliance["rules"]
        ],
        "regimes": compliance["regimes"],
        "called_after_objection": told.get("objection_then_called"),
        "frequency": _frequency(compliance["frequency"], told, minimum),
        "afterwards": _afterwards(compliance.get("afterwards"), minimum),
    }


def _rule(rule: Entry, told: Mapping[str, int | None], earlier: EarlierCounts) -> Entry:
    count, checked, minimum = rule["count"], rule["checked"], earlier.minimum
    shown = None
    if count == 0 and is_publishable(0, checked, minimum):
        shown = 0
    elif count and checked >= minimum and not 0 < checked - count < minimum:
        shown = told.get(rule["code"])
    return {
        **rule,
        "count": shown,
        "checked": None,
        "share": None if shown is None else _share(shown, checked, minimum),
        "by_year": _years(rule, earlier) if shown == count else [],
    }


def _share(count: int, checked: int, minimum: int) -> float | None:
    """Return a share in two digits or one, whichever stands for enough different denominators.

    The true one lies at least twice the minimum from either end of that range: who knows the
    account knows the denominator up to the few calls that its joined lines hide.

    Examples:
        >>> _share(113, 58_000, 10), _share(113, 2030, 10), _share(50, 90, 10)
        (0.0019, 0.06, None)
    """
    if count == 0:
        return 0.0
    for digits in (2, 1):
        share = float(f"{count / checked:.{digits}g}")
        half = 10.0 ** (np.floor(np.log10(share)) + 1 - digits) / 2
        least, most = count / (share + half), count / (share - half)
        if min(checked - least, most - checked) >= JOINED_MINIMA * minimum:
            return share
    return None


def _years(rule: Entry, earlier: EarlierCounts) -> list[Entry]:
    """Return the counts of all years or of none: one that is missing follows from the total."""
    years = rule["by_year"]
    large = all(_is_open(year, earlier.minimum) for year in years)
    if large and not any(_tells_year(rule, report, earlier.minimum) for report in earlier.reports):
        return [{"year": year["year"], "count": year["count"]} for year in years]
    return []


def _is_open(year: Entry, minimum: int) -> bool:
    rest = year["checked"] - year["count"]
    return is_publishable(year["count"], year["checked"], minimum) and not 0 < rest < minimum


def _tells_year(rule: Entry, report: Mapping[str, Any], minimum: int) -> bool:
    before = (report.get("compliance") or {}).get("rules", [])
    told = {
        y["year"]: y["count"] for r in before if r["code"] == rule["code"] for y in r["by_year"]
    }
    return any(tells(y["count"], told.get(y["year"]), minimum) for y in rule["by_year"])


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
