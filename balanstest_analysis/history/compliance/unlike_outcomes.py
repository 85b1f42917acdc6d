"""Sources of calls, such as two bureaus, of which one notes other outcomes than the others.

A bureau without a code for objections, or a dialler that throws refusals away, changes the rates of
its own calls; all calls together still look whole. What can be seen is that another source, in the
same quarters and at the same months since the last purchase, has far more.

Bureaus differ, and so do their campaigns. Of 1,000 simulated histories (four years, two bureaus of
11,000 contacts each, campaigns that differ by 20 %) none was told where the bureaus are alike, 4
where each bureau differs by 20 % from what is usual and 55 where it does by 30 %; 18 were told of
bureaus that are alike and campaigns that differ by 35 %. Of bureaus that differ by 20 %, one that
noted 30 % of its objections was told in 846 where it did so for half of the time and in 844 where
it did so always, and one without nine tenths of its refusals of three years in all 1,000. Of
bureaus of 2,000 contacts each that are alike, but that one noted 30 % of its objections, 831 were
told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.history.columns.day_numbers import months_told
from balanstest_analysis.history.compliance.calls_by_source import MONTHS_OF_QUARTER
from balanstest_analysis.history.compliance.fewer_told import FewerTold, fewer_told
from balanstest_analysis.history.compliance.missing_months import FEWEST_EXPECTED
from balanstest_analysis.history.compliance.source_rates import (
    SURE,
    Numbers,
    SourceCounts,
    campaigns_differ,
    compared_rates,
    log_ratio,
)
from balanstest_analysis.history.findings import Finding

CODE: Final = "sources_that_differ"
OUTCOMES: Final = ("conversion", "objection", "complaint")
# Bureaus differ all the time by less than this, and a bureau from itself by less than that.
TIMES_ALWAYS: Final = 2.5
TIMES: Final = 2.0
_SPREAD: Final = 2
_DIGITS: Final = 6


@dataclass(frozen=True, kw_only=True)
class UnlikeSource:
    """Quarters in a row in which a source has another rate than the others.

    Attributes:
        source: its place.
        outcome: what differs.
        first: first of the quarters, counted from the year 0.
        last: last of them.
        events: of the source.
        expected: by the other sources, at the same months since the last purchase.
        distance: in standard errors; below 0 where it has fewer.
    """

    source: int
    outcome: str
    first: int
    last: int
    events: int
    expected: float
    distance: float

    @property
    def order(self) -> tuple[float, bool]:
        """What puts the clearest last; of two sources the one that has fewer."""
        return round(abs(self.distance), _DIGITS), self.distance < 0


def unlike_outcomes(counts: pd.DataFrame, names: Sequence[str]) -> Finding | None:
    """Return the sources that have twice, or half, the rate of the others in some quarters.

    Only calls in the same quarter and at the same months since the last purchase are compared
    (Mantel-Haenszel), so that a bureau that came later, or called among older relations, is not
    told. At least `FEWEST_EXPECTED` events are seen or expected, the rates differ by `TIMES` or
    more, and by `SURE` standard errors that allow for campaigns which differ. Where a source has
    fewer objections by less, `fewer_told` looks at those that codes tell.

    Args:
        counts: from `ask_sources`.
        names: of the sources.

    Examples:
        >>> cells = [(n, quarter) for n in (0, 1) for quarter in range(8100, 8108)]
        >>> counts = pd.DataFrame(cells, columns=["source", "quarter"])
        >>> counts = counts.assign(month=6, calls=900, contacts=300, counted=300, conversion=30)
        >>> counts["objection"] = [20] * 8 + [4] * 8
        >>> unlike_outcomes(counts, ["noord.csv", "zuid.csv"]).detail.partition(" (")[0]
        'zuid.csv, 2025-01 through 2026-12: 32 objections, and about 160 by the other source'
    """
    by_source = SourceCounts(counts)
    found = [one for name in OUTCOMES if name in counts for one in _unlike(by_source, name)]
    known = {one.source for one in found if one.outcome == "objection"}
    fewer = [one for one in fewer_told(by_source) if one.source not in known]
    sources = {one.source for one in found} | {one.source for one in fewer}
    if not sources:
        return None
    shown = _unique(names)
    told = [_told(one, by_source, shown) for one in found] + [
        _by_codes(one, shown) for one in fewer
    ]
    return Finding(code=CODE, count=len(sources), detail=f"{'; '.join(told)}.")


def _unique(names: Sequence[str]) -> list[str]:
    several = len({*names}) < len(names)
    return [f"{name} (source {n})" if several else name for n, name in enumerate(names, start=1)]


def _told(one: UnlikeSource, by_source: SourceCounts, names: Sequence[str]) -> str:
    first, last = one.first * MONTHS_OF_QUARTER, (one.last + 1) * MONTHS_OF_QUARTER - 1
    own, others = by_source.reached(one.source, one.first, one.last)
    reached = f"{own:.0%} of its calls are net contacts, {others:.0%} of the others"
    return (
        f"{names[one.source]}, {months_told(first, last)}: {one.events:,} {one.outcome}s, and "
        f"about {one.expected:,.0f} by {_others(names)} ({reached})"
    )


def _by_codes(one: FewerTold, names: Sequence[str]) -> str:
    return (
        f"{names[one.source]}: {one.told:,} objections told by codes, and about "
        f"{one.expected:,.0f} by {_others(names)}; {one.later:,} that no code tells, and about "
        f"{one.expected_later:,.0f}"
    )


def _others(names: Sequence[str]) -> str:
    return f"the other source{'s' if len(names) > 2 else ''}"


def _unlike(counts: SourceCounts, outcome: str) -> Iterator[UnlikeSource]:
    """Yield the sources that differ: the clearest first, which is then no other to the rest."""
    events, exposure = counts.array(outcome), counts.array("counted")
    left = [*range(len(exposure))]
    while len(left) > 1:
        rates = events[left], exposure[left]
        found = [
            one
            for place, source in enumerate(left)
            for one in _runs(counts.quarters, compared_rates(*rates, place), source, outcome)
        ]
        if not found:
            return
        clearest = max(found, key=lambda one: one.order)
        yield clearest
        left.remove(clearest.source)


def _runs(
    quarters: NDArray[np.int64], compared: Numbers, source: int, outcome: str
) -> Iterator[UnlikeSource]:
    """Yield the runs of quarters in which one source clearly differs from the others."""
    first, stop = np.triu_indices(len(quarters) + 1, 1)
    sums = np.concatenate([np.zeros((1, compared.shape[1])), compared.cumsum(axis=0)])
    inside = sums[stop] - sums[first]
    differ = campaigns_differ(compared)
    apart, distance = _clearly_apart(inside, sums[-1] - inside, differ)
    own, expected = inside[:, -2:].T
    for run in np.flatnonzero(apart & (np.maximum(own, expected) >= FEWEST_EXPECTED)):
        yield UnlikeSource(
            source=source,
            outcome=outcome,
            first=int(quarters[first[run]]),
            last=int(quarters[stop[run] - 1]),
            events=int(own[run]),
            expected=float(expected[run]),
            distance=float(distance[run]),
        )


def _clearly_apart(
    inside: Numbers, outside: Numbers, differ: float
) -> tuple[NDArray[np.bool_], Numbers]:
    """Return in which runs a source clearly differs, and by how many standard errors.

    Args:
        inside: sums over each run of what `compared_rates` returns.
        outside: likewise over all other quarters; without any, the run is the whole history.
        differ: from `campaigns_differ`.
    """
    (here, variance), (elsewhere, around) = (log_ratio(s, differ) for s in (inside, outside))
    distance = here / np.sqrt(variance)
    change = here - elsewhere
    changed = np.abs(change) >= np.maximum(np.log(TIMES), SURE * np.sqrt(variance + around))
    changed &= np.sign(change) == np.sign(here)
    whole = outside[:, _SPREAD] == 0
    apart = np.abs(here) >= np.log(np.where(whole, TIMES_ALWAYS, TIMES))
    return apart & (np.abs(distance) >= SURE) & (whole | changed), distance
