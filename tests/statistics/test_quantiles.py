"""Quantiles over draws are those of NumPy, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from balanstest_analysis.statistics.quantiles import quantiles

LEVELS = ([0.05, 0.95], [1 - 0.95, 0.95], [0.0, 0.5, 1.0], [1 / 3])


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize("draws", [1, 2, 3, 199, 200, 999, 1000])
def test_quantiles_are_those_of_numpy_to_the_last_digit(draws: int, levels: list[float]) -> None:
    values = np.random.default_rng(draws).gamma(0.3, size=(draws, 36))
    assert (quantiles(values, levels) == np.quantile(values, levels, axis=0)).all()


def test_draws_stay_as_they_are() -> None:
    values = np.random.default_rng(1).random((50, 3))
    before = values.copy()
    quantiles(values, [0.5])
    assert (values == before).all()
