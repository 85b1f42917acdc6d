"""What one run is asked to make, whether it is made already, and what it may not replace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, RunError, UsageError
from balanstest_analysis.report.earlier_quarters import digest_of_quarters, earlier_in_series
from balanstest_analysis.report.earlier_reports import knows_all
from balanstest_analysis.report.run.execution import Limits
from balanstest_analysis.report.run.inputs import (
    code_digest,
    has_tables_elsewhere,
)
from balanstest_analysis.report.run.manifest import (
    Identity,
    foreign_files,
    is_current,
    is_of_another,
)
from balanstest_analysis.report.run.notebook import (
    Parameters,
    Script,
    checked_parameters,
    count_code_cells,
)
from balanstest_analysis.report.run.progress import Progress, StepTimer
from balanstest_analysis.report.run.run_directory import (
    Places,
    places_for,
)
from balanstest_analysis.report.run.spare_kernel import SpareKernel

Fingerprint = Callable[[Dossier], str]
STEPS_BESIDE_CELLS = 5
_EDITED = "Dossier or data were changed while the report was made, or removed. Run it again."


@dataclass(frozen=True, kw_only=True)
class RunOrder:
    """All that one run is about."""

    dossier: Dossier
    places: Places
    script: Script
    parameters: Parameters
    fingerprint: Fingerprint
    identity: Identity
    limits: Limits
    timer: StepTimer
    spare: SpareKernel | None


def order_of(  # noqa: PLR0913
    dossier: Dossier,
    *,
    output_dir: Path,
    script: Script,
    choices: Parameters,
    fingerprint: Fingerprint,
    limits: Limits,
    progress: Progress,
    spare: SpareKernel | None,
) -> RunOrder:
    """Return all that one run is about, its parameters checked."""
    return RunOrder(
        dossier=dossier,
        places=places_for(dossier, output_dir),
        script=script,
        parameters=checked_parameters(script, {"dossier": str(dossier.path), **choices}),
        fingerprint=fingerprint,
        identity=Identity(
            organisation=dossier.organisation.name,
            category=dossier.scope.category,
            period=dossier.period,
            fingerprint=fingerprint(dossier),
            parameters=choices,
            version=version("balanstest-analysis"),
            code=code_digest(script),
            earlier=_earlier(dossier, output_dir),
        ),
        limits=limits,
        timer=StepTimer(on_progress=progress, total=count_code_cells(script) + STEPS_BESIDE_CELLS),
        spare=spare,
    )


def _earlier(dossier: Dossier, output_dir: Path) -> str:
    """A report tells of the quarters before it, and is made again when one of them changes."""
    reports = earlier_in_series(
        output_dir,
        organisation=dossier.organisation.name,
        category=dossier.scope.category,
        period=dossier.period,
    )
    return digest_of_quarters(reports)


def is_made(order: RunOrder) -> bool:
    """Return whether the report is there, made with every other one of its series known."""
    places = order.places
    known = not has_tables_elsewhere(order.dossier)
    if not known or not is_current(places.target, order.identity):
        return False
    return knows_all(places.output, places.target, order.dossier)


def refuse_to_overwrite(order: RunOrder, *, force: bool) -> None:
    """Refuse to replace the report of another category, or files that no run has made."""
    places = order.places
    if is_of_another(places.target, order.identity):
        raise UsageError(
            f"`{places.name}` holds the report of an organisation or category with another name. "
            "Give another folder with `--output`."
        )
    foreign = [] if force else foreign_files(places.target)
    if foreign:
        raise UsageError(
            f"`{places.name}` holds `{foreign[0]}`, which no run has made. "
            "Move it elsewhere, or replace the whole directory with `--force`."
        )


def refuse_edited_inputs(order: RunOrder) -> None:
    """Refuse a report whose dossier or data changed, or went, while it was made."""
    if _inputs_changed(order):
        raise RunError(_EDITED)


def told_of_edit(order: RunOrder, failure: BalanstestError) -> BalanstestError:
    """Return why a run failed: not a refusal of what took the place of its dossier or data."""
    if failure.exit_code == RunError.exit_code or not _inputs_changed(order):
        return failure
    return RunError(_EDITED)


def _inputs_changed(order: RunOrder) -> bool:
    try:
        return order.fingerprint(order.dossier) != order.identity.fingerprint
    except (BalanstestError, OSError):  # they are not there any more, or are no files now
        return True


def refuse_unknown_reports(order: RunOrder) -> None:
    """Refuse a report that came out without knowing another of its series."""
    places = order.places
    if not knows_all(places.output, places.delivery, order.dossier, replacing=places.target):
        raise RunError("Another report of the series came out in the meantime. Run it again.")
