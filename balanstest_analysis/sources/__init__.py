"""The only reader of data: tables of a calling history, or counts that already exist."""

from __future__ import annotations

from balanstest_analysis.sources.casts import EARLIEST
from balanstest_analysis.sources.column_matches import Match
from balanstest_analysis.sources.columns import AGE_COLUMNS, EVENT_KINDS, MONTHS_AT_MOST
from balanstest_analysis.sources.counts import month_frame, read_counts, read_counts_and_how
from balanstest_analysis.sources.history import (
    History,
    check_tables,
    fingerprints,
    open_history,
)
from balanstest_analysis.sources.inquiry import (
    Answer,
    Inquiry,
    Tell,
    inquiry_into,
    only_row,
    say_nothing,
)
from balanstest_analysis.sources.numbered import first_unmapped_row, numbered_rows
from balanstest_analysis.sources.open_tables import OpenTable
from balanstest_analysis.sources.readings import Reading
from balanstest_analysis.sources.recognition import Sketch, sketch_of
from balanstest_analysis.sources.screening import has_addresses, telling_columns
from balanstest_analysis.sources.workbooks import sheet_tops

__all__ = [
    "AGE_COLUMNS",
    "EARLIEST",
    "EVENT_KINDS",
    "MONTHS_AT_MOST",
    "Answer",
    "History",
    "Inquiry",
    "Match",
    "OpenTable",
    "Reading",
    "Sketch",
    "Tell",
    "check_tables",
    "fingerprints",
    "first_unmapped_row",
    "has_addresses",
    "inquiry_into",
    "month_frame",
    "numbered_rows",
    "only_row",
    "open_history",
    "read_counts",
    "read_counts_and_how",
    "say_nothing",
    "sheet_tops",
    "sketch_of",
    "telling_columns",
]
