"""Rows that were kept from an earlier report of the series: never added to rows of this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from balanstest_analysis.document import wording

COLUMN = "Rapport"


class Dated(Protocol):
    """A row that may come from an earlier report."""

    @property
    def kept_from(self) -> str | None:
        """Period of that report; None where the row is of this one."""
        ...


def are_kept(rows: Sequence[Dated]) -> bool:
    """Return whether any row comes from an earlier report."""
    return any(row.kept_from is not None for row in rows)


def are_mixed(rows: Sequence[Dated]) -> bool:
    """Return whether the rows come from several reports: their sum is true at no date."""
    return len({row.kept_from for row in rows}) > 1


def kept_head(rows: Sequence[Dated]) -> tuple[str, ...]:
    """Return the head of the column that tells reports apart; none where all rows are of this."""
    return (COLUMN,) if are_kept(rows) else ()


def kept_cell(row: Dated, rows: Sequence[Dated]) -> tuple[str, ...]:
    """Return from which report a row comes, as the cell of that column.

    Args:
        row: one of the rows.
        rows: of the whole table.
    """
    if not are_kept(rows):
        return ()
    return ("dit rapport" if row.kept_from is None else wording.quarter(row.kept_from),)


def dated_caption(caption: str, rows: Sequence[Dated], data_through: str) -> str:
    """Return a caption with the date of its rows, where any is kept from an earlier report.

    Args:
        caption: of the table.
        rows: of the table.
        data_through: ISO date, last day of the data of this report.
    """
    if not are_kept(rows):
        return caption
    [first, *others] = rows
    if first.kept_from is not None and not are_mixed([first, *others]):
        return f"{caption}, overgenomen uit {report_about(first.kept_from)}"
    return (
        f"{caption}; gegevens tot en met {wording.date(data_through)}, met rijen uit "
        f"{earlier_reports(rows)}"
    )


def earlier_reports(rows: Iterable[Dated]) -> str:
    """Return what the reports are called that rows were kept from: one, or several."""
    kept = {row.kept_from for row in rows} - {None}
    return "eerdere rapporten" if len(kept) > 1 else "een eerder rapport"


def report_about(period: str) -> str:
    """Return what an earlier report is called in a sentence.

    Examples:
        >>> report_about("2026-Q2")
        'het rapport over het tweede kwartaal van 2026'
    """
    return f"het rapport over het {wording.quarter(period)}"


def kept_sentence(rows: Sequence[Dated]) -> str:
    """Return that rows come from earlier reports, and what follows for their sum; else nothing."""
    if not are_kept(rows):
        return ""
    if are_mixed(rows):
        return (
            "De rijen komen uit verschillende rapporten van deze reeks, zoals de tabel vermeldt. "
            "Daarom staat er geen totaal bij."
        )
    [period] = {row.kept_from for row in rows}
    return f"Deze aantallen zijn overgenomen uit {report_about(str(period))}."
