"""The proposal under other choices, from counts in memory and resamples that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from balanstest_analysis.analysis.explorer.choices import Choices, Other
from balanstest_analysis.analysis.internal import ExactProposal
from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.analysis.shown_results import ShownProposal, shown_proposal
from balanstest_analysis.disclosure.exact_result import JudgedCriterion
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.statements import Settings
from balanstest_analysis.history.exposure import load_exposure
from balanstest_analysis.history.month_table import JOINT_OUTCOMES, MonthTable, Recount
from balanstest_analysis.history.secret import load_secret
from balanstest_analysis.published.outcomes import FittedPoint
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts
from balanstest_analysis.statistics.quantiles import quantiles
from balanstest_analysis.term.leave_one_out import series_without_campaign
from balanstest_analysis.term.margins import needed_series
from balanstest_analysis.term.outcome_draws import Chance
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import (
    OutcomeAnalysis,
    analyse_counts,
    drawn_together,
    needed_counts,
    series_of,
)
from balanstest_analysis.term.proposal import TermProposal, propose
from balanstest_analysis.term.recount_proposals import recounted_proposals
from balanstest_analysis.term.sensitivity import series_of_family, with_fewer_resamples

Outcomes = dict[str, OutcomeAnalysis]


@dataclass(frozen=True, kw_only=True)
class Explored:
    """What some choices lead to.

    Attributes:
        choices: what was chosen.
        dossier: the dossier with these choices; a what-if leaves its settings as they are.
        exact: the proposal they lead to, exact and internal.
        result: published; rows are those of the dossier.
        rows_hold: whether the published rows are counted as was chosen.
    """

    choices: Choices
    dossier: Dossier
    exact: ExactProposal
    result: PublishedResult
    rows_hold: bool

    @property
    def proposal(self) -> ShownProposal:
        """The proposal, as it may be published."""
        return shown_proposal(self.result)


class Exploration:
    """An analysis that answers "what if": nothing is resampled twice, and little is read again.

    The counts of another setting are there; their sums over customers are asked for when it is
    chosen, and not before: a kernel that reads is deaf to what is typed meanwhile.

    Args:
        analysis: of the dossier that is explored.

    Examples:
        >>> from balanstest_analysis import analyse, load_dossier
        >>> analysis = analyse(load_dossier("data/sample/balanstest.toml"))
        >>> exploration = Exploration(analysis)
        >>> exploration.see(Choices.of(analysis.dossier)).exact.term == analysis.exact.term
        True
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        own = analysis.exact.exposure.month_table
        self._tables: dict[Other | None, MonthTable] = {None: own}
        self._read_again: set[Other | None] = set()
        self._left_out: dict[tuple[object, ...], dict[str, OutcomeSeries]] = {}
        self._chance: Chance | None = None
        self._known = {_fingerprint(n, o.counts): o for n, o in analysis.exact.outcomes.items()}

    @cached_property
    def others(self) -> dict[str, tuple[Other, ...]]:
        """The other ways to look at this history, by choice."""
        recounts = [Other(choice=r.choice, value=r.value) for r in self._recounts.values()]
        fitted = {f for o in self.analysis.exact.outcomes.values() for f in o.resampled.by_family}
        campaigns = sorted(self.analysis.exact.exposure.month_table.campaigns)
        found = [
            *recounts,
            *(Other(choice="family", value=name) for name in CURVES if name in fitted),
            *(
                Other(choice="without_campaign", value=name)
                for name in (campaigns if len(campaigns) > 1 else ())
            ),
        ]
        return {c: tuple(o for o in found if o.choice == c) for c in {o.choice: 0 for o in found}}

    @cached_property
    def _recounts(self) -> dict[Other, Recount]:
        recounts = self.analysis.exact.exposure.recounts
        return {Other(choice=r.choice, value=r.value): r for r in recounts}

    def see(self, choices: Choices) -> Explored:
        """Return the proposal under these choices, exactly as an analysis would give it.

        What-ifs are those of the sensitivity analysis, with its number of resamples.

        Args:
            choices: the criteria, and perhaps one other way to look.
        """
        asked = choices.asked(self.analysis.dossier)
        other = choices.other
        if other is not None and not other.is_setting and other in self._recounts:
            return self._shown(choices, asked, self._recounted(asked, other), {})
        table = self._table(asked, other)
        outcomes = self._outcomes(asked, table)
        series = series_of(outcomes, table.months)
        if other is not None and other.choice == "family":
            series = series_of_family(outcomes, series, str(other.value))
        if other is not None and other.choice == "without_campaign":
            series = self._without(str(other.value), outcomes, table, asked)
        return self._shown(choices, asked, propose(asked, series), series)

    def _without(
        self, campaign: str, outcomes: Outcomes, table: MonthTable, asked: Dossier
    ) -> dict[str, OutcomeSeries]:
        """Return the outcomes without a campaign, which stay the same while limits are moved."""
        key = (campaign, *map(id, outcomes.values()))  # they are kept, so each has its own
        if key not in self._left_out:
            chance = self._chance_of(with_fewer_resamples(asked).settings)
            self._left_out[key] = series_without_campaign(outcomes, table, chance, campaign)
        return self._left_out[key]

    def _chance_of(self, settings: Settings) -> Chance:
        """Return the draws under some settings, which are the same for every campaign."""
        if self._chance is None or self._chance.settings != settings:
            self._chance = Chance(settings)
        return self._chance

    def _recounted(self, asked: Dossier, other: Other) -> TermProposal:
        table = self.analysis.exact.exposure.month_table
        outcomes = self._outcomes(asked, table)
        own = propose(asked, series_of(outcomes, table.months))
        for _, _, found in recounted_proposals(asked, own, outcomes, [self._recounts[other]]):
            return found
        return own

    def _table(self, asked: Dossier, other: Other | None) -> MonthTable:
        """Return the counts; read again where the sums over customers are not there."""
        key = other if other is not None and other.is_setting else None
        if key not in self._tables and key is not None:
            self._tables[key] = self._recounts[key].table
        table = self._tables[key]
        unknown = table.customers is None and self._tables[None].customers is not None
        if key not in self._read_again and (unknown or _lacks_joint(table, asked)):
            self._read_again.add(key)
            made_up = asked.organisation.fictitious
            secret = load_secret(asked.path, fictitious=made_up, create=False)
            table = self._tables[key] = load_exposure(asked, secret).month_table
        return table

    def _outcomes(self, asked: Dossier, table: MonthTable) -> Outcomes:
        """Return the outcomes; each has a stream of chance of its own, so that it can be kept."""
        counts = needed_counts(asked, table)
        prints = {name: _fingerprint(name, series) for name, series in counts.items()}
        new = {name: counts[name] for name in counts if prints[name] not in self._known}
        if new:
            drawn = _with_joint(new, counts)
            together = drawn_together(table, [*drawn])
            found = analyse_counts(asked, drawn, correlations=together)
            self._known |= {prints[name]: outcome for name, outcome in found.items()}
        return {name: self._known[prints[name]] for name in counts}

    def _shown(
        self,
        choices: Choices,
        asked: Dossier,
        proposal: TermProposal,
        series: Mapping[str, OutcomeSeries],
    ) -> Explored:
        other = choices.other
        rows_hold = other is None or other.choice == "family"
        exact = self.analysis.exact.alone
        outcomes = dict(exact.outcomes)
        for name, outcome in exact.available.items():
            if rows_hold and name in series:
                curve = curve_of(series[name], asked.settings.confidence_level)
                outcomes[name] = replace(outcome, curve=curve)
        judged = proposal.per_criterion
        changed = replace(
            exact,
            outcomes=outcomes,
            proposal=proposal,
            criteria=tuple(JudgedCriterion(result=found, families=()) for found in judged),
            criteria_hash=asked.criteria_hash(),
        )
        result = self.analysis.publish(changed)
        if not rows_hold:
            result = _without_witnesses(result)
        return Explored(
            choices=choices,
            dossier=asked,
            exact=ExactProposal(proposal),
            result=result,
            rows_hold=rows_hold,
        )


def _without_witnesses(result: PublishedResult) -> PublishedResult:
    criteria = tuple(replace(criterion, witness_month=None) for criterion in result.criteria)
    return replace(result, criteria=criteria)


def curve_of(series: OutcomeSeries, level: float) -> tuple[FittedPoint, ...]:
    """Return the curve of an outcome per month, with a one-sided limit on either side.

    Args:
        series: the outcome on the common axis of months.
        level: confidence level of each limit.
    """
    seen = np.flatnonzero(series.exposure)
    months = np.arange(seen[0], seen[-1] + 1)
    limits = quantiles(series.drawn[:, months], [1 - level, level])
    columns = zip(months.tolist(), series.rate[months], *limits, strict=True)
    return tuple(
        FittedPoint(month=m, rate=float(r), rate_lower=float(low), rate_upper=float(high))
        for m, r, low, high in columns
    )


def _with_joint(
    new: Mapping[str, OutcomeCounts], counts: Mapping[str, OutcomeCounts]
) -> dict[str, OutcomeCounts]:
    """Return what is new, with all joint outcomes where one is: they are drawn together."""
    jointly = any(name in JOINT_OUTCOMES for name in new)
    return {n: c for n, c in counts.items() if n in new or (jointly and n in JOINT_OUTCOMES)}


def _lacks_joint(table: MonthTable, dossier: Dossier) -> bool:
    """Return whether a criterion weighs outcomes that were not counted together."""
    needed = {name for criterion in dossier.criteria for name in needed_series(criterion)}
    joint = [name for name in JOINT_OUTCOMES if name in needed]
    if not joint:
        return False
    products = table.customers
    known = products is None or products.hold("joint_exposure", joint)
    return not known or not table.frame["joint_exposure"].any()


def _fingerprint(name: str, counts: OutcomeCounts) -> bytes:
    return name.encode() + counts.exposure.tobytes() + b"/" + counts.events.tobytes()
