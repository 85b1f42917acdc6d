"""The months that `check` says can be tested are those that the analysis judges."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.dossier.criteria import MaximumRate, MinimumRate
from balanstest_analysis.term.criterion_margins import margin
from balanstest_analysis.term.months_tested import months_tested
from balanstest_analysis.term.outcomes import analyse_outcomes
from tests.counts import dossier, month_table

THIN = {
    "conversion": lambda month: 0.10 * np.exp(-month / 20),
    "objection": lambda month: 0.03 + 0.001 * month,
}
MINIMUM = {"name": "A", "kind": "minimum_rate", "outcome": "conversion", "threshold": 0.03}
MAXIMUM = {"name": "B", "kind": "maximum_rate", "outcome": "objection", "threshold": 0.05}


@pytest.mark.parametrize("not_before", [0, 4])
@pytest.mark.parametrize("contacts", [150, 900, 4_000, 40_000])
@pytest.mark.parametrize("stated", [MINIMUM, MAXIMUM])
def test_the_months_that_can_be_tested_are_those_that_are_judged(
    stated: dict[str, str | float], contacts: int, not_before: int
) -> None:
    table = month_table(np.random.default_rng(contacts), THIN, contacts=contacts, campaigns=4)
    asked = dossier([stated])
    (criterion,) = asked.criteria
    assert isinstance(criterion, MinimumRate | MaximumRate)
    analysed = analyse_outcomes(asked, table)
    series = {
        name: one.on_axis(len(one.counts.exposure_by_month)) for name, one in analysed.items()
    }
    level = asked.settings.confidence_level
    judged = margin(criterion, series, level, not_before)
    assert judged is not None
    found = months_tested(criterion, table.outcome(criterion.outcome), level, not_before)
    assert found == judged.evidence


def test_a_month_before_which_nobody_is_called_holds_no_evidence() -> None:
    counts = month_table(np.random.default_rng(1), THIN, contacts=500, months=6).outcome(
        "objection"
    )
    criterion = MaximumRate.model_validate({**MAXIMUM, "reason": "hinder"})
    found = months_tested(criterion, counts, 0.95, not_before=12)
    assert (found.start, found.last_month) == (None, None)
