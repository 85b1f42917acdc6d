"""Hands jobs to worker processes and takes in what comes of them, whatever happens to a worker."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from balanstest_analysis.document.operating_system import (
    CAN_FORK,
    apart,
    ask_to_end,
    end_with_forks,
)
from balanstest_analysis.history.secret import stated_secret_for_child
from balanstest_analysis.report.batch.jobs import (
    Answer,
    Check,
    Job,
    Outcome,
    StepAnswer,
    checked,
    failed,
    no_check,
    outcome_of,
)
from balanstest_analysis.report.process_settings import kernel_environment
from balanstest_analysis.report.run import Limits, own_process
from balanstest_analysis.report.run.termination import Ending, terminable

OnStep = Callable[[int, StepAnswer], None]
News = queue.SimpleQueue[tuple[int, StepAnswer | Outcome]]
_MODULE = "balanstest_analysis.report.batch.worker"
_GRACE = 10
_LOOK_UP = 0.2


def time_for(limits: Limits) -> float:
    """Return the seconds after which a worker that says nothing of its end is given up."""
    return limits.start + limits.run + limits.beside


@dataclass(kw_only=True)
class Worker:
    """One place at which a report can be made, in a process that is replaced when it is lost."""

    _process: subprocess.Popen[str] | None = None
    _ending: bool = False

    def make(self, job: Job, on_step: Callable[[StepAnswer], None]) -> Outcome:
        """Return what came of a job; never raises for what happens in the process."""
        started = time.monotonic()
        if self._ending:
            return failed("The run was asked to end before this dossier's turn.")
        process = self._process = self._process or _started()
        with _given_up_after(time_for(job.limits), process) as given_up:
            outcome, can_go_on = _answer_of(process, job, on_step)
        if outcome is None:
            reason = _reason(given_up=given_up.is_set(), ending=self._ending)
            outcome = failed(reason, seconds=time.monotonic() - started)
        if not can_go_on:
            self.close()
        return outcome

    def end(self) -> None:
        """Ask the process to break off what it does; safe to call from another thread."""
        if self._ending:
            return
        self._ending = True
        process = self._process
        if process is not None and process.poll() is None:
            ask_to_end(process)

    @property
    def is_ending(self) -> bool:
        """Whether it was asked to break off."""
        return self._ending

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            # A kernel of it notices by itself.
            end_with_forks(process)
            process.communicate()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        own_process.command(_MODULE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=own_process.environment() | kernel_environment() | stated_secret_for_child(),
        **apart(),
    )


def _answer_of(
    process: subprocess.Popen[str], job: Job, on_step: Callable[[StepAnswer], None]
) -> tuple[Outcome | None, bool]:
    """Return the outcome, None when there came none, and whether the process can go on."""
    assert process.stdin is not None
    assert process.stdout is not None
    outcome = None
    try:
        process.stdin.write(json.dumps(job.to_dict()) + "\n")
        process.stdin.flush()
    except OSError:
        return None, False
    for line in process.stdout:
        answer: Answer = json.loads(line)
        if "outcome" in answer:
            outcome = outcome_of(answer["outcome"])
        elif "ended" in answer:
            return outcome, CAN_FORK
        else:
            on_step(answer)
    return outcome, False


@contextlib.contextmanager
def _given_up_after(seconds: float, process: subprocess.Popen[str]) -> Iterator[threading.Event]:
    """Yield an event that is set when the process had to be ended for lasting too long."""
    given_up = threading.Event()

    def give_up() -> None:
        given_up.set()
        ask_to_end(process)
        killer.start()

    watch = threading.Timer(seconds, give_up)
    killer = threading.Timer(_GRACE, lambda: end_with_forks(process))
    watch.daemon = killer.daemon = True
    watch.start()
    try:
        yield given_up
    finally:
        watch.cancel()
        killer.cancel()


def _reason(*, given_up: bool, ending: bool) -> str:
    if ending:
        return "The run was asked to end before the report was made."
    if given_up:
        return "The report was not made within the time limit of a run."
    return "The process that made the report was killed. Look for a lack of memory, and run again."


@dataclass(kw_only=True)
class WorkerPool:
    """Some workers and what is still to be made."""

    size: int
    on_step: OnStep
    check: Check = no_check
    _workers: list[Worker] = field(default_factory=list)

    def make_all(self, jobs: Sequence[Job], on_done: Callable[[int, Outcome], None]) -> None:
        """Make every report, several at a time; `on_done` is called as each ends.

        Both callbacks come from the calling thread, one at a time.
        """
        todo: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(len(jobs)):
            todo.put(number)
        news: News = queue.SimpleQueue()
        self._workers = [Worker() for _ in range(min(self.size, len(jobs)))]
        threads = [
            threading.Thread(target=_work_through, args=(worker, todo, jobs, news, self.check))
            for worker in self._workers
        ]
        for thread in threads:
            thread.start()
        try:
            self._follow_all(len(jobs), news, on_done)
        finally:
            self.end()
            for thread in threads:
                thread.join()

    def _follow_all(
        self, expected: int, news: News, on_done: Callable[[int, Outcome], None]
    ) -> None:
        """Listen to the end, also when asked to end: then every worker tells that it broke off."""
        with terminable() as ending:
            for number, what in self._listen(expected, news, ending):
                if isinstance(what, Outcome):
                    on_done(number, what)
                else:
                    self.on_step(number, what)

    def _listen(
        self, expected: int, news: News, ending: Ending
    ) -> Iterator[tuple[int, StepAnswer | Outcome]]:
        while expected:
            if ending.asked:
                self.end()
            with contextlib.suppress(queue.Empty):
                number, what = news.get(timeout=_LOOK_UP)
                expected -= isinstance(what, Outcome)
                yield number, what

    def end(self) -> None:
        """Ask all workers to break off what they do."""
        for worker in self._workers:
            worker.end()


def _work_through(
    worker: Worker,
    todo: queue.SimpleQueue[int],
    jobs: Sequence[Job],
    news: News,
    check: Check,
) -> None:
    """Make what is left to be made; the process lives no longer than this thread."""
    with contextlib.closing(worker), contextlib.suppress(queue.Empty):
        while True:
            number = todo.get_nowait()
            outcome = worker.make(jobs[number], _forward(number, news))
            if not worker.is_ending:  # the next run looks at what was made
                outcome = checked(outcome, check, jobs[number].limits.beside)
            news.put((number, outcome))


def _forward(number: int, news: News) -> Callable[[StepAnswer], None]:
    return lambda step: news.put((number, step))
