"""Curves of parts of a history, sought from where the draws of the whole lie."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.count_draws import DrawnCounts
from balanstest_analysis.statistics.resampled_rates import resample_rates, starts_near
from balanstest_analysis.term import refitted_alike
from balanstest_analysis.term.leave_one_out import series_without_campaigns
from balanstest_analysis.term.outcomes import analyse_outcomes
from balanstest_analysis.validation.calibration import SCENARIOS
from balanstest_analysis.validation.calibration.counts import simulate_counts
from balanstest_analysis.validation.calibration.trials import world_dossier
from tests.term.test_sensitivity import BENEFIT, dossier, table


def test_a_search_from_nearby_ends_at_the_same_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    world = SCENARIOS["six-campaigns"]
    asked = world_dossier(world, resamples=200, seed=1)
    counted, _ = simulate_counts(world, seed=np.random.SeedSequence(1))
    outcomes = analyse_outcomes(asked, counted)
    near = dict(series_without_campaigns(outcomes, counted, asked.settings))
    monkeypatch.setattr(refitted_alike, "_starts", lambda *_: {})
    from_the_point = dict(series_without_campaigns(outcomes, counted, asked.settings))
    assert near.keys() == from_the_point.keys()
    for campaign, series in near.items():
        for name, found in series.items():
            other = from_the_point[campaign][name]
            assert np.allclose(found.rate, other.rate, atol=1e-5)
            assert np.quantile(abs(found.drawn - other.drawn), 0.99) < 1e-5


def test_where_no_draw_is_known_the_search_begins_at_the_point_of_the_other_history() -> None:
    asked, counted = dossier([BENEFIT], resamples=200), table()
    outcome = analyse_outcomes(asked, counted)["conversion"]
    counts = outcome.counts
    whole = DrawnCounts(
        exposure=counts.exposure_by_month[None].astype(float),
        events=counts.events_by_month[None].astype(float),
    )
    starts = starts_near(outcome.fits, outcome.resampled, whole, draws=220)
    assert {values.shape[0] for values in starts.values()} == {221}
    for values in starts.values():
        assert np.allclose(values[201:], values[0])
    assert resample_rates(outcome.fits, whole).averaged.shape[0] == 1
