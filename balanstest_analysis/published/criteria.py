"""Criteria and proposal as they are published: what was tested, what was argued, what was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from balanstest_analysis.published.names import (
    CriterionKind,
    CriterionStatus,
    Outcome,
    ProposalStatus,
    Route,
    is_on_burden,
)

Parameter: TypeAlias = float | int | str | tuple[int, ...]

REGIME_CAP = "regime_cap"
END_OF_EVIDENCE = "last_month_with_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where the averaged curve crosses a threshold, in months since the last purchase.

    Attributes:
        estimate: fitted; None where the curve does not cross within the evidence.
        lower: one-sided lower limit, tested; None where it lies beyond the evidence.
        upper: one-sided upper limit; None likewise.
    """

    estimate: float | None
    lower: float | None
    upper: float | None


NOWHERE = Crossing(estimate=None, lower=None, upper=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A term that the data carry at the confidence level."""

    term_months: int
    crossing: Crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class Argued:
    """A term that rests on an argument in words."""

    term_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """No term: the criterion fails, or was not tested; its status says which."""

    crossing: Crossing = NOWHERE


Support: TypeAlias = Tested | Argued | Unsupported


def support_of(kind: CriterionKind, term_months: int | None, crossing: Crossing) -> Support:
    """Return what a criterion of a kind supports, from its term and its crossing.

    Examples:
        >>> support_of("horizon", 24, NOWHERE)
        Argued(term_months=24)
    """
    if term_months is None:
        return Unsupported(crossing=crossing)
    if kind == "horizon":
        return Argued(term_months=term_months)
    return Tested(term_months=term_months, crossing=crossing)


def term_of(support: Support) -> int | None:
    """Return the term in months; None where none is supported.

    Examples:
        >>> term_of(Argued(term_months=24)), term_of(Unsupported())
        (24, None)
    """
    return None if isinstance(support, Unsupported) else support.term_months


def crossing_of(support: Support) -> Crossing:
    """Return where the curve crosses; an argument has no crossing."""
    return NOWHERE if isinstance(support, Argued) else support.crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCrossing:
    """Where one curve family alone crosses a threshold, and its lower limit, in months."""

    family: str
    crossing: float | None
    lower: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCriterion:
    """What one criterion demands, and what was found.

    Attributes:
        name: as the dossier states it.
        kind: of demand.
        outcome: it is about, or None where it weighs several or none.
        status: the name of the answer.
        support: the term it carries.
        threshold: the rate it is held against; None where it has none, or it would tell a count.
        holds_from_month: first month in which it holds, for ``holds_between``; else None.
        first_month_with_evidence: from which the criterion is judged, or the first month of the
            printed row in which that lies; None where there are no data.
        last_month_with_evidence: inclusive; None where the contacts never suffice.
        contradicted_from_month: first month whose own data lie on the wrong side, or None.
        unshown_from_month: first month that neither a curve nor its own data show, or None.
        contacts_needed: for a test, in six months, or in the months of the first half of all
            contacts for an overall rate, if all stood on their own; those of one person or
            campaign count for less. None where it needs none or is hidden.
        reason: of the organisation.
        parameters: what else the dossier states.
        families: what every curve alone says.
        witness_month: last month up to which every printed row by itself bears it out, or None.
    """

    name: str
    kind: CriterionKind
    outcome: Outcome | None
    status: CriterionStatus
    support: Support
    threshold: float | None
    holds_from_month: int | None
    first_month_with_evidence: int | None
    last_month_with_evidence: int | None
    contradicted_from_month: int | None
    unshown_from_month: int | None
    contacts_needed: int | None
    reason: str
    parameters: Mapping[str, Parameter]
    families: tuple[FamilyCrossing, ...]
    witness_month: int | None

    @property
    def term_months(self) -> int | None:
        """Term that it carries; None where it carries none."""
        return term_of(self.support)

    @property
    def crossing(self) -> Crossing:
        """Where the averaged curve crosses its threshold."""
        return crossing_of(self.support)

    @property
    def is_on_burden(self) -> bool:
        """Whether it speaks for the people called."""
        return is_on_burden(
            self.kind,
            self.outcome,
            objection_weight=number_of(self.parameters, "objection_weight"),
            complaint_weight=number_of(self.parameters, "complaint_weight"),
        )


def number_of(parameters: Mapping[str, Parameter], name: str) -> float:
    """Return a parameter that is a number; 0 where it is not stated."""
    stated = parameters.get(name, 0.0)
    return float(stated) if isinstance(stated, int | float) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBefore:
    """The month before which the organisation calls nobody, and why.

    Attributes:
        month: from which every criterion is judged.
        reason: in the words of the organisation.
    """

    month: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A criterion that could not be tested and that the organisation leaves out, with its reason.

    Attributes:
        criterion: its name.
        reason: in the words of the organisation.
    """

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedProposal:
    """The maximum term that criteria, evidence and rules together carry.

    Attributes:
        status: the name of the answer.
        route: what has to happen with it.
        term_months: the proposal; None unless the status is ``proposed`` or
            ``proposed_incomplete``.
        uncapped_term_months: the smallest over the criteria; None likewise.
        tested_term_months: the most that follows from the criteria that were tested, without the
            cap; None where none was, or one is refuted.
        binding: name of the criterion that binds, ``"regime_cap"``,
            ``"last_month_with_evidence"``, or None where there is no term.
        crossing: of the criterion with the smallest term.
        confidence_level: one-sided.
        last_month_with_evidence: of the criterion whose evidence ends first, or None.
        requested_term_months: asked for in the dossier, or None.
        privacy_binds: whether a criterion on burden binds.
        untested: names of the criteria that could not be tested and are not set aside.
        set_aside: those that are.
        current_term_months: of the organisation today, or None where not stated.
    """

    status: ProposalStatus
    route: Route
    term_months: int | None
    uncapped_term_months: int | None
    tested_term_months: int | None
    binding: str | None
    crossing: Crossing
    confidence_level: float
    last_month_with_evidence: int | None
    requested_term_months: int | None
    privacy_binds: bool
    untested: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    current_term_months: int | None

    @property
    def cap_binds(self) -> bool:
        """Whether the cap of the regime decides."""
        return self.binding == REGIME_CAP

    @property
    def evaluated_term_months(self) -> int | None:
        """Term at which all is weighed; under a request that asked for, as far as supported."""
        asked, uncapped = self.requested_term_months, self.uncapped_term_months
        if self.route != "request" or asked is None or uncapped is None:
            return self.term_months
        return min(asked, uncapped)

    @property
    def evidence_binds(self) -> bool:
        """Whether the end of the evidence decides."""
        return self.binding == END_OF_EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaChange:
    """A change of the criteria after outcomes had been seen, as the dossier notes it."""

    date: str
    old_hash: str
    new_hash: str
    note: str
    changed: tuple[str, ...]
    reason: str
    old_term_months: int | None
    new_term_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChoice:
    """The proposal with one choice changed.

    Attributes:
        choice: what is changed.
        criterion: whose threshold is changed, or None.
        value: what it is changed to.
        status: of the proposal then.
        term_months: then, under a request without the cap; None where there is none.
    """

    choice: str
    criterion: str | None
    value: float | int | str
    status: ProposalStatus
    term_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightPoint:
    """The term that a net benefit carries at one pair of weights."""

    objection_weight: float
    complaint_weight: float
    status: CriterionStatus
    term_months: int | None
