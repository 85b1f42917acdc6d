"""Columns of an export that tell which of its rows count, and the codes of those that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.privacy import is_unread_name
from balanstest_analysis.history.columns.report_subjects import (
    REPORTS,
    may_tell_subject,
    subject_status,
    tells_reason,
    tells_subject,
)
from balanstest_analysis.history.columns.row_status import RowStatus, may_decide, row_status
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.recognition.code_counts import Codes, codes_of
from balanstest_analysis.history.recognition.column_matches import Match


@dataclass(frozen=True, kw_only=True)
class RowFilter:
    """A column that tells which rows count.

    Attributes:
        column: its name in the export.
        status: its codes, divided.
        empty: rows without a code, which would not count.
        hidden: codes that may be names, and are not among them.
        ends: whether the rows are contracts, of which one that was cancelled did count.
        perhaps: whether the column may tell something else, or another one tells it already.
    """

    column: str
    status: RowStatus
    empty: int = 0
    hidden: int = 0
    ends: bool = False
    perhaps: bool = False

    @property
    def is_clear(self) -> bool:
        """Return whether nothing about it is in doubt."""
        doubted = self.empty or self.hidden or self.ends or self.perhaps
        return self.status.is_clear and not doubted


def filters_of(
    engine: Engine,
    rows: ir.Table,
    table: str,
    codes: Mapping[str, Codes],
    matches: Sequence[Match],
    used: Set[str],
) -> tuple[RowFilter, ...]:
    """Return the columns that tell which rows count.

    Args:
        engine: that reads the export.
        rows: the export.
        table: what it was taken for.
        codes: of the columns that may tell results or a status.
        matches: columns that were recognised.
        used: names of columns that are something else.
    """
    ends = any(match.ours == "ends_on" for match in matches)
    # Nothing is read of the channel of a complaint, so that it is no loss.
    channels = {match.theirs for match in matches if match.ours == "channel"}
    return (
        *(replace(found, ends=ends) for found in _statuses(table, codes, used)),
        *_subjects(engine, rows, table, used - channels),
    )


def counting(rows: ir.Table, filters: Sequence[RowFilter]) -> ir.Table:
    """Return the rows that count, where that is clear: a planned gift has no day yet."""
    for found in filters:
        if found.is_clear:
            rows = rows.filter(text_of(rows[found.column]).isin(found.status.counting))
    return rows


def _statuses(table: str, codes: Mapping[str, Codes], used: Set[str]) -> Iterator[RowFilter]:
    for name, found in codes.items():
        status = row_status(table, found.numbers)
        asked = status.decides or (table == "events" and len(status.unknown) > 1)
        if name not in used and may_decide(table, name) and asked:
            yield RowFilter(column=name, status=status, empty=found.empty, hidden=found.hidden)


def _subjects(engine: Engine, rows: ir.Table, table: str, used: Set[str]) -> Iterator[RowFilter]:
    """Yield the columns that tell which objections or complaints are about calls."""
    is_told = False
    for name in rows.columns if table in REPORTS else ():
        if name in used or not may_tell_subject(table, name) or is_unread_name(name):
            continue
        found = codes_of(engine, rows, name)
        if tells_subject(table, name, found.numbers):
            yield RowFilter(
                column=name,
                status=subject_status(found.numbers),
                empty=found.empty,
                hidden=found.hidden,
                perhaps=is_told or tells_reason(name),
            )
            is_told = is_told or not tells_reason(name)
