"""A printed table, its CSV file and its sheet are compared cell by cell."""

from __future__ import annotations

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.tables import lines_of, printed_differences

PRINTED = Sheet(
    section="",
    part="",
    caption="4 Conversie per tijdvak",
    columns=("Maanden", "Netto contacten", "95%-interval", "Aantal"),
    rows=(("0 t/m 1", "1.737", "12,1% tot 15,3%", "9 (2%)"), ("2", ".", "tot 3%", ".")),
)
LINES = [
    [
        "Maanden",
        "Netto contacten",
        "95%-interval, van",
        "95%-interval, tot",
        "Aantal",
        "Aantal, tussen haakjes",
    ],
    ["0 t/m 1", "1737", "12,1%", "15,3%", "9", "2%"],
    ["2", "", "", "3%", "", ""],
]


def test_the_same_table_in_two_forms_has_no_difference() -> None:
    assert [*printed_differences(PRINTED, LINES)] == []


@pytest.mark.parametrize("column", range(6))
def test_each_cell_that_differs_is_named(column: int) -> None:
    lines = [LINES[0], [*LINES[1]], LINES[2]]
    lines[1][column] += "1"
    (found,) = printed_differences(PRINTED, lines)
    assert found.place.startswith("row 1 (0 t/m 1), column ")


def test_a_row_that_is_left_out_is_told() -> None:
    (found,) = printed_differences(PRINTED, LINES[:2])
    assert (found.place, found.found, found.expected) == ("number of rows", "1", "2")


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(DataError, match="no CSV file"):
        lines_of('a;"b\nc')
