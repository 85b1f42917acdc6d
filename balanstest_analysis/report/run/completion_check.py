"""Proof that a notebook was executed to its end, or the reason why it was not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from balanstest_analysis import errors
from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.errors import BalanstestError, RunError
from balanstest_analysis.report.completion import Sentinel
from balanstest_analysis.report.run.execution import Execution

if TYPE_CHECKING:
    from nbformat import NotebookNode

_RUN_FAILED = RunError.exit_code


def proven_complete(execution: Execution) -> Sentinel:
    """Return the notebook's own sentinel when every cell was executed in order.

    Raises:
        BalanstestError: A cell refused the dossier or its data; the class is the cell's own.
        RunError: The notebook did not reach its end.
    """
    for number, cell in enumerate(_code_cells(execution.notebook), start=1):
        _refuse_errors(cell, number)
    if execution.failure:
        raise RunError(f"The notebook was not completed: {execution.failure}.")
    for number, cell in enumerate(_code_cells(execution.notebook), start=1):
        if cell.execution_count != number:
            raise RunError(f"The notebook was not completed: code cell {number} was not executed.")
    return _sentinel(execution.notebook)


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _refuse_errors(cell: NotebookNode, number: int) -> None:
    for output in cell.outputs:
        if output.output_type == "error":
            refusal = _refusals().get(output.ename)
            if refusal is not None:
                raise refusal(output.evalue)
            raise RunError(f"Code cell {number} of the notebook ended with {_named(output)}.")


def _refusals() -> dict[str, type[BalanstestError]]:
    """The errors with which a cell refuses what it was given, by name."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return {
        kind.__name__: kind
        for kind in kinds
        if issubclass(kind, BalanstestError) and kind.exit_code != _RUN_FAILED
    }


def _named(output: NotebookNode) -> str:
    """Our own errors hold no personal values; of others only the name is told."""
    ours = isinstance(getattr(errors, output.ename, None), type)
    return f"{output.ename}: {output.evalue}" if ours else str(output.ename)


def _sentinel(notebook: NotebookNode) -> Sentinel:
    cells = _code_cells(notebook)
    for output in cells[-1].outputs if cells else []:
        sentinel: Sentinel = json.loads(output.get("data", {}).get(SENTINEL, "{}"))
        if sentinel.get("complete") is True:
            return sentinel
    raise RunError("The notebook ended without its sign of completion in the last cell.")
