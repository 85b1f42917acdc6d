"""What may be published of the cumulative incidence per person: months merged, small counts hidden.

Persons can be compared with contacts, and persons at risk of an objection with those at risk of a
complaint; what entered and left follows from the numbers at risk. All of these have to be zero or
large enough as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from balanstest_analysis.disclosure.binning import (
    Bin,
    is_publishable,
    joined_where_indivisible,
    merged,
)
from balanstest_analysis.disclosure.earlier_counts import (
    EarlierCounts,
    divides,
    reveals_small_count,
)
from balanstest_analysis.disclosure.exact_result import ExactResult, IncidenceMonth
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.disclosure.rate_rows import WITHHELD, kept_count
from balanstest_analysis.history.month_composition import MonthComposition
from balanstest_analysis.published.counts import Count, Exact, Few, FewOthers, number
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed, PublishedOutcome
from balanstest_analysis.published.people import IncidenceRow
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.statistics.rates import rate_interval

DIGITS = 3


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Persons of one outcome per month, each of shape (months,)."""

    rows: Sequence[IncidenceMonth]
    at_risk: Counts
    entries: Counts
    events: Counts
    exits: Counts

    def followed(self, part: Bin) -> int:
        """Return how many persons were at risk at some time in a bin."""
        later = self.entries[part.first + 1 : part.last + 1]
        return int(self.at_risk[part.first] + later.sum())

    def share_by(self, month: int) -> Observed:
        """Return the share with an event by the end of a month."""
        return next(row.share for row in self.rows if row.month == month)


def published_incidence(
    exact: ExactResult,
    outcomes: Mapping[Outcome, PublishedOutcome],
    publishable: PublishableCounts,
) -> dict[Outcome, tuple[IncidenceRow, ...]]:
    """Return the rows that may be published, by outcome.

    A table with a row that differs by a small count from an earlier report is kept as it was:
    the share is a sum over all rows before it.

    Args:
        exact: the exact result.
        outcomes: as published, for the totals that the reader can compare with.
        publishable: the counts that may be told, and their bins.
    """
    earlier = publishable.earlier
    months = len(publishable.exposures[0]) if publishable.exposures else 0
    exposures = [*publishable.exposures, _all_contacts(exact.composition, months)]
    persons = {name: _persons(rows, months) for name, rows in exact.cumulative_incidence.items()}
    published = {}
    for name, group in persons.items():
        others = [other for other in persons.values() if other is not group]
        before = earlier.incidences(name)
        base = joined_where_indivisible(publishable.base, partial(divides, tables=before))
        bins = _bins(group, others, base, exposures, earlier.minimum)
        told = number(outcomes[name].events)
        close = _is_close(int(group.events.sum()), told, earlier.minimum)
        rows = tuple(_row(group, part, publishable, coarse=close) for part in bins)
        reveals = any(_reveals(row, old, earlier.minimum) for row in rows for old in before)
        published[name] = _kept(name, earlier) if reveals else rows
    return published


def _all_contacts(composition: Sequence[MonthComposition], months: int) -> Counts:
    contacts = np.zeros(months, dtype=np.int64)
    for row in composition:
        if row.month < months:
            contacts[row.month] += row.net_contacts
    return contacts


def _reveals(row: IncidenceRow, before: Sequence[IncidenceRow], minimum: int) -> bool:
    """Return whether few persons came in, had an event, or came in without one."""
    ends = (row.month_from, row.month_to)
    same = [old for old in before if (old.month_from, old.month_to) == ends]
    if not same:
        return bool(before) and row.month_from <= before[-1].month_to
    old = same[0]
    pairs = [
        (number(row.at_risk), number(old.at_risk)),
        (number(row.events), number(old.events)),
        (_free(row), _free(old)),
    ]
    return any(reveals_small_count(now, then, minimum) for now, then in pairs)


def _free(row: IncidenceRow) -> int | None:
    at_risk, events = number(row.at_risk), number(row.events)
    return None if at_risk is None or events is None else at_risk - events


def _kept(name: Outcome, earlier: EarlierCounts) -> tuple[IncidenceRow, ...]:
    report = earlier.latest(lambda found: bool(found.cumulative_incidence.get(name)))
    if report is None:
        return ()
    return tuple(
        _kept_row(row, row.kept_from or report.period) for row in report.cumulative_incidence[name]
    )


def _kept_row(row: IncidenceRow, period: str) -> IncidenceRow:
    at_risk, events = (kept_count(count, period) for count in (row.at_risk, row.events))
    return replace(row, at_risk=at_risk, events=events, kept_from=period)


def _persons(rows: Sequence[IncidenceMonth], months: int) -> Persons:
    def by_month(count: Callable[[IncidenceMonth], int]) -> Counts:
        values = np.zeros(months, dtype=np.int64)
        for row in rows:
            values[row.month] = count(row)
        return values

    return Persons(
        rows=rows,
        at_risk=by_month(lambda row: row.at_risk),
        entries=by_month(lambda row: row.entries),
        events=by_month(lambda row: row.events),
        exits=by_month(lambda row: row.exits),
    )


def _bins(
    group: Persons,
    others: Sequence[Persons],
    base: Sequence[Bin],
    exposures: Sequence[Counts],
    minimum: int,
) -> tuple[Bin, ...]:
    first, last = group.rows[0].month, group.rows[-1].month
    inside = [part for part in base if first <= part.first and part.last <= last]

    def countable(part: Bin) -> bool:
        followed = group.followed(part)
        compared = [other.followed(part) for other in others]
        compared += [part.total(contacts) for contacts in exposures]
        told = [part.total(group.entries), part.total(group.exits)]
        told += [abs(followed - number) for number in compared]
        return followed >= minimum and all(n == 0 or n >= minimum for n in told)

    def publishable(part: Bin) -> bool:
        return _is_shown(group, part, minimum) and countable(part)

    bins = merged(inside, publishable)
    return bins if all(countable(part) for part in bins) else ()


def _is_shown(group: Persons, part: Bin, minimum: int) -> bool:
    n, k = group.followed(part), part.total(group.events)
    return is_publishable(k, n, minimum) and (n == k or n - k >= minimum)


def _is_close(persons: int, contacts: int | None, minimum: int) -> bool:
    """Return whether a small count follows from persons less contacts with an event."""
    return contacts is not None and 0 < abs(persons - contacts) < minimum


def _row(
    group: Persons, part: Bin, publishable: PublishableCounts, *, coarse: bool
) -> IncidenceRow:
    minimum, followed = publishable.minimum, group.followed(part)
    share = group.share_by(part.last)
    events = _events(group, part, minimum)
    if isinstance(events, FewOthers):
        told: Observed | AtMost | None = AtMost(upper=1.0)
    elif number(events) is None:
        upper = _highest(group, minimum, publishable.level)
        told = None if upper is None else AtMost(upper=upper)
    elif coarse:
        events, told = WITHHELD, _coarse(share, followed, minimum)
    else:
        told = Observed(
            rate=_rounded(share.rate), lower=_rounded(share.lower), upper=_rounded(share.upper)
        )
    return IncidenceRow(
        month_from=part.first,
        month_to=part.last,
        at_risk=Exact(followed),
        events=events,
        share=told,
    )


def _events(group: Persons, part: Bin, minimum: int) -> Count:
    n, k = group.followed(part), part.total(group.events)
    if not is_publishable(k, n, minimum):
        return Few()
    return Exact(k) if n == k or n - k >= minimum else FewOthers()


def _coarse(share: Observed, followed: int, minimum: int) -> Observed | AtMost:
    """Return the limits to steps of at least the minimum of persons, the upper one rounded up."""
    scale = 10 ** max(0, int(np.log10(followed / minimum)))
    rate, lower = (round(value * scale) / scale for value in (share.rate, share.lower))
    upper = min(1.0, float(np.ceil(share.upper * scale) / scale))
    return AtMost(upper=upper) if rate == 0 else Observed(rate=rate, lower=lower, upper=upper)


def _highest(group: Persons, minimum: int, level: float) -> float | None:
    """Return the limit for the largest count that is hidden among the fewest persons at risk."""
    fewest = int(group.at_risk[group.at_risk > 0].min())
    if fewest < minimum:
        return None
    return _rounded(rate_interval([minimum - 1], [fewest], confidence_level=level)[1][0])


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
