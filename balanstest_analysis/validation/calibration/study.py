"""The full calibration as it was run last: its table comes with every installation."""

from __future__ import annotations

import pandas as pd

from balanstest_analysis.document.brought_along import brought_along


def published_study() -> pd.DataFrame:
    """Return the table of the last full study, one row per scenario and world, as `summarise`.

    Raises:
        RunError: the installation does not have it.

    Examples:
        >>> published_study()["runs"].min()
        np.int64(1000)
    """
    return pd.read_csv(brought_along("studies", "calibration.csv"))
