"""What one run is asked to make, whether it is made already, and what it may not replace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError, RunError, UsageError
from balanstest_analysis.published.earlier_reports import knows_all
from balanstest_analysis.report.earlier_quarters import digest_of_quarters, earlier_in_series
from balanstest_analysis.report.run.execution import Limits
from balanstest_analysis.report.run.inputs import (
    code_digest,
    has_tables_elsewhere,
)
from balanstest_analysis.report.run.manifest import (
    Identity,
    foreign_files,
    is_current,
    other_series,
    read_manifest,
    scope_of,
)
from balanstest_analysis.report.run.notebook import (
    Parameters,
    Script,
    checked_parameters,
    steps_of,
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
        timer=StepTimer(on_progress=progress, total=len(steps_of(script)) + STEPS_BESIDE_CELLS),
        spare=spare,
    )


def _earlier(dossier: Dossier, output_dir: Path) -> str:
    """A report tells of the quarters before it, and is made again when one of them changes."""
    reports = earlier_in_series(output_dir, dossier.series, period=dossier.period)
    return digest_of_quarters(reports)


def is_made(order: RunOrder) -> bool:
    """Return whether the report is there, made with every other one of its series known."""
    places = order.places
    known = not has_tables_elsewhere(order.dossier)
    if not known or not is_current(places.target, order.identity):
        return False
    return knows_all(places.output, places.target, order.dossier.series)


def refuse_to_overwrite(order: RunOrder, *, force: bool) -> None:
    """Refuse to replace the report of another category, or files that no run has made."""
    places = order.places
    other = other_series(places.target, order.dossier.series)
    if other is not None:
        raise UsageError(
            f"The folder of `{places.name}` holds a report about {_told(other)}, which is another "
            f"name than {_told(_scope(order))}. Write the name as it was, so that the series goes "
            "on; where it is another organisation or category, give another folder with `--output`."
        )
    known = None if force else scope_of(read_manifest(places.target))
    if known is not None and known != _scope(order):
        raise UsageError(
            f"`{places.name}` is there already, about {_told(known)}; this dossier is about "
            f"{_told(_scope(order))}. They differ in capitals, spaces or signs that are not seen, "
            "so they are one series. Leave one of two dossiers out; where it is one dossier whose "
            "name was corrected, replace the report with `--force`."
        )
    foreign = [] if force else foreign_files(places.target)
    if foreign:
        raise UsageError(
            f"`{places.name}` holds `{foreign[0]}`, which no run has made. "
            "Move it elsewhere, or replace the whole directory with `--force`."
        )


def _scope(order: RunOrder) -> tuple[str, str]:
    return order.identity.organisation, order.identity.category


def _told(scope: tuple[str, str]) -> str:
    """Return two names with what is not seen in them spelled out."""
    return f"{scope[0]!r}, {scope[1]!r}"


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
    series = order.dossier.series
    if not knows_all(places.output, places.delivery, series, replacing=places.target):
        raise RunError("Another report of the series came out in the meantime. Run it again.")
