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
from balanstest_analysis.history.columns.row_flags import row_flag
from balanstest_analysis.history.columns.row_status import (
    clearly_no_row,
    is_kind_without_row,
    is_of_customer,
    may_decide,
    plain_code,
    row_status,
    status_in_signs,
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
    r"|incomplete|afgebroken|ingetrokken|withdrawn|ok|okay|nok|ko|offen|erledigt|termine|valide"
    r"|en cours|recu|post|web|online|app|brief|tel|call|voice|phone|telefoon|accepted|approved"
)


@dataclass(frozen=True, kw_only=True)
class Uncounted:
    """Rows that do not count by the words of a column.

    Attributes:
        codes: rows per code that does not count; a sign such as *filled in* for days and amounts.
        clear: rows that certainly do not count, such as refunds and incoming calls.
        doubtful: where some rows certainly do not count, rows per code of which it is not known.
        beside: of objections and complaints, rows per code that does count.
    """

    codes: Mapping[str, int]
    clear: int
    doubtful: Mapping[str, int] = field(default_factory=dict)
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
    return row_flag(table, column) is not None


def may_leave_out(table: str, column: str) -> bool:
    """Return whether a column, by its name, may tell which rows of a table count.

    Examples:
        >>> may_leave_out("events", "Betaalstatus"), may_leave_out("complaints", "Categorie")
        (True, True)
    """
    if table in REPORTS:
        return is_subject_name(table, column)
    return may_decide(table, column) or tells_by_name(table, column)


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
    flag = row_flag(table, column)
    if flag is not None and flag.is_of(numbers):
        undone = flag.undone(numbers)
        return _found(undone, sum(undone.values()) * flag.is_clear, perhaps=perhaps)
    status = row_status(table, list(numbers))
    if not _is_status(table, column, numbers):
        told = status_in_signs(table, column, numbers)
        return Uncounted(codes={code: numbers[code] for code in told}, clear=0) if told else None
    unknown = status.unknown if may_decide(table, column) else ()
    codes = {code: numbers[code] for code in status.others}
    doubtful = {code: numbers[code] for code in unknown}
    clear = sum(n for code, n in codes.items() if clearly_no_row(table, code))
    if clear:
        return Uncounted(codes=codes, clear=clear, doubtful=doubtful)
    return _found(codes | doubtful, 0, perhaps=perhaps)


def undone_among(table: str, column: str, numbers: Mapping[str, int]) -> Uncounted | None:
    """Return rows that do not count by a code among others that tell of no status; None for none.

    A column of kinds of events may hold *Storno* or *Toezegging* beside *Gift*, one of calls
    *test*. That a relation ended for a reason such as *mislukte incasso* does not undo it.

    Args:
        table: ``"events"`` or ``"calls"``; of others nothing is known.
        column: its name.
        numbers: rows per filled cell; of events those with an amount above zero or without any:
            others give no relation anyhow.

    Examples:
        >>> undone_among("events", "Soort", {"Gift": 90, "Actiegift": 8, "Storno": 2}).codes
        {'Storno': 2}
        >>> undone_among("events", "Reden einde", {"Verhuisd": 90, "Storno": 2})
        >>> undone_among("calls", "Soort", {"werving": 90, "kwaliteit": 8, "test": 2}).codes
        {'kwaliteit': 8, 'test': 2}
    """
    undone = {code: n for code, n in numbers.items() if n and _is_none(table, column, code)}
    if not undone or len(undone) == len(numbers) or tells_reason(column):
        return None
    return Uncounted(codes=undone, clear=0)


def _is_none(table: str, column: str, code: str) -> bool:
    is_undone = table == "events" and clearly_no_row(table, code)
    return is_undone or is_kind_without_row(table, column, code)


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


def _found(codes: Mapping[str, int], clear: int, *, perhaps: bool) -> Uncounted | None:
    return Uncounted(codes=codes, clear=clear) if codes or perhaps else None


def _is_status(table: str, column: str, numbers: Mapping[str, int]) -> bool:
    status = row_status(table, list(numbers))
    known = [*status.counting, *status.others]
    if may_decide(table, column):
        return bool(known)
    if is_of_customer(table, column) and not any(clearly_no_row(table, code) for code in known):
        return False
    if status.is_clear:
        return True
    telling = [code for code in known if not re.fullmatch(_COMMON, plain_code(code))]
    rows = sum(numbers[code] for code in known)
    return bool(telling) and rows >= _MOST * sum(numbers.values())
