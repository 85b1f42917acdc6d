"""How days, moments and amounts are written in a file: decided over a whole column, never guessed.

A column in which some day is the 31st tells the order of day and month for all its cells; one that
allows two readings is refused until the dossier states the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import Column, Request

DEFAULT_ZONE = "Europe/Amsterdam"
_OVER_TWELVE = r"(1[3-9]|2\d|3[01])"
_ISO = r"^\d{4}-\d\d-\d\d"
_EITHER = r"^\d{1,2}[-/]\d{1,2}[-/]\d{4}"
_DAY_FIRST = rf"^{_OVER_TWELVE}[-/]\d{{1,2}}[-/]\d{{4}}"
_MONTH_FIRST = rf"^\d{{1,2}}[-/]{_OVER_TWELVE}[-/]\d{{4}}"
_WITH_OFFSET = r":\d\d.*(Z|[+-]\d\d(:?\d\d)?)$"
AMOUNTS = {
    ".": r"^[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?$",
    ",": r"^[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$",
}
EURO = "^€[ \u00a0]?"


@dataclass(frozen=True)
class Notation:
    """How the cells of a column are written.

    Attributes:
        dates: ``"iso"``, ``"day-first"`` or ``"month-first"``; a cell that starts with the year
            is read as ISO under each of them, for it can be read in one way only.
        decimal: the decimal mark of amounts.
        zone: time zone of moments that state none.
        with_offset: cells that state their offset from UTC.
        iso: cells that start with the year, among others that do not.
    """

    dates: str = "iso"
    decimal: str = "."
    zone: str = DEFAULT_ZONE
    with_offset: int = 0
    iso: int = 0


ISO = Notation()


def evidence(text: ir.StringValue, column: Column) -> dict[str, ir.IntegerScalar]:
    """Return counts of the cells that speak for one notation or another.

    Args:
        text: the cells, without spaces around them.
        column: what they should be; only days, moments and amounts can be written differently.
    """
    if column.kind == "amount":
        bare = text.re_replace(EURO, "")
        dot, comma = (bare.re_search(AMOUNTS[mark]) for mark in (".", ","))
        marked = bare.re_search(r"[.,]")
        found = {"dot": dot & ~comma, "comma": comma & ~dot, "both": dot & comma & marked}
    elif column.kind in {"day", "moment"}:
        patterns = {
            "iso": _ISO,
            "either": _EITHER,
            "day": _DAY_FIRST,
            "month": _MONTH_FIRST,
            "offset": _WITH_OFFSET,
        }
        found = {name: text.re_search(pattern) for name, pattern in patterns.items()}
    else:
        return {}
    return {name: where.fill_null(False).sum().fill_null(0) for name, where in found.items()}


def decided(request: Request, column: Column, found: Mapping[str, int], file_name: str) -> Notation:
    """Return the notation of a column.

    Args:
        request: the table, with what the dossier states.
        column: the column.
        found: the counts of `evidence`.
        file_name: to be named.

    Raises:
        DataError: the cells allow two readings and the dossier states neither.
    """
    zone = request.source.timezone or DEFAULT_ZONE
    where = f"`{file_name}`: {request.label(column.name)}"
    if column.kind == "amount":
        return Notation(decimal=request.source.decimal or _decimal(request, found, where))
    if column.kind in {"day", "moment"}:
        dates = request.source.dates or _dates(request, found, where)
        iso = found["iso"] if dates != "iso" else 0
        return Notation(dates=dates, zone=zone, with_offset=found["offset"], iso=iso)
    return ISO


def _dates(request: Request, found: Mapping[str, int], where: str) -> str:
    if not found["either"]:
        return "iso"
    if not found["day"] and not found["month"]:
        rows = (
            f"in each of the {found['either']} rows written so" if found["iso"] else "in every row"
        )
        raise DataError(
            f"{where} can be read with the day first and with the month first, {rows}. "
            f'State dates = "day-first" or dates = "month-first" in `[data.{request.table}]`.'
        )
    return "day-first" if found["day"] >= found["month"] else "month-first"


def _decimal(request: Request, found: Mapping[str, int], where: str) -> str:
    if found["dot"] or found["comma"]:
        return "," if found["comma"] > found["dot"] else "."
    if found["both"]:
        raise DataError(
            f"{where} can be read with a decimal point and with a decimal comma, in every row. "
            f'State decimal = "." or decimal = "," in `[data.{request.table}]`.'
        )
    return "."
