"""A day and the time of that day, which stand in two columns, as one moment in text.

Nothing is read here: what comes out is read as a moment in one column is, or refused as that is.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.empty_words import EPOCH, LONG_AGO
from balanstest_analysis.history.columns.moment_casts import number_as_text

_MIDNIGHT: Final = (
    r"[ T]+(0?0:00(:00([.,]0+)?)?|12:00(:00)? ?[aA][.]?[mM][.]?)$"  # of a day without a time
)
_STARTS_AS_TIME: Final = r"^[0-9]{1,2}([:.uUhH]|[0-9]{2}| ?[aApP])"
_UNREADABLE: Final = " / "  # no moment is written with it


def _written(day: dt.date) -> str:
    year, month, number = f"{day.year:04}", f"0?{day.month}", f"0?{day.day}"
    orders = ((year, month, number), (number, month, year), (month, number, year))
    return "|".join("[-/.]".join(order) for order in orders)


# What programs write before a time that has no day of its own.
_NO_DAY: Final = f"^({'|'.join(map(_written, (*LONG_AGO, EPOCH)))})[ T]+"


def can_hold(stored: dtypes.DataType, *, is_time: bool) -> bool:
    """Return whether a type can hold the day, or the time, of a moment in two columns.

    Args:
        stored: as the column is stored.
        is_time: whether it is the column with the time.
    """
    if stored.is_timestamp():
        return stored.timezone is None
    own = stored.is_time() if is_time else stored.is_date()
    return bool(own or stored.is_string() or stored.is_numeric())


def day_and_time(day: ir.Column, time: ir.Column) -> ir.StringValue:
    """Return a day and its time as one text; the day alone where no time is given.

    A time may have a day before it that stands for none, such as 30-12-1899, or the day itself: so
    Excel and databases keep times. Anything else in the place of the time makes a text that is no
    moment.

    Args:
        day: as stored, of a type that `can_hold` it.
        time: likewise; from the same table.

    Examples:
        >>> rows = ibis.memtable(
        ...     [("31-03-2026", "14:05"), ("31-03-2026", ""), ("", "14:05")],
        ...     schema={"day": "string", "time": "string"},
        ... )
        >>> ibis.duckdb.connect().to_pyarrow(day_and_time(rows.day, rows.time)).to_pylist()
        ['31-03-2026 14:05', '31-03-2026', None]
    """
    whole, at = _text(day), _text(time)
    bare = whole.re_replace(_MIDNIGHT, "")
    at = at.re_replace(_NO_DAY, "")
    own_day = (at + " ").startswith(bare + " ") | at.startswith(bare + "T")
    at = ibis.ifelse(own_day, at.substr(bare.length() + 1), at).nullif("")
    fits = at.re_search(_STARTS_AS_TIME) & bare.re_search("[0-9]")
    moment = bare + ibis.ifelse(fits, " ", _UNREADABLE) + at
    return ibis.ifelse(at.isnull(), whole, moment)


def _text(raw: ir.Column) -> ir.StringValue:
    stored = raw.type()
    if stored.is_floating():
        return ibis.ifelse(raw == raw.floor(), number_as_text(raw), raw.cast("string"))
    return text_of(raw)
