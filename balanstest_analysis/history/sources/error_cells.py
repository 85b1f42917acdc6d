"""Errors of spreadsheets among the codes that decide what a row is: nobody knows what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import WHERE
from balanstest_analysis.history.columns.error_words import holds_error, is_error_word
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.places import marked_rows
from balanstest_analysis.history.sources.row_filters import NOT_FILTERED, Filtered


def refuse_error_codes(
    engine: Engine, parts: Sequence[Part], unmapped: Mapping[str, Mapping[str, int]]
) -> None:
    """Refuse result codes that are an error of a spreadsheet.

    Args:
        engine: where they are read.
        parts: the files of a source.
        unmapped: rows per code that the dossier maps to nothing, by column of the file.

    Raises:
        DataError: with the first such row.
    """
    for dialler, codes in unmapped.items():
        column = parts[0].request.flags_of(dialler)[0]
        _refuse(engine, parts, column, dialler, _errors(codes))


def refuse_error_filters(engine: Engine, parts: Sequence[Part], found: Filtered) -> None:
    """Refuse errors of a spreadsheet in a column by which the dossier decides which rows count.

    Args:
        engine: where they are read.
        parts: the files of a source.
        found: what was left out of them.

    Raises:
        DataError: with the first such row.
    """
    whole = [replace(part, filtered=NOT_FILTERED) for part in parts]
    for number, name in enumerate(parts[0].request.where):
        _refuse(engine, whole, f"{WHERE}{number}", name, _errors(found.others.get(name, {})))


def _errors(codes: Mapping[str, int]) -> int:
    return sum(rows for code, rows in codes.items() if is_error_word(code))


def _refuse(engine: Engine, parts: Sequence[Part], column: str, name: str, count: int) -> None:
    if count:
        found = marked_rows(engine, parts, partial(_marked, column=column), count)
        raise DataError(
            f"{found.where}: `{name}` is {found.value}, an error of a spreadsheet. Correct the "
            f"formula, or empty the cell.{found.others}"
        )


def _marked(_: Part, stored: ir.Table, column: str) -> tuple[ir.BooleanValue, ir.Column]:
    code = text_of(stored[column])
    return holds_error(code), code
