"""The report notebook: where it is, and which parameters it takes.

It is read as JSON first, which is all that a kernel needs to be started: the package that knows
the format takes longer to import than the rest of what comes before, and does so meanwhile.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, cast

from balanstest_analysis.document.brought_along import brought_along
from balanstest_analysis.document.opening import NOTEBOOK_BYTES, content_of, parsed_json
from balanstest_analysis.errors import RunError, UsageError

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME = "onderbouwing.ipynb"
STARTING: Final = "starting"
CHAPTERS: Final = "writing the chapters"
_APPENDICES: Final = "writing the appendices"
_CALLED: Final = re.compile(r"\b(?:(open_onderbouwing)|onderbouwing\.(\w+))\(")
# A chapter that is not named here is one of the body.
_STEPS: Final = {
    "open_onderbouwing": "reading the history, fitting curves and judging the criteria",
    **dict.fromkeys(
        (
            "method",
            "all_fits",
            "sensitivity",
            "composition",
            "provenance",
            "earlier_quarters",
            "processing",
            "recalculation",
        ),
        _APPENDICES,
    ),
    "complete": "writing the result",
}
Parameters = dict[str, str | bool]


class _CellMetadata(TypedDict, total=False):
    tags: list[str]


class _FileCell(TypedDict):
    cell_type: str
    source: str | list[str]
    metadata: _CellMetadata


class _File(TypedDict):
    cells: list[_FileCell]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as it is in the file.

    Attributes:
        kind: `code` or `markdown`.
        source: What it says.
        tags: Such as `parameters`.
    """

    kind: str
    source: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Script:
    """A notebook that is still to be executed.

    Attributes:
        text: Of its file.
        cells: In their order.
    """

    text: str
    cells: tuple[Cell, ...]

    @property
    def code(self) -> tuple[Cell, ...]:
        """The cells that are executed."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    def notebook(self) -> NotebookNode:
        """Return it as a notebook to execute."""
        import nbformat  # noqa: PLC0415 - while the kernel is starting

        notebook: NotebookNode = nbformat.reads(self.text, as_version=4)
        return notebook


_TYPES: dict[str, type] = {"str": str, "bool": bool, "int": int, "float": float}


def notebook_path() -> Path:
    """Return the report notebook of this installation, from a wheel or from a checkout.

    Raises:
        RunError: The installation has no notebook.
    """
    return brought_along("notebooks", NAME)


def read_script(path: Path) -> Script:
    """Return a notebook as it is in its file.

    Raises:
        RunError: The file cannot be read as a notebook.
    """
    try:
        text = content_of(path, NOTEBOOK_BYTES).decode("utf-8")
        cells = cast("_File", parsed_json(text))["cells"]
        return Script(text=text, cells=tuple(map(_cell, cells)))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise RunError(f"`{path.name}` is not a readable notebook. Restore the file.") from None


def _cell(cell: _FileCell) -> Cell:
    return Cell(
        kind=cell["cell_type"],
        source="".join(cell["source"]),
        tags=tuple(cell["metadata"].get("tags", ())),
    )


def steps_of(script: Script) -> tuple[str, ...]:
    """Return what each cell that will be executed does, the one with the parameters included.

    A cell of which that is not known goes on with what the one before it did.

    Args:
        script: with a cell tagged `parameters`, after which that of the run comes.

    Examples:
        >>> cells = [
        ...     Cell(kind="code", source="final: bool = False", tags=("parameters",)),
        ...     Cell(kind="code", source="onderbouwing.summary()"),
        ... ]
        >>> steps_of(Script(text="", cells=tuple(cells)))
        ('starting', 'starting', 'writing the chapters')
    """
    told = [STARTING]
    for cell in script.code:
        called = _CALLED.search(cell.source)
        name = told[-1] if called is None else _STEPS.get(called[1] or called[2], CHAPTERS)
        told += [name] * (2 if "parameters" in cell.tags else 1)
    return tuple(told[1:])


def declared_parameters(cells: Iterable[Cell]) -> dict[str, type]:
    """Return name and type of the parameters in the cell tagged `parameters`.

    Examples:
        >>> cell = Cell(kind="code", source="quarter: str = ''", tags=("parameters",))
        >>> declared_parameters([cell])
        {'quarter': <class 'str'>}
    """
    tagged = [cell for cell in cells if "parameters" in cell.tags]
    statements = [line for cell in tagged for line in ast.parse(cell.source).body]
    return {
        line.target.id: _TYPES.get(ast.unparse(line.annotation), str)
        for line in statements
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }


def checked_parameters(script: Script, parameters: Parameters) -> Parameters:
    """Return the parameters when the notebook declares each of them with the type given.

    Raises:
        UsageError: A parameter is unknown or of another type.
    """
    declared = declared_parameters(script.cells)
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
