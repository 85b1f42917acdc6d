"""Cells as moments in Amsterdam, whichever way they are stored or written."""

from __future__ import annotations

import datetime as dt
from typing import Final

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from balanstest_analysis.history.columns.notations import DEFAULT_ZONE, Notation
from balanstest_analysis.history.columns.written_evidence import MINUTES, OFFSET, PLAIN_ISO, REST
from balanstest_analysis.history.columns.written_moments import (
    OF_ODATA,
    simplified,
    without_names,
)

_DAY: Final = r"(0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(0?[1-9]|1[012])"
_START: Final = r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})"
_SIMPLE: Final = (
    rf"^\d{{4}}-{_MONTH}-{_DAY}( (([01]?\d|2[0-3]):{MINUTES}"
    rf"|(0?[1-9]|1[012]):{MINUTES} am|(0?[1-9]|1\d|2[0-3]):{MINUTES} pm)( ?({OFFSET}|@))?)?$"
)
_ORDERS: Final = {"day-first": r"\3-\2-\1", "month-first": r"\3-\1-\2"}
_UNIX: Final = {1_000_000: r"^\d{9,10}([.,]\d+)?$", 1_000: r"^\d{12,13}$", 1: r"^\d{15,16}$"}
_MOMENT_TYPE: Final = "timestamp(6)"
_AWARE: Final = "timestamp('UTC', 6)"
_AWARE_NANOSECONDS: Final = "TIMESTAMPTZ_NS"


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", _AWARE), _MOMENT_TYPE)
)
def _in_zone(zone: str, moment: dt.datetime) -> dt.datetime: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", _MOMENT_TYPE), _AWARE)
)
def _from_zone(zone: str, moment: dt.datetime) -> dt.datetime: ...  # type: ignore[empty-body]


def holds_moments(stored: dtypes.DataType) -> bool:
    """Return whether a type holds days or moments, or numbers that may stand for them."""
    dated = bool(stored.is_timestamp() or stored.is_date() or stored.is_numeric())
    return dated or is_aware_of_nanoseconds(stored)


def is_aware_of_nanoseconds(stored: dtypes.DataType) -> bool:
    """Return whether this is the type for nanoseconds with a zone, which Ibis does not know."""
    return bool(stored.is_unknown()) and _AWARE_NANOSECONDS in str(stored)


def number_as_text(raw: ir.Column) -> ir.StringValue:
    """Return numbers such as 20260331 as text; fractions of a number are dropped."""
    stored = raw.type()
    if stored.is_floating():
        raw = ibis.ifelse(raw.isnan(), ibis.null(stored), raw)
    return raw.try_cast("int64").cast("string")


def moment_of_text(text: ir.StringValue, notation: Notation) -> ir.TimestampValue:
    """Return text as moments in Amsterdam; empty where it is none.

    Args:
        text: without spaces around it.
        notation: how the column is written.
    """
    if notation.is_simplified:
        return moment_of_simple(simple_text(text, notation), notation)
    return _of_unix(text) if notation.dates == "unix" else _plain(text, notation)


def simple_text(text: ir.StringValue, notation: Notation) -> ir.StringValue:
    """Return moments that are written oddly as plain text, with the year first.

    Args:
        text: without spaces around it.
        notation: how the column is written.
    """
    text = simplified(without_names(text, notation.steps), notation.steps)
    return _in_order(text, notation)


def moment_of_stored(raw: ir.Column, zone: str) -> ir.TimestampValue:
    """Return days and moments that are stored as such, in Amsterdam.

    Args:
        raw: as stored.
        zone: of moments that state none.
    """
    stored = raw.type()
    if is_aware_of_nanoseconds(stored):
        return _in_zone(DEFAULT_ZONE, raw.cast(_AWARE))
    if stored.is_timestamp() and stored.timezone is not None:
        return _in_zone(DEFAULT_ZONE, raw.cast(_AWARE))
    return _in_amsterdam(raw.cast(_MOMENT_TYPE), zone)


def _plain(text: ir.StringValue, notation: Notation) -> ir.TimestampValue:
    fits = text.re_search(PLAIN_ISO)
    if notation.dates != "iso":
        fits = fits | text.re_search(_pattern(notation.dates))
        text = text.re_replace(_START, _ORDERS[notation.dates])
    aware = _in_zone(DEFAULT_ZONE, text.try_cast(_AWARE))
    naive = _in_amsterdam(text.try_cast(_MOMENT_TYPE), notation.zone)
    return _where(fits, ibis.ifelse(text.re_search(rf":\d\d.*{OFFSET}$"), aware, naive))


def _pattern(dates: str) -> str:
    first, second = (_DAY, _MONTH) if dates == "day-first" else (_MONTH, _DAY)
    return rf"^({first}-{second}-|{first}/{second}/){REST}"


def _in_order(text: ir.StringValue, notation: Notation) -> ir.StringValue:
    """Return simplified days with the year first; of two digits, 70 to 99 are of last century."""
    order = _ORDERS.get(notation.dates, "")
    if order:
        text = text.re_replace(_START, order)
    if notation.short:
        for century, years in (("20", "[0-6]"), ("19", "[7-9]")):
            text = text.re_replace(*_short(order, century, years))
    return text


def _short(order: str, century: str, years: str) -> tuple[str, str]:
    """Return the pattern of days with a year of two digits, and how they are written in full."""
    rest = r"($|[ @Z+-])"
    if not order:
        return rf"^({years}\d)-(\d{{1,2}})-(\d{{1,2}}){rest}", rf"{century}\1-\2-\3\4"
    return rf"^(\d{{1,2}})-(\d{{1,2}})-({years}\d){rest}", rf"{century}{order}\4"


def moment_of_simple(text: ir.StringValue, notation: Notation) -> ir.TimestampValue:
    """Return texts from `simple_text` as moments in Amsterdam; empty where they are none.

    Args:
        text: the texts.
        notation: how the column is written.
    """
    moment = _of_simple(text, notation)
    if OF_ODATA not in notation.steps:
        return moment
    counted = _of_unix(text.re_extract("^u([0-9]{12,13})$", 1))
    return ibis.ifelse(text.re_search("^u[0-9]{12,13}$"), counted, moment)


def _of_simple(text: ir.StringValue, notation: Notation) -> ir.TimestampValue:
    fits, is_afternoon = text.re_search(_SIMPLE), ibis.literal(False)
    if notation.clock:
        text = text.re_replace(r" 12:(.* [ap]m)", r" 00:\1")
        is_afternoon = text.re_search(r" (0?\d|1[01]):.* pm")
        text = text.re_replace(" [ap]m", "")
    if not notation.with_offset:
        naive = _later(text.try_cast(_MOMENT_TYPE), is_afternoon, notation)
        return _where(fits, _in_amsterdam(naive, notation.zone))
    in_amsterdam, bare = text.re_search("@$"), text.re_replace("@$", "")
    aware = _in_zone(DEFAULT_ZONE, _later(bare.try_cast(_AWARE), is_afternoon, notation))
    naive = _later(bare.try_cast(_MOMENT_TYPE), is_afternoon, notation)
    naive = ibis.ifelse(in_amsterdam, naive, _in_amsterdam(naive, notation.zone))
    return _where(fits, ibis.ifelse(bare.re_search(rf":\d\d.*{OFFSET}$"), aware, naive))


def _later(
    moment: ir.TimestampValue, is_afternoon: ir.BooleanValue, notation: Notation
) -> ir.TimestampValue:
    if not notation.clock:
        return moment
    return ibis.ifelse(is_afternoon, moment + ibis.interval(hours=12), moment).cast(moment.type())


def _of_unix(text: ir.StringValue) -> ir.TimestampValue:
    """Return seconds since 1970, or thousandths or millionths of them, as moments."""
    moment = ibis.null(_MOMENT_TYPE)
    whole = text.re_replace(r"[.,]\d+$", "").try_cast("int64")
    for parts, pattern in _UNIX.items():
        seconds = (whole // (1_000_000 // parts)) if parts != 1_000_000 else whole
        found = _after_1970(seconds)
        moment = ibis.ifelse(text.re_search(pattern), found, moment)
    return _in_zone(DEFAULT_ZONE, _from_zone("UTC", moment))


def _after_1970(seconds: ir.IntegerValue) -> ir.TimestampValue:
    days, rest = seconds // 86_400, seconds % 86_400
    start = ibis.literal("1970-01-01").cast(_MOMENT_TYPE)
    moment = start + days.cast("int32").as_interval("D") + rest.cast("int32").as_interval("s")
    return moment.cast(_MOMENT_TYPE)


def _in_amsterdam(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    if zone == DEFAULT_ZONE:
        return moment
    return _in_zone(DEFAULT_ZONE, _from_zone(zone, moment))


def _where(condition: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, value, ibis.null(value.type()))
