"""From what each criterion supports to the proposal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from balanstest_analysis.dossier.criteria import Horizon, is_on_burden
from balanstest_analysis.dossier.dossier import Dossier, is_allowed
from balanstest_analysis.published.criteria import END_OF_EVIDENCE, REGIME_CAP
from balanstest_analysis.published.names import ProposalStatus, Route
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.judging import judge_criteria
from balanstest_analysis.term.outcome_series import OutcomeSeries


@dataclass(frozen=True, kw_only=True)
class TermProposal:
    """The maximum term that criteria, evidence and rules together carry.

    Attributes:
        status: ``proposed``, ``proposed_incomplete`` (the organisation sets a criterion aside that
            could not be tested), ``undetermined`` (a criterion could not be tested, so that there
            is no proposal yet), ``not_allowed`` (no ground to call) or ``no_term`` (the data
            refute a criterion).
        route: ``own_file``, ``request`` (more than the cap is asked for) or ``not_allowed``.
        term_months: the proposal, or None.
        uncapped_term_months: the smallest over the criteria, or None.
        tested_term_months: the most that follows from the criteria that were tested, whatever
            could not be; None where nothing was tested, or a criterion is refuted.
        binding: name of the criterion that binds, ``regime_cap``,
            ``last_month_with_evidence``, or None.
        crossing: point estimate of the binding criterion, in months, or None.
        lower: its one-sided lower limit, or None.
        upper: its one-sided upper limit, or None.
        confidence_level: one-sided.
        last_month_with_evidence: of the criterion whose evidence ends first, or None.
        cap_months: cap of the regime, or None.
        requested_term_months: asked for in the dossier, or None.
        privacy_binds: whether a criterion on burden binds.
        untested: names of the criteria that could not be tested and are not set aside.
        set_aside: names of those that the organisation sets aside.
        per_criterion: in the order of the dossier.
    """

    status: ProposalStatus
    route: Route
    term_months: int | None = None
    uncapped_term_months: int | None = None
    tested_term_months: int | None = None
    binding: str | None = None
    crossing: float | None = None
    lower: float | None = None
    upper: float | None = None
    confidence_level: float
    last_month_with_evidence: int | None = None
    cap_months: int | None = None
    requested_term_months: int | None = None
    privacy_binds: bool = False
    untested: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    per_criterion: tuple[CriterionResult, ...] = ()

    @property
    def shortest(self) -> CriterionResult | None:
        """The criterion with the smallest term; None where no term is proposed."""
        terms = [result for result in self.per_criterion if result.term_months is not None]
        if self.term_months is None or not terms:
            return None
        return min(terms, key=lambda result: result.term_months or 0)

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal as in `resultaat.json`; the criteria stand beside it there."""
        left_out = ("per_criterion", "cap_months")
        result = {key: value for key, value in vars(self).items() if key not in left_out}
        return {**result, "untested": list(self.untested), "set_aside": list(self.set_aside)}

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion."""
        return pd.DataFrame([result.to_dict() for result in self.per_criterion])


def propose_term(
    results: Sequence[CriterionResult],
    *,
    cap_months: int | None,
    confidence_level: float,
    allowed: bool = True,
    requested_term_months: int | None = None,
    set_aside: Collection[str] = (),
) -> TermProposal:
    """Return the proposal: the smallest term over the criteria, and the cap of the regime.

    All criteria have to hold, so no correction for their number is needed (Berger 1982). Missing
    evidence never lengthens a term: with a criterion that could not be tested there is no
    proposal, unless the organisation sets it aside.

    Args:
        results: of `judge`, in the order of the dossier.
        cap_months: cap of the regime on the report date, or None.
        confidence_level: one-sided, as the results were judged with.
        allowed: whether there is a ground to call at all.
        requested_term_months: asked for in the dossier, or None.
        set_aside: names of untested criteria that are validly set aside; see `valid_set_asides`.

    Examples:
        >>> from balanstest_analysis.dossier.criteria import Horizon
        >>> from balanstest_analysis.term.judging import judge
        >>> horizon = Horizon(name="vervanging", kind="horizon", months=48, reason="duur")
        >>> results = [judge(horizon, None)]
        >>> proposal = propose_term(results, cap_months=36, confidence_level=0.95)
        >>> proposal.term_months, proposal.uncapped_term_months, proposal.binding
        (36, 48, 'regime_cap')
    """
    untested = [r.criterion.name for r in results if r.is_untested]
    ends = [r.last_month_with_evidence for r in results if r.last_month_with_evidence is not None]
    nothing = TermProposal(
        status="no_term",
        route=_route(requested_term_months, cap_months),
        confidence_level=confidence_level,
        cap_months=cap_months,
        requested_term_months=requested_term_months,
        untested=tuple(name for name in untested if name not in set_aside),
        set_aside=tuple(name for name in untested if name in set_aside),
        last_month_with_evidence=min(ends, default=None),
        per_criterion=tuple(results),
    )
    if not allowed:
        return replace(nothing, status="not_allowed", route="not_allowed")
    if any(result.is_refuted for result in results):
        return nothing
    nothing = replace(nothing, tested_term_months=_tested_term(results))
    terms = [result for result in results if result.term_months is not None]
    if nothing.untested or not terms:
        return replace(nothing, status="undetermined")
    return _proposed(nothing, terms)


def _route(requested_term_months: int | None, cap_months: int | None) -> Route:
    if requested_term_months is None or cap_months is None:
        return "own_file"
    return "request" if requested_term_months > cap_months else "own_file"


def _tested_term(results: Sequence[CriterionResult]) -> int | None:
    """Return the most that the tested criteria carry; a horizon is argued, and only caps."""
    terms = [r.term_months for r in results if r.term_months is not None]
    tested = [r for r in results if r.term_months and not isinstance(r.criterion, Horizon)]
    return min(terms) if tested else None


def _proposed(nothing: TermProposal, terms: Sequence[CriterionResult]) -> TermProposal:
    smallest = min(terms, key=lambda result: result.term_months or 0)
    uncapped, cap = smallest.term_months or 0, nothing.cap_months
    capped = cap is not None and cap < uncapped
    binding = REGIME_CAP if capped else _binding(smallest)
    return replace(
        nothing,
        status="proposed_incomplete" if nothing.set_aside else "proposed",
        term_months=cap if capped else uncapped,
        uncapped_term_months=uncapped,
        binding=binding,
        crossing=smallest.crossing,
        lower=smallest.lower,
        upper=smallest.upper,
        privacy_binds=is_on_burden(smallest.criterion) and binding == smallest.criterion.name,
    )


def _binding(result: CriterionResult) -> str:
    if result.status == "not_reached_in_data":
        return END_OF_EVIDENCE
    return result.criterion.name


def valid_set_asides(dossier: Dossier, results: Sequence[CriterionResult]) -> frozenset[str]:
    """Return the names of the criteria that the dossier sets aside and may.

    Only a criterion that could not be tested, at the threshold that the statement names, and of
    which the data do not point to the wrong side: the rate of all months together decides that.

    Args:
        dossier: with its statements.
        results: of `judge`, in its order.
    """
    return frozenset(
        result.criterion.name
        for result in results
        for stated in dossier.set_aside
        if result.is_untested and not result.points_wrong and stated.is_about(result.criterion)
    )


def propose(dossier: Dossier, series: Mapping[str, OutcomeSeries]) -> TermProposal:
    """Return the proposal on these series: criteria, evidence and rules together."""
    return propose_on(dossier, judge_criteria(dossier, series))


def propose_on(dossier: Dossier, results: Sequence[CriterionResult]) -> TermProposal:
    """Return the proposal on what each criterion supports, in the order of the dossier."""
    return propose_term(
        results,
        cap_months=dossier.regime.cap_months,
        confidence_level=dossier.settings.confidence_level,
        allowed=is_allowed(dossier),
        requested_term_months=dossier.scope.requested_term_months,
        set_aside=valid_set_asides(dossier, results),
    )
