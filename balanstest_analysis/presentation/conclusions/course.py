"""What the rows of an outcome do over time, in words, where no simple curve says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import Result, Row, known_rows

MOST_TURNS = 6


def turning_points(rows: Sequence[Row]) -> list[Row]:
    """Return the rows between which the rate clearly falls or rises, in turn.

    Two neighbours in the answer have intervals that do not overlap; smaller ups and downs are
    passed over. The answer is empty where no row clearly differs from an earlier one.

    Args:
        rows: in order of month, each with a rate and both limits.

    Examples:
        >>> rates = [(0.20, 0.22), (0.28, 0.30), (0.10, 0.12), (0.11, 0.13), (0.19, 0.21)]
        >>> rows = [
        ...     {"month_from": m, "rate": (a + b) / 2, "rate_lower": a, "rate_upper": b}
        ...     for m, (a, b) in enumerate(rates)
        ... ]
        >>> [row["month_from"] for row in turning_points(rows)]
        [0, 1, 2, 4]
    """
    turns: list[Row] = []
    seen: list[Row] = []
    for row in rows:
        turns = _extended(turns, row) if turns else _first_leg(seen, row)
        seen.append(row)
    return turns


def _first_leg(seen: Sequence[Row], row: Row) -> list[Row]:
    """Return the first clear fall or rise, which starts at the highest or lowest row so far."""
    if not seen:
        return []
    high, low = max(seen, key=_rate), min(seen, key=_rate)
    if row["rate_upper"] < high["rate_lower"]:
        return [high, row]
    return [low, row] if row["rate_lower"] > low["rate_upper"] else []


def _extended(turns: list[Row], row: Row) -> list[Row]:
    """Return the turns with the last leg made longer, or with a leg the other way."""
    start, end = turns[-2:]
    falling = _rate(end) < _rate(start)
    further = _rate(row) < _rate(end) if falling else _rate(row) > _rate(end)
    if further:
        return [*turns[:-1], row] if _differ(row, start) else turns
    return [*turns, row] if _differ(row, end) else turns


def _rate(row: Row) -> float:
    return float(row["rate"])


def _differ(row: Row, other: Row) -> bool:
    return bool(row["rate_upper"] < other["rate_lower"] or row["rate_lower"] > other["rate_upper"])


def course_sentence(result: Result, outcome: str) -> str:
    """Return the clear falls and rises of an outcome, never more than the intervals allow.

    Args:
        result: the published result.
        outcome: an outcome with rows.
    """
    turns = turning_points(known_rows(result, outcome))
    rate = wording.OUTCOME_WORDS[outcome].rate
    if not turns:
        return f"Een duidelijke daling of stijging van het {rate} is in de rijen niet te zien."
    start = f"{wording.capital(_where(turns[0]))} was het {rate} {_share(turns[0])}"
    legs = list(_legs(turns[: MOST_TURNS + 1]))
    more = " Daarna wisselt het nog vaker." if len(turns) > MOST_TURNS + 1 else ""
    return (
        f"{start}; daarna {wording.enumerated(legs)}.{more} Genoemd zijn alleen verschillen "
        "waarbij de intervallen elkaar niet overlappen."
    )


def _legs(turns: Sequence[Row]) -> Iterator[str]:
    for before, row in pairwise(turns):
        verb = "daalde" if row["rate"] < before["rate"] else "steeg"
        yield f"{verb} het tot {_share(row)} {_where(row)}"


def _where(row: Row) -> str:
    return wording.in_months(row["month_from"], row["month_to"])


def _share(row: Row) -> str:
    return wording.percentage(row["rate"])
