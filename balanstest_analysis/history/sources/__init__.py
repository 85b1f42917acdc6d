"""The only reader of data: tables of a calling history, or counts that already exist."""

from __future__ import annotations

from balanstest_analysis.history.columns.casts import EARLIEST
from balanstest_analysis.history.columns.columns import (
    AGE_COLUMNS,
    DAY_OF,
    MONTHS_AT_MOST,
)
from balanstest_analysis.history.engines.bucket_pass import OnProgress
from balanstest_analysis.history.sources.bucketed_queries import (
    Deferred,
    Queries,
    no_progress,
    only_row,
    queries_on,
)
from balanstest_analysis.history.sources.file_findings import file_findings
from balanstest_analysis.history.sources.history import (
    History,
    check_tables,
    fingerprints,
    open_history,
)
from balanstest_analysis.history.sources.listed_codes import RESULT_CODE, ListedCode
from balanstest_analysis.history.sources.open_tables import (
    SAYS_CUSTOMER,
    TELLS_OBJECTION,
    OpenTable,
    OwnObjections,
)
from balanstest_analysis.history.sources.readings import Reading
from balanstest_analysis.history.sources.row_findings import row_findings
from balanstest_analysis.history.sources.row_numbers import (
    first_row_of_nobody,
    first_row_without_day,
    first_unmapped_row,
    numbered_rows,
)
from balanstest_analysis.history.sources.source_numbers import SOURCE

__all__ = [
    "AGE_COLUMNS",
    "DAY_OF",
    "EARLIEST",
    "MONTHS_AT_MOST",
    "RESULT_CODE",
    "SAYS_CUSTOMER",
    "SOURCE",
    "TELLS_OBJECTION",
    "Deferred",
    "History",
    "ListedCode",
    "OnProgress",
    "OpenTable",
    "OwnObjections",
    "Queries",
    "Reading",
    "check_tables",
    "file_findings",
    "fingerprints",
    "first_row_of_nobody",
    "first_row_without_day",
    "first_unmapped_row",
    "no_progress",
    "numbered_rows",
    "only_row",
    "open_history",
    "queries_on",
    "row_findings",
]
