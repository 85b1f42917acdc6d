"""The only reader of data: tables of a calling history, or counts that already exist."""

from __future__ import annotations

from balanstest_analysis.sources.column_matches import Match
from balanstest_analysis.sources.columns import AGE_COLUMNS, EVENT_KINDS
from balanstest_analysis.sources.counts import month_frame, read_counts, read_counts_and_how
from balanstest_analysis.sources.history import (
    History,
    OpenTable,
    check_tables,
    fingerprints,
    open_history,
)
from balanstest_analysis.sources.numbered import first_unmapped_row, numbered_rows
from balanstest_analysis.sources.readings import Reading
from balanstest_analysis.sources.recognition import Sketch, sketch_of
from balanstest_analysis.sources.screening import has_addresses, telling_columns
from balanstest_analysis.sources.workbooks import sheet_tops

__all__ = [
    "AGE_COLUMNS",
    "EVENT_KINDS",
    "History",
    "Match",
    "OpenTable",
    "Reading",
    "Sketch",
    "check_tables",
    "fingerprints",
    "first_unmapped_row",
    "has_addresses",
    "month_frame",
    "numbered_rows",
    "open_history",
    "read_counts",
    "read_counts_and_how",
    "sheet_tops",
    "sketch_of",
    "telling_columns",
]
