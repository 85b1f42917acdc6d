"""How days, moments and amounts are written in a file: decided over a whole column, never guessed.

A column in which some day is the 31st tells the order of day and month for all its cells; one that
allows two readings is refused until the dossier states the order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.written_evidence import (
    evidence,
    ordered,
    plain_evidence,
    simplified_rows,
)
from balanstest_analysis.history.columns.written_moments import SEPARATORS, STEPS

__all__ = [
    "DEFAULT_ZONE",
    "ISO",
    "Notation",
    "decided",
    "evidence",
    "plain_evidence",
    "simplified_rows",
]

DEFAULT_ZONE: Final = "Europe/Amsterdam"
_FEWEST_SWAPPED: Final = 2
_MANY: Final = 20
# By chance a day is over 12 three times in five; what is as unlikely as this is no chance.
_UNLIKELY: Final = 0.02
# Where some of the dates are right, only the texts bear witness.
_NO_CHANCE: Final = 0.0001


@dataclass(frozen=True)
class Notation:
    """How the cells of a column are written.

    Attributes:
        dates: ``"iso"``, ``"day-first"``, ``"month-first"`` or ``"unix"``; a cell that starts with
            the year is read as ISO under the first three, for it can be read in one way only.
        decimal: the decimal mark of amounts.
        zone: time zone of moments that state none.
        with_offset: cells that state their offset from UTC.
        iso: cells that start with the year, among others that do not.
        is_odd: whether cells have to be simplified before they can be read, which takes long.
        steps: the steps that simplifying takes; see `needed_steps`.
        clock: cells with AM or PM.
        short: cells with a year of two digits.
    """

    dates: str = "iso"
    decimal: str = "."
    zone: str = DEFAULT_ZONE
    with_offset: int = 0
    iso: int = 0
    is_odd: bool = False
    steps: frozenset[str] = STEPS
    clock: int = 0
    short: int = 0

    @property
    def is_simplified(self) -> bool:
        """Whether moments are simplified first."""
        return self.is_odd and self.dates != "unix"


ISO: Final = Notation()


def decided(
    request: Request,
    column: Column,
    found: Mapping[str, int],
    place: str,
    steps: frozenset[str] = STEPS,
    first: Callable[[], str] | None = None,
) -> Notation:
    """Return the notation of a column.

    Args:
        request: the table, with what the dossier states.
        column: the column.
        found: the counts of `evidence`, or those of `plain_evidence` where no cell is odd.
        place: of the cells, such as a file in backticks, to begin a message with.
        steps: that simplifying takes.
        first: returns the first row of a day with the year last, among others with the year first;
            None where rows have no order.

    Raises:
        DataError: the cells allow two readings and the dossier states neither, or say that a
            program has changed them.
    """
    where = f"{place}: {request.label(column.name)}"
    is_odd = bool(found.get("odd"))
    if column.kind == "amount":
        _refuse_currency(found, where)
        mark = request.source.decimal or _decimal(request, found, where)
        return Notation(decimal=mark, is_odd=is_odd)
    if column.kind not in {"day", "moment"}:
        return ISO
    _refuse_swapped(found, where)
    dates = request.source.dates or _dates(request, found, where, first)
    return Notation(
        dates=dates,
        zone=request.source.timezone or DEFAULT_ZONE,
        with_offset=found.get("offset", 0),
        iso=found.get("iso", 0) if dates not in {"iso", "unix"} else 0,
        is_odd=is_odd,
        steps=steps,
        clock=found.get("clock", 0),
        short=found.get("short", 0),
    )


def _dates(
    request: Request, found: Mapping[str, int], where: str, first: Callable[[], str] | None
) -> str:
    _refuse_numbers(request, found, where)
    either, day, month = (ordered(found, key) for key in ("either", "day", "month"))
    asked = f'State dates = "day-first" or dates = "month-first" in `[data.{request.table}]`.'
    if found.get("short"):
        raise DataError(
            f"{where} has years of two digits in {_rows(found['short'])}, which can be read in "
            f"more than one way. {asked}"
        )
    if not day and not month:
        if not either:
            return "day-first" if ordered(found, "same") else "iso"
        rows = _written_so(either, first) if _others(found) else "in every row"
        raise DataError(
            f"{where} can be read with the day first and with the month first, {rows}. {asked}"
        )
    _refuse_undecided(found, f"{where} ", asked)
    return "day-first" if day >= month else "month-first"


def _written_so(number: int, first: Callable[[], str] | None) -> str:
    place = f", the first of which is {first()}" if first and number > 1 else ""
    if number == 1:
        return f"in {first()}" if first else "in the 1 row written so"
    return f"in each of the {number} rows written so{place}"


def _others(found: Mapping[str, int]) -> int:
    return found.get("iso", 0) + ordered(found, "same")


def _refuse_undecided(found: Mapping[str, int], where: str, asked: str) -> None:
    """Refuse days written with a mark of which all can be read both ways, beside clear ones."""
    for name in SEPARATORS:
        either = found.get(f"{name}.either", 0)
        if either and not found.get(f"{name}.day") and not found.get(f"{name}.month"):
            raise DataError(
                f"{where}is written in more than one way; with {name} between day and month it "
                f"can be read with the day first and with the month first, in each of the "
                f"{_rows(either)} written so. Export it anew and do not open it in Excel, or if "
                f"all are in one order: {asked[0].lower()}{asked[1:]}"
            )


def _refuse_swapped(found: Mapping[str, int], where: str) -> None:
    """Refuse days that Excel has read in part: those up to the 12th, with the month as the day."""
    iso, text = found.get("iso", 0), ordered(found, "any")
    if not iso or not text:
        return
    one_way = text in {ordered(found, "day"), ordered(found, "month")}
    if found.get("high"):
        _refuse_swapped_in_part(iso, text if one_way else 0, where)
        return
    chance = 0.4**iso * 0.6**text
    is_marked = one_way and min(iso, text) >= _FEWEST_SWAPPED and chance < _UNLIKELY
    if is_marked or found.get("low", 0) >= _MANY:
        raise DataError(
            f"{where} has {_rows(iso)} in which the year comes first and no day is over 12, beside "
            f"{_rows(text)} written otherwise: so a column looks in which Excel has swapped day "
            "and month wherever it could. Export it anew from the source, and do not open it in "
            "Excel, or tell Excel the order of day and month when it reads the file."
        )


def _refuse_swapped_in_part(iso: int, text: int, where: str) -> None:
    """Refuse days of which Excel has swapped some, beside others that were dates already.

    Args:
        iso: cells that start with the year.
        text: other cells, where the order of day and month is clear in each.
        where: file and column.
    """
    if iso >= _FEWEST_SWAPPED and text and 0.6**text < _NO_CHANCE:
        raise DataError(
            f"{where} has {_rows(iso)} in which the year comes first, beside {_rows(text)} written "
            "otherwise, in which no day is up to 12: so a column looks of which Excel has read a "
            "part, and has swapped day and month wherever it could. Export it anew from the "
            "source, and do not open it in Excel, or tell Excel the order of day and month when it "
            "reads the file."
        )


def _refuse_numbers(request: Request, found: Mapping[str, int], where: str) -> None:
    if found.get("unix"):
        raise DataError(
            f"{where} has numbers in {_rows(found['unix'])} that may count the seconds, or "
            f'thousandths, since 1970. State dates = "unix" in `[data.{request.table}]` if they '
            "do, or export it as date and time."
        )
    if found.get("serial"):
        raise DataError(
            f"{where} has numbers of five digits in {_rows(found['serial'])}, which is how Excel "
            "counts days. Give the cells the format of a date before the export, or give the "
            "workbook itself."
        )


def _refuse_currency(found: Mapping[str, int], where: str) -> None:
    if found.get("foreign"):
        raise DataError(
            f"{where} has amounts in another currency than the euro in {_rows(found['foreign'])}. "
            "Convert them to euros before the export."
        )


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _decimal(request: Request, found: Mapping[str, int], where: str) -> str:
    is_mixed = bool(found["dot"] and found["comma"])
    if found["both"] and (is_mixed or not (found["dot"] or found["comma"])):
        rows = f"in {_rows(found['both'])}" if is_mixed else "in every row"
        raise DataError(
            f"{where} can be read with a decimal point and with a decimal comma, {rows}. "
            f'State decimal = "." or decimal = "," in `[data.{request.table}]`.'
        )
    return "," if found["comma"] > found["dot"] else "."
