"""The term when the same history is counted in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import Recount
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import judge_criteria
from balanstest_analysis.term.margins import needed_series
from balanstest_analysis.term.other_choice import other_choice
from balanstest_analysis.term.outcome_draws import Chance, drawn_counts
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import (
    Alike,
    OutcomeAnalysis,
    analyse_counts,
    carried,
    correlations_of,
    series_of,
)
from balanstest_analysis.term.proposal import TermProposal, propose_on
from balanstest_analysis.term.refitted_alike import averaged_rates
from balanstest_analysis.term.sensitivity import with_fewer_resamples

LEAST_CONTACTS_IN_A_YEAR = 100

Outcomes = Mapping[str, OutcomeAnalysis]


@dataclass(frozen=True, kw_only=True)
class _Recounted:
    """What is left of a recount when its table is let go.

    Attributes:
        choice: of the recount.
        value: of the recount.
        touched: the criteria that rest on counts that changed.
        outcomes: the outcomes they need.
        months: number of months of the counts.
        alike: its curves are fitted as those of the whole history, in one batch with others.
    """

    choice: str
    value: float | str
    touched: tuple[Criterion, ...]
    outcomes: Outcomes
    months: int
    alike: bool


def proposals_when_recounted(
    dossier: Dossier, proposal: TermProposal, outcomes: Outcomes, recounts: Iterable[Recount]
) -> tuple[OtherChoice, ...]:
    """Return the proposal under each other way of counting that touches a criterion.

    Families and knots are those of the dossier's own counts, unless there are contacts in months
    where those have none. A criterion that rests on counts that stay the same keeps its result.
    A year is left out where an outcome has fewer than 100 contacts. The longest of these terms
    may never be chosen.

    Args:
        dossier: for criteria and settings.
        proposal: on the dossier's own counts.
        outcomes: the analysis of those counts, by name.
        recounts: from the exposure; empty for ready-made counts.
    """
    return tuple(
        other_choice(found, choice, None, value)
        for choice, value, found in recounted_proposals(dossier, proposal, outcomes, recounts)
    )


def recounted_proposals(
    dossier: Dossier, proposal: TermProposal, outcomes: Outcomes, recounts: Iterable[Recount]
) -> Iterator[tuple[str, float | str, TermProposal]]:
    """Yield choice, value and the whole proposal; see `proposals_when_recounted`."""
    quick = with_fewer_resamples(dossier)
    recounted = [*_recounted(quick, outcomes, recounts)]
    rates = _rates(outcomes, recounted)
    for one in recounted:
        series = _series(one, rates)
        found = propose_on(quick, _results(quick, proposal, one.touched, series))
        yield one.choice, one.value, found


def _recounted(
    dossier: Dossier, whole: Outcomes, recounts: Iterable[Recount]
) -> Iterator[_Recounted]:
    chance = Chance(dossier.settings)
    for recount in recounts:
        touched = tuple(c for c in dossier.criteria if _touches(recount, c))
        counts = _counts(recount, touched)
        if not counts or not _enough(recount, counts):
            continue
        months = recount.table.months
        alike = all(_alike(whole.get(name), series) for name, series in counts.items())
        if alike:
            months = next(iter(whole.values())).counts.exposure.shape[-1]
            found = _drawn(chance, whole, counts, months)
        else:
            found = analyse_counts(dossier, counts, Alike.of(whole))
        yield _Recounted(
            choice=recount.choice,
            value=recount.value,
            touched=touched,
            outcomes=found,
            months=months,
            alike=alike,
        )


def _touches(recount: Recount, criterion: Criterion) -> bool:
    needed = needed_series(criterion)
    return bool(needed) and (recount.changed is None or not recount.changed.isdisjoint(needed))


def _counts(recount: Recount, touched: Sequence[Criterion]) -> dict[str, OutcomeCounts]:
    """Return the counts of every series that is needed and for which there are data."""
    needed = dict.fromkeys(name for criterion in touched for name in needed_series(criterion))
    given = [name for name in needed if name.removeprefix("joint_") in recount.table.available]
    counts = {name: recount.table.series(name) for name in given}
    return {name: series for name, series in counts.items() if series.exposure.any()}


def _enough(recount: Recount, counts: Mapping[str, OutcomeCounts]) -> bool:
    """Return whether what is left of a year can be analysed for every outcome."""
    if recount.choice != "year":
        return True
    return all(series.exposure.sum() >= LEAST_CONTACTS_IN_A_YEAR for series in counts.values())


def _alike(whole: OutcomeAnalysis | None, counts: OutcomeCounts) -> bool:
    """Return whether the curves of the whole can be refitted: it has them, and in these months."""
    if whole is None or not whole.fits.weights:
        return False
    seen = np.flatnonzero(counts.exposure.any(axis=0))
    inside = counts.exposure.shape[-1] <= whole.counts.exposure.shape[-1]
    return inside and bool(np.isin(seen, whole.fits.data.months).all())


def _drawn(
    chance: Chance, whole: Outcomes, counts: Mapping[str, OutcomeCounts], months: int
) -> dict[str, OutcomeAnalysis]:
    """Return the outcomes with other counts and draws, and the fits of the whole."""
    counts = {name: _on_months(series, months) for name, series in counts.items()}
    fits = {name: carried(whole[name].fits, series) for name, series in counts.items()}
    between = correlations_of(fits, Alike.of(whole).correlations, counts)
    drawn = drawn_counts(chance, counts, fits, between)
    return {
        name: replace(whole[name], counts=_total(series), fits=fits[name], drawn=drawn[name])
        for name, series in counts.items()
    }


def _on_months(counts: OutcomeCounts, months: int) -> OutcomeCounts:
    more = ((0, 0), (0, months - counts.exposure.shape[-1]))
    return OutcomeCounts(exposure=np.pad(counts.exposure, more), events=np.pad(counts.events, more))


def _total(counts: OutcomeCounts) -> OutcomeCounts:
    return OutcomeCounts(
        exposure=counts.exposure.sum(axis=0, keepdims=True),
        events=counts.events.sum(axis=0, keepdims=True),
    )


def _rates(whole: Outcomes, recounted: Sequence[_Recounted]) -> dict[str, Iterator[Floats]]:
    """Return per outcome averaged rates of each recount, shape (1 + resamples, months).

    The first are those of the counts themselves.
    """
    alone = {
        name: [one.outcomes[name] for one in recounted if one.alike and name in one.outcomes]
        for name in whole
    }
    rates = averaged_rates(whole, {name: found for name, found in alone.items() if found})
    return {name: iter(found) for name, found in rates.items()}


def _series(one: _Recounted, rates: Mapping[str, Iterator[Floats]]) -> dict[str, OutcomeSeries]:
    """Return the outcomes of a recount; the next rates of each are its own."""
    if not one.alike:
        return series_of(one.outcomes, one.months)
    series = {}
    for name, outcome in one.outcomes.items():
        averaged = next(rates[name])
        series[name] = outcome.on_axis(one.months, averaged[1:], averaged[0])
    return series


def _results(
    dossier: Dossier,
    proposal: TermProposal,
    touched: Sequence[Criterion],
    series: Mapping[str, OutcomeSeries],
) -> list[CriterionResult]:
    asked = dossier.model_copy(update={"criteria": list(touched)})
    judged = iter(judge_criteria(asked, series))
    return [next(judged) if r.criterion in touched else r for r in proposal.per_criterion]
