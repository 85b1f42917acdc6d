"""The only reader of data: tables of a calling history, or counts that already exist."""

from __future__ import annotations

from balanstest_analysis.sources.columns import AGE_COLUMNS, EVENT_KINDS
from balanstest_analysis.sources.counts import month_frame, read_counts
from balanstest_analysis.sources.history import History, OpenTable, fingerprints, open_history
from balanstest_analysis.sources.numbered import numbered_rows

__all__ = [
    "AGE_COLUMNS",
    "EVENT_KINDS",
    "History",
    "OpenTable",
    "fingerprints",
    "month_frame",
    "numbered_rows",
    "open_history",
    "read_counts",
]
