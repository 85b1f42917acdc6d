"""What the rows of an outcome do over time, in words, where no simple curve says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from balanstest_analysis.document import wording
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import Observed, RateRow
from balanstest_analysis.published.result import PublishedResult

MOST_TURNS = 6


@dataclass(frozen=True, kw_only=True)
class KnownRow:
    """Consecutive months whose rate is told.

    Attributes:
        month_from: first month.
        month_to: last month, inclusive.
        seen: the rate, with its interval.
    """

    month_from: int
    month_to: int
    seen: Observed

    @property
    def where(self) -> str:
        """The months as they stand in a sentence."""
        return wording.in_months(self.month_from, self.month_to)


def known_row(row: RateRow) -> KnownRow | None:
    """Return a row with its rate, or None where that is hidden."""
    seen = row.observed
    if seen is None:
        return None
    return KnownRow(month_from=row.month_from, month_to=row.month_to, seen=seen)


def is_below(one: Observed, other: Observed) -> bool:
    """Return whether the interval of one rate lies below that of another.

    Examples:
        >>> low = Observed(rate=0.02, lower=0.01, upper=0.03)
        >>> is_below(low, Observed(rate=0.05, lower=0.04, upper=0.06)), is_below(low, low)
        (True, False)
    """
    return one.upper < other.lower


def turning_points(rows: Sequence[KnownRow]) -> list[KnownRow]:
    """Return the rows between which the rate clearly falls or rises, in turn.

    Two neighbours in the answer have intervals that do not overlap; smaller ups and downs are
    passed over. The answer is empty where no row clearly differs from an earlier one.

    Args:
        rows: in order of month.

    Examples:
        >>> limits = [(0.20, 0.22), (0.28, 0.30), (0.10, 0.12), (0.11, 0.13), (0.19, 0.21)]
        >>> seen = [Observed(rate=(a + b) / 2, lower=a, upper=b) for a, b in limits]
        >>> rows = [KnownRow(month_from=m, month_to=m, seen=s) for m, s in enumerate(seen)]
        >>> [row.month_from for row in turning_points(rows)]
        [0, 1, 2, 4]
    """
    turns: list[KnownRow] = []
    before: list[KnownRow] = []
    for row in rows:
        turns = _extended(turns, row) if turns else _first_leg(before, row)
        before.append(row)
    return turns


def _first_leg(before: Sequence[KnownRow], row: KnownRow) -> list[KnownRow]:
    """Return the first clear fall or rise, which starts at the highest or lowest row so far."""
    if not before:
        return []
    high, low = max(before, key=_rate), min(before, key=_rate)
    if is_below(row.seen, high.seen):
        return [high, row]
    return [low, row] if is_below(low.seen, row.seen) else []


def _extended(turns: list[KnownRow], row: KnownRow) -> list[KnownRow]:
    """Return the turns with the last leg made longer, or with a leg the other way."""
    start, end = turns[-2:]
    falling = _rate(end) < _rate(start)
    further = _rate(row) < _rate(end) if falling else _rate(row) > _rate(end)
    if further:
        return [*turns[:-1], row] if _differ(row, start) else turns
    return [*turns, row] if _differ(row, end) else turns


def _rate(row: KnownRow) -> float:
    return row.seen.rate


def _differ(row: KnownRow, other: KnownRow) -> bool:
    return is_below(row.seen, other.seen) or is_below(other.seen, row.seen)


def course_sentence(result: PublishedResult, outcome: Outcome) -> str:
    """Return the clear falls and rises of an outcome, never more than the intervals allow.

    Args:
        result: published.
        outcome: one with rows.
    """
    rows = [known_row(row) for row in result.outcomes[outcome].rows]
    turns = turning_points([row for row in rows if row is not None])
    rate = wording.OUTCOME_WORDS[outcome].rate
    if not turns:
        return f"Een duidelijke daling of stijging van het {rate} is in de rijen niet te zien."
    start = f"{wording.capital(turns[0].where)} was het {rate} {_share(turns[0])}"
    legs = list(_legs(turns[: MOST_TURNS + 1]))
    more = " Daarna wisselt het nog vaker." if len(turns) > MOST_TURNS + 1 else ""
    return (
        f"{start}; daarna {wording.enumerated(legs)}.{more} Genoemd zijn alleen verschillen "
        "waarbij de intervallen elkaar niet overlappen."
    )


def _legs(turns: Sequence[KnownRow]) -> Iterator[str]:
    for before, row in pairwise(turns):
        verb = "daalde" if _rate(row) < _rate(before) else "steeg"
        yield f"{verb} het tot {_share(row)} {row.where}"


def _share(row: KnownRow) -> str:
    return wording.percentage(_rate(row))
