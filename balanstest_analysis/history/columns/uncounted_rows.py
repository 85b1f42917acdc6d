"""Rows that do not count by the words of a column that nobody mapped.

Payments that were refunded, calls that came in, objections and complaints about something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from balanstest_analysis.history.columns.report_subjects import (
    REPORTS,
    is_free_text,
    is_known_subject,
    is_subject_name,
    may_tell_subject,
    subject_status,
    tells_reason,
    tells_subject,
)
from balanstest_analysis.history.columns.row_status import (
    clearly_no_row,
    may_decide,
    plain_code,
    row_status,
)

DECIDED: Final = ("calls", "events", *REPORTS)
_MOST: Final = 0.9
# Words that other columns hold as well, such as a campaign *Test* or an opinion that is *Open*.
_COMMON: Final = (
    r"open|test|in|uit|out|draft|concept|template|blocked|lost|verloren|won|gewonnen|manual|intern"
    r"|preview|handmatig|pending|posted|received|ontvangen|geboekt|confirmed|prospecting|pledged"
    r"|qualification|identification|verlopen|vervallen|expired|returned|afgerond|in behandeling"
    r"|test call|internal|complete|completed|success|i|o|u|gebeld|placed|made|diall?ed|externa?l?"
    r"|answered|beantwoord|missed|gemist|orig|term|verwijderd|deleted|errors?|fout|retour|on hold"
    r"|incomplete|afgebroken|ingetrokken|withdrawn"
)
_UNDONE: Final = (
    r"storno|gestorneerd|refund(ed)?|terugbetaald|terugbetaling|teruggeboekt|terugboeking"
    r"|charge_?back|reversed|reversal|mislukt|failed|voided"
)
_TELLING: Final = {
    "events": rf"(is_)?({_UNDONE})(_?(ind|indicatie|jn|yn|flag))?|is_test",
    "calls": r"(is_)?(inbound|inkomend|incoming|internal)(_?(ind|jn|yn|flag))?|is_test",
}
_DAY: Final = rf"({_UNDONE})_?(datum|date|at|on|op|dd)|(datum|date)_?({_UNDONE})"
_AMOUNT: Final = rf"({_UNDONE})_?(amount|bedrag)|(amount|bedrag)_?({_UNDONE})"
_YES: Final = frozenset({"1", "ja", "j", "true", "t", "y", "yes", "x", "waar", "1 0"})


@dataclass(frozen=True, kw_only=True)
class Uncounted:
    """Rows that do not count by the words of a column.

    Attributes:
        codes: rows per code that does not count; a sign such as *filled in* for days and amounts.
        clear: rows that certainly do not count, such as refunds and incoming calls.
        beside: of objections and complaints, rows per code that does count.
    """

    codes: Mapping[str, int]
    clear: int
    beside: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Number of rows that do not count."""
        return sum(self.codes.values())


def tells_by_name(table: str, column: str) -> bool:
    """Return whether a column, by its name, says of each row that it was undone.

    Examples:
        >>> tells_by_name("events", "Refunded at"), tells_by_name("events", "Refund")
        (True, True)
        >>> tells_by_name("events", "Fonds")
        False
    """
    return _sign(table, column) != ""


def may_leave_out(table: str, column: str) -> bool:
    """Return whether a column, by its name, may tell which rows of a table count.

    Examples:
        >>> may_leave_out("events", "Betaalstatus"), may_leave_out("complaints", "Categorie")
        (True, True)
    """
    if table in REPORTS:
        return is_subject_name(table, column)
    return may_decide(table, column) or tells_by_name(table, column)


def _sign(table: str, column: str) -> str:
    name = plain_code(column).replace(" ", "_")
    patterns = {"flag": _TELLING.get(table, "(?!)")}
    if table == "events":
        patterns |= {"day": _DAY, "amount": _AMOUNT}
    return next((sign for sign, pattern in patterns.items() if re.fullmatch(pattern, name)), "")


def uncounted_rows(
    table: str, column: str, numbers: Mapping[str, int], *, perhaps: bool = False
) -> Uncounted | None:
    """Return the rows that do not count by the words of a column; None where it is another column.

    A column with an ordinary name has to hold nothing but words of a status, of both kinds, or
    almost nothing else and one that other columns do not hold. In a column with the name of a
    status, in which a code is known, a code that is not known is in doubt as well. What holds for
    objections and complaints, `report_subjects.tells_subject` says.

    Args:
        table: one of `DECIDED`.
        column: its name.
        numbers: rows per filled cell.
        perhaps: whether the cells are of a part of the rows only: then a column of a status counts
            although every row in that part counts.

    Examples:
        >>> found = uncounted_rows("events", "x", {"Completed": 9, "Refunded": 1})
        >>> found.codes, found.clear
        ({'Refunded': 1}, 1)
        >>> uncounted_rows("events", "campagne", {"Open dag": 5, "open": 2})
    """
    if table in REPORTS:
        return _about_else(table, column, numbers, perhaps=perhaps)
    sign = _sign(table, column)
    if sign:
        undone = {code: n for code, n in numbers.items() if _is_undone(sign, code)}
        codes = undone if sign == "flag" else _told("filled in", undone)
        return _found(codes, sum(codes.values()), perhaps=perhaps)
    status = row_status(table, list(numbers))
    if not _is_status(table, column, numbers):
        return None
    doubtful = status.unknown if may_decide(table, column) else ()
    codes = {code: numbers[code] for code in (*status.others, *doubtful)}
    clear = [n for code, n in codes.items() if clearly_no_row(table, code)]
    return _found(codes, sum(clear), perhaps=perhaps)


def undone_among(column: str, numbers: Mapping[str, int]) -> Uncounted | None:
    """Return events that were undone by a code among others that tell of no status; None for none.

    A column of kinds may hold *Storno* beside *Gift*. That a relation ended for a reason such as
    *mislukte incasso* does not undo it.

    Args:
        column: its name.
        numbers: rows per filled cell, of those with an amount above zero or without any: others
            give no relation anyhow.

    Examples:
        >>> undone_among("Soort", {"Gift": 90, "Actiegift": 8, "Storno": 2}).codes
        {'Storno': 2}
        >>> undone_among("Reden einde", {"Verhuisd": 90, "Storno": 2})
    """
    undone = {code: n for code, n in numbers.items() if n and clearly_no_row("events", code)}
    if not undone or len(undone) == len(numbers) or tells_reason(column):
        return None
    return Uncounted(codes=undone, clear=0)


def is_known_code(code: str) -> bool:
    """Return whether the words of a code are those of a status or subject, and so no name."""
    known = any(not row_status(table, [code]).unknown for table in ("calls", "events"))
    return known or is_known_subject(code)


def _about_else(
    table: str, column: str, numbers: Mapping[str, int], *, perhaps: bool
) -> Uncounted | None:
    """Return the objections or complaints about something else than calls, or perhaps so."""
    status = subject_status(numbers)
    if perhaps:
        known = status.counting or status.others
        found = bool(known) and may_tell_subject(table, column) and not is_free_text(numbers)
    else:
        found = tells_subject(table, column, numbers)
    if not found:
        return None
    return Uncounted(
        codes={code: numbers[code] for code in (*status.others, *status.unknown)},
        clear=0,
        beside={code: numbers[code] for code in status.counting},
    )


def _told(sign: str, undone: Mapping[str, int]) -> dict[str, int]:
    return {sign: sum(undone.values())} if undone else {}


def _found(codes: Mapping[str, int], clear: int, *, perhaps: bool) -> Uncounted | None:
    return Uncounted(codes=codes, clear=clear) if codes or perhaps else None


def _is_undone(sign: str, code: str) -> bool:
    if sign == "flag":
        return plain_code(code) in _YES
    return sign == "day" or bool(re.search("[1-9]", code))


def _is_status(table: str, column: str, numbers: Mapping[str, int]) -> bool:
    status = row_status(table, list(numbers))
    known = [*status.counting, *status.others]
    if may_decide(table, column):
        return bool(known)
    if status.is_clear:
        return True
    telling = [code for code in known if not re.fullmatch(_COMMON, plain_code(code))]
    rows = sum(numbers[code] for code in known)
    return bool(telling) and rows >= _MOST * sum(numbers.values())
