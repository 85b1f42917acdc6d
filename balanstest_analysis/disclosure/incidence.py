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
    divides,
    evenly_joined,
    is_publishable,
    joined_where_indivisible,
)
from balanstest_analysis.disclosure.earlier_counts import (
    EarlierCounts,
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
from balanstest_analysis.statistics.cumulative_incidence import product_limit
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.outcome_counts import Counts

DIGITS = 3
LEAST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Persons of one outcome per month from the first to the last, each of shape (months,)."""

    first: int
    last: int
    at_risk: Counts
    entries: Counts
    events: Counts
    exits: Counts

    def followed(self, part: Bin) -> int:
        """Return how many persons were at risk at some time in a bin."""
        later = self.entries[part.first + 1 : part.last + 1]
        return int(self.at_risk[part.first] + later.sum())

    def mean_at_risk(self, part: Bin) -> int:
        """Return how many persons were at risk in a month of a bin, on average."""
        return round(part.total(self.at_risk) / part.months)


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
        rows = _rows(group, bins, publishable, coarse=close)
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
        first=rows[0].month,
        last=rows[-1].month,
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
    inside = [part for part in base if group.first <= part.first and part.last <= group.last]

    def countable(part: Bin) -> bool:
        mean = group.mean_at_risk(part)
        told = [abs(mean - other.mean_at_risk(part)) for other in others]
        if part.months == 1:  # the mean is then that of the month, and tells who came and left
            told += [abs(mean - part.total(contacts)) for contacts in exposures]
            told += [part.total(group.entries), part.total(group.exits)]
        return mean >= minimum and all(n == 0 or n >= minimum for n in told)

    def publishable(part: Bin) -> bool:
        return _is_shown(group, part, minimum) and countable(part)

    if not inside:
        return ()
    bins = evenly_joined(inside, exposures[0], publishable, fixed=True)
    return bins if all(countable(part) for part in bins) else ()


def _is_shown(group: Persons, part: Bin, minimum: int) -> bool:
    return isinstance(_events(group, part, minimum), Exact)


def _is_close(persons: int, contacts: int | None, minimum: int) -> bool:
    """Return whether a small count follows from persons less contacts with an event."""
    return contacts is not None and 0 < abs(persons - contacts) < minimum


def _rows(
    group: Persons, bins: Sequence[Bin], publishable: PublishableCounts, *, coarse: bool
) -> tuple[IncidenceRow, ...]:
    """Return the rows, with shares and limits that follow from them alone."""
    if not bins:
        return ()
    minimum, level = publishable.minimum, publishable.level
    at_risk = [group.mean_at_risk(part) for part in bins]
    events = [_events(group, part, minimum) for part in bins]
    hidden = any(number(count) is None for count in events)
    shares: Sequence[Observed | AtMost]
    if coarse and not hidden:
        events = [WITHHELD for _ in bins]
        shares = _coarse_shares(group, bins, at_risk, publishable)
    elif hidden:
        shares = _limits_of_hidden(at_risk, events, minimum, level)
    else:
        told = [number(count) or 0 for count in events]
        shares = _shares(np.array(at_risk, dtype=float), np.array(told, dtype=float), level)
    return tuple(
        IncidenceRow(
            month_from=part.first, month_to=part.last, at_risk=Exact(n), events=k, share=share
        )
        for part, n, k, share in zip(bins, at_risk, events, shares, strict=True)
    )


def _events(group: Persons, part: Bin, minimum: int) -> Count:
    n, k = group.followed(part), part.total(group.events)
    if not is_publishable(k, group.mean_at_risk(part), minimum):
        return Few()
    return Exact(k) if n == k or n - k >= minimum else FewOthers()


def _shares(at_risk: Floats, events: Floats, level: float) -> list[Observed]:
    return [
        Observed(rate=_rounded(rate), lower=_rounded(lower), upper=_rounded(upper))
        for rate, lower, upper in zip(*product_limit(at_risk, events, level), strict=True)
    ]


def _limits_of_hidden(
    at_risk: Sequence[int], events: Sequence[Count], minimum: int, level: float
) -> list[AtMost]:
    """Return the upper limits for the most events that each row can hide."""
    most = [
        minimum - 1 if isinstance(k, Few) else n if number(k) is None else number(k) or 0
        for n, k in zip(at_risk, events, strict=True)
    ]
    _, _, upper = product_limit(np.array(at_risk, float), np.array(most, float), level)
    return [AtMost(upper=_rounded(value)) for value in upper]


def _coarse_shares(
    group: Persons, bins: Sequence[Bin], at_risk: Sequence[int], publishable: PublishableCounts
) -> list[Observed | AtMost]:
    """Return shares to steps of at least the minimum of persons, and limits that follow from them.

    The events are withheld: each share stands for a range of them, and the limits are those of the
    events that the shares themselves give. Of a share of few steps only the upper limit is told,
    because its rounding is no small part of it.
    """
    n = np.array(at_risk, dtype=float)
    events = np.array([part.total(group.events) for part in bins], dtype=float)
    steps = [10.0 ** -max(0, int(np.log10(count / publishable.minimum))) for count in at_risk]
    exact, _, _ = product_limit(n, events, publishable.level)
    shown = np.array([round(share / step) * step for share, step in zip(exact, steps, strict=True)])
    survival = 1 - np.maximum.accumulate(np.minimum(shown, 1.0))
    before = np.concatenate([[1.0], survival[:-1]])
    implied = n * (1 - np.divide(survival, before, out=np.zeros_like(n), where=before > 0))
    _, lower, upper = product_limit(n, implied, publishable.level)
    found: list[Observed | AtMost] = []
    for share, step, low, high in zip(shown, steps, lower, upper, strict=True):
        most = min(1.0, round(float(np.ceil(max(high, share + step / 2) / step) * step), 10))
        least = max(0.0, round(float(np.floor(low / step) * step), 10))
        rate = round(float(min(share, 1.0)), 10)
        few = share < LEAST_STEPS * step
        found.append(AtMost(upper=most) if few else Observed(rate=rate, lower=least, upper=most))
    return found


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
