"""A search for a maximum ends where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics import fisher_scoring
from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fisher_scoring import EXTREME, MAX_ITERATIONS, fit_batch

MONTHS = np.arange(24.0)
EXPOSURE = np.full(24, 400.0)


def steps_of(events: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], object]:
    """Return how many rows each step was about, and the fits."""
    rows: list[int] = []
    step = fisher_scoring._step

    def counted(search, active):
        rows.append(len(active))
        return step(search, active)

    monkeypatch.setattr(fisher_scoring, "_step", counted)
    curve = CURVES["spline6"].bind(MONTHS, EXPOSURE)
    start = curve.start(EXPOSURE, np.full(24, 20.0))
    return rows, fit_batch(curve, np.tile(EXPOSURE, (len(events), 1)), events, start)


def test_a_curve_without_a_maximum_is_given_up_before_the_last_step(monkeypatch) -> None:
    last_month_alone = np.zeros((1, 24))
    last_month_alone[0, -1] = 3.0
    rows, fits = steps_of(last_month_alone, monkeypatch)

    assert not fits.converged.any()
    assert fits.rates.min() < EXTREME
    assert len(rows) < MAX_ITERATIONS / 2


def test_what_is_given_up_leaves_the_other_fits_as_they_were(monkeypatch) -> None:
    even = np.full((1, 24), 20.0)
    last_month_alone = np.zeros((1, 24))
    last_month_alone[0, -1] = 3.0
    _, alone = steps_of(even, monkeypatch)
    _, beside = steps_of(np.vstack([last_month_alone, even]), monkeypatch)

    assert beside.converged.tolist() == [False, True]
    assert beside.rates[1] == pytest.approx(alone.rates[0], abs=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
def test_small_systems_are_solved_as_lapack_solves_them(size: int) -> None:
    rng = np.random.default_rng(size)
    jacobian = rng.normal(size=(50, 24, size)) * 10.0 ** rng.uniform(-3, 3, size=(50, 1, size))
    matrices = np.einsum("bmi,bmj->bij", jacobian, jacobian)
    sides = rng.normal(size=(50, size))
    solved = fisher_scoring._solved(matrices.copy(), sides.copy())
    expected = np.linalg.solve(matrices, sides[:, :, None])[:, :, 0]
    np.testing.assert_allclose(solved, expected, rtol=1e-8)
