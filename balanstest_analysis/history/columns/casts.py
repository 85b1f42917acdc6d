"""From what stands in a file to typed values, strictly: what does not fit is marked, not guessed.

Naive moments are Europe/Amsterdam unless the dossier states otherwise; others are converted to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.notations import AMOUNTS, DEFAULT_ZONE, EURO, ISO, Notation

TRUE = ("true", "1", "ja", "yes", "waar", "j", "y")
FALSE = ("false", "0", "nee", "no", "onwaar", "n")
EARLIEST = dt.date(1900, 1, 1)
_MINUTES = r"[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
_OFFSET = r"(Z|[+-]\d\d(:?\d\d)?)"
_MOMENT = rf"^\d{{4}}-\d\d-\d\d([ T]([01]\d|2[0-3]):{_MINUTES}( ?{_OFFSET})?)?$"
_REST = rf"\d{{4}}([ T]([01]?\d|2[0-3]):{_MINUTES}( ?{_OFFSET})?)?$"
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_MONTH = r"(0?[1-9]|1[012])"
_START = r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})"
_COUNT = r"^\d{1,9}$"
_MOMENT_TYPE = "timestamp(6)"
_AWARE = "timestamp('UTC', 6)"


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", _AWARE), _MOMENT_TYPE)
)
def _in_zone(zone: str, moment: dt.datetime) -> dt.datetime: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", _MOMENT_TYPE), _AWARE)
)
def _from_zone(zone: str, moment: dt.datetime) -> dt.datetime: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def _trim(text: str) -> str: ...  # type: ignore[empty-body]


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A column as typed values, and where the cell could not be accepted."""

    value: ir.Column
    wrong: ir.BooleanValue


def allowed(column: Column, notation: Notation = ISO) -> str:
    """Return what may stand in a column, as the end of a sentence."""
    day = {"day-first": "31-03-2026", "month-first": "03-31-2026"}.get(notation.dates, "2026-03-31")
    return {
        "flag": f"allowed are {', '.join(TRUE + FALSE)}",
        "code": f"allowed are {', '.join(column.codes)}",
        "moment": f"allowed is a date and time from 1900 on, such as {day} 14:05",
        "day": f"allowed is a date from 1900 on, such as {day}",
        "amount": f"allowed is a number such as 25 or 12{notation.decimal}50",
        "count": f"allowed is a whole number from 0 to {column.at_most}",
    }.get(column.kind, "allowed is any text")


def readable_type(column: Column, stored: dtypes.DataType) -> bool:
    """Return whether a column stored with this type can hold this kind of value."""
    if stored.is_string():
        return True
    whole = bool(stored.is_integer()) or (bool(stored.is_decimal()) and stored.scale == 0)
    dated = bool(stored.is_timestamp() or stored.is_date())
    return {
        "key": whole or bool(stored.is_uuid()),
        "text": whole or bool(stored.is_uuid()),
        "flag": whole or bool(stored.is_boolean()),
        "code": False,
        "moment": dated,
        "day": dated,
        "amount": bool(stored.is_numeric()),
        "count": bool(stored.is_numeric()),
    }[column.kind]


def cast(raw: ir.Column, column: Column, notation: Notation = ISO) -> Cast:
    """Return a column of a file as typed values.

    Args:
        raw: text, or the type in which Parquet stores it.
        column: what it should be.
        notation: how days and amounts are written.
    """
    makers = {
        "flag": _flag,
        "code": _code,
        "moment": _moment,
        "day": _day,
        "amount": _amount,
        "count": _count,
    }
    value = makers.get(column.kind, _as_text)(raw, column, notation)
    wrong = value.isnull() if column.filled else value.isnull() & ~_empty(raw)
    if column.kind in {"text", "code"}:
        value = value.fill_null(column.default)
    return Cast(value=value, wrong=wrong)


def cast_codes(raw: ir.Column, true_codes: Sequence[str]) -> Cast:
    """Return a flag that is true where the text is one of the codes, and false elsewhere."""
    value = text_of(raw).isin(list(true_codes)).fill_null(False)
    return Cast(value=value, wrong=ibis.literal(False))


def tidy(raw: ir.Column, column: Column) -> ir.BooleanValue:
    """Return where a key, text or code already stands as it should, without spaces around it."""
    if column.kind == "code":
        return raw.isin(column.codes) | raw.isnull()
    text = raw.cast("string")
    return ((text == _trim(text)) & (text != "")).fill_null(True)


def as_stored(raw: ir.Column, column: Column) -> ir.Column:
    """Return a column that is tidy throughout as it stands: cleaning each text takes long."""
    text = raw.cast("string")
    return text if column.kind == "key" else text.fill_null(column.default)


def is_right_as_stored(raw: ir.Column, column: Column, zone: str) -> bool:
    """Return whether cells that can be accepted need no cast at all."""
    stored = raw.type()
    if column.kind == "moment":
        naive = (
            bool(stored.is_timestamp()) and stored.timezone is None and stored.scale in {None, 6}
        )
        return naive and zone == DEFAULT_ZONE
    return bool(stored.is_date()) if column.kind == "day" else bool(stored.is_boolean())


def text_of(raw: ir.Column) -> ir.StringValue:
    """Return cells as text without spaces around them; empty where nothing is left."""
    return _trim(raw.cast("string")).nullif("")


def _empty(raw: ir.Column) -> ir.BooleanValue:
    if raw.type().is_string():
        return text_of(raw).isnull()
    return raw.isnull() | raw.isnan() if raw.type().is_floating() else raw.isnull()


def _as_text(raw: ir.Column, _: Column, __: Notation) -> ir.StringValue:
    return text_of(raw)


def _where(condition: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, value, ibis.null(value.type()))


def _flag(raw: ir.Column, _: Column, __: Notation) -> ir.BooleanValue:
    if raw.type().is_boolean():
        return raw
    text = text_of(raw).lower()
    return _where(text.isin(TRUE + FALSE), text.isin(TRUE))


def _code(raw: ir.Column, column: Column, _: Notation) -> ir.StringValue:
    text = text_of(raw).lower()
    return _where(text.isin(column.codes), text)


def _moment(raw: ir.Column, _: Column, notation: Notation) -> ir.TimestampValue:
    if raw.type().is_string():
        moment = _from_text(text_of(raw), notation)
    else:
        moment = _from_stored(raw, notation.zone)
    return _where(moment >= ibis.timestamp(EARLIEST.isoformat()), moment)


def _from_text(text: ir.StringValue, notation: Notation) -> ir.TimestampValue:
    fits = text.re_search(_MOMENT)
    if notation.dates != "iso":
        fits = fits | text.re_search(_pattern(notation.dates))
        order = r"\3-\2-\1" if notation.dates == "day-first" else r"\3-\1-\2"
        text = text.re_replace(_START, order)
    aware = _in_zone(DEFAULT_ZONE, text.try_cast(_AWARE))
    naive = _in_amsterdam(text.try_cast(_MOMENT_TYPE), notation.zone)
    return _where(fits, ibis.ifelse(text.re_search(rf":\d\d.*{_OFFSET}$"), aware, naive))


def _pattern(dates: str) -> str:
    first, second = (_DAY, _MONTH) if dates == "day-first" else (_MONTH, _DAY)
    return rf"^({first}-{second}-|{first}/{second}/){_REST}"


def _in_amsterdam(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    if zone == DEFAULT_ZONE:
        return moment
    return _in_zone(DEFAULT_ZONE, _from_zone(zone, moment))


def _from_stored(raw: ir.Column, zone: str) -> ir.TimestampValue:
    stored = raw.type()
    if stored.is_timestamp() and stored.timezone is not None:
        return _in_zone(DEFAULT_ZONE, raw.cast(_AWARE))
    return _in_amsterdam(raw.cast(_MOMENT_TYPE), zone)


def _day(raw: ir.Column, column: Column, notation: Notation) -> ir.DateValue:
    return _moment(raw, column, notation).date()


def _amount(raw: ir.Column, _: Column, notation: Notation) -> ir.FloatingValue:
    if not raw.type().is_string():
        amount = raw.cast("float64")
        return _where(~amount.isnan(), amount)
    text = text_of(raw).re_replace(EURO, "")
    thousands = "." if notation.decimal == "," else ","
    plain = text.replace(thousands, "").replace(notation.decimal, ".")
    return _where(text.re_search(AMOUNTS[notation.decimal]), plain.try_cast("float64"))


def _count(raw: ir.Column, column: Column, _: Notation) -> ir.IntegerValue:
    if raw.type().is_string():
        number = _where(text_of(raw).re_search(_COUNT), text_of(raw).try_cast("int64"))
    else:
        number = _where(raw == raw.floor(), raw).try_cast("int64")
    return _where((number >= 0) & (number <= column.at_most), number)
