"""How many reports can be made at a time on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psutil

from balanstest_analysis.document.operating_system import usable_cores
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.files.input_files import found_files

# The sample takes 0.7 GB (`benchmarks.quarterly`: 1.43 GB for two at once); room for larger ones.
BYTES_PER_REPORT = 900 * 2**20
# The engine holds the rows of a history while it counts them.
_BYTES_PER_BYTE_OF_DATA = 4
_GROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def jobs_for(dossiers: Iterable[Dossier], *, asked: int | None = None) -> int:
    """Return how many reports to make at a time: one per core, as far as memory allows.

    Args:
        dossiers: What is to be made; the largest history decides.
        asked: At most this many.

    Examples:
        >>> jobs_for([], asked=1)
        1
    """
    need = max((need_of(dossier) for dossier in dossiers), default=BYTES_PER_REPORT)
    return max(1, min(asked or usable_cores(), available_memory() // need))


def need_of(dossier: Dossier) -> int:
    """Return the memory that a report may take, in bytes, by the size of its tables."""
    size = 0
    for name, source in dossier.data.sources():
        if source.path is not None:
            try:
                files = found_files(dossier, name, source).files
                size += sum(file.stat().st_size for file in files)
            except (BalanstestError, OSError):
                continue
    return BYTES_PER_REPORT + _BYTES_PER_BYTE_OF_DATA * size


def available_memory() -> int:
    """Return the memory that is free for use, in bytes, within the limit of a container."""
    limits = [int(text) for file in _GROUP_LIMITS if (text := _read(file)).isdigit()]
    return min([int(psutil.virtual_memory().available), *limits])


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii").strip()
    except OSError:
        return ""
