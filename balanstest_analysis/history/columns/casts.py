"""From what stands in a file to typed values, strictly: what does not fit is marked, not guessed.

Naive moments are Europe/Amsterdam unless the dossier states otherwise; others are converted to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.empty_words import (
    LONG_AGO,
    empty_words,
    says_empty,
    stands_for_none,
)
from balanstest_analysis.history.columns.error_words import holds_error
from balanstest_analysis.history.columns.key_forms import without_decimals
from balanstest_analysis.history.columns.moment_casts import (
    holds_moments,
    moment_of_stored,
    moment_of_text,
    number_as_text,
)
from balanstest_analysis.history.columns.notations import DEFAULT_ZONE, ISO, Notation
from balanstest_analysis.history.columns.word_lists import is_among
from balanstest_analysis.history.columns.written_amounts import (
    EURO,
    number_of,
    simplified_amount,
)

TRUE = ("true", "1", "ja", "yes", "waar", "j", "y", "t", "on", "aan")
FALSE = ("false", "0", "nee", "no", "onwaar", "n", "f", "off", "uit")
# Of German and French systems, of dBase, and marks; read, and not named among what is allowed.
_TRUE_ELSEWHERE = ("wahr", "vrai", "oui", "si", "sí", ".t.", ".true.", "✓", "✔", "☑", "✅")
_FALSE_ELSEWHERE = (
    *("falsch", "nein", "faux", "non", ".f.", ".false.", "✗", "✘", "☒", "☐", "❌", "✕"),
)
_TRUE_CELLS = TRUE + _TRUE_ELSEWHERE
_FLAG_CELLS = _TRUE_CELLS + FALSE + _FALSE_ELSEWHERE
EARLIEST = dt.date(1900, 1, 1)
_COUNT = r"^\d{1,9}([.,]0{1,2})?$"
CALL_ID = "call_id"
Maker = Callable[[ir.Column, Column, Notation], ir.Column]
_NOTHING: Mapping[str, str] = MappingProxyType({})


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def _trim(text: str) -> str: ...  # type: ignore[empty-body]


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A column as typed values.

    Attributes:
        value: the values.
        wrong: where the cell could not be accepted.
        no_day: where a day stands for none, such as 1900-01-01, and is read as empty; None for a
            column that needs a day, or holds none.
    """

    value: ir.Column
    wrong: ir.BooleanValue
    no_day: ir.BooleanValue | None = None


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
    return {
        "key": bool(stored.is_numeric() or stored.is_uuid()),
        "text": whole or bool(stored.is_uuid()),
        "flag": bool(stored.is_boolean() or stored.is_numeric()),
        "code": False,
        "moment": holds_moments(stored),
        "day": holds_moments(stored),
        "amount": bool(stored.is_numeric()),
        "count": bool(stored.is_numeric()),
    }[column.kind]


def cast(
    raw: ir.Column,
    column: Column,
    notation: Notation = ISO,
    words: Mapping[str, str] = _NOTHING,
    moment: ir.TimestampValue | None = None,
) -> Cast:
    """Return a column of a file as typed values.

    Args:
        raw: text, or the type in which Parquet stores it.
        column: what it should be.
        notation: how days and amounts are written.
        words: what their words mean, by word in small letters: for a code, or a campaign that one
            of our sources calls otherwise.
        moment: the cells as moments, where they were read before.
    """
    if column.kind in {"day", "moment"}:
        return _cast_day(raw, column, _moment(raw, notation) if moment is None else moment)
    makers: dict[str, Maker] = {
        "flag": _flag,
        "amount": _amount,
        "count": _count,
        "code": partial(_code, words),
    }
    value = makers.get(column.kind, _as_text)(raw, column, notation)
    if words and column.kind == "text":
        value = _translated(words, value)
    wrong = value.isnull() if column.filled else value.isnull() & ~_empty(raw, column)
    if column.kind == "text" and raw.type().is_string():
        wrong = wrong | holds_error(text_of(raw))
    if column.kind in {"text", "code"}:
        value = value.fill_null(column.default)
    return Cast(value=value, wrong=wrong)


def _cast_day(raw: ir.Column, column: Column, moment: ir.TimestampValue) -> Cast:
    none = stands_for_none(moment.date(), ahead=not column.dated)
    if column.filled:
        none = moment.date().isin(LONG_AGO).fill_null(False)
    value = moment if column.kind == "moment" else moment.date()
    value = _where((value >= _earliest(column)) & ~none, value)
    if column.filled:
        return Cast(value=value, wrong=value.isnull())
    wrong = value.isnull() & ~none & ~_empty(raw, column)
    return Cast(value=value, wrong=wrong, no_day=none)


def cast_codes(raw: ir.Column, true_codes: Sequence[str]) -> Cast:
    """Return a flag that is true where the text is one of the codes, and false elsewhere."""
    value = text_of(raw).isin(list(true_codes)).fill_null(False)
    return Cast(value=value, wrong=ibis.literal(False))


def tidy(raw: ir.Column, column: Column) -> ir.BooleanValue:
    """Return where a text or code already stands as it should, without spaces around it."""
    if column.kind == "code":
        return raw.isin(column.codes) | raw.isnull()
    text = raw.cast("string")
    is_tidy = (text == _trim(text)) & (text != "")
    if words := empty_words(column):
        is_tidy = is_tidy & ~is_among(text, words)
    if column.name == CALL_ID:
        is_tidy = is_tidy & (text == without_decimals(text))
    return is_tidy.fill_null(True)


def as_stored(raw: ir.Column, column: Column) -> ir.Column:
    """Return a column that is tidy throughout as it stands: cleaning each text takes long."""
    return raw.cast("string").fill_null(column.default)


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


def written_text(raw: ir.Column, column: Column) -> ir.StringValue | None:
    """Return cells as the text that tells how they are written; None where their type tells that.

    Args:
        raw: as stored.
        column: what they should be.
    """
    stored = raw.type()
    if stored.is_string():
        return text_of(raw)
    is_day = column.kind in {"day", "moment"}
    return number_as_text(raw) if is_day and stored.is_numeric() else None


def _empty(raw: ir.Column, column: Column) -> ir.BooleanValue:
    if raw.type().is_string():
        text = text_of(raw)
        return text.isnull() | says_empty(text, column)
    return raw.isnull() | raw.isnan() if raw.type().is_floating() else raw.isnull()


def _as_text(raw: ir.Column, column: Column, _: Notation) -> ir.StringValue:
    text = text_of(raw)
    if column.name == CALL_ID:
        text = without_decimals(text)
    words = empty_words(column)
    return _where(~is_among(text, words), text) if words else text


def _where(condition: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, value, ibis.null(value.type()))


def _flag(raw: ir.Column, _: Column, __: Notation) -> ir.BooleanValue:
    if raw.type().is_boolean():
        return raw
    if raw.type().is_numeric():
        return _where((raw == 0) | (raw == 1), raw == 1)
    text = text_of(raw).lower().re_replace("^([01])[.,]0+$", r"\1")
    return _where(is_among(text, _FLAG_CELLS), is_among(text, _TRUE_CELLS))


def _translated(words: Mapping[str, str], text: ir.StringValue) -> ir.StringValue:
    small = text.lower()
    return ibis.cases(*((small == theirs, ours) for theirs, ours in words.items()), else_=text)


def _code(words: Mapping[str, str], raw: ir.Column, column: Column, _: Notation) -> ir.StringValue:
    text = text_of(raw).lower()
    if words:
        text = _translated(words, text)
    return _where(text.isin(column.codes), text)


def _moment(raw: ir.Column, notation: Notation) -> ir.TimestampValue:
    if raw.type().is_string():
        return moment_of_text(text_of(raw), notation)
    if raw.type().is_numeric():
        return moment_of_text(number_as_text(raw), notation)
    return moment_of_stored(raw, notation.zone)


def _earliest(column: Column) -> ir.Scalar:
    kind = ibis.timestamp if column.kind == "moment" else ibis.date
    return kind(EARLIEST.isoformat())


def _amount(raw: ir.Column, _: Column, notation: Notation) -> ir.FloatingValue:
    if not raw.type().is_string():
        amount = raw.cast("float64")
        return _where(~amount.isnan(), amount)
    text = text_of(raw)
    plain = simplified_amount(text) if notation.is_odd else text.re_replace(EURO, "")
    return number_of(plain, notation.decimal)


def _count(raw: ir.Column, column: Column, _: Notation) -> ir.IntegerValue:
    if raw.type().is_string():
        text = text_of(raw)
        whole = text.re_replace("[.,]0+$", "")
        number = _where(text.re_search(_COUNT), whole).try_cast("int64")
    else:
        number = _where(raw == raw.floor(), raw).try_cast("int64")
    return _where((number >= 0) & (number <= column.at_most), number)
