"""What is said of a cell that cannot be accepted: what it is, what is allowed, what to do."""

from __future__ import annotations

import re

from balanstest_analysis.document.personal import is_personal
from balanstest_analysis.history.columns.casts import allowed
from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.empty_words import is_empty_word, means_no_day
from balanstest_analysis.history.columns.error_words import is_error_word
from balanstest_analysis.history.columns.kind_words import how_to_translate, is_no_gift, suggested
from balanstest_analysis.history.columns.notations import Notation
from balanstest_analysis.history.columns.number_forms import form_of_number
from balanstest_analysis.history.columns.privacy import shown


def about_cell(table: str, column: Column, notation: Notation, value: str) -> str:
    """Return the end of a sentence about a cell, and what to do.

    Args:
        table: it stands in.
        column: what it should be.
        notation: how the column is written.
        value: the cell; shown only where it is nobody's.
    """
    if not value.strip() or is_empty_word(value):
        written = f" (it is written as {value.strip()})" if value.strip() else ""
        return f"is empty{written}; every row needs it. {_filling(table, column)}."
    if is_error_word(value) and column.kind != "flag":
        fix = "Correct the formula, or empty the cell."
        return f"is {value.strip()}, an error of a spreadsheet. {fix}"
    permitted = allowed(column, notation)
    if column.filled and means_no_day(value, column):
        permitted = f"that day stands for none in many systems, and {permitted}"
    return f"is {_shown(column, value)}; {permitted}. {_remedy(table, column, value)}."


def _remedy(table: str, column: Column, value: str) -> str:
    if column.kind == "code":
        return f"Correct the export, or {how_to_translate(table, column, value)}"
    if column.kind == "flag":
        excel = "It looks like an error of Excel: correct the formula"
        first = excel if _is_error(value) else "Correct the export"
        return f"{first}, or {_how_to_list(table, column)}"
    if value.strip().startswith("#"):
        return "It looks like an error of Excel: correct the formula, or empty the cell"
    if column.kind in {"amount", "count"} and (form := form_of_number(value)):
        return form
    if not column.filled and not re.search(r"\d", value):
        still_runs = " or that the relation still runs" if column.name == "ends_on" else ""
        return (
            f"Correct the export; if it says that nothing is known{still_runs}, empty the cell, "
            "or have the export write NULL there"
        )
    return "Correct the export"


def _filling(table: str, column: Column) -> str:
    if column.kind == "key":
        return (
            "Correct the export, or state under `[data]` that such rows are left out of every "
            'table, and counted: empty_customer_id = "left-out"'
        )
    if column.kind != "flag":
        return "Correct the export"
    return f"Correct the export, or if such a cell means no, {_how_to_list(table, column)}"


def _how_to_list(table: str, column: Column) -> str:
    return (
        f"list the codes that mean true in `[data.{table}.values]`, such as "
        f'{column.name} = ["..."]; every other cell then means no'
    )


def _is_error(value: str) -> bool:
    return re.fullmatch(r"#[A-Z]{1,7}[/!?][A-Z0-9]?!?", value.strip()) is not None


def _shown(column: Column, value: str) -> str:
    """Return a cell as messages show it: an error of Excel and a plain word are nobody's."""
    if _is_error(value):
        return f"'{value.strip()}'"
    is_known = bool(suggested(column, value)) or is_no_gift(column, value)
    is_plain = column.kind == "code" and is_known and not is_personal(value)
    return f"'{value.strip()}'" if is_plain else shown(value)
