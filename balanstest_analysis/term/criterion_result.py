"""What one criterion supports, with the name of the answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from balanstest_analysis.dossier.criteria import (
    Criterion,
    CriterionFacts,
    MaximumRatio,
    facts_of,
)
from balanstest_analysis.published.names import REFUTED, UNTESTED, CriterionStatus

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, kw_only=True, repr=False)
class CriterionResult:
    """What one criterion supports.

    Attributes:
        criterion: as the dossier states it.
        status: the name of the answer.
        term_months: term that the criterion supports, or None where it supports or tests none.
        crossing: where the averaged curve crosses the threshold, in months, or None.
        lower: one-sided lower limit of the crossing, or None where it lies beyond the evidence.
        upper: one-sided upper limit, or None where it lies beyond the evidence.
        threshold: the rate the outcome was held against, or None.
        holds_from_month: first month in which it holds, for ``holds_between``.
        first_month_with_evidence: or None.
        last_month_with_evidence: or None.
        contradicted_from_month: first month whose own data lie on the wrong side, or None.
        unshown_from_month: first month that no curve vouches for and whose own data do not show
            that the criterion holds, or None.
        contacts_needed: contacts in six months that a test of this criterion takes (in the months
            of the first half of all contacts, for an overall rate), divided by the design effect;
            or None.
        points_wrong: the rates of all months together lie on the wrong side.
    """

    criterion: Criterion
    status: CriterionStatus
    term_months: int | None = None
    crossing: float | None = None
    lower: float | None = None
    upper: float | None = None
    threshold: float | None = None
    holds_from_month: int | None = None
    first_month_with_evidence: int | None = None
    last_month_with_evidence: int | None = None
    contradicted_from_month: int | None = None
    unshown_from_month: int | None = None
    contacts_needed: int | None = None
    points_wrong: bool = False

    def __repr__(self) -> str:
        name, term = self.criterion.name, self.term_months
        return f"{type(self).__name__}({name!r}, {self.status}, term_months={term})"

    @property
    def stated(self) -> CriterionFacts:
        """What the criterion states."""
        return facts_of(self.criterion)

    @property
    def is_untested(self) -> bool:
        """Whether the data neither show nor refute it, or are not there."""
        return self.status in UNTESTED

    @property
    def is_refuted(self) -> bool:
        """Whether the data exclude it at the start."""
        return self.status in REFUTED

    @property
    def ratio(self) -> MaximumRatio | None:
        """The criterion, where it holds a rate against that of other months."""
        return self.criterion if isinstance(self.criterion, MaximumRatio) else None

    @property
    def known_threshold(self) -> float | None:
        """The rate it was held against, or else the one that is stated."""
        return self.stated.threshold if self.threshold is None else self.threshold

    def to_dict(self) -> Json:
        """Return the result as in `resultaat.json`."""
        stated = self.stated
        found = {key: value for key, value in asdict(self).items() if key != "criterion"}
        return {
            "name": stated.name,
            "kind": stated.kind,
            "outcome": stated.outcome,
            **found,
            "threshold": self.known_threshold,
            "reason": stated.reason,
            "parameters": dict(stated.parameters),
        }
