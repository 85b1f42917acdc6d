"""From which of several sources each call came: kept where there are several, as it takes room."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.sources.checked_tables import CheckedTable

SOURCE: Final = "source"
_NUMBER: Final = "int16"


def source_cells(checked: CheckedTable) -> list[dict[str, ir.Value]]:
    """Return per part the cell that tells from which source its rows came; no cell of one source.

    Args:
        checked: the table; only those of calls are kept apart.
    """
    kept_apart = checked.table == "calls" and len(checked.sources) > 1
    return [
        {SOURCE: ibis.literal(number, _NUMBER)} if kept_apart else {}
        for number, source in enumerate(checked.sources)
        for _ in source.parts
    ]
