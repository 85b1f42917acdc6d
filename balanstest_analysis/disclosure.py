"""From the internal result to what may be published: the one place where counts are suppressed.

Rules: a count is published when it and its denominator are at least the minimum, or when it is
zero among at least 100; months are merged until that holds; nothing may follow from totals,
from differences between outcomes, or from the coefficients of a fit.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from balanstest_analysis.binning import Bin, base_bins, is_publishable, outcome_bins
from balanstest_analysis.compliance_disclosure import publish_compliance, publishable_findings
from balanstest_analysis.month_table import Counts
from balanstest_analysis.published_incidence import published_incidence
from balanstest_analysis.rates import rate_interval
from balanstest_analysis.witness import last_witnessed_month
from balanstest_analysis.wording import finding_text

CURVE_STEP_MONTHS = 3
BRIDGE_ENDS = ("rows_in", "in_exposure")


def publish(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result with every small count suppressed, merged or rounded away.

    Args:
        result: internal, from `Analysis.to_dict()`.

    Returns:
        The same keys, ``audience`` is ``"published"``.
    """
    minimum = result["settings"]["disclosure_minimum"]
    level = result["settings"]["confidence_level"]
    told = _told(result)
    exposures = [exposure for exposure, _ in told.values()]
    base = base_bins(exposures, minimum) if exposures else ()
    outcomes = _outcomes(result, told, base, minimum)
    findings = [
        _finding(finding, result["bridge"], minimum)
        for finding in publishable_findings(result["findings"], minimum)
    ]
    return {
        **result,
        "audience": "published",
        "outcomes": outcomes,
        "cumulative_incidence": published_incidence(result, outcomes, base, exposures, minimum),
        "composition": _composition(result["composition"], base, minimum),
        "proposal": _coarse_limits(result["proposal"]),
        "criteria": [
            _criterion(criterion, outcomes, level, minimum) for criterion in result["criteria"]
        ],
        "clustering": _clustering(result["clustering"]),
        "bridge": _bridge(result["bridge"], exposures, minimum),
        "findings": findings,
        "compliance": publish_compliance(result.get("compliance"), findings, minimum),
    }


def _told(result: dict[str, Any]) -> dict[str, tuple[Counts, Counts]]:
    """Return contacts and events per month, by outcome: those followed up for every outcome.

    One denominator leaves no differences between outcomes to hide. Where no contact is old
    enough for that, each outcome keeps its own.
    """
    outcomes = {name: outcome for name, outcome in result["outcomes"].items() if outcome["rates"]}
    months = 1 + max((o["rates"][-1]["month_to"] for o in outcomes.values()), default=0)
    followed = {name: _by_month(o["followed"], "month", months) for name, o in outcomes.items()}
    if all(exposure.any() for exposure, _ in followed.values()):
        return followed
    return {name: _by_month(o["rates"], "month_from", months) for name, o in outcomes.items()}


def _by_month(rows: list[dict[str, Any]], month: str, months: int) -> tuple[Counts, Counts]:
    exposure, events = np.zeros((2, months), dtype=np.int64)
    for row in rows:
        exposure[row[month]], events[row[month]] = row["n"], row["k"]
    return exposure, events


def _outcomes(
    result: dict[str, Any],
    told: dict[str, tuple[Counts, Counts]],
    base: tuple[Bin, ...],
    minimum: int,
) -> dict[str, Any]:
    level = result["settings"]["confidence_level"]
    published = {}
    for name, outcome in result["outcomes"].items():
        known = {key: value for key, value in outcome.items() if key != "followed"}
        if name in told:
            exposure, events = told[name]
            bins = outcome_bins(base, exposure, events, minimum)
            known = _outcome(known, bins, exposure, events, minimum, level)
        published[name] = known
    return published


def _outcome(
    outcome: dict[str, Any],
    bins: tuple[Bin, ...],
    exposure: Counts,
    events: Counts,
    minimum: int,
    level: float,
) -> dict[str, Any]:
    effect = outcome["design_effect"]
    rows = [_row(part, exposure, events, minimum, level, effect) for part in bins]
    whole = Bin(first=bins[0].first, last=bins[-1].last)
    total = _row(whole, exposure, events, minimum, level, effect)
    fitted = int(sum(row["n"] for row in outcome["rates"]))
    exact = total["n"] == fitted and all(
        row["month_from"] == row["month_to"] and row["k"] is not None for row in rows
    )
    return {
        **outcome,
        "exposure": total["n"],
        "events": total["k"],
        "design_effect": round(effect, 1),
        "rates": rows,
        "total": total,
        "fits": outcome["fits"] if exact else [_silent_fit(fit) for fit in outcome["fits"]],
        "curve": _coarse(outcome["curve"]),
        "standardised": _coarse(outcome["standardised"]),
    }


def _row(
    part: Bin, exposure: Counts, events: Counts, minimum: int, level: float, effect: float
) -> dict[str, Any]:
    n, k = part.total(exposure), part.total(events)
    shown = is_publishable(k, n, minimum)
    # a limit printed beside a hidden count would give the count away: take the largest it can be
    counted = k if shown else min(max(k, minimum - 1), n)
    lower, upper = rate_interval([counted], [n], confidence_level=level, design_effect=effect)
    return {
        "month_from": part.first,
        "month_to": part.last,
        "n": n,
        "k": k if shown else None,
        "rate": float(f"{k / n:.10g}") if shown else None,
        "rate_lower": float(f"{lower[0]:.10g}") if shown else None,
        "rate_upper": float(f"{upper[0]:.10g}"),
    }


def _silent_fit(fit: dict[str, Any]) -> dict[str, Any]:
    """Keep of a fit what cannot be inverted into counts."""
    empty: dict[str, Any] = {"parameters": {}, "standard_errors": {}, "model_standard_errors": {}}
    hidden = dict.fromkeys(("deviance", "df", "aic", "p_value"))
    return {**fit, **empty, **hidden, "weight": round(fit["weight"], 1)}


def _coarse(curve: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep every third month and the last, rounded to a hundredth of the highest value."""
    if not curve:
        return []
    kept = [*curve[:-1:CURVE_STEP_MONTHS], curve[-1]]
    values = [key for key in curve[0] if key != "month"]
    highest = max(point[key] for point in curve for key in values)
    decimals = 2 - int(np.floor(np.log10(highest))) if highest > 0 else 2
    return [
        {"month": point["month"], **{key: round(point[key], decimals) for key in values}}
        for point in kept
    ]


def _composition(
    months: list[dict[str, Any]], base: tuple[Bin, ...], minimum: int
) -> list[dict[str, Any]]:
    """Return contacts and campaigns per bin, in whole percentages and multiples of the minimum.

    These contacts are all of them, also those too young to be followed up: exact counts would give
    small differences from the exposure.
    """
    rows = []
    for part in base:
        inside = [row for row in months if part.first <= row["month_from"] <= part.last]
        calls, contacts = (sum(row[key] for row in inside) for key in ("calls", "net_contacts"))
        by_campaign = Counter[str]()
        for row in inside:
            by_campaign.update(row["by_campaign"])
        largest = max(by_campaign.values(), default=0)
        telling = 0 < calls - contacts < minimum
        rows.append(
            {
                "month_from": part.first,
                "month_to": part.last,
                "net_contacts": minimum * round(contacts / minimum),
                "reached_share": None if telling or not calls else round(contacts / calls, 2),
                "campaigns": len(by_campaign),
                "largest_campaign_share": round(largest / contacts, 2) if contacts else None,
            }
        )
    return rows


def _coarse_limits(entry: dict[str, Any]) -> dict[str, Any]:
    limits = {key: entry[key] for key in ("crossing", "lower", "upper")}
    return {**entry, **{k: None if v is None else round(v, 1) for k, v in limits.items()}}


def _criterion(
    criterion: dict[str, Any], outcomes: dict[str, Any], level: float, minimum: int
) -> dict[str, Any]:
    threshold = criterion["threshold"]
    computed = criterion["kind"] == "maximum_ratio" and threshold is not None
    shown = float(f"{threshold:.2g}") if computed else threshold
    return {
        **_coarse_limits(criterion),
        "threshold": shown,
        "families": [_coarse_family(row) for row in criterion["families"]],
        "witness_month": _witness({**criterion, "threshold": shown}, outcomes, level, minimum),
    }


def _coarse_family(row: dict[str, Any]) -> dict[str, Any]:
    limits = {key: row[key] for key in ("crossing", "lower")}
    return {**row, **{k: None if v is None else round(v, 1) for k, v in limits.items()}}


def _witness(
    criterion: dict[str, Any], outcomes: dict[str, Any], level: float, minimum: int
) -> int | None:
    """Return the last month that the printed rows bear out, one by one."""
    outcome = outcomes.get(criterion["outcome"] or "", {"rates": []})
    if criterion["threshold"] is None or not outcome["rates"]:
        return None
    return last_witnessed_month(
        outcome["rates"],
        threshold=criterion["threshold"],
        maximum=criterion["kind"] != "minimum_rate",
        confidence_level=level,
        design_effect=max(outcome["design_effect"], 1.0),
        hidden=minimum - 1,
    )


def _clustering(clustering: dict[str, Any]) -> dict[str, Any]:
    coarse = {name: round(value, 1) for name, value in clustering["dispersion"].items()}
    return {**clustering, "dispersion": coarse}


def _bridge(
    lines: list[dict[str, Any]], exposures: list[Counts], minimum: int
) -> list[dict[str, Any]]:
    """Join every line below the minimum to the next smallest, so that the sum still holds.

    No account is given where its last line differs by a small count from the contacts told.
    """
    counted = sum(line["count"] for line in lines if line["code"] == "in_exposure")
    if any(0 < abs(counted - int(exposure.sum())) < minimum for exposure in exposures):
        return []
    ends = [line for line in lines if line["code"] in BRIDGE_ENDS]
    between = [line for line in lines if line["code"] not in BRIDGE_ENDS and line["count"]]
    while len(between) > 1 and min(line["count"] for line in between) < minimum:
        smallest, following = sorted(between, key=lambda line: line["count"])[:2]
        joined = {
            "code": f"{following['code']}+{smallest['code']}",
            "count": following["count"] + smallest["count"],
        }
        between = [
            joined if line is following else line for line in between if line is not smallest
        ]
    small = [line for line in (*ends, *between) if 0 < line["count"] < minimum]
    if small:  # one small line left would follow from the two ends
        return []
    return [*ends[:1], *between, *ends[1:]]


def _finding(finding: dict[str, Any], bridge: list[dict[str, Any]], minimum: int) -> dict[str, Any]:
    """Suppress a small count, and one that differs by a small count from its line in the account.

    A finding counts every call it applies to, its line in the account only those that no earlier
    exclusion took; the difference would be a small count too, so the smaller of both is told.
    """
    code, count = finding["code"], finding["count"]
    line = next((row["count"] for row in bridge if row["code"] == code), count)
    told = line if 0 < abs(count - line) < minimum else count
    shown = told if told == 0 or told >= minimum else None
    if shown == count:
        return finding
    return {**finding, "count": shown, "text": finding_text(code, shown, minimum=minimum)}
