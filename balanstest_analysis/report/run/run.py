"""One run, told in order."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from balanstest_analysis.document.personal import told_message, without_persons
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import RunError
from balanstest_analysis.history.secret import secret_for_child
from balanstest_analysis.report.counted_parts import CountedParts, parts_watched
from balanstest_analysis.report.run.ahead import Ahead
from balanstest_analysis.report.run.completion_check import proven_complete
from balanstest_analysis.report.run.execution import Execution, Limits
from balanstest_analysis.report.run.failures import failure_of, keep_failure
from balanstest_analysis.report.run.inputs import (
    input_fingerprint,
)
from balanstest_analysis.report.run.manifest import (
    write_manifest,
)
from balanstest_analysis.report.run.notebook import (
    CHAPTERS,
    STARTING,
    notebook_path,
    read_script,
    steps_of,
)
from balanstest_analysis.report.run.order import (
    Fingerprint,
    RunOrder,
    is_made,
    order_of,
    refuse_edited_inputs,
    refuse_to_overwrite,
    refuse_unknown_reports,
    told_of_edit,
)
from balanstest_analysis.report.run.progress import Progress, quiet
from balanstest_analysis.report.run.run_directory import (
    locked,
    publish,
)
from balanstest_analysis.report.run.spare_kernel import SpareKernel
from balanstest_analysis.report.run.termination import Ending, Terminated, terminable

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from balanstest_analysis.report.run.launch import OwnInterpreterManager

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


@without_persons()
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
    order = order_of(
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
        status = _make_unless_current(order, ending, force=force)
    seconds = time.perf_counter() - started
    return ReportRun(directory=order.places.target, status=status, seconds=seconds)


@contextlib.contextmanager
def _refused_when_terminated() -> Iterator[None]:
    try:
        yield
    except Terminated:
        raise RunError("The run was asked to end before the report was made.") from None


def _make_unless_current(
    order: RunOrder, ending: Ending, *, force: bool
) -> Literal["made", "skipped"]:
    if not force and is_made(order):
        return "skipped"
    refuse_to_overwrite(order, force=force)
    _make(order, ending)
    return "made"


def _make(order: RunOrder, ending: Ending) -> None:
    """Make and publish the report, or keep the failure; input that is refused leaves nothing."""
    execution: Execution | None = None
    ahead = Ahead(order.dossier, final=order.parameters["final"] is True)
    try:
        with contextlib.closing(ahead):
            execution = _execute(order, ahead)
            sentinel = proven_complete(execution)
            refuse_edited_inputs(order)
            refuse_unknown_reports(order)
            _deliver(order, execution.notebook, str(sentinel.get("title", "")))
        publish(order.places)
    except Exception as error:
        ending.raise_if_asked()
        failure = told_of_edit(order, failure_of(error, order.places))
        if isinstance(failure, RunError):
            _keep(order, execution, told_message(str(failure)))
        raise failure from error


def _keep(order: RunOrder, execution: Execution | None, reason: str) -> None:
    keep_failure(order.places, execution.notebook if execution else None, reason)


def _execute(order: RunOrder, ahead: Ahead) -> Execution:
    """Execute the notebook; a kernel that did not come up is replaced, for nothing has happened.

    A kernel that loses the race for a free port to another on this machine does not come up.
    """
    order.timer.begin(STARTING, measured_as="notebook")
    for folder in (order.places.delivery, order.places.scratch):
        folder.mkdir(parents=True)
    execution = _execute_once(order, order.spare, ahead)
    for _ in range(_MORE_KERNELS):
        if execution.began or not execution.failure:
            break
        execution = _execute_once(order, None, ahead)
    return execution


def _execute_once(order: RunOrder, spare: SpareKernel | None, ahead: Ahead) -> Execution:
    # Imported here, for a skipped run need not wait; all that follows while the kernel is starting.
    from balanstest_analysis.report.run.launch import launched, stop  # noqa: PLC0415

    manager = launched(
        order.script,
        scratch=order.places.scratch,
        delivery=order.places.delivery,
        reports=order.places.output,
        handed_over=secret_for_child(
            order.dossier.path, fictitious=order.dossier.organisation.fictitious
        ),
        spare=spare,
    )
    try:
        return _executed_in(manager, order, ahead)
    finally:
        stop(manager)


def _executed_in(manager: OwnInterpreterManager, order: RunOrder, ahead: Ahead) -> Execution:
    from balanstest_analysis.report.run.kernel import execute  # noqa: PLC0415
    from balanstest_analysis.report.run.launch import counted_file  # noqa: PLC0415

    steps = iter(steps_of(order.script))

    def on_cell(notebook: NotebookNode) -> None:
        order.timer.begin(next(steps, CHAPTERS), measured_as="notebook")
        ahead.tell(notebook)

    parts = CountedParts()

    def on_parts(done: int, total: int) -> None:
        order.timer.tell(parts.told(done, total))

    ahead.begin()
    with parts_watched(counted_file(order.places.scratch), on_parts):
        return execute(
            order.script.notebook(),
            order.parameters,
            manager=manager,
            limits=order.limits,
            on_cell=on_cell,
        )


def _deliver(order: RunOrder, notebook: NotebookNode, title: str) -> None:
    from balanstest_analysis.report.run.delivery import deliver, document_of  # noqa: PLC0415

    final = order.parameters["final"] is True
    deliver(
        notebook,
        document_of(order.dossier, final=final, title=title),
        places=order.places,
        dossier_path=order.dossier.path,
        timer=order.timer,
    )
    order.timer.begin("publishing the report", measured_as="publish")
    write_manifest(order.places.delivery, order.identity, order.timer.end())
