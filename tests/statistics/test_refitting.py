"""statsmodels is imported while something else is done, and a fit needs nobody to have done so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from balanstest_analysis.statistics.families import CURVES
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.refitting import import_meanwhile, refit_with_statsmodels

# Bliss's beetles, R package faraway: glm(cbind(dead, alive) ~ conc, binomial, bliss)
ESTIMATES, ERRORS = np.array([-2.3238, 1.1619]), np.array([0.4179, 0.1814])
DATA = FitData(
    months=np.arange(5.0), exposure=np.full(5, 30.0), events=np.array([2.0, 8, 15, 23, 27])
)


@pytest.mark.parametrize(("moved", "agrees"), [(0.0, True), (0.5, False)])
def test_estimates_that_lie_elsewhere_are_found_out(moved: float, agrees: bool) -> None:
    curve = CURVES["logistic"].bind(DATA.months, DATA.exposure)
    found, errors, same = refit_with_statsmodels(curve, DATA, ESTIMATES + moved, ERRORS)
    np.testing.assert_allclose(found, ESTIMATES, atol=5e-5)
    np.testing.assert_allclose(errors, ERRORS, atol=5e-5)
    assert same is agrees


def test_what_fitting_takes_is_imported_by_a_thread_of_its_own() -> None:
    thread = import_meanwhile()
    thread.join()
    assert "statsmodels.genmod.generalized_linear_model" in sys.modules


def test_a_fit_needs_nothing_to_be_imported_before() -> None:
    code = """
import sys
from balanstest_analysis.statistics.fitting import fit_curve
assert "statsmodels" not in sys.modules
print(fit_curve([0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27]).status)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("ok\n", "")
