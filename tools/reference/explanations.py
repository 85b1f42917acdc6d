"""What the reference says about keys and columns, held to the code: nothing missing or too much."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


class UnexplainedError(Exception):
    """The code has a name that the reference does not explain, or the other way round."""


def explanations(name: str) -> dict[str, Any]:
    """Return the explanations in a TOML file of this folder.

    Args:
        name: of the file, without its ending.
    """
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def refuse_gaps(where: str, known: Iterable[str], explained: Iterable[str]) -> None:
    """Refuse names without an explanation, and explanations without a name.

    Raises:
        UnexplainedError: there are any.

    Examples:
        >>> refuse_gaps("tools/reference/tables.toml", ["a", "b"], ["a"])
        Traceback (most recent call last):
        tools.reference.explanations.UnexplainedError: tools/reference/tables.toml: explain b.
    """
    missing = sorted(set(known) - set(explained))
    if missing:
        raise UnexplainedError(f"{where}: explain {', '.join(missing)}.")
    stale = sorted(set(explained) - set(known))
    if stale:
        raise UnexplainedError(f"{where}: remove {', '.join(stale)}.")
