"""Columns that are stored as types of their own: refused where the type cannot hold them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from balanstest_analysis.errors import Problems
from balanstest_analysis.history.columns.casts import readable_type
from balanstest_analysis.history.columns.columns import TIME, Column, Request
from balanstest_analysis.history.columns.day_and_time import can_hold

_BETTER = {
    "day": "a date",
    "moment": "a timestamp",
    "flag": "true and false",
    "amount": "a number",
    "count": "a whole number",
}


def refuse_types(name: str, request: Request, columns: Sequence[Column], stored: ir.Table) -> None:
    """Refuse columns of which the type cannot hold what they should.

    Args:
        name: of the file or table, to be named.
        request: what is asked of the table.
        columns: that it has.
        stored: with our names.

    Raises:
        DataError: one sentence per column.
    """
    problems = Problems()
    for column in columns:
        found = stored[column.name].type()
        if column.name in request.times:
            _add_halves(problems, name, request, column.name, stored)
        elif not readable_type(column, found):
            problems.add(
                f"`{name}`: {request.label(column.name)} is stored as {_named(found)}, "
                f"{_why_not(column, found)}"
            )
    problems.refuse()


def _add_halves(
    problems: Problems, name: str, request: Request, ours: str, stored: ir.Table
) -> None:
    """Add what is wrong with the types of a day and its time in two columns."""
    halves = {ours: (request.theirs(ours), "a date"), TIME + ours: (request.times[ours], "a time")}
    for half, (theirs, better) in halves.items():
        is_time = half != ours
        if half in stored.columns and not can_hold(stored[half].type(), is_time=is_time):
            which = "time" if is_time else "day"
            problems.add(
                f"`{name}`: `{theirs}`, the {which} of {ours}, is stored as "
                f"{_named(stored[half].type())}, which cannot hold it. Store it as {better}, or as "
                "text."
            )


def _named(stored: dtypes.DataType) -> str:
    if stored.is_unknown():
        return "a type that is not known here"
    if stored.is_array() or stored.is_map():
        return "a list"
    return "a record" if stored.is_struct() else str(stored)


def _why_not(column: Column, stored: dtypes.DataType) -> str:
    if column.kind in {"key", "text"} and stored.is_numeric():
        return (
            "a number with decimals, in which a long key loses digits and any key may gain `.0`. "
            "pandas makes it so where a key is missing: store it as whole numbers (Int64 in "
            "pandas) or as text without `.0`."
        )
    better = _BETTER.get(column.kind, "")
    return f"which cannot hold it. Store it as {f'{better}, or as text' if better else 'text'}."
