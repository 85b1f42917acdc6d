"""What `balanstest report` says of a report beside its steps: where it comes, and what it says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

import typer

from balanstest_analysis.cli.console import notes
from balanstest_analysis.cli.meanwhile import begun
from balanstest_analysis.cli.terminal import open_in_browser
from balanstest_analysis.report.run import Progress, ReportRun, Step

_UNDER_STEPS: Final = " " * len("  0.0 s  ")


def _reader() -> ModuleType:
    return import_module("balanstest_analysis.report.page_one")


class Telling:
    """Tells where reports come before the first step, and at the end what page one says.

    Args:
        reports: folder under which reports are kept.
    """

    def __init__(self, reports: Path) -> None:
        self._reports = reports
        self._is_told = False
        self._reader = _reader

    def before(self, progress: Progress) -> Progress:
        """Return what tells of each step, and of the folder before the first.

        A dossier that is refused takes no step, and makes no folder.
        """

        def tell(step: Step) -> None:
            if not self._is_told:
                self._is_told = True
                self._reader = begun(_reader)  # takes half a second, while the report is made
                place = f"reports are kept in {self._reports.resolve()} (`--output`)"
                notes.print(f"{_UNDER_STEPS}{place}", markup=False)
            progress(step)

        return tell

    def after(self, run: ReportRun, *, show: bool) -> None:
        """Tell what page one says, and on standard output where it stands.

        Args:
            run: that made the report, or found it.
            show: whether to open it.
        """
        if run.status == "skipped":
            notes.print("Nothing changed since this report was made; use --force to make it again.")
        else:
            notes.print(f"Done in {run.seconds:.1f} s.")
        notes.print(self._reader().page_one(run.directory), markup=False)
        typer.echo(run.directory / "onderbouwing.html")
        typer.echo(run.directory / "onderbouwing.pdf")
        if show:
            open_in_browser(run.directory / "onderbouwing.html")
