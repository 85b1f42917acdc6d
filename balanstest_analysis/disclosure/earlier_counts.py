"""Counts of earlier reports of the same series, and whether a difference from them tells too much.

Who has two reports subtracts one from the other: the difference is the number of contacts, calls
or persons that came in between, and that is a count like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from balanstest_analysis.disclosure.binning import Bin

Report = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


def tells(now: int | None, before: int | None, minimum: int) -> bool:
    """Return whether a small count follows from two published ones.

    Args:
        now: what would be published, or None.
        before: what an earlier report published, or None.
        minimum: least publishable count.

    Examples:
        >>> tells(45, 40, 10), tells(50, 40, 10), tells(40, 40, 10), tells(4, None, 10)
        (True, False, False, False)
    """
    return now is not None and before is not None and 0 < abs(now - before) < minimum


@dataclass(frozen=True, kw_only=True)
class EarlierCounts:
    """Earlier reports of the series, of which the last is the one whose values are kept.

    Attributes:
        reports: as published, whole or as `series` keeps them.
        minimum: least publishable count.
    """

    reports: Sequence[Report] = ()
    minimum: int = 10

    def tables(self, *names: str) -> list[Rows]:
        """Return the rows of one table of every report that has them.

        Args:
            names: keys that lead to the table, such as ``"outcomes", "objection", "rates"``.
        """
        found = (entry_of(report, *names) for report in self.reports)
        return [rows for rows in found if rows]

    def exposure_tables(self) -> Iterator[Rows]:
        """Yield every table with contacts per group of months."""
        for report in self.reports:
            yield from _exposures(report)

    def finest_bins(self) -> list[Rows]:
        """Return the months of the finest bins of each report."""
        found: list[Rows] = []
        for report in self.reports:
            bounds = sorted(set().union(*(edges(rows) for rows in _exposures(report))))
            bins = [{"month_from": a, "month_to": b - 1} for a, b in pairwise(bounds)]
            found += [bins] if bins else []
        return found

    def latest(self, *names: str) -> tuple[Report, Any] | None:
        """Return the last report that has something under these keys, and what that is."""
        for report in reversed(self.reports):
            found = entry_of(report, *names)
            if found:
                return report, found
        return None

    def is_recent(self, part: Bin, total: int) -> bool:
        """Return whether a small number of contacts in a bin follows from an earlier report."""
        return any(
            tells(total, summed(rows, part, "n"), self.minimum) for rows in self.exposure_tables()
        )


def _exposures(report: Report) -> Iterator[Rows]:
    for outcome in report["outcomes"].values():
        if outcome["rates"]:
            yield outcome["rates"]
    if report["composition"]:
        yield [{**row, "n": row["net_contacts"]} for row in report["composition"]]


def entry_of(report: Report, *names: str) -> Any:
    """Return what a report holds under these keys, or None."""
    found: Any = report
    for name in names:
        found = (found or {}).get(name)
    return found


def edges(rows: Rows) -> set[int]:
    """Return the months in which a row begins, and the one after the last."""
    return {row["month_from"] for row in rows} | {rows[-1]["month_to"] + 1}


def divides(month: int, tables: Sequence[Rows]) -> bool:
    """Return whether a bin may begin in a month: no earlier bin has it inside.

    Examples:
        >>> rows = [{"month_from": 0, "month_to": 2}, {"month_from": 3, "month_to": 5}]
        >>> [month for month in range(8) if divides(month, [rows])]
        [0, 3, 6, 7]
    """
    return all(
        month <= rows[0]["month_from"] or month > rows[-1]["month_to"] or month in edges(rows)
        for rows in tables
    )


def span(months: Sequence[int], tables: Sequence[Rows]) -> tuple[int, int]:
    """Return the first and last month, with those of earlier tables taken in.

    Args:
        months: the first and the last month with contacts now.
        tables: of earlier reports.
    """
    firsts = [months[0], *(rows[0]["month_from"] for rows in tables)]
    lasts = [months[-1], *(rows[-1]["month_to"] for rows in tables)]
    return min(firsts), max(lasts)


def summed(rows: Rows, part: Bin, key: str) -> int | None:
    """Return what earlier rows count in a bin; None where it was hidden or cuts through a row.

    Examples:
        >>> rows = [{"month_from": m, "month_to": m + 2, "k": 12} for m in (0, 3)]
        >>> summed(rows, Bin(first=0, last=5), "k"), summed(rows, Bin(first=0, last=3), "k")
        (24, None)
    """
    touched = [r for r in rows if r["month_from"] <= part.last and r["month_to"] >= part.first]
    inside = all(part.first <= r["month_from"] and r["month_to"] <= part.last for r in touched)
    values: list[int | None] = [row[key] for row in touched]
    known = [value for value in values if value is not None]
    return sum(known) if inside and len(known) == len(values) else None
