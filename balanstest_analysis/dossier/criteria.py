"""What a dossier may ask of a month of calling: one small model per kind of criterion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from balanstest_analysis.document import wording
from balanstest_analysis.published import names
from balanstest_analysis.published.criteria import Parameter
from balanstest_analysis.published.names import CriterionKind, Outcome

Text = Annotated[str, Field(min_length=1)]
Months = Annotated[int, Field(ge=1, le=600)]
Rate = Annotated[float, Field(gt=0, lt=1)]
Weight = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]


class Stated(BaseModel):
    """Something the organisation states: strictly read, never changed, no unknown keys."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True
    )


class _Criterion(Stated):
    name: Text
    reason: Text


class MinimumRate(_Criterion):
    """Holds where the rate of the outcome is at least the threshold."""

    kind: Literal["minimum_rate"]
    outcome: Outcome
    threshold: Rate


class MaximumRate(_Criterion):
    """Holds where the rate of the outcome is at most the threshold."""

    kind: Literal["maximum_rate"]
    outcome: Outcome
    threshold: Rate


class MaximumRatio(_Criterion):
    """Holds where the rate is at most a factor times that of the reference months."""

    kind: Literal["maximum_ratio"]
    outcome: Outcome
    factor: Annotated[float, Field(gt=1, le=100)]
    reference_months: Annotated[
        list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)
    ]

    @model_validator(mode="after")
    def _first_before_last(self) -> Self:
        if self.reference_months[0] > self.reference_months[1]:
            raise ValueError(
                f"`reference_months` is {self.reference_months}; allowed is [first, last], the "
                f"first not after the last, so write {self.reference_months[::-1]}"
            )
        return self


class MaximumOverallRate(_Criterion):
    """Holds for a term where the rate over all its months together is at most the threshold."""

    kind: Literal["maximum_overall_rate"]
    outcome: Outcome
    threshold: Rate


class BurdenPerConversion(_Criterion):
    """Holds where objections plus weighted complaints per conversion are at most the threshold."""

    kind: Literal["burden_per_conversion"]
    threshold: Positive
    complaint_weight: Weight


class NetBenefit(_Criterion):
    """Holds where the value per contact is at least its cost and the weight of the burden."""

    kind: Literal["net_benefit"]
    value_per_conversion: Positive
    cost_per_contact: Weight
    objection_weight: Weight
    complaint_weight: Weight


class Horizon(_Criterion):
    """Holds before a stated number of months, argued in words."""

    kind: Literal["horizon"]
    months: Months


Criterion = Annotated[
    MinimumRate
    | MaximumRate
    | MaximumRatio
    | MaximumOverallRate
    | BurdenPerConversion
    | NetBenefit
    | Horizon,
    Field(discriminator="kind"),
]


class SetAside(Stated):
    """A criterion that could not be tested and that the organisation leaves out, and why.

    Attributes:
        criterion: its name.
        threshold: as the criterion states it (its factor, for a ratio); the statement is void when
            that changes.
        reason: as printed on page one.
    """

    criterion: Text
    threshold: Positive | None = None
    reason: Text

    def is_about(self, criterion: Criterion) -> bool:
        """Return whether this criterion, with this threshold, is set aside."""
        stated = getattr(criterion, "threshold", getattr(criterion, "factor", None))
        return self.criterion == criterion.name and self.threshold == stated


class CriteriaChange(Stated):
    """One change of what decides the term, made after its outcomes had been seen.

    Attributes:
        date: day of the change.
        old_hash: of the criteria before it; see `Dossier.criteria_hash`.
        new_hash: of the criteria after it.
        note: that the outcomes had been seen.
        changed: what was changed, in Dutch, one phrase per change.
        reason: of a change that no criterion gives a reason for, such as another window.
        old_term_months: proposed before the change; absent where there was no proposal.
        new_term_months: proposed after it.
    """

    date: dt.date
    old_hash: Text
    new_hash: Text
    note: Text
    changed: Annotated[list[Text], Field(min_length=1)]
    reason: str = ""
    old_term_months: Months | None = None
    new_term_months: Months | None = None


def is_on_burden(criterion: Criterion) -> bool:
    """Return whether a criterion weighs what calling asks of the people called.

    Examples:
        >>> is_on_burden(Horizon(name="duur", kind="horizon", months=24, reason="vervanging"))
        False
    """
    weights = criterion if isinstance(criterion, NetBenefit) else None
    return names.is_on_burden(
        criterion.kind,
        getattr(criterion, "outcome", None),
        objection_weight=weights.objection_weight if weights else 0,
        complaint_weight=weights.complaint_weight if weights else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFacts:
    """What a criterion states, whatever its kind.

    Attributes:
        name: its own.
        kind: of demand.
        outcome: it is about, or None where it weighs several or none.
        threshold: stated, or None where its kind has none.
        reason: of the organisation.
        parameters: what else it states, by name.
    """

    name: str
    kind: CriterionKind
    outcome: Outcome | None
    threshold: float | None
    reason: str
    parameters: Mapping[str, Parameter]


def facts_of(criterion: Criterion) -> CriterionFacts:
    """Return what a criterion states.

    Examples:
        >>> horizon = Horizon(name="duur", kind="horizon", months=24, reason="vervanging")
        >>> facts_of(horizon).parameters
        {'months': 24}
    """
    stated = criterion.model_dump()
    told = {"name", "kind", "outcome", "threshold", "reason"}
    return CriterionFacts(
        name=criterion.name,
        kind=criterion.kind,
        outcome=stated.get("outcome"),
        threshold=stated.get("threshold"),
        reason=criterion.reason,
        parameters={
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stated.items()
            if name not in told
        },
    )


def demand_of(criterion: Criterion) -> wording.Demand:
    """Return what a criterion demands, as the wording takes it.

    Examples:
        >>> demand_of(Horizon(name="duur", kind="horizon", months=24, reason="vervanging")).stated
        {'months': 24}
    """
    facts = facts_of(criterion)
    return wording.Demand(
        kind=facts.kind,
        outcome=facts.outcome,
        threshold=facts.threshold,
        stated=facts.parameters,
    )
