"""A process that makes reports, one at a time: `python -m balanstest_analysis.report.batch.worker`.

It reads a job per line and answers with lines of JSON: a step, the outcome, and that the job has
ended. Where processes can fork it imports everything once and makes each report in a fork of
itself, with a second fork as the kernel: whatever happens there, the next job finds it unharmed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import FrameType
from typing import IO

from balanstest_analysis.document.operating_system import (
    CAN_FORK,
    die_with_parent,
    exit_code_of,
    forked,
    hold_requests,
    let_requests_in,
)
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.batch.jobs import Answer, Job, Outcome, failed, job_of
from balanstest_analysis.report.import_ahead import FOR_THE_REPORT
from balanstest_analysis.report.process_settings import leave_out
from balanstest_analysis.report.run import Step, run_report
from balanstest_analysis.report.run.spare_kernel import SpareKernel, spare_kernel

_FOR_EVERY_NOTEBOOK = (
    "balanstest_analysis.report.exporters",
    "balanstest_analysis.report.run.kernel",
    "balanstest_analysis.report.run.launch",
    "ipykernel.kernelapp",
)
Send = Callable[[Answer], None]


def main() -> None:
    """Make a report for each job on a line of standard input."""
    answers = _answers()
    if not CAN_FORK:
        make(job_of(json.loads(sys.stdin.readline())), answers)
        answers({"ended": 0})
        return
    die_with_parent(at_once=False)
    leave_out()
    template = _Template(send=answers)
    signal.signal(signal.SIGTERM, template.on_signal)
    for line in iter(sys.stdin.readline, ""):
        job = job_of(json.loads(line))
        for name in (*_FOR_EVERY_NOTEBOOK, *(() if job.notebook else FOR_THE_REPORT)):
            import_module(name)
        template.serve(job)


def make(job: Job, send: Send, spare: SpareKernel | None = None) -> None:
    """Make one report in this process and answer with its steps and its outcome."""

    def step(step: Step) -> None:
        if step.within is None:
            send({"step": step, "done": step.done, "total": step.total})

    started = time.perf_counter()
    try:
        outcome = _made(job, step, spare)
    except BalanstestError as error:
        seconds = time.perf_counter() - started
        outcome = failed(str(error), exit_code=error.exit_code, seconds=seconds)
    except Exception as error:  # noqa: BLE001 - a defect is told, and the others go on
        reason = f"The run failed with {type(error).__name__}. Report this as a defect."
        outcome = failed(reason, seconds=time.perf_counter() - started)
    send({"outcome": outcome.to_dict()})


def _made(job: Job, step: Callable[[Step], None], spare: SpareKernel | None) -> Outcome:
    run = run_report(
        job.dossier,
        output_dir=job.output,
        quarter=job.quarter,
        final=job.final,
        force=job.force,
        progress=step,
        limits=job.limits,
        notebook=job.notebook,
        spare=spare,
    )
    return Outcome(status=run.status, directory=run.directory, seconds=run.seconds)


def _answers() -> Send:
    """Keep standard output for answers; what anything prints goes to standard error."""
    lines: IO[str] = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(answer: Answer) -> None:
        with contextlib.suppress(BrokenPipeError):
            lines.write(json.dumps(answer) + "\n")
            lines.flush()

    return send


@dataclass(kw_only=True)
class _Template:
    """The process that has imported everything, and forks."""

    send: Send
    child: int = 0
    ending: bool = False

    def serve(self, job: Job) -> None:
        # A signal between the fork and what follows would find neither process ready for it.
        hold_requests()
        self.child = forked()
        if self.child == 0:
            _work(job, self.send)
        let_requests_in()
        code = exit_code_of(self.child, wait=True)
        self.child = 0
        self.send({"ended": code or 0})
        if self.ending:
            sys.exit(0)

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Pass the signal on and wait for the child to tidy up; without a child, end."""
        self.ending = True
        if not self.child:
            sys.exit(0)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, number)


def _work(job: Job, send: Send) -> None:
    """Make the report in the fork, and end without running what belongs to the template."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        let_requests_in()
        die_with_parent(at_once=False)
        with spare_kernel() as spare:
            make(job, send, spare)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
