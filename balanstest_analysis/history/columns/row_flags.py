"""Columns that by their name say of each row whether it was undone: a flag, a day or an amount."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns.row_status import plain_code

_UNDONE: Final = (
    r"storno|storniert|gestorneerd|refund(ed)?|terugbetaald|terugbetaling|teruggeboekt"
    r"|terugboeking|charge_?back|reversed|reversal|mislukt|failed|voided|rembourse(ment)?|erstattet"
    r"|rue?ckerstattung|rue?cklastschrift|rejete|echoue|fehlgeschlagen"
)
_UNSURE: Final = (
    r"deleted|removed|verwijderd|gewist|gelo(e)?scht|supprime|trashed|cancell?ed|geannuleerd"
    r"|annule|annulering|invalid|ongeldig|ungue?ltig"
)
_DONE: Final = (
    r"captured|paid|betaald|voldaan|geind|geincasseerd|geslaagd|gelukt|succeeded|success(ful)?"
    r"|succesvol|settled|bezahlt|erfolgreich|paye|encaisse|reussi|live_?mode|valid|geldig|gue?ltig"
)
_TEST: Final = r"test(_?(mode|modus|record|call|gesprek|boeking|betaling|payment|gift|donatie))?"
_INCOMING: Final = r"inbound|inkomend|incoming|internal|eingehend|entrant"
_FLAG: Final = r"(_?(ind|indicatie|jn|yn|flag))?"
_DATED: Final = r"(datum|date|at|on|op|am|le|dd)"
_YES: Final = frozenset(
    {"1", "ja", "j", "true", "t", "y", "yes", "x", "waar", "wahr", "oui", "vrai", "1 0"}
)
_NO: Final = frozenset(
    {"0", "nee", "n", "false", "f", "no", "onwaar", "nein", "non", "falsch", "faux", "0 0"}
)


@dataclass(frozen=True, kw_only=True)
class RowFlag:
    """What a column, by its name, says of each row.

    Attributes:
        sign: ``flag``, ``no_flag`` where *no* says that a row does not count, ``day`` or
            ``amount``.
        is_clear: whether such a row certainly does not count.
        is_strict: whether the column has to hold nothing but yes and no.
    """

    sign: str
    is_clear: bool = True
    is_strict: bool = False

    def is_of(self, codes: Collection[str]) -> bool:
        """Return whether cells can be those of such a column."""
        return not self.is_strict or {plain_code(code) for code in codes} <= _YES | _NO

    def undone(self, numbers: Mapping[str, int]) -> dict[str, int]:
        """Return the rows that were undone, per code or under *filled in*; empty for none.

        Args:
            numbers: rows per filled cell.

        Examples:
            >>> RowFlag(sign="no_flag", is_strict=True).undone({"true": 9, "false": 2})
            {'false': 2}
            >>> RowFlag(sign="amount").undone({"0.00": 9, "25.00": 2})
            {'filled in': 2}
        """
        words = {code: plain_code(code) for code in numbers}
        if self.sign == "flag":
            return {code: numbers[code] for code, word in words.items() if word in _YES}
        if self.sign == "no_flag":
            is_used = bool(_YES & set(words.values()))
            return {c: numbers[c] for c, word in words.items() if is_used and word in _NO}
        rows = sum(
            n for code, n in numbers.items() if self.sign == "day" or re.search("[1-9]", code)
        )
        return {"filled in": rows} if rows else {}


def row_flag(table: str, column: str) -> RowFlag | None:
    """Return what a column of a table, by its name, says of each row; None for nothing.

    Args:
        table: ``"events"`` or ``"calls"``; of others no name is known.
        column: its name.

    Examples:
        >>> row_flag("events", "IsDeleted")
        RowFlag(sign='flag', is_clear=False, is_strict=False)
        >>> row_flag("events", "Fonds")
    """
    name = plain_code(column).replace(" ", "_")
    for pattern, flag in _FLAGS.get(table, {}).items():
        if re.fullmatch(pattern, name):
            return flag
    return None


def _dated(words: str) -> str:
    return rf"({words})_?{_DATED}|(datum|date)_?({words})"


_BOTH: Final = {
    rf"(is_?)?{_TEST}{_FLAG}": RowFlag(sign="flag", is_strict=True),
    rf"(is_?)?({_UNSURE}){_FLAG}": RowFlag(sign="flag", is_clear=False),
    _dated(_UNSURE): RowFlag(sign="day", is_clear=False),
}
_FLAGS: Final[Mapping[str, Mapping[str, RowFlag]]] = {
    "events": {
        rf"(is_?)?({_UNDONE}){_FLAG}": RowFlag(sign="flag"),
        rf"(is_?)?({_DONE}){_FLAG}": RowFlag(sign="no_flag", is_strict=True),
        _dated(_UNDONE): RowFlag(sign="day"),
        rf"({_UNDONE})_?(amount|bedrag|betrag|montant)"
        rf"|(amount|bedrag|betrag|montant)_?({_UNDONE})": RowFlag(sign="amount"),
        **_BOTH,
    },
    "calls": {rf"(is_?)?({_INCOMING}){_FLAG}": RowFlag(sign="flag"), **_BOTH},
}
