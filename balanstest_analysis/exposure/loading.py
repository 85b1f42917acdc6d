"""The exposure of a dossier, whichever way its data came."""

from __future__ import annotations

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.exposure.build import Exposure, build_exposure
from balanstest_analysis.sources import read_counts_and_how


def load_exposure(dossier: Dossier, secret: bytes) -> Exposure:
    """Return the exposure from a calling history or from ready-made counts.

    Counts are taken as given: there is nothing to exclude, so there is no account of exclusions.

    Args:
        dossier: with ``[data.calls]`` or ``[data.counts]``.
        secret: keys the customer groups; from `keys.load_secret`.

    Raises:
        DataError: a table cannot be accepted as it stands.
        DossierError: a mapping names a column that is not known.
    """
    if dossier.data.counts is None:
        return build_exposure(dossier, secret)
    months, readings = read_counts_and_how(dossier)
    return Exposure(month_table=months, bridge=(), findings=(), readings=readings)
