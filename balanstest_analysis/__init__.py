"""From calling history to an argued maximum term for calling former customers.

The names below are loaded when they are first used, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
    from balanstest_analysis.analysis.explorer import explore
    from balanstest_analysis.analysis.method import analyse
    from balanstest_analysis.analysis.rate_tables import rate_table
    from balanstest_analysis.analysis.shown_results import fit_curve, propose_term
    from balanstest_analysis.dossier.loading import load_dossier
    from balanstest_analysis.term.judging import judge
    from balanstest_analysis.validation.simulate import simulate_history

_PLACES = {
    "analyse": "analysis.method",
    "explore": "analysis.explorer",
    "fit_curve": "analysis.shown_results",
    "judge": "term.judging",
    "load_dossier": "dossier.loading",
    "propose_term": "analysis.shown_results",
    "rate_table": "analysis.rate_tables",
    "simulate_history": "validation.simulate",
}

__all__ = [
    "__version__",
    "analyse",
    "explore",
    "fit_curve",
    "judge",
    "load_dossier",
    "propose_term",
    "rate_table",
    "simulate_history",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("balanstest-analysis")
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
