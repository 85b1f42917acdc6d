"""How a process that is ours alone is set: sums on one thread, and garbage looked for seldom."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Equal runs need equal sums, and sums as small as these are slower on several threads.
ONE_THREAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{library}_NUM_THREADS": "1"
        for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
    }
)
# Imports and expressions make many objects that last: looking for garbage among them every 700
# objects takes a seventh of a run.
_OBJECTS_BETWEEN: Final = 50_000
_ROUNDS_BETWEEN: Final = 20


def settle() -> None:
    """Set this process, before it imports numpy; what its user has set stays.

    Examples:
        >>> settle()
        >>> gc.get_threshold()[0] >= 50_000
        True
    """
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    look_for_garbage_seldom()


def look_for_garbage_seldom() -> None:
    """Let the collector wait for many more new objects than Python does by itself."""
    gc.set_threshold(_OBJECTS_BETWEEN, _ROUNDS_BETWEEN, _ROUNDS_BETWEEN)
