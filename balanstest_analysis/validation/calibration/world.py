"""One world whose history takes more than a curve: several outcomes, or customers who leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.validation.calibration.scenario import LEAST_COVERAGE


class History(Protocol):
    """What can be drawn again and again, and what is true of it."""

    @property
    def rates(self) -> Mapping[Outcome, Floats]:
        """True rate per month by outcome, each of shape (months,)."""

    def draw(self, rng: np.random.Generator) -> MonthTable:
        """Return one history."""


@dataclass(frozen=True, kw_only=True)
class World:
    """A history, the criteria it is held against, and what is required of the method there.

    Attributes:
        name: identifier.
        history: that is drawn.
        criteria: of the dossier.
        least_coverage: the requirement on the coverage, or None where the report itself names,
            from the data, what it cannot see.
        named: what it names then.
        most_shortfall_months: the requirement on the mean shortfall, or None where there is none.
    """

    name: str
    history: History
    criteria: tuple[Criterion, ...]
    least_coverage: float | None = LEAST_COVERAGE
    named: str = ""
    most_shortfall_months: float | None = None
