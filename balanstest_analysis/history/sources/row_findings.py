"""Which rows were left out or are in doubt: findings, with codes and names of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balanstest_analysis.document.personal import screened, screened_names
from balanstest_analysis.history.columns.privacy import may_be_a_name, may_be_personal
from balanstest_analysis.history.columns.report_subjects import REPORTS
from balanstest_analysis.history.columns.uncounted_rows import Uncounted, is_known_code
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources.ignored_columns import Ignored
from balanstest_analysis.history.sources.open_tables import NeverFilled, OpenTable
from balanstest_analysis.history.sources.unread_ends import UnreadEnd

_CODES_SHOWN = 40


def row_findings(tables: Mapping[str, OpenTable]) -> tuple[Finding, ...]:
    """Return what the reader of a history should know about rows that count, and that do not.

    Args:
        tables: of the history, or the counts.
    """
    ignored = [column for table in tables.values() for column in table.ignored]
    return (
        *_left_out(tables),
        *_ignored(ignored),
        *_ends([end for table in tables.values() for end in table.unread_ends]),
        *_never_filled([one for table in tables.values() for one in table.never_filled]),
        *_copies(tables),
        *_told_twice(tables),
    )


def _left_out(tables: Mapping[str, OpenTable]) -> Iterator[Finding]:
    for name, table in tables.items():
        if table.filtered.left_out:
            told = [
                f"`{column}`: {codes_told(codes)}"
                for column, codes in table.filtered.others.items()
                if codes
            ]
            yield Finding(
                code=f"rows_left_out_by_where_{name}",
                count=table.filtered.left_out,
                detail=f"Left out by {'; and by '.join(told)}." if told else None,
            )


def _ignored(columns: list[Ignored]) -> Iterator[Finding]:
    subjects = [column for column in columns if column.table in REPORTS]
    statuses = [column for column in columns if column.table not in REPORTS]
    for table in dict.fromkeys(column.table for column in statuses):
        yield from _finding(
            f"status_column_ignored_{table}",
            [c for c in statuses if c.table == table and c.found.clear],
        )
    yield from _finding("status_column_ignored", [c for c in statuses if not c.found.clear])
    for table in dict.fromkeys(column.table for column in subjects):
        found = [column for column in subjects if column.table == table]
        yield from _finding(f"subject_column_ignored_{table}", found)


def _finding(code: str, columns: list[Ignored]) -> Iterator[Finding]:
    if columns:
        told = [
            f"`{c.column}` of {screened(c.file, 'a file')} holds {_told(c.found)}." for c in columns
        ]
        count = max(column.found.rows for column in columns)
        yield Finding(code=code, count=count, detail=" ".join(told))


def _told(found: Uncounted) -> str:
    beside = f", beside {codes_told(found.beside)}" if found.beside else ""
    doubtful = f"; perhaps also {codes_told(found.doubtful)}" if found.doubtful else ""
    return f"{codes_told(found.codes)}{doubtful}{beside}"


def _ends(columns: list[UnreadEnd]) -> Iterator[Finding]:
    for code, is_clear in (("end_column_ignored", True), ("end_column_in_doubt", False)):
        found = [column for column in columns if column.is_clear == is_clear]
        if found:
            told = [f"`{one.column}` of {screened(one.file, 'a file')}" for one in found]
            yield Finding(
                code=code,
                count=sum(one.dated for one in found),
                detail=f"Not read: {', '.join(told)}.",
            )


def _never_filled(columns: list[NeverFilled]) -> Iterator[Finding]:
    if columns:
        told = [
            f"`{one.column}` of {screened(one.file, 'a file')}"
            + (f", read as `{one.ours}`" if one.ours != one.column else "")
            for one in columns
        ]
        rows = {one.file: one.rows for one in columns}
        yield Finding(
            code="column_never_filled",
            count=sum(rows.values()),
            detail=f"Empty: {'; '.join(told)}.",
        )


def _copies(tables: Mapping[str, OpenTable]) -> Iterator[Finding]:
    names = [name for table in tables.values() for name in table.surroundings.copies]
    if names:
        told = ", ".join(screened_names(dict.fromkeys(names), "copy").values())
        yield Finding(code="same_file_twice", count=len(names), detail=f"Copies: {told}.")


def _told_twice(tables: Mapping[str, OpenTable]) -> Iterator[Finding]:
    twice = sum(table.told_twice for table in tables.values())
    if twice:
        yield Finding(code="objections_told_twice", count=twice)


def codes_told(numbers: Mapping[str, int]) -> str:
    """Return codes with their numbers, most frequent first; never one that may be a person.

    Examples:
        >>> codes_told({"Failed": 3, "Refunded": 12, "": 2})
        'Refunded (12), Failed (3), (empty) (2)'
    """
    codes = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    if len(codes) > _CODES_SHOWN or any(may_be_personal(code) for code, _ in codes):
        return f"{len(codes)} different texts, which are not shown"
    named = [(c, n) for c, n in codes if not may_be_a_name(c, n, is_known=is_known_code(c))]
    shown = [f"{code or '(empty)'} ({number})" for code, number in named]
    hidden = len(codes) - len(named)
    return ", ".join([*shown, *([f"and {hidden} that may be names"] if hidden else [])])
