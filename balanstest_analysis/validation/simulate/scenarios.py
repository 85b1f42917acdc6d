"""The scenarios: small entries in ``scenarios.toml`` that share one machinery."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NotRequired, TypeAlias, TypedDict

import numpy as np
from pydantic import TypeAdapter

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.errors import UsageError
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.validation.simulate.shapes import SHAPES, Floats
from balanstest_analysis.validation.simulate.truth import TRUE_MONTHS, Truth

Curve: TypeAlias = Mapping[str, str | float]

_CRITERIA: TypeAdapter[list[Criterion]] = TypeAdapter(list[Criterion])
YEAR: Final = 12


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One fictitious world.

    Attributes:
        name: as given on the command line.
        description: one sentence on what is special about it.
        category: category of product or organisation in its dossier, in Dutch.
        contacts: net contacts of customers on the ground of their relation, by default, about.
        campaign_sd: standard deviation of the campaign effects on the logit scale.
        curves: shape and parameters of the true rate, per outcome.
        criteria: what its dossier states, ready for the dossier.
        thin_from_month: first month that is called less than the months before it.
        thin_share: how often such a month is called, as a share of the months before it.
        decided_term_months: the term that its dossier decides on.
    """

    name: str
    description: str
    category: str
    contacts: int
    campaign_sd: float
    curves: Mapping[Outcome, Curve]
    criteria: tuple[Criterion, ...]
    thin_from_month: int = TRUE_MONTHS
    thin_share: float = 1.0
    decided_term_months: int = YEAR

    def truth(self) -> Truth:
        """Return the true rate of every outcome per month."""
        months = np.arange(TRUE_MONTHS, dtype=float)
        rates: dict[str, Floats] = {
            outcome: _rates(self.curves[outcome], months) for outcome in OUTCOMES
        }
        return Truth.from_rates(rates)

    def selection_weights(self) -> Floats:
        """Return how readily a customer is selected, per month since the last purchase."""
        months = np.arange(TRUE_MONTHS)
        return np.where(months < self.thin_from_month, 1.0, self.thin_share)


def _rates(curve: Curve, months: Floats) -> Floats:
    parameters = {name: value for name, value in curve.items() if name != "shape"}
    return SHAPES[str(curve["shape"])](months, **parameters)


class _Entry(TypedDict):
    description: str
    category: str
    contacts: int
    campaign_sd: float
    conversion: Curve
    objection: Curve
    complaint: Curve
    criteria: list[dict[str, object]]
    thin_from_month: NotRequired[int]
    thin_share: NotRequired[float]
    decided_term_months: NotRequired[int]


@cache
def _entries() -> dict[str, _Entry]:
    text = resources.files(__package__).joinpath("scenarios.toml").read_text("utf-8")
    return tomllib.loads(text)


def scenario_names() -> tuple[str, ...]:
    """Return the names of all scenarios.

    Examples:
        >>> scenario_names()
        ('sample', 'flat', 'rising', 'step', 'thin-tail', 'rare-complaints')
    """
    return tuple(_entries())


def scenario_named(name: str) -> Scenario:
    """Return the scenario with this name.

    Raises:
        UsageError: there is no such scenario.

    Examples:
        >>> scenario_named("flat").truth().rate("objection")[:2]
        array([0.04, 0.04])
    """
    if name not in _entries():
        known = ", ".join(scenario_names())
        raise UsageError(f"The scenario is {name!r}; known are {known}. Choose one of these.")
    entry = _entries()[name]
    return Scenario(
        name=name,
        description=entry["description"],
        category=entry["category"],
        contacts=entry["contacts"],
        campaign_sd=entry["campaign_sd"],
        curves={outcome: entry[outcome] for outcome in OUTCOMES},
        criteria=tuple(_CRITERIA.validate_python(entry["criteria"], strict=True)),
        thin_from_month=entry.get("thin_from_month", TRUE_MONTHS),
        thin_share=entry.get("thin_share", 1.0),
        decided_term_months=entry.get("decided_term_months", YEAR),
    )
