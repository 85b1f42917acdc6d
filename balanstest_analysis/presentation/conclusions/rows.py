"""Published rows added up to stretches of months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import total
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.result import PublishedResult

YEAR = 12


@dataclass(frozen=True, kw_only=True)
class MonthBlock:
    """What happened in a stretch of months, from published rows alone.

    Attributes:
        month_from: first month.
        month_to: last month, inclusive.
        contacts: per outcome; None where a part is not published, a row crosses an end, or the
            rows come from several reports.
            An outcome is absent where it was not delivered.
        events: per outcome, likewise.
    """

    month_from: int
    month_to: int
    contacts: Mapping[Outcome, int | None]
    events: Mapping[Outcome, int | None]

    def rate(self, outcome: Outcome) -> float | None:
        """Return the rate of an outcome, or None where it is not published."""
        events, contacts = self.events.get(outcome), self.contacts.get(outcome)
        return None if events is None or not contacts else events / contacts


def yearly_blocks(result: PublishedResult) -> tuple[MonthBlock, ...]:
    """Return the published rows added up to stretches of about a year.

    Args:
        result: its rows end where months could be published.
    """
    ends = common_ends(result)
    if not ends:
        return ()
    cuts = sorted({_nearest(ends, year) for year in range(YEAR - 1, ends[-1], YEAR)} | {ends[-1]})
    starts = [first_month(result), *(cut + 1 for cut in cuts)]
    return tuple(
        block_between(result, first, last) for first, last in zip(starts, cuts, strict=False)
    )


def common_ends(result: PublishedResult) -> list[int]:
    """Return the months with which a row ends for conversion and for objections alike."""
    shown = [name for name in result.shown_outcomes if name != "complaint"]
    ends = [{row.month_to for row in result.outcomes[name].rows} for name in shown]
    return sorted(set.intersection(*ends)) if ends else []


def _nearest(ends: Sequence[int], wanted: int) -> int:
    return min(ends, key=lambda end: (abs(end - wanted), end))


def first_month(result: PublishedResult) -> int:
    """Return the first month of any published row."""
    firsts = [entry.rows[0].month_from for entry in result.outcomes.values() if entry.rows]
    return min(firsts, default=0)


def has_course(result: PublishedResult, outcome: Outcome) -> bool:
    """Return whether an outcome has several rows: one alone tells of no course to draw."""
    return len(result.outcomes[outcome].rows) > 1


def draws_curve(result: PublishedResult, outcome: Outcome) -> bool:
    """Return whether the curve of an outcome is drawn: through several rows, and for a term.

    Where nothing occurred at all, no curve was fitted.

    Args:
        result: published; where no ground to call is left, a curve would decide nothing.
        outcome: delivered or not.
    """
    fits = result.outcomes[outcome].fits
    fitted = not fits or any(fit.status != "zero_events" for fit in fits)
    return fitted and has_course(result, outcome) and result.proposal.status != "not_allowed"


def last_month(result: PublishedResult) -> int:
    """Return the last month with a published row in any outcome."""
    rows = [row for entry in result.outcomes.values() for row in entry.rows]
    return max((row.month_to for row in rows), default=0)


def no_or_too_few(result: PublishedResult, term: int) -> str:
    """Return whether there are no data beyond a term, or some and too few.

    Args:
        result: published.
        term: in months.
    """
    return "geen" if term > last_month(result) else "te weinig"


def block_between(result: PublishedResult, first: int, last: int) -> MonthBlock:
    """Return the sums of the rows between two months; unknown where a row crosses an end.

    Args:
        result: published.
        first: first month.
        last: last month, inclusive.
    """
    rows = {name: _rows_touching(result, name, first, last) for name in OUTCOMES}
    given = {name: touching for name, touching in rows.items() if touching}
    return MonthBlock(
        month_from=first,
        month_to=last,
        contacts={name: _sum(rows, "contacts", first, last) for name, rows in given.items()},
        events={name: _sum(rows, "events", first, last) for name, rows in given.items()},
    )


def _rows_touching(
    result: PublishedResult, outcome: Outcome, first: int, last: int
) -> list[RateRow]:
    rows = result.outcomes[outcome].rows
    return [row for row in rows if row.month_to >= first and row.month_from <= last]


def _sum(rows: Sequence[RateRow], name: str, first: int, last: int) -> int | None:
    if are_mixed(rows) or any(row.month_from < first or row.month_to > last for row in rows):
        return None
    return total(row.events if name == "events" else row.contacts for row in rows)
