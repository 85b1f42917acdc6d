"""The cells of a spreadsheet in which a printed row is computed again."""

from __future__ import annotations

from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions.worked_row import WorkedRow, cells_of
from balanstest_analysis.published.result import PublishedResult


def worked_row_table(worked: WorkedRow, result: PublishedResult) -> Table:
    """Return the cells of a row with their formulas and what they give, in the digits printed.

    Args:
        worked: a row of the result.
        result: published.
    """
    return Table(
        may_split=True,
        columns=("Cel", "Getal", "Formule", "Formule (Engelse versie)", "Uitkomst"),
        rows=tuple(
            (cell.place, cell.name, cell.dutch, cell.formula, cell.printed)
            for cell in cells_of(worked, result)
        ),
        caption=f"De rij over maand {worked.months} nagerekend in een rekenblad",
        align="llllr",
    )
