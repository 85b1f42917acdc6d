"""How a process that is ours alone is set: sums on one thread, short turns, garbage seldom."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Final, cast

# Equal runs need equal sums, and sums as small as these are slower on several threads.
ONE_THREAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{library}_NUM_THREADS": "1"
        for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
    }
)
# Arrays of a megabyte come and go by the ten thousand. glibc would give each back to the system,
# and ask for it anew; others do not know these names.
_MEMORY_KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {"MALLOC_MMAP_THRESHOLD_": f"{32 << 20}", "MALLOC_TRIM_THRESHOLD_": f"{256 << 20}"}
)
# Imports and expressions make many objects that last: looking for garbage among them every 700
# objects takes a seventh of a run, and every 50,000 a twentieth. What waits so long is some ten MB.
_OBJECTS_BETWEEN: Final = 500_000
_ROUNDS_BETWEEN: Final = 20
# In Python's own 5 ms a small question is answered, and a database stands still until it gets the
# next: a tenth of a run.
_SECONDS_A_TURN: Final = 0.0005
# jsonschema imports it where it is installed, for addresses that no schema of ours holds; it builds
# a grammar of them then, which takes longer than all other imports of a run.
_LEFT_OUT: Final = "rfc3987_syntax"


def settle() -> None:
    """Set this process, before it imports numpy; what its user has set stays.

    Examples:
        >>> settle()
        >>> gc.get_threshold()[0] >= 500_000
        True
    """
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    look_for_garbage_seldom()
    take_turns_often()
    leave_out()


def kernel_environment() -> dict[str, str]:
    """Return what every kernel runs under, whoever runs it: equal runs need equal sums."""
    return {
        **ONE_THREAD,
        **_MEMORY_KEPT,
        "MATPLOTLIBRC": os.devnull,
        "MPLBACKEND": "agg",
        "PYTHONHASHSEED": "0",
        "TZ": "Europe/Amsterdam",
    }


def leave_out() -> None:
    """Let jsonschema find no grammar of addresses, unless it was imported before."""
    sys.modules.setdefault(_LEFT_OUT, cast("ModuleType", None))


def let_in() -> None:
    """Let it be found again, for what is not ours."""
    if cast("object", sys.modules.get(_LEFT_OUT)) is None:
        sys.modules.pop(_LEFT_OUT, None)


def take_turns_often() -> None:
    """Let a thread that hands a database its next question wait less for one that goes on."""
    sys.setswitchinterval(_SECONDS_A_TURN)


def look_for_garbage_seldom() -> None:
    """Let the collector wait for many more new objects than Python does by itself."""
    gc.set_threshold(_OBJECTS_BETWEEN, _ROUNDS_BETWEEN, _ROUNDS_BETWEEN)
