"""From a calling history to the month table: section 1 of the method.

Spells, attribution, exclusions and counts are portable Ibis expressions that the engine computes;
what reaches Python is one small table of counts.
"""

from __future__ import annotations

from balanstest_analysis.history.exposure.build import (
    Exposure,
    build_exposure,
    exposure_of,
    load_exposure,
)
from balanstest_analysis.history.exposure.exclusions import EXCLUSIONS
from balanstest_analysis.history.exposure.ledger import AskedLedger, Ledger, ask_ledger

__all__ = [
    "EXCLUSIONS",
    "AskedLedger",
    "Exposure",
    "Ledger",
    "ask_ledger",
    "build_exposure",
    "exposure_of",
    "load_exposure",
]
