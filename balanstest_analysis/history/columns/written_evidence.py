"""What the cells of a column say about how it is written: counts, from which that is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.columns import Column
from balanstest_analysis.history.columns.empty_words import says_empty
from balanstest_analysis.history.columns.written_amounts import (
    AMOUNTS,
    EURO,
    other_currency,
    simplified_amount,
)
from balanstest_analysis.history.columns.written_moments import (
    SEPARATORS,
    STEPS,
    simplified,
    without_names,
)

MINUTES: Final = r"[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
OFFSET: Final = r"(Z|[+-]\d\d(:?\d\d)?)"
PLAIN_ISO: Final = rf"^\d{{4}}-\d\d-\d\d([ T]([01]\d|2[0-3]):{MINUTES}({OFFSET})?)?$"
REST: Final = rf"\d{{4}}([ T]([01]?\d|2[0-3]):{MINUTES}({OFFSET})?)?$"
_PLAIN_ORDER: Final = rf"^(\d{{1,2}}-\d{{1,2}}-|\d{{1,2}}/\d{{1,2}}/){REST}"
_PLAIN_MARKS: Final = ("dashes", "slashes")
_OVER_TWELVE: Final = r"(?:1[3-9]|2\d|3[01])"
_LOW_DAY: Final = r"(?:0?[2-9]|1[0-2])"
_WITH_OFFSET: Final = r":\d\d.*(Z|[+-]\d\d(:?\d\d)?|@)$"
_SWAPPED: Final = {
    "iso": r"^\d{4}-",
    "high": rf"^\d{{4}}-\d{{1,2}}-{_OVER_TWELVE}",
    "low": rf"^\d{{4}}-\d{{1,2}}-{_LOW_DAY}(?:$|[ TZ@+-])",
    "short": r"^\d{1,2}-\d{1,2}-\d\d($|[ T])",
    "offset": _WITH_OFFSET,
    "clock": r"[ap]m",
}
_NUMBERS: Final = {
    "unix": r"^1\d{9}([.,]\d+)?$|^1\d{12}$|^1\d{15}$",
    "serial": r"^[2-6]\d{4}([.,]\d+)?$",
}
Totals = dict[str, ir.IntegerScalar]


def plain_evidence(text: ir.StringValue, column: Column) -> Totals:
    """Return counts from a quick look, for most columns are written plainly throughout.

    Where there are ``other`` cells than ISO, `evidence` tells more; where some are ``odd``, it has
    to simplify them first.

    Args:
        text: the cells, without spaces around them.
        column: what they should be; only days, moments and amounts can be written differently.
    """
    empty = says_empty(text, column)
    if column.kind == "amount":
        bare = text.re_replace(EURO, "")
        odd = _count(~(_is_amount(bare) | empty))
        return {**_marks(bare), "odd": odd, "other": odd}
    if column.kind in {"day", "moment"}:
        # Most cells are ISO, and need no further look.
        iso, no = text.re_search(PLAIN_ISO), ibis.literal(False)
        return {
            "offset": _count(text.re_search(_WITH_OFFSET)),
            "other": _count(ibis.ifelse(iso, no, ~empty)),
            "odd": _count(ibis.ifelse(iso, no, ~(empty | text.re_search(_PLAIN_ORDER)))),
        }
    return {}


@dataclass(frozen=True, kw_only=True)
class Simple:
    """Cells that are written oddly, as they are when simplified.

    Attributes:
        named: moments with the names of months as numbers; amounts as they stand.
        simple: moments as plain text, and amounts without what stands around them.
        having: the steps that took.
    """

    named: ir.StringValue
    simple: ir.StringValue
    having: Collection[str] = STEPS


def simplified_rows(
    rows: ir.Table, texts: Mapping[Column, ir.StringValue], steps: Mapping[str, Collection[str]]
) -> tuple[ir.Table, dict[Column, Simple]]:
    """Return rows with odd cells simplified in columns of their own, for `evidence`.

    An engine works a text out anew wherever a count uses it, but not from one step to another.

    Args:
        rows: with the cells.
        texts: the cells, by column of days, moments or amounts.
        steps: that simplifying moments takes, by name.
    """
    having = {column: steps.get(column.name, STEPS) for column in texts}
    dated = {column for column in texts if column.kind != "amount"}
    named = rows.mutate(
        **{
            f"named_{c.name}": without_names(text, having[c]) if c in dated else text
            for c, text in texts.items()
        }
    )
    cells = {column: named[f"named_{column.name}"] for column in texts}
    simple = named.mutate(
        **{
            f"simple_{c.name}": simplified(t, having[c]) if c in dated else simplified_amount(t)
            for c, t in cells.items()
        }
    )
    return simple, {
        column: Simple(
            named=simple[f"named_{column.name}"],
            simple=simple[f"simple_{column.name}"],
            having=having[column],
        )
        for column in texts
    }


def evidence(text: ir.StringValue, column: Column, odd: Simple | None = None) -> Totals:
    """Return counts of the cells that speak for one notation or another.

    Args:
        text: the cells, without spaces around them.
        column: what they should be; only days, moments and amounts can be written differently.
        odd: the cells as they are when simplified, from `simplified_rows`; None where all are
            written plainly.
    """
    if column.kind not in {"amount", "day", "moment"}:
        return {}
    if odd is None:
        return plain_evidence(text, column) | _of_plain_moments(text, column)
    if column.kind == "amount":
        return _of_amounts(text, column, odd.simple)
    return _of_moments(text, column, odd)


def _of_amounts(text: ir.StringValue, column: Column, amount: ir.StringValue) -> Totals:
    odd = _count(~(_is_amount(text.re_replace(EURO, "")) | says_empty(text, column)))
    foreign = _count(other_currency(text) & ~_is_amount(amount))
    return {**_marks(amount), "odd": odd, "foreign": foreign}


def _marks(amount: ir.StringValue) -> Totals:
    dot, comma = (amount.re_search(AMOUNTS[mark]) for mark in (".", ","))
    marked = amount.re_search(r"[.,]")
    found = {"dot": dot & ~comma, "comma": comma & ~dot, "both": dot & comma & marked}
    return {name: _count(where) for name, where in found.items()}


def _is_amount(amount: ir.StringValue) -> ir.BooleanValue:
    return amount.re_search(AMOUNTS["."]) | amount.re_search(AMOUNTS[","])


def _of_plain_moments(text: ir.StringValue, column: Column) -> Totals:
    if column.kind == "amount":
        return {}
    totals = _forms(text)
    for name in _PLAIN_MARKS:
        totals |= _order(text, name, SEPARATORS[name])
    return totals


def _of_moments(text: ir.StringValue, column: Column, odd: Simple) -> Totals:
    totals = _forms(odd.simple)
    for name, mark in SEPARATORS.items():
        totals |= _order(odd.named, name, mark) if name in odd.having else {}
    ordinary = text.re_search(PLAIN_ISO) | text.re_search(_PLAIN_ORDER)
    totals |= {name: _count(text.re_search(pattern)) for name, pattern in _NUMBERS.items()}
    totals["odd"] = _count(~(ordinary | says_empty(text, column)))
    return totals


def _forms(text: ir.StringValue) -> Totals:
    return {name: _count(text.re_search(pattern)) for name, pattern in _SWAPPED.items()}


def _order(text: ir.StringValue, name: str, mark: str) -> Totals:
    """Return how many days written with a mark can be read both ways, or only one way."""
    number = r"\d{1,2}" if mark else r"\d\d"
    year = r"\d{4}" if mark else r"(?:19|20|29|99)\d\d(?:$|[ T])"
    any_way = text.re_search(f"^{number}{mark}{number}{mark}{year}")
    day = text.re_search(f"^{_OVER_TWELVE}{mark}{number}{mark}{year}")
    month = text.re_search(f"^{number}{mark}{_OVER_TWELVE}{mark}{year}")
    alike = "|".join(f"0?{n}{mark}0?{n}" if n < 10 else f"{n}{mark}{n}" for n in range(1, 13))
    same = text.re_search(f"^(?:{alike}){mark}{year}")
    found = {"day": day & ~month, "month": month & ~day, "same": same}
    found["either"] = ~day & ~month & ~same
    # A cell without this mark needs no further look.
    counts = {
        f"{name}.{key}": _count(ibis.ifelse(any_way, where, ibis.literal(False)))
        for key, where in found.items()
    }
    return {**counts, f"{name}.any": _count(any_way)}


def _count(where: ir.BooleanValue) -> ir.IntegerScalar:
    return where.fill_null(False).sum().fill_null(0)


def ordered(found: Mapping[str, int], key: str) -> int:
    """Return a count over days written with any mark.

    Args:
        found: the counts of `evidence`.
        key: ``"day"``, ``"month"``, ``"same"``, ``"any"`` or ``"either"``.
    """
    return sum(found.get(f"{name}.{key}", 0) for name in SEPARATORS)
