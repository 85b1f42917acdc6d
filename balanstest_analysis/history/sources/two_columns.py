"""Moments that stand in two columns of a table: read as one column from here on."""

from __future__ import annotations

import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import TIME, Column, Request
from balanstest_analysis.history.columns.day_and_time import day_and_time


def column_beside(name: str) -> Column:
    """Return a column that is read beside those of the table.

    Args:
        name: as stored; see `Request.beside`.
    """
    is_time = name.startswith(TIME)
    return Column(name=name.removeprefix(TIME), kind="time" if is_time else "text")


def joined(stored: ir.Table, request: Request) -> ir.Table:
    """Return the stored rows with each moment of two columns as one text, the time dropped.

    Args:
        stored: with our names, and with the times beside them.
        request: which moments have a time of their own.
    """
    pairs = {
        ours: day_and_time(stored[ours], stored[TIME + ours])
        for ours in request.times
        if ours in stored.columns and TIME + ours in stored.columns
    }
    if not pairs:
        return stored
    return stored.mutate(**pairs).drop(*(TIME + ours for ours in pairs))
