"""Looking things up in a published result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Result = Mapping[str, Any]
Row = Mapping[str, Any]

OUTCOMES = ("conversion", "objection", "complaint")
RATE_LIMITS = ("maximum_rate", "maximum_ratio")
YEAR = 12


def is_available(result: Result, outcome: str) -> bool:
    """Return whether data on an outcome were delivered and rows can be shown."""
    entry = result["outcomes"][outcome]
    return bool(entry["available"] and entry["rates"])


def known_rows(result: Result, outcome: str) -> list[Row]:
    """Return the rows of an outcome whose count is published."""
    return [row for row in result["outcomes"][outcome]["rates"] if row["k"] is not None]


def row_of_month(result: Result, outcome: str, month: int) -> Row | None:
    """Return the row that holds a month, or None."""
    rows = result["outcomes"][outcome]["rates"]
    return next((row for row in rows if row["month_from"] <= month <= row["month_to"]), None)


def weighs_burden(criterion: Mapping[str, Any]) -> bool:
    """Return whether a criterion speaks for the people called."""
    if criterion["kind"] in RATE_LIMITS:
        return bool(criterion["outcome"] != "conversion")
    if criterion["kind"] == "net_benefit":
        weights = criterion["parameters"]
        return bool(weights["objection_weight"] + weights["complaint_weight"] > 0)
    return bool(criterion["kind"] == "burden_per_conversion")


def criterion_named(result: Result, name: str | None) -> Mapping[str, Any] | None:
    """Return the criterion with a name, or None."""
    return next((item for item in result["criteria"] if item["name"] == name), None)


def has_term(result: Result) -> bool:
    """Return whether the result proposes a term."""
    return result["proposal"]["term_months"] is not None


@dataclass(frozen=True, kw_only=True)
class Block:
    """What happened in a stretch of months, from published rows alone.

    Attributes:
        month_from: first month.
        month_to: last month, inclusive.
        exposure: contacts per outcome; None where a part is not published, or a row crosses an end.
            An outcome is absent where it was not delivered.
        events: events per outcome, likewise.
    """

    month_from: int
    month_to: int
    exposure: Mapping[str, int | None]
    events: Mapping[str, int | None]

    def rate(self, outcome: str) -> float | None:
        """Return the rate of an outcome, or None where it is not published."""
        events, exposure = self.events.get(outcome), self.exposure.get(outcome)
        return None if events is None or not exposure else events / exposure


def yearly_blocks(result: Result) -> tuple[Block, ...]:
    """Return the published rows added up to stretches of about a year.

    Args:
        result: the published result; rows end where months could be published.
    """
    ends = common_ends(result)
    if not ends:
        return ()
    cuts = sorted({_nearest(ends, year) for year in range(YEAR - 1, ends[-1], YEAR)} | {ends[-1]})
    starts = [first_month(result), *(cut + 1 for cut in cuts)]
    return tuple(
        block_between(result, first, last) for first, last in zip(starts, cuts, strict=False)
    )


def common_ends(result: Result) -> list[int]:
    """Return the months with which a row ends for conversion and for objections alike."""
    shown = [name for name in ("conversion", "objection") if is_available(result, name)]
    ends = [{int(row["month_to"]) for row in result["outcomes"][name]["rates"]} for name in shown]
    return sorted(set.intersection(*ends)) if ends else []


def _nearest(ends: list[int], wanted: int) -> int:
    return min(ends, key=lambda end: (abs(end - wanted), end))


def first_month(result: Result) -> int:
    """Return the first month of any published row."""
    entries = result["outcomes"].values()
    firsts = [int(entry["rates"][0]["month_from"]) for entry in entries if entry["rates"]]
    return min(firsts, default=0)


def block_between(result: Result, first: int, last: int) -> Block:
    """Return the sums of the rows between two months; unknown where a row crosses an end.

    Args:
        result: the published result.
        first: first month.
        last: last month, inclusive.
    """
    rows = {name: _rows_touching(result, name, first, last) for name in OUTCOMES}
    given = {name: touching for name, touching in rows.items() if touching}
    return Block(
        month_from=first,
        month_to=last,
        exposure={name: _sum(rows, "n", first, last) for name, rows in given.items()},
        events={name: _sum(rows, "k", first, last) for name, rows in given.items()},
    )


def _rows_touching(result: Result, outcome: str, first: int, last: int) -> list[Row]:
    rows = result["outcomes"][outcome]["rates"]
    return [row for row in rows if row["month_to"] >= first and row["month_from"] <= last]


def _sum(rows: list[Row], count: str, first: int, last: int) -> int | None:
    counts = [row[count] for row in rows]
    crosses = any(row["month_from"] < first or row["month_to"] > last for row in rows)
    return None if crosses or None in counts else sum(counts)
