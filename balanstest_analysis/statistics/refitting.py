"""Each fit is repeated by statsmodels, from our estimates; the two have to agree.

statsmodels takes as long to import as the rest of this wing together. It is imported when the
first curve is fitted, or while something else is done before that.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from threading import Thread
from typing import Final

import numpy as np

from balanstest_analysis.statistics.curves import LinearCurve
from balanstest_analysis.statistics.fit_data import FitData
from balanstest_analysis.statistics.floats import Floats

AGREEMENT = 1e-3  # in standard errors, between our scoring and statsmodels
REFITTING_STEPS = 8  # from the maximum itself; a tolerance below rounding would never be met
_LIBRARY: Final = "statsmodels.genmod.generalized_linear_model"


def import_meanwhile() -> Thread:
    """Return the thread that imports what fitting takes, while something else is done first.

    A fit that comes before it has ended waits for it.
    """
    thread = Thread(target=import_module, args=(_LIBRARY,), name="import-fitting", daemon=True)
    thread.start()
    return thread


def refit_with_statsmodels(
    curve: LinearCurve, data: FitData, parameters: Floats, errors: Floats
) -> tuple[Floats, Floats, bool]:
    """Return estimates and standard errors of `statsmodels`, and whether ours agree with them.

    Args:
        curve: bound to the months of the data.
        data: as fitted.
        parameters: our estimates, from which it starts, shape (parameters,).
        errors: our standard errors, same shape.
    """
    # Imported here, for what fits nothing need not wait for it; see `import_meanwhile`.
    from statsmodels.genmod import families  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    link = getattr(families.links, curve.link.name)()
    response = np.column_stack([data.events, data.exposure - data.events])
    with warnings.catch_warnings():
        # a log link can leave the range of rates; the agreement below is the check on that
        warnings.simplefilter("ignore")
        model = GLM(response, curve.design, family=families.Binomial(link=link))
        fit = model.fit(start_params=parameters, tol=1e-12, maxiter=REFITTING_STEPS)
    agrees = bool(np.all(np.abs(fit.params - parameters) <= AGREEMENT * errors))
    return np.asarray(fit.params), np.asarray(fit.bse), agrees
