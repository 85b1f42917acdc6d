"""What may be published of each outcome: merged rows, coarse curves, and fits without parameters.

A row whose counts differ by a small number from those of an earlier report keeps the earlier
counts, because the difference is what came in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.binning import (
    Bin,
    base_bins,
    is_publishable,
    outcome_bins,
    undivided,
)
from balanstest_analysis.disclosure.earlier_counts import (
    EarlierCounts,
    divides,
    span,
    summed,
    tells,
)
from balanstest_analysis.statistics.outcome_counts import Counts
from balanstest_analysis.statistics.rates import rate_interval

CURVE_STEP_MONTHS = 3
SHAPE = ("curve", "standardised", "fits", "design_effect", "fit_warning")
Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Told:
    """The counts that may be told.

    Attributes:
        counts: contacts and events per month, by outcome, each of shape (months,).
        base: the finest bins.
        recent: base bins in which few contacts came in since an earlier report.
        earlier: reports of the same series.
        level: of the intervals.
    """

    counts: Mapping[str, tuple[Counts, Counts]]
    base: tuple[Bin, ...]
    recent: frozenset[Bin]
    earlier: EarlierCounts
    level: float

    @property
    def exposures(self) -> list[Counts]:
        """Contacts per month, by outcome."""
        return [exposure for exposure, _ in self.counts.values()]

    def is_recent(self, part: Bin) -> bool:
        """Return whether few contacts came in somewhere in a bin."""
        return any(part.first <= bin_.first and bin_.last <= part.last for bin_ in self.recent)


def told_counts(result: Mapping[str, Any], earlier: EarlierCounts) -> Told:
    """Return contacts and events per month of each outcome, and the bins they are told in.

    Told are the contacts followed up for every outcome: one denominator leaves no differences
    between outcomes to hide. Where no contact is old enough for that, each keeps its own.

    Args:
        result: internal.
        earlier: reports of the same series.
    """
    outcomes = {name: outcome for name, outcome in result["outcomes"].items() if outcome["rates"]}
    tables = earlier.finest_bins()
    lasts = [outcome["rates"][-1]["month_to"] for outcome in outcomes.values()]
    months = 1 + max((*lasts, *(rows[-1]["month_to"] for rows in tables)), default=0)
    counts = {name: _by_month(o["followed"], "month", months) for name, o in outcomes.items()}
    if not all(exposure.any() for exposure, _ in counts.values()):
        counts = {n: _by_month(o["rates"], "month_from", months) for n, o in outcomes.items()}
    base = _base([exposure for exposure, _ in counts.values()], tables, earlier.minimum)
    totals = [(part, part.total(e)) for part in base for e, _ in counts.values()]
    return Told(
        counts=counts,
        base=base,
        recent=frozenset(part for part, total in totals if earlier.is_recent(part, total)),
        earlier=earlier,
        level=result["settings"]["confidence_level"],
    )


def _by_month(rows: list[Entry], month: str, months: int) -> tuple[Counts, Counts]:
    exposure, events = np.zeros((2, months), dtype=np.int64)
    for row in rows:
        exposure[row[month]], events[row[month]] = row["n"], row["k"]
    return exposure, events


def _base(exposures: Sequence[Counts], tables: Any, minimum: int) -> tuple[Bin, ...]:
    if not exposures:
        return ()
    seen = np.flatnonzero(np.sum(exposures, axis=0)).tolist()
    months = span(seen, tables)
    return base_bins(exposures, minimum, months=months, divides=partial(divides, tables=tables))


def published_outcomes(result: Mapping[str, Any], told: Told) -> dict[str, Entry]:
    """Return the outcomes with every small count merged, hidden or kept as it was."""
    published = {}
    for name, outcome in result["outcomes"].items():
        known = {key: value for key, value in outcome.items() if key != "followed"}
        published[name] = _Outcome(name=name, exact=known, told=told).published()
    return published


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    name: str
    exact: Entry
    told: Told

    def published(self) -> Entry:
        if self.name not in self.told.counts:
            return self.exact
        bins = self._bins()
        fresh = [self._fresh(part) for part in bins]
        rows = [self._kept(part) or row for part, row in zip(bins, fresh, strict=True)]
        effect = None if any(row["k"] is None for row in fresh) else self._effect
        total = counted_row(_whole(bins), *_sums(rows), self.told.level, effect, self._minimum)
        known = {**self.exact, "exposure": total["n"], "events": total["k"]}
        return {**known, "rates": rows, "total": total, **self._shape(rows, fresh)}

    @property
    def _minimum(self) -> int:
        return self.told.earlier.minimum

    @property
    def _effect(self) -> float:
        return round(float(self.exact["design_effect"]), 1)

    def _bins(self) -> tuple[Bin, ...]:
        tables = self.told.earlier.tables("outcomes", self.name, "rates")
        base = undivided(self.told.base, partial(divides, tables=tables))
        return outcome_bins(base, *self.told.counts[self.name], self._minimum)

    def _fresh(self, part: Bin) -> Entry:
        exposure, events = self.told.counts[self.name]
        counts = part.total(exposure), part.total(events)
        return counted_row(part, *counts, self.told.level, self._effect, self._minimum)

    def _kept(self, part: Bin) -> Entry | None:
        """Return the row of the last report, where fresh counts would tell what came in since."""
        earlier = self.told.earlier
        found = earlier.latest("outcomes", self.name, "rates")
        if found is None or not (self._tells(part) or self.told.is_recent(part)):
            return None
        report, rows = found
        same = [row for row in rows if (row["month_from"], row["month_to"]) == part.ends]
        if same:
            return {"kept_from": report["period"], **same[0]}
        n, k = summed(rows, part, "n"), summed(rows, part, "k")
        effect = report["outcomes"][self.name]["design_effect"]
        row = counted_row(part, n, k, self.told.level, effect, self._minimum)
        return {**row, "kept_from": report["period"]}

    def _tells(self, part: Bin) -> bool:
        exposure, events = self.told.counts[self.name]
        n, k = part.total(exposure), part.total(events)
        tables = self.told.earlier.tables("outcomes", self.name, "rates")
        before = [(summed(rows, part, "n"), summed(rows, part, "k")) for rows in tables]
        return any(_differ(n, k, *counts, self._minimum) for counts in before)

    def _shape(self, rows: Sequence[Entry], fresh: Sequence[Entry]) -> Entry:
        """Return curves and fits: the level of a curve tells how many events it was fitted on."""
        fits = [_silent_fit(fit) for fit in self.exact["fits"]]
        if any(row["k"] is None for row in (*rows, *fresh)):
            hidden: Entry = {"curve": [], "standardised": [], "design_effect": None}
            return {**hidden, "fits": fits}
        found = self.told.earlier.latest("outcomes", self.name, "rates")
        kept = [row for row in rows if "kept_from" in row]
        if found is not None and kept and self._level_tells(rows):
            shape = found[0]["outcomes"][self.name]
            return {key: shape[key] for key in SHAPE if key in shape}
        fitted = sum(row["n"] for row in self.exact["rates"])
        whole = not kept and sum(row["n"] for row in rows) == fitted
        exact = whole and all(row["month_from"] == row["month_to"] for row in rows)
        return {
            "design_effect": self._effect,
            "fits": self.exact["fits"] if exact else fits,
            "curve": coarse(self.exact["curve"]),
            "standardised": coarse(self.exact["standardised"]),
        }

    def _level_tells(self, rows: Sequence[Entry]) -> bool:
        """Return whether the sum of all events, which a curve tells, gives a small count."""
        exposure, events = self.told.counts[self.name]
        counts = int(exposure.sum()), int(events.sum())
        tables = self.told.earlier.tables("outcomes", self.name, "rates")
        return any(_differ(*counts, *_sums(shown), self._minimum) for shown in (rows, *tables))


def _differ(n: int, k: int, n_before: int | None, k_before: int | None, minimum: int) -> bool:
    """Return whether contacts, events or contacts without an event differ by a small count."""
    if tells(n, n_before, minimum) or tells(k, k_before, minimum):
        return True
    known = n_before is not None and k_before is not None
    return known and tells(n - k, n_before - k_before, minimum)  # type: ignore[operator]


def _sums(rows: Sequence[Mapping[str, Any]]) -> tuple[int | None, int | None]:
    n, k = ([row[key] for row in rows] for key in ("n", "k"))
    return (None if None in n else sum(n)), (None if None in k else sum(k))


def _whole(bins: Sequence[Bin]) -> Bin:
    return Bin(first=bins[0].first, last=bins[-1].last)


def counted_row(
    part: Bin, n: int | None, k: int | None, level: float, effect: float | None, minimum: int
) -> Entry:
    """Return the row of a bin; counts that may not be told are None.

    Args:
        part: the months.
        n: contacts.
        k: events.
        level: of the interval.
        effect: design effect, as it is published, so that the interval tells no more of it.
        minimum: least publishable count.
    """
    row: Entry = {"month_from": part.first, "month_to": part.last}
    row |= dict.fromkeys(("n", "k", "rate", "rate_lower", "rate_upper"))
    if n is None or n < minimum:
        return {**row, "rate_upper": 1.0}
    if k is None or not (is_publishable(k, n, minimum) and (n == k or n - k >= minimum)):
        # a limit that depends on a hidden count would give it away: take the largest it can be
        few = k is None or k < minimum
        _, upper = _limits(min(minimum - 1, n) if few else n, n, level, 1.0)
        return {**row, "n": n, "rate_upper": upper}
    lower, upper = _limits(k, n, level, effect or 1.0)
    rate = float(f"{k / n:.10g}")
    return {**row, "n": n, "k": k, "rate": rate, "rate_lower": lower, "rate_upper": upper}


def _limits(k: int, n: int, level: float, effect: float) -> tuple[float, float]:
    lower, upper = rate_interval([k], [n], confidence_level=level, design_effect=effect)
    return float(f"{lower[0]:.10g}"), float(f"{upper[0]:.10g}")


def _silent_fit(fit: Entry) -> Entry:
    """Keep of a fit what cannot be inverted into counts."""
    empty: Entry = {"parameters": {}, "standard_errors": {}, "model_standard_errors": {}}
    hidden = dict.fromkeys(("deviance", "df", "aic", "p_value"))
    return {**fit, **empty, **hidden, "weight": round(fit["weight"], 1)}


def coarse(curve: Sequence[Entry]) -> list[Entry]:
    """Keep every third month and the last, rounded to a hundredth of the highest value."""
    if not curve:
        return []
    kept = [*curve[:-1:CURVE_STEP_MONTHS], curve[-1]]
    values = [key for key in curve[0] if key != "month"]
    highest = max(point[key] for point in curve for key in values)
    decimals = 2 - int(np.floor(np.log10(highest))) if highest > 0 else 2
    return [
        {"month": point["month"], **{key: round(point[key], decimals) for key in values}}
        for point in kept
    ]
