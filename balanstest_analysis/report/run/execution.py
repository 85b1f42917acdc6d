"""How long an execution may take, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds after which a run is given up.

    Attributes:
        start: For the kernel to answer.
        cell: For one cell.
        run: For all cells together.
        beside: For reading the inputs before the notebook and writing the files after it, where
            many dossiers are done unattended.
    """

    start: int = 120
    cell: int = 3600
    run: int = 7200
    beside: int = 900


@dataclass(kw_only=True)
class Execution:
    """A notebook as far as it was executed, and why it ended there.

    Attributes:
        notebook: The cells with their outputs; never marked complete by itself.
        failure: A clause when the kernel died or time ran out, else empty.
        began: Whether a cell was sent to the kernel.
    """

    notebook: NotebookNode
    failure: str = ""
    began: bool = False
