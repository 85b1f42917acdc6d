"""Sources of calls, such as two bureaus, of which one notes other outcomes than the others.

A bureau without a code for objections, or a dialler that throws refusals away, changes the rates of
its own calls; all calls together still look whole. What can be seen is that another source, in the
same quarters and at the same months since the last purchase, has far more.

Bureaus differ, and so do their campaigns. Of 1,000 simulated histories (four years, two bureaus of
11,000 contacts each, campaigns that differ by 20 %) none was told where the bureaus are alike, 4
where each bureau differs by 20 % from what is usual and 55 where it does by 30 %; 18 were told of
bureaus that are alike and campaigns that differ by 35 %.
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
from balanstest_analysis.history.compliance.missing_months import FEWEST_EXPECTED
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import SOURCE

Numbers = NDArray[np.float64]

CODE: Final = "sources_that_differ"
OUTCOMES: Final = ("conversion", "objection", "complaint")
# Bureaus differ all the time by less than this, and a bureau from itself by less than that.
TIMES_ALWAYS: Final = 2.5
TIMES: Final = 2.0
# Of all runs of quarters the clearest is taken: some reach three by chance.
SURE: Final = 4.0
# Campaigns differ by more than chance: so much at least, as a standard deviation of the log of
# their rate; by more where the steps from quarter to quarter tell so.
CAMPAIGNS_DIFFER: Final = 0.25
FEWEST_STEPS: Final = 4
_MEDIAN_OF_SQUARE: Final = 0.455
_HALF: Final = 0.5
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
    more, and by `SURE` standard errors that allow for campaigns which differ.

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
    by_source = _BySource(counts)
    found = [one for name in OUTCOMES if name in counts for one in by_source.unlike(name)]
    if not found:
        return None
    told = "; ".join(_told(one, by_source, _unique(names)) for one in found)
    return Finding(code=CODE, count=len({one.source for one in found}), detail=f"{told}.")


def _unique(names: Sequence[str]) -> list[str]:
    several = len({*names}) < len(names)
    return [f"{name} (source {n})" if several else name for n, name in enumerate(names, start=1)]


def _told(one: UnlikeSource, by_source: _BySource, names: Sequence[str]) -> str:
    first, last = one.first * MONTHS_OF_QUARTER, (one.last + 1) * MONTHS_OF_QUARTER - 1
    own, others = by_source.reached(one)
    by_others = f"{one.expected:,.0f} by the other source{'s' if len(names) > 2 else ''}"
    return (
        f"{names[one.source]}, {months_told(first, last)}: {one.events:,} {one.outcome}s, and "
        f"about {by_others} ({own:.0%} of its calls are net contacts, {others:.0%} of the others)"
    )


class _BySource:
    """Counts as arrays of shape (sources, quarters, months)."""

    def __init__(self, counts: pd.DataFrame) -> None:
        self._counts = counts
        self._quarters, quarter = np.unique(counts["quarter"], return_inverse=True)
        source, month = counts[SOURCE].to_numpy(), counts["month"].to_numpy()
        self._cells = (source, quarter, month)
        last = (source.max(initial=0), quarter.max(initial=0), month.max(initial=0))
        self._shape = tuple(int(place) + 1 for place in last)

    def _array(self, column: str) -> Numbers:
        counted = np.zeros(self._shape)
        np.add.at(counted, self._cells, self._counts[column].to_numpy())
        return counted

    def unlike(self, outcome: str) -> Iterator[UnlikeSource]:
        """Yield the sources that differ: the clearest first, which is then no other to the rest."""
        events, exposure = self._array(outcome), self._array("counted")
        left = [*range(len(exposure))]
        while len(left) > 1:
            found = [
                one
                for place, source in enumerate(left)
                for one in self._runs(events[left], exposure[left], place, (source, outcome))
            ]
            if not found:
                return
            clearest = max(found, key=lambda one: one.order)
            yield clearest
            left.remove(clearest.source)

    def _runs(
        self, events: Numbers, exposure: Numbers, place: int, about: tuple[int, str]
    ) -> Iterator[UnlikeSource]:
        """Yield the runs of quarters in which one source clearly differs from the others."""
        compared = _compared(events, exposure, place)
        first, stop = np.triu_indices(len(self._quarters) + 1, 1)
        sums = np.concatenate([np.zeros((1, compared.shape[1])), compared.cumsum(axis=0)])
        inside = sums[stop] - sums[first]
        differ = _campaigns_differ(compared)
        apart, distance = _clearly_apart(inside, sums[-1] - inside, differ)
        own, expected = inside[:, -2:].T
        for run in np.flatnonzero(apart & (np.maximum(own, expected) >= FEWEST_EXPECTED)):
            yield UnlikeSource(
                source=about[0],
                outcome=about[1],
                first=int(self._quarters[first[run]]),
                last=int(self._quarters[stop[run] - 1]),
                events=int(own[run]),
                expected=float(expected[run]),
                distance=float(distance[run]),
            )

    def reached(self, one: UnlikeSource) -> tuple[float, float]:
        """Return which share of the calls are net contacts, of a source and of the others."""
        inside = (self._quarters >= one.first) & (self._quarters <= one.last)
        calls, contacts = (
            self._array(name)[:, inside].sum(axis=(1, 2)) for name in ("calls", "contacts")
        )
        others = contacts.sum() - contacts[one.source], calls.sum() - calls[one.source]
        return float(contacts[one.source] / calls[one.source]), float(others[0] / others[1])


def _clearly_apart(
    inside: Numbers, outside: Numbers, differ: float
) -> tuple[NDArray[np.bool_], Numbers]:
    """Return in which runs a source clearly differs, and by how many standard errors.

    Args:
        inside: sums over each run of what `_compared` returns.
        outside: likewise over all other quarters; without any, the run is the whole history.
        differ: from `_campaigns_differ`.
    """
    (here, variance), (elsewhere, around) = (_log_ratio(s, differ) for s in (inside, outside))
    distance = here / np.sqrt(variance)
    change = here - elsewhere
    changed = np.abs(change) >= np.maximum(np.log(TIMES), SURE * np.sqrt(variance + around))
    changed &= np.sign(change) == np.sign(here)
    whole = outside[:, _SPREAD] == 0
    apart = np.abs(here) >= np.log(np.where(whole, TIMES_ALWAYS, TIMES))
    return apart & (np.abs(distance) >= SURE) & (whole | changed), distance


def _campaigns_differ(compared: Numbers) -> float:
    """Return the variance of the log of a rate from campaign to campaign, beside chance.

    It is that from one quarter to the next, by their median: a single change does not count.
    """
    ratio, chance = _log_ratio(compared, 0.0)
    known = np.isfinite(chance)
    steps, by_chance = np.diff(ratio[known]), chance[known][1:] + chance[known][:-1]
    if len(steps) < FEWEST_STEPS:
        return CAMPAIGNS_DIFFER**2
    beside = np.median(steps**2) / _MEDIAN_OF_SQUARE - np.median(by_chance)
    return max(CAMPAIGNS_DIFFER**2, float(beside) / 4)


def _log_ratio(sums: Numbers, differ: float) -> tuple[Numbers, Numbers]:
    """Return the log of the ratio of two rates, and its variance; infinite where there is none."""
    seen, usual, spread, squares = sums[:, :4].T
    ratio = np.log((seen + _HALF) / (usual + _HALF))
    some = spread > 0
    chance = np.divide(4 * spread, (seen + usual) ** 2, out=np.zeros(len(sums)), where=some)
    campaigns = np.divide(2 * squares, spread**2, out=np.zeros(len(sums)), where=some)
    return ratio, np.where(some, chance + differ * campaigns, np.inf)


def _compared(events: Numbers, exposure: Numbers, place: int) -> Numbers:
    """Return per quarter what a source has beside the others, at the same months.

    Args:
        events: of shape (sources, quarters, months).
        exposure: likewise.
        place: of the source.

    Returns:
        Of shape (quarters, 6): events of the source and of the others, each as if both had as many
        contacts; the variance of their difference and its square; and where there are others to
        compare with, the events and those that are expected.
    """
    own, others = exposure[place], exposure.sum(axis=0) - exposure[place]
    seen, elsewhere = events[place], events.sum(axis=0) - events[place]
    share = np.divide(others, own + others, out=np.zeros(own.shape), where=others > 0)
    both = share * (1 - share)
    spread = ((seen + elsewhere) * both).sum(axis=1)
    rates = np.divide(elsewhere, others, out=np.zeros(own.shape), where=others > 0)
    columns = [
        (seen * share).sum(axis=1),
        (elsewhere * (1 - share) * (share > 0)).sum(axis=1),
        spread,
        spread**2,
        (seen * (share > 0)).sum(axis=1),
        (own * rates).sum(axis=1),
    ]
    return np.stack(columns, axis=1)
