"""The term when the same history is counted in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from balanstest_analysis.criteria import Criterion
from balanstest_analysis.dossier import Dossier
from balanstest_analysis.margins import needed_series
from balanstest_analysis.month_table import OutcomeCounts, Recount
from balanstest_analysis.outcomes import analyse_counts, judge_criteria, propose_on, series_of
from balanstest_analysis.sensitivity import SensitivityRow, with_fewer_resamples
from balanstest_analysis.term import TermProposal

LEAST_CONTACTS_IN_A_YEAR = 100


def proposals_when_recounted(
    dossier: Dossier, proposal: TermProposal, recounts: Iterable[Recount]
) -> tuple[SensitivityRow, ...]:
    """Return the proposal under each other way of counting that touches a criterion.

    A criterion that rests on counts that stay the same keeps its result. A year is left out where
    an outcome has fewer than 100 contacts. The longest of these terms may never be chosen.

    Args:
        dossier: for criteria and settings.
        proposal: on the dossier's own counts.
        recounts: from the exposure; empty for ready-made counts.
    """
    return tuple(_rows(with_fewer_resamples(dossier), proposal, recounts))


def _rows(
    dossier: Dossier, proposal: TermProposal, recounts: Iterable[Recount]
) -> Iterator[SensitivityRow]:
    for recount in recounts:
        touched = [c for c in dossier.criteria if _touches(recount, c)]
        counts = _counts(recount, touched)
        if counts and _enough(recount, counts):
            found = _proposed(dossier, proposal, recount, touched, counts)
            yield SensitivityRow(
                choice=recount.choice,
                criterion=None,
                value=recount.value,
                status=found.status,
                term_months=found.term_months,
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


def _enough(recount: Recount, counts: dict[str, OutcomeCounts]) -> bool:
    """Return whether what is left of a year can be analysed for every outcome."""
    if recount.choice != "year":
        return True
    return all(series.exposure.sum() >= LEAST_CONTACTS_IN_A_YEAR for series in counts.values())


def _proposed(
    dossier: Dossier,
    proposal: TermProposal,
    recount: Recount,
    touched: Sequence[Criterion],
    counts: dict[str, OutcomeCounts],
) -> TermProposal:
    analysed = analyse_counts(dossier, counts, has_groups=recount.table.has_groups)
    asked = dossier.model_copy(update={"criteria": list(touched)})
    judged = iter(judge_criteria(asked, series_of(analysed, recount.table.months)))
    results = [
        next(judged) if result.criterion in touched else result for result in proposal.per_criterion
    ]
    return propose_on(dossier, results)
