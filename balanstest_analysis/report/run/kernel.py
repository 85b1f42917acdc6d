"""Executes a notebook through papermill in a kernel that was launched before."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError

from balanstest_analysis.report.run.execution import Execution, Limits
from balanstest_analysis.report.run.launch import OwnInterpreterManager
from balanstest_analysis.report.run.notebook import Parameters

_ENGINE = "balanstest"


class LaunchedKernelEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, given a kernel instead of a kernel's name."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        _kernel_name: str,
        *,
        client: Mapping[str, object],
        **_options: object,
    ) -> None:
        """Execute the cells and end the kernel, whatever happens."""
        PapermillNotebookClient(nb_man, log=_silent(), **client).execute(cleanup_kc=True)


def _silent() -> logging.Logger:
    """What is wrong is told by exception; nothing goes to the terminal by itself."""
    logger = logging.getLogger("papermill")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger


@dataclass(kw_only=True)
class _Clock:
    limits: Limits
    _started: float = field(default_factory=time.monotonic)

    def seconds_for(self, _cell: NotebookNode) -> int:
        """Zero would mean no limit at all to nbclient."""
        left = self.limits.run - (time.monotonic() - self._started)
        return max(1, min(self.limits.cell, int(left)))


def execute(
    notebook: NotebookNode,
    parameters: Parameters,
    *,
    manager: OwnInterpreterManager,
    limits: Limits,
    on_cell: Callable[[NotebookNode], None],
) -> Execution:
    """Return the notebook as far as it was executed.

    Args:
        notebook: With a cell tagged `parameters`.
        parameters: Checked before; they are written into a cell of their own.
        manager: Of the launched kernel, which is ended here.
        limits: Time-outs in seconds.
        on_cell: Called before each code cell, with the notebook as far as it is executed.
    """
    execution = Execution(notebook=notebook)

    def keep(notebook: NotebookNode) -> None:
        execution.notebook = notebook

    def begin(**_: object) -> None:
        execution.began = True
        on_cell(execution.notebook)

    papermill_engines.register(_ENGINE, LaunchedKernelEngine)
    try:
        papermill.execute_notebook(
            notebook,
            None,
            parameters=parameters,
            engine_name=_ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            client={
                "km": manager,
                "shutdown_kernel": "immediate",
                "startup_timeout": limits.start,
                "timeout_func": _Clock(limits=limits).seconds_for,
                "on_notebook_start": keep,
                "on_cell_execute": begin,
            },
        )
    except PapermillExecutionError:
        pass
    except (DeadKernelError, CellTimeoutError, RuntimeError, OSError) as error:
        execution.failure = _reason(error)
    return execution


def _reason(error: Exception) -> str:
    if isinstance(error, DeadKernelError):
        return "the kernel died"
    if isinstance(error, CellTimeoutError):
        return "a time limit was reached"
    return f"the kernel could not be used ({type(error).__name__})"
