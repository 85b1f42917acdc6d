"""One run, told in order."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, RunError, UsageError
from balanstest_analysis.report.earlier_quarters import digest_of, earlier_in_series
from balanstest_analysis.report.earlier_reports import knows_all
from balanstest_analysis.report.run.completion_check import proven_complete
from balanstest_analysis.report.run.execution import Execution, Limits
from balanstest_analysis.report.run.inputs import (
    code_digest,
    has_tables_elsewhere,
    input_fingerprint,
)
from balanstest_analysis.report.run.manifest import (
    Identity,
    foreign_files,
    is_current,
    is_of_another,
    write_manifest,
)
from balanstest_analysis.report.run.notebook import (
    Parameters,
    Script,
    checked_parameters,
    count_code_cells,
    notebook_path,
    read_script,
)
from balanstest_analysis.report.run.progress import Course, Progress, quiet
from balanstest_analysis.report.run.run_directory import (
    Places,
    is_full,
    locked,
    places_for,
    publish,
    unwritable,
)
from balanstest_analysis.report.run.spare_kernel import SpareKernel
from balanstest_analysis.report.run.termination import Terminated, terminable

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from balanstest_analysis.report.run.launch import OwnInterpreterManager

Fingerprint = Callable[[Dossier], str]
_STEPS_BESIDE_CELLS = 5
_MORE_KERNELS = 2


@dataclass(frozen=True, kw_only=True)
class ReportRun:
    """Where the report is and whether this run made it.

    Attributes:
        directory: The published directory.
        status: `made`, or `skipped` when the same report was there already.
        seconds: Duration of the run.
    """

    directory: Path
    status: Literal["made", "skipped"]
    seconds: float


@dataclass(frozen=True, kw_only=True)
class _Order:
    """All that one run is about."""

    dossier: Dossier
    places: Places
    script: Script
    parameters: Parameters
    fingerprint: Fingerprint
    identity: Identity
    limits: Limits
    course: Course
    spare: SpareKernel | None


def run_report(  # noqa: PLR0913
    dossier_path: str | Path,
    *,
    output_dir: str | Path,
    quarter: str = "",
    final: bool = False,
    force: bool = False,
    progress: Progress = quiet,
    limits: Limits | None = None,
    notebook: Path | None = None,
    fingerprint: Fingerprint = input_fingerprint,
    spare: SpareKernel | None = None,
) -> ReportRun:
    """Return the run that published the report of a dossier, or found it published already.

    Args:
        dossier_path: The dossier.
        output_dir: Folder of all reports; the report's own directory is made in it.
        quarter: Such as `2026-Q3`; empty for all data.
        final: Whether the report is final: gaps are refused.
        force: Make the report again, and replace files in its directory that no run made.
        progress: Is told each step when it begins.
        limits: Time-outs in seconds.
        notebook: Another notebook than the installed one.
        fingerprint: Of the dossier and its data; with an equal one, equal parameters and an
            unchanged directory nothing is made again.
        spare: A kernel that waits already; else one is started.

    Raises:
        DossierError: The dossier is not acceptable.
        DataError: A table of the history is not acceptable.
        GapsError: A final report has gaps.
        TargetBusyError: Another run writes the same report.
        RunError: The run failed; the notebook and the reason are kept under `mislukt`. Nothing
            is kept when the process was asked to end.
        UsageError: A parameter is unknown, or the directory holds files of somebody else.
    """
    started = time.perf_counter()
    order = _order(
        load_dossier(dossier_path, quarter=quarter),
        output_dir=Path(output_dir),
        script=read_script(notebook or notebook_path()),
        choices={"quarter": quarter, "final": final},
        fingerprint=fingerprint,
        limits=limits or Limits(),
        progress=progress,
        spare=spare,
    )
    with (
        terminable() as ending,
        _refused_when_terminated(),
        locked(order.places),
        ending.interruptible(),
    ):
        status = _make_unless_current(order, force=force)
    seconds = time.perf_counter() - started
    return ReportRun(directory=order.places.target, status=status, seconds=seconds)


@contextlib.contextmanager
def _refused_when_terminated() -> Iterator[None]:
    try:
        yield
    except Terminated:
        raise RunError("The run was asked to end before the report was made.") from None


def _make_unless_current(order: _Order, *, force: bool) -> Literal["made", "skipped"]:
    if not force and _is_current(order):
        return "skipped"
    _refuse_to_overwrite(order, force=force)
    _make(order)
    return "made"


def _order(  # noqa: PLR0913
    dossier: Dossier,
    *,
    output_dir: Path,
    script: Script,
    choices: Parameters,
    fingerprint: Fingerprint,
    limits: Limits,
    progress: Progress,
    spare: SpareKernel | None,
) -> _Order:
    return _Order(
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
        course=Course(tell=progress, total=count_code_cells(script) + _STEPS_BESIDE_CELLS),
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
    return digest_of(reports)


def _is_current(order: _Order) -> bool:
    """Return whether the report is there, made with every other one of its series known."""
    places = order.places
    known = not has_tables_elsewhere(order.dossier)
    if not known or not is_current(places.target, order.identity):
        return False
    return knows_all(places.output, places.target, order.dossier)


def _refuse_to_overwrite(order: _Order, *, force: bool) -> None:
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


def _make(order: _Order) -> None:
    """Make and publish the report, or keep the failure; input that is refused leaves nothing."""
    execution: Execution | None = None
    try:
        execution = _execute(order)
        sentinel = proven_complete(execution)
        _refuse_edited_inputs(order)
        _refuse_unknown_reports(order)
        _deliver(order, execution.notebook, str(sentinel.get("title", "")))
        publish(order.places)
    except Exception as error:
        failure = _failure(error, order.places)
        if isinstance(failure, RunError):
            _keep(order, execution, str(failure))
        raise failure from error


def _keep(order: _Order, execution: Execution | None, reason: str) -> None:
    from balanstest_analysis.report.run.delivery import keep_failure  # noqa: PLC0415

    keep_failure(order.places, execution.notebook if execution else None, reason)


def _execute(order: _Order) -> Execution:
    """Execute the notebook; a kernel that did not come up is replaced, for nothing has happened.

    A kernel that loses the race for a free port to another on this machine does not come up.
    """
    order.course.begin("starting the notebook", measured_as="notebook")
    for folder in (order.places.delivery, order.places.scratch):
        folder.mkdir(parents=True)
    execution = _execute_once(order, order.spare)
    for _ in range(_MORE_KERNELS):
        if execution.began or not execution.failure:
            break
        execution = _execute_once(order, None)
    return execution


def _execute_once(order: _Order, spare: SpareKernel | None) -> Execution:
    # Imported here, for a skipped run need not wait; all that follows while the kernel is starting.
    from balanstest_analysis.report.run.launch import launched, stop  # noqa: PLC0415

    manager = launched(
        order.script,
        scratch=order.places.scratch,
        delivery=order.places.delivery,
        reports=order.places.output,
        spare=spare,
    )
    try:
        return _executed_in(manager, order)
    finally:
        stop(manager)


def _executed_in(manager: OwnInterpreterManager, order: _Order) -> Execution:
    from balanstest_analysis.report.run.kernel import execute  # noqa: PLC0415

    numbers = itertools.count(1)
    total = count_code_cells(order.script)

    def on_cell() -> None:
        name = f"notebook cell {next(numbers)} of {total}"
        order.course.begin(name, measured_as="notebook")

    with _exporters_imported_meanwhile():
        return execute(
            order.script.notebook(),
            order.parameters,
            manager=manager,
            limits=order.limits,
            on_cell=on_cell,
        )


@contextlib.contextmanager
def _exporters_imported_meanwhile() -> Iterator[None]:
    importer = threading.Thread(
        target=import_module, args=("balanstest_analysis.report.exporters",)
    )
    importer.start()
    try:
        yield
    finally:
        importer.join()


def _refuse_edited_inputs(order: _Order) -> None:
    if order.fingerprint(order.dossier) != order.identity.fingerprint:
        raise RunError("Dossier or data were changed while the report was made. Run it again.")


def _refuse_unknown_reports(order: _Order) -> None:
    places = order.places
    if not knows_all(places.output, places.delivery, order.dossier, replacing=places.target):
        raise RunError("Another report of the series came out in the meantime. Run it again.")


def _deliver(order: _Order, notebook: NotebookNode, title: str) -> None:
    from balanstest_analysis.report.run.delivery import deliver, document_of  # noqa: PLC0415

    final = order.parameters["final"] is True
    deliver(
        notebook,
        document_of(order.dossier, final=final, title=title),
        places=order.places,
        dossier_path=order.dossier.path,
        course=order.course,
    )
    order.course.begin("publishing the report", measured_as="publish")
    write_manifest(order.places.delivery, order.identity, order.course.end())


def _failure(error: Exception, places: Places) -> BalanstestError:
    if isinstance(error, BalanstestError):
        failed = error.exit_code == RunError.exit_code
        return RunError(f"{error}{_full_disk(places)}") if failed else error
    if isinstance(error, OSError):
        return unwritable(places, error)
    return RunError(f"The run failed with {type(error).__name__}. Report this as a defect.")


def _full_disk(places: Places) -> str:
    """A kernel without room to write dies of many causes; this one can be told."""
    return " There is no space left where reports are kept. Make room." if is_full(places) else ""
