"""A witness that anyone can check by eye: the rows of the table, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from balanstest_analysis.evidence import exact_limits


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
