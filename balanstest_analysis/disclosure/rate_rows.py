"""Rows of rates from counts: which count may be told, and the limit where it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from balanstest_analysis.disclosure.binning import Bin, is_publishable
from balanstest_analysis.published.counts import (
    Count,
    Exact,
    Few,
    FewOthers,
    Kept,
    Withheld,
    number,
    total,
)
from balanstest_analysis.published.digits import rounded
from balanstest_analysis.published.outcomes import AtMost, Observed, RateRow
from balanstest_analysis.statistics.rates import rate_interval

WITHHELD = Withheld("tells_another")


def counted_row(
    part: Bin, contacts: int, events: int, level: float, effect: float | None, minimum: int
) -> RateRow:
    """Return the row of a bin, with the counts that may be told and the reasons of the others.

    Args:
        part: the months.
        contacts: in these months.
        events: among them.
        level: of the interval.
        effect: design effect of these months, as it is published, so that the interval tells no
            more of it.
        minimum: least publishable count.
    """
    if contacts < minimum:
        return _row(part, Few(), Few(), AtMost(upper=1.0))
    rest = contacts - events
    if events < minimum and not is_publishable(events, contacts, minimum):
        # a limit that depends on a hidden count would give it away: take the largest it can be
        return _row(part, Exact(contacts), Few(), _at_most(minimum - 1, contacts, level))
    if 0 < rest < minimum:
        return _row(part, Exact(contacts), FewOthers(), _at_most(contacts, contacts, level))
    known = effect or 1.0
    lower, upper = _limits(events, contacts, level, known)
    rate = Observed(rate=rounded(events / contacts), lower=lower, upper=upper)
    return replace(_row(part, Exact(contacts), Exact(events), rate), design_effect=known)


def row_of_counts(
    part: Bin,
    contacts: int | None,
    events: int | None,
    level: float,
    effect: float | None,
    minimum: int,
) -> RateRow:
    """Return the row of a bin of which a count may be unknown, because a part of it was hidden.

    Args:
        part: the months.
        contacts: in these months, or None.
        events: among them, or None.
        level: of the interval.
        effect: design effect, as it is published, or None.
        minimum: least publishable count.
    """
    if contacts is None:
        return _row(part, WITHHELD, WITHHELD, AtMost(upper=1.0))
    if events is None:
        limit = _at_most(contacts, contacts, level)
        return _row(part, Exact(contacts), WITHHELD, limit)
    return counted_row(part, contacts, events, level, effect, minimum)


def total_row(rows: Sequence[RateRow], level: float, effect: float | None, minimum: int) -> RateRow:
    """Return all rows together; of a single row the total hides what the row hides.

    Args:
        rows: of one outcome, in order.
        level: of the interval.
        effect: design effect, as it is published, or None.
        minimum: least publishable count.
    """
    if len(rows) == 1 and number(rows[0].events) is None:
        return replace(rows[0], contacts=_fresh(rows[0].contacts), kept_from=None)
    whole = Bin(first=rows[0].month_from, last=rows[-1].month_to)
    contacts = total(row.contacts for row in rows)
    events = total(row.events for row in rows)
    return row_of_counts(whole, contacts, events, level, effect, minimum)


def kept_row(row: RateRow, period: str) -> RateRow:
    """Return a row of an earlier report, marked as such.

    Args:
        row: as it was published.
        period: of that report; a row that was kept before stays marked as it was.
    """
    since = row.kept_from or period
    contacts, events = (kept_count(count, since) for count in (row.contacts, row.events))
    return replace(row, contacts=contacts, events=events, kept_from=since)


def kept_count(count: Count, period: str) -> Count:
    """Return a count of an earlier report, marked as such; what was hidden stays hidden."""
    return Kept(count.value, period) if isinstance(count, Exact) else count


def _fresh(count: Count) -> Count:
    return Exact(count.value) if isinstance(count, Kept) else count


def _row(part: Bin, contacts: Count, events: Count, rate: Observed | AtMost) -> RateRow:
    return RateRow(
        month_from=part.first, month_to=part.last, contacts=contacts, events=events, rate=rate
    )


def _at_most(events: int, contacts: int, level: float) -> AtMost:
    return AtMost(upper=_limits(events, contacts, level, 1.0)[1])


def _limits(events: int, contacts: int, level: float, effect: float) -> tuple[float, float]:
    lower, upper = rate_interval([events], [contacts], confidence_level=level, design_effect=effect)
    return rounded(float(lower[0])), rounded(float(upper[0]))
