"""The run: from a dossier to a published directory with the report, or to nothing at all."""

from balanstest_analysis.report.run.execution import Limits
from balanstest_analysis.report.run.progress import Progress, Step
from balanstest_analysis.report.run.run import ReportRun, run_report

__all__ = ["Limits", "Progress", "ReportRun", "Step", "run_report"]
