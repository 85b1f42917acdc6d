"""Awkward exports, made by a script: for each the right numbers, or one message and exit code 3.

``python -m tests.awkward_exports FOLDER`` writes them all, to be looked at.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.awkward import (
    amounts,
    books,
    cells,
    dates,
    file_kinds,
    filled_days,
    folders,
    keys,
    moments,
    month_counts,
    notations,
    parquet_types,
    sheets,
    sources,
    systems,
    table_rows,
    texts,
)
from tests.awkward.export import (
    CALLS,
    DOSSIER,
    EVENT_HEADER,
    EVENTS,
    HEADER,
    RIGHT,
    Export,
    csv_text,
    write_export,
)

__all__ = [
    "CALLS",
    "DOSSIER",
    "EVENTS",
    "EVENT_HEADER",
    "EXPORTS",
    "HEADER",
    "RIGHT",
    "Export",
    "csv_text",
    "write_export",
]

_MODULES = (
    texts,
    notations,
    books,
    sheets,
    folders,
    keys,
    dates,
    moments,
    cells,
    table_rows,
    month_counts,
    sources,
    systems,
    amounts,
    parquet_types,
    filled_days,
    file_kinds,
)
EXPORTS: tuple[Export, ...] = tuple(export for module in _MODULES for export in module.EXPORTS)


def main(target: str) -> None:
    """Write every export into a folder of its own."""
    for export in EXPORTS:
        folder = Path(target) / export.kind / re.sub(r"\W+", "-", export.name)
        folder.mkdir(parents=True)
        write_export(folder, export)


if __name__ == "__main__":
    main(sys.argv[1])
