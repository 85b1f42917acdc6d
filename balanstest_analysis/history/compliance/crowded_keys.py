"""Keys behind so many rows that they cannot be one customer each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from balanstest_analysis.history.compliance.days import RowsByDay
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import Deferred, Queries

if TYPE_CHECKING:
    import pandas as pd

FEWEST_ROWS = 50
LARGE_SHARE = 0.05
_ABSURD_PER_YEAR = 1000
_TIMES_MEDIAN, _KEYS_FOR_MEDIAN = 10, 20
# How many times the calls in a year that are many one customer may have.
_TIMES_MANY = {"calls": 3, "events": 2, "objections": 0, "complaints": 0}


def ask_crowded_keys(
    queries: Queries, days: RowsByDay, many: int
) -> dict[str, Deferred[Finding | None]]:
    """Ask, per table, whether a key stands behind a large share of its rows.

    Args:
        queries: put to the history.
        days: from `ask_days`.
        many: calls in a year that are many for one customer.
    """
    return {
        table: _asked(queries, table, on_days, _TIMES_MANY[table] * many)
        for table, on_days in days.items()
    }


def _asked(
    queries: Queries, table: str, days: Deferred[pd.DataFrame], many: int
) -> Deferred[Finding | None]:
    rows = queries.history.tables[table].rows
    per_key = rows.group_by("customer_id").agg(rows=rows.count())
    spread = queries.ask(per_key.group_by("rows").agg(keys=per_key.count()), ["rows"])
    return spread.then(
        lambda found: _finding(table, _tally(found), many, days.value["year"].nunique())
    )


def _tally(found: pd.DataFrame) -> dict[int, int]:
    return {int(n): int(k) for n, k in zip(found["rows"], found["keys"], strict=True)}


def _finding(table: str, keys: Mapping[int, int], many: int, years: int) -> Finding | None:
    rows = sum(number * count for number, count in keys.items())
    crowded = {n: k for n, k in keys.items() if n > fewest_of_nobody(keys, many, years)}
    if not crowded:
        return None
    behind = sum(number * count for number, count in crowded.items())
    told = "1 key stands" if sum(crowded.values()) == 1 else f"{sum(crowded.values())} keys stand"
    return Finding(
        code=f"one_key_many_rows_{table}",
        count=behind,
        detail=f"{told} behind {behind} of the {rows} rows.",
    )


def fewest_of_nobody(keys: Mapping[int, int], many: int, years: int) -> float:
    """Return the number of rows above which a key cannot be one customer.

    A small history may have a few customers with many rows each: a key has to have far more rows
    than a customer has in so many years, far more than others, and a large share of the rows.

    Args:
        keys: keys by their number of rows.
        many: rows in a year that are too many for one customer.
        years: calendar years with rows.

    Examples:
        >>> fewest_of_nobody({2: 1000, 300: 1}, 36, 2)
        115.0
    """
    rows = sum(number * count for number, count in keys.items())
    years = max(1, years)
    share = min(LARGE_SHARE * rows, float(_ABSURD_PER_YEAR * years))
    return max(float(FEWEST_ROWS), float(many * years), share, _far_above_others(keys))


def _far_above_others(keys: Mapping[int, int]) -> float:
    if sum(keys.values()) < _KEYS_FOR_MEDIAN:
        return 0.0
    middle, seen, half = 0, 0, sum(keys.values()) / 2
    for number in sorted(keys):
        seen += keys[number]
        if seen >= half:
            middle = number
            break
    return float(_TIMES_MEDIAN * middle)
