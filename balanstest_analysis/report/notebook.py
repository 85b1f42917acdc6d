"""The report notebook: where it is, and which parameters it takes."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from balanstest_analysis.errors import RunError, UsageError

NAME = "onderbouwing.ipynb"
Parameters = dict[str, str | bool]

_TYPES: dict[str, type] = {"str": str, "bool": bool, "int": int, "float": float}


def notebook_path() -> Path:
    """Return the report notebook of this installation, from a wheel or from a checkout.

    Raises:
        RunError: The installation has no notebook.
    """
    package = Path(str(files("balanstest_analysis")))
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if (folder / NAME).is_file():
            return folder / NAME
    raise RunError(f"This installation has no `{NAME}`. Install `balanstest-analysis` again.")


def read_notebook(path: Path) -> NotebookNode:
    """Return a notebook as it is in its file.

    Raises:
        RunError: The file cannot be read as a notebook.
    """
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        raise RunError(f"`{path.name}` is not a readable notebook. Restore the file.") from None
    return notebook


def count_code_cells(notebook: NotebookNode) -> int:
    """Return how many cells will be executed, the one with the parameters given included."""
    return 1 + len([cell for cell in notebook.cells if cell.cell_type == "code"])


def declared_parameters(notebook: NotebookNode) -> dict[str, type]:
    """Return name and type of the parameters in the cell tagged `parameters`.

    Examples:
        >>> from nbformat.v4 import new_code_cell, new_notebook
        >>> cell = new_code_cell("quarter: str = ''", metadata={"tags": ["parameters"]})
        >>> declared_parameters(new_notebook(cells=[cell]))
        {'quarter': <class 'str'>}
    """
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    statements = [line for cell in cells for line in ast.parse(cell.source).body]
    return {
        line.target.id: _TYPES.get(ast.unparse(line.annotation), str)
        for line in statements
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }


def checked_parameters(notebook: NotebookNode, parameters: Parameters) -> Parameters:
    """Return the parameters when the notebook declares each of them with the type given.

    Raises:
        UsageError: A parameter is unknown or of another type.
    """
    declared = declared_parameters(notebook)
    for name, value in parameters.items():
        if name not in declared:
            known = ", ".join(declared) or "none"
            raise UsageError(f"The notebook has no parameter `{name}`; it has {known}.")
        if type(value) is not declared[name]:
            raise UsageError(
                f"Parameter `{name}` is of type {type(value).__name__}; "
                f"give a {declared[name].__name__}."
            )
    return parameters
