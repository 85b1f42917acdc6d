"""The term under other choices than the ones that were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.dossier.criteria import Criterion, Horizon, MaximumRatio, NetBenefit
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import judge_criteria
from balanstest_analysis.term.leave_one_out import series_without_campaigns
from balanstest_analysis.term.other_choice import other_choice
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis
from balanstest_analysis.term.proposal import TermProposal, propose, propose_on

THRESHOLD_FACTORS = (0.5, 0.75, 1.25, 1.5, 2.0)
FEWER_RESAMPLES = 1000
MOST_CAMPAIGNS = 40


def proposals_under_other_choices(
    dossier: Dossier,
    table: MonthTable,
    outcomes: Mapping[str, OutcomeAnalysis],
    series: Mapping[str, OutcomeSeries],
) -> tuple[OtherChoice, ...]:
    """Return the proposal under other thresholds, families, reference months and campaigns.

    Thresholds and families use the resamples of the main analysis; a campaign that is left out
    asks for new ones. The longest of these terms may never be chosen: choosing afterwards would
    make the stated confidence untrue.
    """
    judged = judge_criteria(dossier, series)
    return (
        *_thresholds(dossier, series, judged),
        *_reference_months(dossier, series, judged),
        *_families(dossier, outcomes, series),
        *_campaigns(dossier, table, outcomes),
    )


def with_fewer_resamples(dossier: Dossier) -> Dossier:
    """Return the dossier with the number of resamples that a sensitivity needs, or its own."""
    fewer = min(dossier.settings.resamples, FEWER_RESAMPLES)
    settings = dossier.settings.model_copy(update={"resamples": fewer})
    return dossier.model_copy(update={"settings": settings})


def _thresholds(
    dossier: Dossier, series: Mapping[str, OutcomeSeries], judged: Sequence[CriterionResult]
) -> Iterator[OtherChoice]:
    for index, criterion in enumerate(dossier.criteria):
        for factor in THRESHOLD_FACTORS:
            scaled = scaled_criterion(criterion, factor)
            if scaled is not None:
                proposal = _with_other(dossier, series, judged, index, scaled)
                yield other_choice(proposal, "threshold", criterion.name, factor)


def _with_other(
    dossier: Dossier,
    series: Mapping[str, OutcomeSeries],
    judged: Sequence[CriterionResult],
    index: int,
    criterion: Criterion,
) -> TermProposal:
    """Return the proposal with another criterion in one place; the others support the same."""
    asked = dossier.model_copy(update={"criteria": [criterion]})
    results = [*judged]
    results[index] = judge_criteria(asked, series)[0]
    return propose_on(dossier, results)


def scaled_criterion(criterion: Criterion, factor: float) -> Criterion | None:
    """Return the criterion with its threshold multiplied, or None where that has no meaning."""
    match criterion:
        case Horizon():
            return None
        case MaximumRatio(factor=ratio):
            return criterion.model_copy(update={"factor": ratio * factor})
        case NetBenefit(value_per_conversion=value):
            return criterion.model_copy(update={"value_per_conversion": value * factor})
        case _:
            threshold = criterion.threshold * factor
            possible = threshold < 1 or criterion.kind == "burden_per_conversion"
            return criterion.model_copy(update={"threshold": threshold}) if possible else None


def _reference_months(
    dossier: Dossier, series: Mapping[str, OutcomeSeries], judged: Sequence[CriterionResult]
) -> Iterator[OtherChoice]:
    """Halve the reference of every ratio: a bad first year must not buy leniency."""
    for index, criterion in enumerate(dossier.criteria):
        if isinstance(criterion, MaximumRatio):
            first, last = criterion.reference_months
            halved = [first, first + (last - first) // 2]
            changed = criterion.model_copy(update={"reference_months": halved})
            proposal = _with_other(dossier, series, judged, index, changed)
            months = f"{halved[0]}-{halved[1]}"
            yield other_choice(proposal, "reference_months", criterion.name, months)


def _campaigns(
    dossier: Dossier, table: MonthTable, outcomes: Mapping[str, OutcomeAnalysis]
) -> Iterator[OtherChoice]:
    if 2 <= len(table.campaigns) <= MOST_CAMPAIGNS:
        settings = with_fewer_resamples(dossier).settings
        for campaign, series in series_without_campaigns(outcomes, table, settings):
            yield other_choice(propose(dossier, series), "without_campaign", None, campaign)


def _families(
    dossier: Dossier, outcomes: Mapping[str, OutcomeAnalysis], series: Mapping[str, OutcomeSeries]
) -> Iterator[OtherChoice]:
    for family in CURVES:
        if any(family in outcome.resampled.by_family for outcome in outcomes.values()):
            alone = series_of_family(outcomes, series, family)
            yield other_choice(propose(dossier, alone), "family", None, family)


def series_of_family(
    outcomes: Mapping[str, OutcomeAnalysis], series: Mapping[str, OutcomeSeries], family: str
) -> dict[str, OutcomeSeries]:
    """Return every outcome with the curve of one family alone, where it takes part.

    Args:
        outcomes: by name.
        series: the same, with the averaged curve.
        family: a name in `CURVES`.
    """
    able = {name: o for name, o in outcomes.items() if family in o.resampled.by_family}
    alone = {name: _alone(outcome, family, series[name]) for name, outcome in able.items()}
    return {**series, **alone}


def _alone(outcome: OutcomeAnalysis, family: str, series: OutcomeSeries) -> OutcomeSeries:
    return outcome.on_axis(
        len(series.exposure),
        rates=outcome.resampled.by_family[family],
        point=outcome.fits.fit(family).rate(outcome.fits.grid),
    )
