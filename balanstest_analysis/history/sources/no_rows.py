"""Rows of an export that are no rows of its table: totals, remarks below it, and empty rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.files.remark_rows import (
    IS_NUMBER_OF_ROWS,
    IS_SENTENCE,
    IS_TOTAL,
    IS_TRAILER,
    IS_WORD,
    STARTS_AS_REMARK,
)

CERTAIN, LIKELY = "certain", "likely"
MONTHS: Final = "months_since_purchase"
MOST_LIKELY: Final = 25
_LONGEST_COUNT: Final = 9
MOST_LIKELY_COUNTS: Final = 3


def no_rows(
    stored: ir.Table, request: Request, columns: Sequence[Column]
) -> dict[str, ir.BooleanValue]:
    """Return where a row is none of the table, by how sure that is.

    It is sure of a row in which no cell is filled, a total, a number of rows, the column names once
    more, and a remark without customer or day; and likely of one without customer and day that
    holds something else, such as a sum. Of those only a few can be; where there are more, the table
    lacks something. Of counts it is sure of a word for a total in place of the month. A row without
    a month is likely a total, but not where a campaign or group stands in it: its month may be that
    of the row above.

    Args:
        stored: with our names.
        request: what is asked of the table.
        columns: of the table.
    """
    if request.table == "counts":
        return _no_month(stored, columns)
    names = _key_and_day(request, columns)
    if names is None:
        return {}
    empty = {column.name: _is_empty(stored[column.name]) for column in columns}
    others = [is_empty for name, is_empty in empty.items() if name not in names]
    alone = ibis.and_(*others) if others else ibis.literal(True)
    key, day = (stored[name] for name in names)
    no_key, no_day = (empty[name] for name in names)
    certain = [_only(no_day, no_key & alone)]
    if key.type().is_string():
        certain += [_is_total(key), _only(no_day, _is_remark(key, alone))]
    if day.type().is_string():
        certain += [_only(no_key, _is_remark(day, alone))]
    if key.type().is_string() and day.type().is_string():
        certain += [_is_header(stored, request, names), _only(alone, _is_trailer(key, day))]
    return {CERTAIN: ibis.or_(*certain), LIKELY: _only(no_day, no_key & ~alone)}


def may_be_no_row(
    stored: ir.Table, request: Request, columns: Sequence[Column], odd_key: ir.BooleanValue
) -> ir.BooleanValue | None:
    """Return where a row has to be looked at for `no_rows`, which costs far more.

    It is None for a table without a customer or day.

    Args:
        stored: with our names.
        request: what is asked of the table.
        columns: of the table.
        odd_key: where the key is not one that stands in every row alike; see `keys_seen`.
    """
    names = _key_and_day(request, columns)
    if names is None:
        return None
    key, day = (stored[name] for name in names)
    like_none = _is_empty(key)
    if key.type().is_string():
        like_none = like_none | _may_be_total(key)
    suspect = _is_empty(day) | _only(odd_key, like_none)
    if key.type().is_string() and day.type().is_string():
        counted = _only(day.length() <= _LONGEST_COUNT, text_of(day).re_search(IS_NUMBER_OF_ROWS))
        is_name = (day == request.theirs(names[1])).fill_null(False)
        suspect = suspect | is_name | _only(odd_key, counted)
    return suspect


def _key_and_day(request: Request, columns: Sequence[Column]) -> tuple[str, str] | None:
    keys = [column.name for column in columns if column.kind == "key"]
    days = [column.name for column in columns if column.dated and column.required]
    return (keys[0], days[0]) if keys and days else None


def _no_month(stored: ir.Table, columns: Sequence[Column]) -> dict[str, ir.BooleanValue]:
    """Return where a row of counts has no month of its own, by how sure it is a total."""
    labels = [_is_empty(stored[column.name]) for column in columns if column.kind == "text"]
    counts = [_is_empty(stored[column.name]) for column in columns if column.kind == "count"]
    month = stored[MONTHS]
    blank, no_label = ibis.and_(*counts), ibis.and_(ibis.literal(True), *labels)
    is_total = _is_total(month) if month.type().is_string() else ibis.literal(False)
    return {
        CERTAIN: is_total | (blank & no_label),
        LIKELY: _is_empty(month) & no_label & ~blank,
    }


def _is_header(stored: ir.Table, request: Request, names: tuple[str, str]) -> ir.BooleanValue:
    """Return where the column names stand once more."""
    cells = [stored[name] == request.theirs(name) for name in reversed(names)]
    return _only(cells[0].fill_null(False), cells[1])


def _is_trailer(key: ir.StringColumn, day: ir.StringColumn) -> ir.BooleanValue:
    number = text_of(day).re_search(IS_NUMBER_OF_ROWS)
    return _only(number.fill_null(False), text_of(key).lower().re_search(IS_TRAILER))


def _is_empty(cell: ir.Column) -> ir.BooleanValue:
    return text_of(cell).isnull() if cell.type().is_string() else cell.isnull()


def _only(condition: ir.BooleanValue, found: ir.BooleanValue) -> ir.BooleanValue:
    """Return both; the second, which costs much, is looked at only where the first holds."""
    return ibis.ifelse(condition, found, False).fill_null(False)


def _may_be_total(cell: ir.StringColumn) -> ir.BooleanValue:
    return (cell.contains("ota") | cell.contains("OTA")).fill_null(False)


def _is_total(cell: ir.StringColumn) -> ir.BooleanValue:
    return _only(_may_be_total(cell), text_of(cell).lower().re_search(IS_TOTAL))


def _is_remark(cell: ir.StringColumn, alone: ir.BooleanValue) -> ir.BooleanValue:
    text = text_of(cell)
    remark = text.lower().re_search(STARTS_AS_REMARK)
    single = text.re_search(IS_SENTENCE) | text.re_search(IS_WORD)
    return (remark | (alone & single)).fill_null(False)
