"""The only reader of data: tables of a calling history, or counts that already exist."""

from __future__ import annotations

from balanstest_analysis.history.columns.casts import EARLIEST
from balanstest_analysis.history.columns.columns import AGE_COLUMNS, EVENT_KINDS, MONTHS_AT_MOST
from balanstest_analysis.history.engines.bucket_pass import Tell
from balanstest_analysis.history.sources.bucketed_queries import (
    Answer,
    Inquiry,
    inquiry_into,
    only_row,
    say_nothing,
)
from balanstest_analysis.history.sources.counts import month_frame, read_counts, read_counts_and_how
from balanstest_analysis.history.sources.history import (
    History,
    check_tables,
    fingerprints,
    open_history,
)
from balanstest_analysis.history.sources.open_tables import OpenTable
from balanstest_analysis.history.sources.readings import Reading
from balanstest_analysis.history.sources.row_numbers import first_unmapped_row, numbered_rows

__all__ = [
    "AGE_COLUMNS",
    "EARLIEST",
    "EVENT_KINDS",
    "MONTHS_AT_MOST",
    "Answer",
    "History",
    "Inquiry",
    "OpenTable",
    "Reading",
    "Tell",
    "check_tables",
    "fingerprints",
    "first_unmapped_row",
    "inquiry_into",
    "month_frame",
    "numbered_rows",
    "only_row",
    "open_history",
    "read_counts",
    "read_counts_and_how",
    "say_nothing",
]
