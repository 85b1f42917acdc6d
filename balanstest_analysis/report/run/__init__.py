"""The run: from a dossier to a published directory with the report, or to nothing at all.

The names below are loaded when they are first used, so that a kernel can be started before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balanstest_analysis.report.run.execution import Limits
    from balanstest_analysis.report.run.progress import Progress, Step
    from balanstest_analysis.report.run.run import ReportRun, run_report

_PLACES = {
    "Limits": "execution",
    "Progress": "progress",
    "ReportRun": "run",
    "Step": "progress",
    "run_report": "run",
}

__all__ = ["Limits", "Progress", "ReportRun", "Step", "run_report"]


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
