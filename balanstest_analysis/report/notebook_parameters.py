"""Parameters of a notebook, checked in its first cell: as strict under plain papermill as here.

Papermill itself only warns about a parameter that a notebook does not have, and goes on.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from balanstest_analysis.errors import UsageError

# With this line papermill begins the cell it adds.
_ADDED = "# Parameters"


def check_parameters(**parameters: tuple[object, type]) -> None:
    """Refuse parameters of another type, and those that papermill added and nobody knows.

    Args:
        parameters: value and type of each by name.

    Raises:
        UsageError: one is of another type, or unknown.

    Examples:
        >>> check_parameters(quarter=("2026-Q3", str), final=(False, bool))
    """
    for name, (value, expected) in parameters.items():
        if type(value) is not expected:
            raise UsageError(
                f"The parameter `{name}` is of type {type(value).__name__}, allowed is "
                f"{expected.__name__}. Correct it."
            )
    for name in added_names(_executed_cells()):
        if name not in parameters:
            raise UsageError(
                f"The notebook has no parameter `{name}`; it has {', '.join(parameters)}. "
                "Leave it out or correct its name."
            )


def added_names(cells: Iterable[str]) -> list[str]:
    r"""Return the names that cells of parameters assign.

    Args:
        cells: sources of executed cells.

    Examples:
        >>> added_names(["# Parameters\nmerk = '007'\n", "x = 1"])
        ['merk']
    """
    names = []
    for cell in cells:
        if cell.startswith(_ADDED):
            for line in ast.parse(cell).body:
                targets = line.targets if isinstance(line, ast.Assign) else ()
                names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def _executed_cells() -> list[str]:
    """The cells of the notebook that is running, none outside a notebook."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    return [str(cell) for cell in shell.user_ns.get("In", [])] if shell else []
