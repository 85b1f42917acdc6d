"""What may be published of the cumulative incidence per person: months merged, small counts hidden.

Persons can be compared with contacts, and persons at risk of an objection with those at risk of a
complaint; who left without either follows from the numbers at risk. All of these have to be zero
or large enough as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from balanstest_analysis.disclosure.binning import (
    Bin,
    is_publishable,
)
from balanstest_analysis.disclosure.earlier_counts import (
    EarlierCounts,
    reveals_small_count,
)
from balanstest_analysis.disclosure.exact_result import ExactResult, IncidenceMonth
from balanstest_analysis.disclosure.followed_periods import chosen_periods
from balanstest_analysis.disclosure.outcomes import PublishableCounts
from balanstest_analysis.disclosure.rate_rows import WITHHELD, kept_count
from balanstest_analysis.published.counts import Count, Exact, Few, FewOthers, number
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed, PublishedOutcome
from balanstest_analysis.published.people import IncidenceRow
from balanstest_analysis.statistics.cumulative_incidence import product_limit
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import Counts

DIGITS = 3
LEAST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Persons of one outcome per month since their first contact, each of shape (months,)."""

    at_risk: Counts
    events: Counts
    exits: Counts

    @property
    def everybody(self) -> int:
        """How many persons were followed."""
        return int(self.at_risk[0])

    def last(self, minimum: int) -> int:
        """Return the last month in which so many persons were followed; -1 without one."""
        return int((self.at_risk >= minimum).sum()) - 1

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
    the share is a sum over all rows before it. The tables of all outcomes are about the same
    persons, whose number may differ from no table before.

    Args:
        exact: the exact result.
        outcomes: as published, for the totals that the reader can compare with.
        publishable: the counts that may be told, and their bins.
    """
    earlier = publishable.earlier
    tables = [rows for r in earlier.reports for rows in r.incidence_since_contact.values()]
    people = [then for rows in tables for then in _everybody(rows)]
    contacts = {int(values.sum()) for values in publishable.exposures}
    contacts |= {sum(row.net_contacts for row in exact.composition)}
    persons = {name: _persons(rows) for name, rows in exact.incidence_since_contact.items()}
    published = {}
    for name, group in persons.items():
        others = [other for other in persons.values() if other is not group]
        before = earlier.incidences(name)
        bins = _bins(group, others, before, contacts, earlier.minimum)
        persons_told = sum(part.total(group.events) for part in bins)
        close = _is_close(persons_told, number(outcomes[name].events), earlier.minimum)
        rows = _rows(group, bins, publishable, coarse=close)
        reveals = any(_reveals(row, old, earlier.minimum) for row in rows for old in before)
        reveals |= any(
            reveals_small_count(now, then, earlier.minimum)
            for now in _everybody(rows)
            for then in people
        )
        published[name] = _kept(name, earlier) if reveals else rows
    return published


def _everybody(rows: Sequence[IncidenceRow]) -> Iterator[int | None]:
    """Yield how many persons are followed in all, where a first row of one month tells it."""
    if rows and rows[0].month_to == 0:
        yield number(rows[0].at_risk)


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
    report = earlier.latest(lambda found: bool(found.incidence_since_contact.get(name)))
    if report is None:
        return ()
    return tuple(
        _kept_row(row, row.kept_from or report.period)
        for row in report.incidence_since_contact[name]
    )


def _kept_row(row: IncidenceRow, period: str) -> IncidenceRow:
    at_risk, events = (kept_count(count, period) for count in (row.at_risk, row.events))
    return replace(row, at_risk=at_risk, events=events, kept_from=period)


def _persons(rows: Sequence[IncidenceMonth]) -> Persons:
    def by_month(count: Callable[[IncidenceMonth], int]) -> Counts:
        return np.array([count(row) for row in rows], dtype=np.int64)

    return Persons(
        at_risk=by_month(lambda row: row.at_risk),
        events=by_month(lambda row: row.events),
        exits=by_month(lambda row: row.exits),
    )


def _bins(
    group: Persons,
    others: Sequence[Persons],
    before: Sequence[Sequence[IncidenceRow]],
    contacts: Collection[int],
    minimum: int,
) -> tuple[Bin, ...]:
    def countable(part: Bin) -> bool:
        mean = group.mean_at_risk(part)
        told = [part.total(group.exits)]
        told += [mean - other.mean_at_risk(part) for other in others]
        if part.first == 0:
            told += [group.everybody - other.everybody for other in others]
            told += [group.everybody - number for number in contacts]
        return all(n == 0 or abs(n) >= minimum for n in told)

    def publishable(part: Bin) -> bool:
        return _is_shown(group, part, minimum) and countable(part)

    bins = chosen_periods(group.last(minimum), before, publishable)
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
    n, k = int(group.at_risk[part.first]), part.total(group.events)
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
