"""What may be published of the cumulative incidence per person: months merged, small counts hidden.

Persons can be compared with contacts, and persons at risk of an objection with those at risk of a
complaint; what entered and left follows from the numbers at risk. All of these have to be zero or
large enough as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.binning import Bin, is_publishable, merged, undivided
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, divides, tells
from balanstest_analysis.disclosure.outcomes import Told
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.statistics.rates import rate_interval

Rows = Sequence[Mapping[str, Any]]
DIGITS = 3
VALUES = ("incidence", "incidence_lower", "incidence_upper")


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Persons of one outcome per month, each of shape (months,)."""

    rows: Rows
    at_risk: Counts
    entries: Counts
    events: Counts
    exits: Counts

    def followed(self, part: Bin) -> int:
        """Return how many persons were at risk at some time in a bin."""
        later = self.entries[part.first + 1 : part.last + 1]
        return int(self.at_risk[part.first] + later.sum())


def published_incidence(
    result: Mapping[str, Any], outcomes: Mapping[str, Any], told: Told
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that may be published, by outcome.

    A table with a row that differs by a small count from an earlier report is kept as it was:
    the share is a sum over all rows before it.

    Args:
        result: internal.
        outcomes: as published, for the totals that the reader can compare with.
        told: the counts that may be told, and their bins.
    """
    earlier = told.earlier
    months = len(told.exposures[0]) if told.exposures else 0
    exposures = [*told.exposures, _all_contacts(result.get("composition", []), months)]
    tables = result.get("cumulative_incidence", {})
    persons = {name: _persons(rows, months) for name, rows in tables.items()}
    published = {}
    for name, group in persons.items():
        others = [other for other in persons.values() if other is not group]
        before = earlier.tables("cumulative_incidence", name)
        base = undivided(told.base, partial(divides, tables=before))
        bins = _bins(group, others, base, exposures, earlier.minimum)
        close = _close(int(group.events.sum()), outcomes[name]["events"], earlier.minimum)
        rows = [_row(group, part, earlier.minimum, told.level, coarse=close) for part in bins]
        published[name] = _kept(name, earlier) if _tell(rows, before, earlier.minimum) else rows
    return published


def _all_contacts(composition: Rows, months: int) -> Counts:
    contacts = np.zeros(months, dtype=np.int64)
    for row in composition:
        if row["month_from"] < months:
            contacts[row["month_from"]] += row["net_contacts"]
    return contacts


def _tell(rows: Rows, tables: Sequence[Rows], minimum: int) -> bool:
    return any(_tells(row, before, minimum) for row in rows for before in tables)


def _tells(row: Mapping[str, Any], before: Rows, minimum: int) -> bool:
    """Return whether few persons came in, had an event, or came in without one."""
    part = Bin(first=row["month_from"], last=row["month_to"])
    same = [old for old in before if (old["month_from"], old["month_to"]) == part.ends]
    if not same:
        return bool(before) and row["month_from"] <= before[-1]["month_to"]
    old, told = same[0], row["events"] is not None and same[0]["events"] is not None
    free = [entry["at_risk"] - entry["events"] if told else None for entry in (row, old)]
    pairs = [(row["at_risk"], old["at_risk"]), (row["events"], old["events"]), tuple(free)]
    return any(tells(now, then, minimum) for now, then in pairs)


def _kept(name: str, earlier: EarlierCounts) -> list[dict[str, Any]]:
    found = earlier.latest("cumulative_incidence", name)
    if found is None:
        return []
    report, rows = found
    return [{"kept_from": report["period"], **row} for row in rows]


def _persons(rows: Rows, months: int) -> Persons:
    def by_month(key: str) -> Counts:
        values = np.zeros(months, dtype=np.int64)
        for row in rows:
            values[row["month_from"]] = row[key]
        return values

    names = ("at_risk", "entries", "events", "exits")
    return Persons(rows=rows, **{name: by_month(name) for name in names})


def _bins(
    group: Persons,
    others: Sequence[Persons],
    base: Sequence[Bin],
    exposures: Sequence[Counts],
    minimum: int,
) -> tuple[Bin, ...]:
    first, last = group.rows[0]["month_from"], group.rows[-1]["month_to"]
    inside = [part for part in base if first <= part.first and part.last <= last]

    def countable(part: Bin) -> bool:
        followed = group.followed(part)
        compared = [other.followed(part) for other in others]
        compared += [part.total(contacts) for contacts in exposures]
        told = [part.total(group.entries), part.total(group.exits)]
        told += [abs(followed - number) for number in compared]
        return followed >= minimum and all(n == 0 or n >= minimum for n in told)

    def publishable(part: Bin) -> bool:
        shown = _is_shown(group, part, minimum)
        return shown and countable(part)

    bins = merged(inside, publishable)
    return bins if all(countable(part) for part in bins) else ()


def _is_shown(group: Persons, part: Bin, minimum: int) -> bool:
    n, k = group.followed(part), part.total(group.events)
    return is_publishable(k, n, minimum) and (n == k or n - k >= minimum)


def _close(persons: int, contacts: int | None, minimum: int) -> bool:
    """Return whether a small count follows from persons less contacts with an event."""
    return contacts is not None and 0 < abs(persons - contacts) < minimum


def _row(group: Persons, part: Bin, minimum: int, level: float, *, coarse: bool) -> dict[str, Any]:
    followed, row = group.followed(part), _row_at(group, part.last)
    shown = _is_shown(group, part, minimum)
    if not shown:
        values = {**dict.fromkeys(VALUES), "incidence_upper": _highest(group, minimum, level)}
    elif coarse:
        values = _coarse(row, followed, minimum)
    else:
        values = {name: float(f"{row[name]:.{DIGITS}g}") for name in VALUES}
    return {
        "month_from": part.first,
        "month_to": part.last,
        "at_risk": followed,
        "events": part.total(group.events) if shown and not coarse else None,
        **values,
    }


def _row_at(group: Persons, month: int) -> Mapping[str, Any]:
    return next(row for row in group.rows if row["month_to"] == month)


def _coarse(row: Mapping[str, Any], followed: int, minimum: int) -> dict[str, float | None]:
    """Return the limits to steps of at least the minimum of persons, the upper one rounded up."""
    scale = 10 ** max(0, int(np.log10(followed / minimum)))
    incidence, lower = (round(row[name] * scale) / scale for name in VALUES[:2])
    upper = min(1.0, float(np.ceil(row["incidence_upper"] * scale) / scale))
    if incidence == 0:
        return {**dict.fromkeys(VALUES), "incidence_upper": upper}
    return dict(zip(VALUES, (incidence, lower, upper), strict=True))


def _highest(group: Persons, minimum: int, level: float) -> float | None:
    """Return the limit for the largest count that is hidden among the fewest persons at risk."""
    fewest = int(group.at_risk[group.at_risk > 0].min())
    if fewest < minimum:
        return None
    upper = rate_interval([minimum - 1], [fewest], confidence_level=level)[1]
    return float(f"{upper[0]:.{DIGITS}g}")
