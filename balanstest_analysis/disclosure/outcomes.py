"""What may be published of each outcome: merged rows, coarse curves, and fits without parameters.

A row whose counts differ by a small number from those of an earlier report keeps the earlier
counts, because the difference is what came in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from balanstest_analysis.disclosure.binning import (
    Bin,
    base_bins,
    divides,
    joined_where_indivisible,
    outcome_bins,
)
from balanstest_analysis.disclosure.coarse_curves import (
    coarsened_curve,
    coarsened_mix,
    describes,
    silent_fit,
)
from balanstest_analysis.disclosure.earlier_counts import (
    EarlierCounts,
    reveals_small_count,
    span,
    summed,
)
from balanstest_analysis.disclosure.exact_result import ExactOutcome, ExactResult, MonthCount
from balanstest_analysis.disclosure.rate_rows import counted_row, kept_row, row_of_counts, total_row
from balanstest_analysis.published.counts import Exact, NotDelivered, number, total
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import PublishedOutcome, RateRow
from balanstest_analysis.statistics.outcome_counts import Counts


@dataclass(frozen=True, kw_only=True)
class PublishableCounts:
    """The counts that may be told.

    Attributes:
        counts: contacts and events per month, by outcome, each of shape (months,).
        base: the finest bins.
        recent: base bins in which few contacts came in since an earlier report.
        earlier: reports of the same series.
        level: of the intervals.
        edges: months in which a row should begin.
    """

    counts: Mapping[Outcome, tuple[Counts, Counts]]
    base: tuple[Bin, ...]
    recent: frozenset[Bin]
    earlier: EarlierCounts
    level: float
    edges: tuple[int, ...] = ()

    @property
    def exposures(self) -> list[Counts]:
        """Contacts per month, by outcome."""
        return [exposure for exposure, _ in self.counts.values()]

    @property
    def minimum(self) -> int:
        """Least publishable count."""
        return self.earlier.minimum

    def is_recent(self, part: Bin) -> bool:
        """Return whether few contacts came in somewhere in a bin."""
        return any(part.first <= bin_.first and bin_.last <= part.last for bin_ in self.recent)


def publishable_counts(exact: ExactResult, earlier: EarlierCounts) -> PublishableCounts:
    """Return contacts and events per month of each outcome, and the bins they are told in.

    Told are the contacts followed up for every outcome: one denominator leaves no differences
    between outcomes to hide. Where no contact is old enough for that, each keeps its own.

    Args:
        exact: the exact result.
        earlier: reports of the same series.
    """
    outcomes = {name: found for name, found in exact.available.items() if found.rates}
    tables = earlier.finest_bins()
    lasts = [outcome.rates[-1].month for outcome in outcomes.values()]
    months = 1 + max((*lasts, *(bins[-1].last for bins in tables)), default=0)
    counts = {name: _by_month(outcome.followed, months) for name, outcome in outcomes.items()}
    if not all(exposure.any() for exposure, _ in counts.values()):
        counts = {name: _by_month(outcome.rates, months) for name, outcome in outcomes.items()}
    exposures = [exposure for exposure, _ in counts.values()]
    base = _base(exposures, tables, earlier.minimum, exact.request_edges)
    totals = [(part, part.total(exposure)) for part in base for exposure, _ in counts.values()]
    return PublishableCounts(
        counts=counts,
        base=base,
        recent=frozenset(part for part, total in totals if earlier.is_recent(part, total)),
        earlier=earlier,
        level=exact.settings.confidence_level,
        edges=exact.request_edges,
    )


def _by_month(rows: Sequence[MonthCount], months: int) -> tuple[Counts, Counts]:
    exposure, events = np.zeros((2, months), dtype=np.int64)
    for row in rows:
        exposure[row.month], events[row.month] = row.contacts, row.events
    return exposure, events


def _base(
    exposures: Sequence[Counts],
    tables: Sequence[Sequence[Bin]],
    minimum: int,
    edges: Sequence[int],
) -> tuple[Bin, ...]:
    if not exposures:
        return ()
    seen = np.flatnonzero(np.sum(exposures, axis=0)).tolist()
    months = span(seen, tables)
    return base_bins(exposures, minimum, months=months, tables=tables, edges=edges)


def published_outcomes(
    exact: ExactResult, publishable: PublishableCounts
) -> dict[Outcome, PublishedOutcome]:
    """Return the outcomes with every small count merged, hidden or kept as it was."""
    return {
        name: _NOT_DELIVERED
        if outcome is None
        else _Publication(name=name, exact=outcome, publishable=publishable).published()
        for name, outcome in exact.outcomes.items()
    }


_NOT_DELIVERED = PublishedOutcome(
    available=False,
    contacts=NotDelivered(),
    events=NotDelivered(),
    design_effect=None,
    rows=(),
    fits=(),
    curve=(),
)


@dataclass(frozen=True, kw_only=True)
class _Publication:
    name: Outcome
    exact: ExactOutcome
    publishable: PublishableCounts

    def published(self) -> PublishedOutcome:
        if self.name not in self.publishable.counts:
            return self._without_rows()
        bins = self._bins()
        fresh = [self._fresh(part) for part in bins]
        rows = tuple(self._kept(part) or row for part, row in zip(bins, fresh, strict=True))
        hidden = any(number(row.events) is None for row in fresh)
        effect = None if hidden else self._effect
        together = total_row(rows, self.publishable.level, effect, self._minimum)
        return self._with_shape(rows, fresh, together)

    def _without_rows(self) -> PublishedOutcome:
        """Return an outcome that was delivered, of which no contact counts."""
        return replace(
            _NOT_DELIVERED,
            available=True,
            contacts=Exact(0),
            events=Exact(0),
            fit_warning=self.exact.fit_warning,
        )

    @property
    def _minimum(self) -> int:
        return self.publishable.minimum

    @property
    def _effect(self) -> float:
        return round(float(self.exact.design_effect), 1)

    def _bins(self) -> tuple[Bin, ...]:
        tables = self.publishable.earlier.rates(self.name)
        base = joined_where_indivisible(self.publishable.base, partial(divides, tables=tables))
        counts = self.publishable.counts[self.name]
        return outcome_bins(base, *counts, self._minimum, edges=self.publishable.edges)

    def _fresh(self, part: Bin) -> RateRow:
        exposure, events = self.publishable.counts[self.name]
        counts = part.total(exposure), part.total(events)
        effect = self.exact.window_effect(part.first, part.last)
        return counted_row(part, *counts, self.publishable.level, effect, self._minimum)

    def _kept(self, part: Bin) -> RateRow | None:
        """Return the row of the last report, where fresh counts would tell what came in since."""
        report = self.publishable.earlier.latest_rates(self.name)
        if report is None or not (self._reveals(part) or self.publishable.is_recent(part)):
            return None
        outcome = report.outcomes[self.name]
        same = [row for row in outcome.rows if (row.month_from, row.month_to) == part.ends]
        if same:
            return kept_row(same[0], report.period)
        contacts = summed(outcome.rows, part, lambda row: row.contacts)
        events = summed(outcome.rows, part, lambda row: row.events)
        effect = outcome.design_effect
        level = self.publishable.level
        row = row_of_counts(part, contacts, events, level, effect, self._minimum)
        return kept_row(row, report.period)

    def _reveals(self, part: Bin) -> bool:
        exposure, events = self.publishable.counts[self.name]
        now = part.total(exposure), part.total(events)
        for rows in self.publishable.earlier.rates(self.name):
            contacts = summed(rows, part, lambda row: row.contacts)
            before = contacts, summed(rows, part, lambda row: row.events)
            if _differ(now, before, self._minimum):
                return True
        return False

    def _with_shape(
        self, rows: tuple[RateRow, ...], fresh: Sequence[RateRow], together: RateRow
    ) -> PublishedOutcome:
        """Return rows, curves and fits.

        The level of a curve tells how many events made it; and of a few, which families could be
        fitted and what they weigh tell in which month each was.
        """
        silent = PublishedOutcome(
            available=True,
            contacts=together.contacts,
            events=together.events,
            design_effect=None,
            rows=rows,
            fits=(),
            curve=(),
            standardised=(),
            fit_warning=self.exact.fit_warning,
            total=together,
        )
        if any(number(row.events) is None for row in (*rows, *fresh)):
            return silent
        report = self.publishable.earlier.latest_rates(self.name)
        kept = any(row.kept_from for row in rows)
        if report is not None and kept and self._level_reveals(rows):
            before = report.outcomes[self.name]
            return _with_shape_of(silent, before) if describes(before.curve, rows) else silent
        fits = self.exact.fits
        return replace(
            silent,
            design_effect=self._effect,
            fits=fits if self._is_exact(rows) else tuple(silent_fit(fit) for fit in fits),
            curve=coarsened_curve(self.exact.curve),
            standardised=coarsened_mix(self.exact.standardised),
        )

    def _is_exact(self, rows: Sequence[RateRow]) -> bool:
        """Return whether the rows tell every month that the curves were fitted to."""
        told = sum(number(row.contacts) or 0 for row in rows)
        single = all(row.month_from == row.month_to and not row.kept_from for row in rows)
        return single and told == self.exact.contacts

    def _level_reveals(self, rows: Sequence[RateRow]) -> bool:
        """Return whether the sum of all events, which a curve tells, gives a small count."""
        exposure, events = self.publishable.counts[self.name]
        now = int(exposure.sum()), int(events.sum())
        tables = (rows, *self.publishable.earlier.rates(self.name))
        return any(_differ(now, _sums(shown), self._minimum) for shown in tables)


def _with_shape_of(outcome: PublishedOutcome, earlier: PublishedOutcome) -> PublishedOutcome:
    return replace(
        outcome,
        design_effect=earlier.design_effect,
        fits=earlier.fits,
        curve=earlier.curve,
        standardised=earlier.standardised,
        fit_warning=earlier.fit_warning,
    )


def _differ(now: tuple[int, int], before: tuple[int | None, int | None], minimum: int) -> bool:
    """Return whether contacts, events or contacts without an event differ by a small count."""
    (contacts, events), (n, k) = now, before
    if reveals_small_count(contacts, n, minimum) or reveals_small_count(events, k, minimum):
        return True
    if n is None or k is None:
        return False
    return reveals_small_count(contacts - events, n - k, minimum)


def _sums(rows: Sequence[RateRow]) -> tuple[int | None, int | None]:
    return total(row.contacts for row in rows), total(row.events for row in rows)
