"""From calling history to an argued maximum term for calling former customers.

The names below are loaded when they are first used, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from balanstest_analysis.analysis import analyse
    from balanstest_analysis.dossier import load_dossier
    from balanstest_analysis.explorer import explore
    from balanstest_analysis.fitting import fit_curve
    from balanstest_analysis.rates import rate_table
    from balanstest_analysis.simulate import simulate_history
    from balanstest_analysis.term import propose_term

_PLACES = {
    "analyse": "analysis",
    "explore": "explorer",
    "fit_curve": "fitting",
    "load_dossier": "dossier",
    "propose_term": "term",
    "rate_table": "rates",
    "simulate_history": "simulate",
}

__all__ = [
    "analyse",
    "explore",
    "fit_curve",
    "load_dossier",
    "propose_term",
    "rate_table",
    "simulate_history",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
