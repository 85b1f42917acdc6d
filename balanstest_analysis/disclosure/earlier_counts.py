"""Counts of earlier reports of the same series, and whether a difference from them tells too much.

Who has two reports subtracts one from the other: the difference is the number of contacts, calls
or persons that came in between, and that is a count like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from balanstest_analysis.disclosure.binning import Bin, Months, edges
from balanstest_analysis.disclosure.under_minimum import under_minimum
from balanstest_analysis.published.counts import Count, total
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.people import IncidenceRow
from balanstest_analysis.published.report_counts import ReportCounts

Row = TypeVar("Row", bound=Months)
Table = TypeVar("Table", bound=Sequence[Months])


def reveals_small_count(now: int | None, before: int | None, minimum: int) -> bool:
    """Return whether a small count follows from two published ones.

    Args:
        now: what would be published, or None.
        before: what an earlier report published, or None.
        minimum: least publishable count.

    Examples:
        >>> reveals_small_count(45, 40, 10), reveals_small_count(50, 40, 10)
        (True, False)
        >>> reveals_small_count(40, 40, 10), reveals_small_count(4, None, 10)
        (False, False)
    """
    return now is not None and before is not None and 0 < abs(now - before) < minimum


@dataclass(frozen=True, kw_only=True)
class EarlierCounts:
    """Earlier reports of the series, of which the last is the one whose values are kept.

    Attributes:
        reports: as published.
        minimum: least publishable count.
    """

    reports: Sequence[ReportCounts] = ()
    minimum: int = 10

    def rates(self, outcome: Outcome) -> list[tuple[RateRow, ...]]:
        """Return the rows of an outcome of every report that has them."""
        return [rows for report in self.reports if (rows := _rates(report, outcome))]

    def incidences(self, outcome: Outcome) -> list[tuple[IncidenceRow, ...]]:
        """Return the shares of people of every report that has them."""
        tables = (report.incidence_since_contact.get(outcome, ()) for report in self.reports)
        return [rows for rows in tables if rows]

    def finest_bins(self) -> list[tuple[Bin, ...]]:
        """Return the months of the finest bins of each report."""
        found: list[tuple[Bin, ...]] = []
        for report in self.reports:
            bounds = sorted(set().union(*(edges(rows) for rows, _ in _exposures(report))))
            bins = tuple(Bin(first=a, last=b - 1) for a, b in pairwise(bounds))
            found += [bins] if bins else []
        return found

    def latest(self, has: Callable[[ReportCounts], bool]) -> ReportCounts | None:
        """Return the last report that has something, as it may be told again, or None.

        Args:
            has: whether a report has it.
        """
        found = next((report for report in reversed(self.reports) if has(report)), None)
        return None if found is None else under_minimum(found, self.minimum)

    def latest_rates(self, outcome: Outcome) -> ReportCounts | None:
        """Return the last report with rows of an outcome, or None."""
        return self.latest(lambda report: bool(_rates(report, outcome)))

    def is_recent(self, part: Bin, total: int) -> bool:
        """Return whether a small number of contacts in a bin follows from an earlier report."""
        exposures = (shown for report in self.reports for shown in _exposures(report))
        before = (_summed(rows, contacts, part) for rows, contacts in exposures)
        return any(reveals_small_count(total, count, self.minimum) for count in before)


def _rates(report: ReportCounts, outcome: Outcome) -> tuple[RateRow, ...]:
    found = report.outcomes.get(outcome)
    return found.rows if found is not None else ()


def _exposures(report: ReportCounts) -> Iterator[tuple[Sequence[Months], list[Count]]]:
    """Yield every table with contacts per group of months, and the contacts."""
    for outcome in report.outcomes.values():
        if outcome.rows:
            yield outcome.rows, [row.contacts for row in outcome.rows]
    if report.composition:
        yield report.composition, [row.contacts for row in report.composition]


def span(months: Sequence[int], tables: Iterable[Sequence[Months]]) -> tuple[int, int]:
    """Return the first and last month, with those of earlier tables taken in.

    Args:
        months: the first and the last month with contacts now.
        tables: of earlier reports.
    """
    earlier = [*tables]
    firsts = [months[0], *(rows[0].month_from for rows in earlier)]
    lasts = [months[-1], *(rows[-1].month_to for rows in earlier)]
    return min(firsts), max(lasts)


def summed(rows: Sequence[Row], part: Bin, count: Callable[[Row], Count]) -> int | None:
    """Return what earlier rows count in a bin; None where it was hidden or cuts through a row.

    Args:
        rows: of an earlier report.
        part: the months.
        count: of a row.

    Examples:
        >>> from balanstest_analysis.published.counts import Exact
        >>> rows = [Bin(first=month, last=month + 2) for month in (0, 3)]
        >>> summed(rows, Bin(first=0, last=5), lambda row: Exact(12))
        24
        >>> summed(rows, Bin(first=0, last=3), lambda row: Exact(12)) is None
        True
    """
    return _summed(rows, [count(row) for row in rows], part)


def _summed(rows: Sequence[Months], counts: Sequence[Count], part: Bin) -> int | None:
    touched = [
        (row, count)
        for row, count in zip(rows, counts, strict=True)
        if row.month_from <= part.last and row.month_to >= part.first
    ]
    inside = all(part.first <= r.month_from and r.month_to <= part.last for r, _ in touched)
    return total(count for _, count in touched) if inside else None
