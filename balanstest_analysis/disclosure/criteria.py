"""A witness that anyone can check by eye: the rows of the table, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.outcomes import Told
from balanstest_analysis.statistics.evidence import exact_limits


def last_witnessed_month(
    rows: Sequence[Mapping[str, Any]],
    *,
    threshold: float,
    maximum: bool,
    confidence_level: float,
    design_effect: float,
    hidden: int = 0,
) -> int | None:
    """Return the last month up to which the exact limit of every row meets the threshold.

    Tests in a fixed order, each at the full level, need no correction (Hsu and Berger 1999,
    Journal of the American Statistical Association 94:468). It costs more than the curves, and
    it does not bind.

    Args:
        rows: of a rate table, in order, with ``month_to``, ``n`` and ``k``.
        threshold: of the criterion.
        maximum: whether the rate has to stay below it.
        confidence_level: one-sided.
        design_effect: at least 1.
        hidden: largest count that a ``k`` of None can stand for.

    Returns:
        The last month of the last row that still meets it, or None if the first does not.

    Examples:
        >>> rows = [{"month_to": 2, "n": 900, "k": 20}, {"month_to": 5, "n": 900, "k": 60}]
        >>> last_witnessed_month(
        ...     rows, threshold=0.05, maximum=True, confidence_level=0.95, design_effect=1.0
        ... )
        2
    """
    unknown = hidden if maximum else 0
    k = np.array([unknown if row["k"] is None else row["k"] for row in rows]) / design_effect
    n = np.array([row["n"] for row in rows]) / design_effect
    lower, upper = exact_limits(np.minimum(k, n), n, confidence_level)
    fails = upper > threshold if maximum else lower < threshold
    met = int(np.argmax(fails)) if fails.any() else len(rows)
    return int(rows[met - 1]["month_to"]) if met else None


LIMITS = ("crossing", "lower", "upper")


def rounded_limits(entry: Mapping[str, Any], keys: Sequence[str], digits: int) -> dict[str, Any]:
    """Return an entry with some of its limits rounded; None stays None."""
    values = {key: entry[key] for key in keys}
    return {**entry, **{k: None if v is None else round(v, digits) for k, v in values.items()}}


def published_criterion(
    criterion: dict[str, Any], outcomes: Mapping[str, Any], told: Told
) -> dict[str, Any]:
    """Return a criterion in tenths of a month, or in months where the events are hidden."""
    hidden = outcomes.get(criterion["outcome"] or "", {"events": 0})["events"] is None
    shown = _ratio(criterion, outcomes) if criterion["kind"] == "maximum_ratio" else criterion
    families = [] if hidden else criterion["families"]
    return {
        **rounded_limits(shown, LIMITS, 0 if hidden else 1),
        "families": [rounded_limits(row, LIMITS[:2], 1) for row in families],
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
