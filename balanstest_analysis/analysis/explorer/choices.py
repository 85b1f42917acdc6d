"""What can be chosen in the explorer: the criteria, and one other thing at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balanstest_analysis.document.wording import changes
from balanstest_analysis.dossier.criteria import Criterion, NetBenefit
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.statements import COUNTING_SETTINGS

FIELDS = {
    "minimum_rate": ("threshold",),
    "maximum_rate": ("threshold",),
    "maximum_overall_rate": ("threshold",),
    "maximum_ratio": ("factor",),
    "burden_per_conversion": ("threshold", "complaint_weight"),
    "net_benefit": (
        "value_per_conversion",
        "cost_per_contact",
        "objection_weight",
        "complaint_weight",
    ),
    "horizon": ("months",),
}
MOST_TIMES = 2.5
MOST_MONTHS = 120
MOST_WEIGHT = 100
MAY_BE_ZERO = ("cost_per_contact", "objection_weight", "complaint_weight")
WEIGHING = "Weging van verzet en klachten"

Value = float | int


@dataclass(frozen=True, kw_only=True)
class Other:
    """One other way to look at the same history.

    Attributes:
        choice: ``"family"``, ``"without_campaign"``, ``"reference_event"``, or a setting that
            decides how is counted.
        value: what was chosen, as in the sensitivity analysis.
    """

    choice: str
    value: float | str

    @property
    def is_setting(self) -> bool:
        """Whether the dossier can state it; all else is a what-if."""
        return self.choice in COUNTING_SETTINGS


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Everything chosen at one moment.

    Attributes:
        criteria: those of the dossier in its order, and perhaps one more.
        other: one other way to look, or None.
    """

    criteria: tuple[Criterion, ...]
    other: Other | None = None

    @classmethod
    def of(cls, dossier: Dossier) -> Choices:
        """Return what the dossier itself chooses."""
        return cls(criteria=tuple(dossier.criteria))

    def asked(self, dossier: Dossier) -> Dossier:
        """Return the dossier with these choices; a what-if leaves its settings as they are."""
        settings = dossier.settings
        if self.other is not None and self.other.is_setting:
            settings = settings.model_copy(update={self.other.choice: self.other.value})
        return dossier.model_copy(update={"criteria": [*self.criteria], "settings": settings})


def with_value(criterion: Criterion, field: str, value: Value) -> Criterion:
    """Return a criterion with another value of one of its fields."""
    return criterion.model_copy(update={field: value})


def weighing_criterion(cost: float) -> NetBenefit:
    """Return a criterion that weighs objections and complaints against a conversion of € 100.

    Args:
        cost: of a contact, in conversions.
    """
    return NetBenefit(
        name=WEIGHING,
        kind="net_benefit",
        value_per_conversion=100.0,
        cost_per_contact=round(100 * cost, 2),
        objection_weight=10.0,
        complaint_weight=0.0,
        reason="nog te geven",
    )


def scale(criterion: Criterion, field: str) -> tuple[Value, ...]:
    """Return the values that a field can be set to, ascending, its own among them.

    Steps have two significant digits, so that the dossier gets the number that is shown.

    Examples:
        >>> from balanstest_analysis.dossier.criteria import MaximumRate
        >>> stated = {"name": "verzet", "kind": "maximum_rate", "outcome": "objection"}
        >>> verzet = MaximumRate(**stated, threshold=0.066, reason="voorbeeld")
        >>> values = scale(verzet, "threshold")
        >>> values[0], 0.066 in values, values[-1]
        (0.001, True, 0.165)
    """
    own: Value = getattr(criterion, field)
    if field == "months":
        return tuple(sorted({*range(1, MOST_MONTHS + 1), own}))
    values = {own, *_steps(own)}
    if field in MAY_BE_ZERO:
        values.add(0.0)
    if criterion.kind in changes.RATES:
        values = {value for value in values if value < 1}
    if field == "factor":
        values = {value for value in values if value > 1}
    return tuple(sorted(values))


def _steps(own: float) -> Iterator[float]:
    if own == 0:
        yield from map(float, range(1, MOST_WEIGHT + 1))
        return
    power = math.floor(math.log10(own)) - 1
    for step in range(1, math.ceil(MOST_TIMES * own / 10**power - 1e-9) + 1):
        yield round(step * 10**power, max(-power, 0))


def changes_of(dossier: Dossier, choices: Choices) -> tuple[str, ...]:
    """Return what the choices change about the dossier, in Dutch; what-ifs change nothing."""
    return tuple(
        phrase
        for phrases in (
            *(_criterion_changes(dossier.criteria, criterion) for criterion in choices.criteria),
            _setting_changes(dossier, choices.other),
        )
        for phrase in phrases
    )


def criterion_named(criteria: Sequence[Criterion], name: str) -> Criterion | None:
    """Return the criterion with a name, or None."""
    return next((criterion for criterion in criteria if criterion.name == name), None)


def _criterion_changes(known: Sequence[Criterion], criterion: Criterion) -> Iterator[str]:
    own = criterion_named(known, criterion.name)
    if own is None:
        yield changes.added_criterion(criterion.name)
        return
    for field in FIELDS[criterion.kind]:
        old, new = getattr(own, field), getattr(criterion, field)
        if old != new:
            yield changes.changed_field(criterion.name, criterion.kind, field, old, new)


def _setting_changes(dossier: Dossier, other: Other | None) -> Iterator[str]:
    if other is not None and other.is_setting:
        old = getattr(dossier.settings, other.choice)
        yield changes.changed_setting(other.choice, old, other.value)
