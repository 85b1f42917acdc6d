"""Columns that tell which rows count: payments that came through, calls that went out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns.column_names import is_called

_PAID: Final = (
    r"(volledig |fully )?(paid|betaald|voldaan)( ?out)?|complete|completed|succeeded|success"
    r"|successful|settled|geslaagd|gelukt|voltooid|afgerond|(closed|deal) ?won|won|gewonnen|posted"
    r"|received|ontvangen|verwerkt|geboekt|geind|geincasseerd|captured|collected|confirmed"
    r"|charge|payment|partially paid|deels betaald|gesloten gewonnen|afgesloten en gewonnen"
)
_NOT_PAID: Final = (
    r"failed|failure|mislukt|geweigerd|rejected|declined|denied|cancel(l?ed)?|geannuleerd|vervallen"
    r"|expired|verlopen|(fully |volledig )?refunded|refund|(volledig )?terugbetaald|teruggestort"
    r"|(closed|deal) ?lost|lost|verloren|gesloten verloren|afgesloten en verloren|returned|storno"
    r"|gestorneerd|charged? ?backs?|chargedback|teruggevorderd|dispute|payout|(general )?withdrawal"
    r"|reversed|void(ed)?|pending|open|openstaand"
    r"|in behandeling|unpaid|onbetaald|niet betaald|overdue|draft|concept|template|test|blocked"
    r"|requires (payment method|action|confirmation|capture)|uncaptured|incomplete|abandoned"
    r"|prospecting|qualification|pledged|identification|negotiation review|proposal price quote"
    r"|needs analysis|value proposition|id decision makers|perception analysis"
)
_UNDONE: Final = (
    r"storn\w*|gestorn\w*|terug(boek|geboekt|betaa?l|gestort|storting|gedraaid)\w*|refund\w*"
    r"|charged? ?backs?|chargedback|revers\w*|mislukt\w*|fail\w*|geweigerd\w*|afgewezen|afgekeurd"
    r"|refused|reject\w*|declin\w*|denied|void\w*|nietig|bounced?|uncollectible"
    r"|(niet|not|non) (gelukt|geslaagd|succesvol|betaald|voldaan|geind|ontvangen|paid|successful"
    r"|completed?|received|collected)|(onvoldoende|insufficient) (saldo|funds)|r transacties?"
)
_UNSURE: Final = (
    r"cancel\w*|geannuleerd\w*|annulering|herroep\w*|revoked|rescinded|ingetrokken|withdrawn"
    r"|disput\w*|dispuut|abort\w*"
    r"|afgebroken|verwijderd|deleted|afgeboekt|write ?off|written off|kwijtgescholden|errors?|fout"
    r"|pending|(in )?afwachting|on hold|expired|verlopen|vervallen|retour|returned|incomplete"
)
_PART: Final = r"deels|gedeeltelijke?|partial|partially|partly"
_BESIDE_PAYMENTS: Final = (
    rf"{_PART}|fully|volledig|automatische?|incasso|betaling|payment|transacti\w*|gift|donatie"
    r"|donation|contribution|order|mandate|machtiging|authori[sz]ation|autorisatie|bank|door|by|de"
    r"|the|op|of|van|for|voor|[a-z]{2}[0-9]{2}"
)
_BESIDE_CALLS: Final = (
    "calls?|gesprek(ken)?|oproep(en)?|telefoon|phone|voice|queue|voicemail|preview|telefoongesprek"
)


def _among(words: str, beside: str) -> str:
    """Return a pattern of codes with any of the words, and otherwise only words beside them.

    A code with another word may hold a name.
    """
    return rf"(?:(?:{beside}) )*(?:{words})(?: (?:{beside}|{words}))*"


_OUT: Final = (
    r"out|uit|manual|autodial|auto ?dial|progressive|predictive|handmatig|o|u|gebeld|placed|made"
    r"|diall?ed|externa?l?|originat(ed|ing)|orig|"
    + _among(
        r"outbound|outgoing|uitgaande?|uitbel\w*|call ?out|click ?(2|to) ?call|preview",
        _BESIDE_CALLS,
    )
)
_IN: Final = _among(
    r"inbound|incoming|inkomende?|binnenkomende?|inbel\w*|call ?in|internal|intern", _BESIDE_CALLS
)
_NOT_OUT: Final = (
    rf"{_IN}|in|i|test( call)?|ontvangen|received|answered|beantwoord|missed|gemist"
    r"|terminat(ed|ing)|term"
)
_UNDONE_PAYMENT: Final = _among(_UNDONE, _BESIDE_PAYMENTS)
_NOT_PAYMENT: Final = _among(f"{_UNDONE}|{_UNSURE}", _BESIDE_PAYMENTS)
_COUNTING: Final = {"events": _PAID, "calls": _OUT}
_OTHER: Final = {"events": f"{_NOT_PAID}|{_NOT_PAYMENT}", "calls": _NOT_OUT}
_CLEAR: Final = {"events": rf"unpaid|onbetaald|{_UNDONE_PAYMENT}", "calls": _IN}
_NAMES: Final = {
    "events": r"\w*status(_\w*)?|(\w+_)?(stage|\w*fase|stadium|state|toestand)(_\w*)?"
    r"|storno|gestorneerd|voided|refunded|terugbetaald|captured|reporting_category"
    r"|transaction_type",
    "calls": r"(\w+_)?(direction|\w*richting|call_type|in_out|type)(_\w*)?"
    r"|(gespreks|oproep|bel)soort",
}


@dataclass(frozen=True, kw_only=True)
class RowStatus:
    """The codes of a column that tells which rows count.

    Attributes:
        counting: codes of rows that count, such as Completed or Outbound.
        others: codes of rows that do not, such as Failed or Inbound.
        unknown: codes of which this is not known.
    """

    counting: tuple[str, ...]
    others: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Return whether every code is known, and both kinds are there."""
        return bool(self.counting and self.others and not self.unknown)

    @property
    def decides(self) -> bool:
        """Return whether some rows do not count, though not every code need be known."""
        return bool(self.others) and bool(self.counting or self.unknown)


def plain_code(code: str) -> str:
    """Return a code in small letters without accents, marks as single spaces.

    Examples:
        >>> plain_code("NO_ANSWER"), plain_code("Geïncasseerd.")
        ('no answer', 'geincasseerd')
    """
    letters = unicodedata.normalize("NFKD", code.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def row_status(table: str, codes: Collection[str]) -> RowStatus:
    """Return which codes tell that a row counts as an event or a call, by their words.

    Args:
        table: ``"events"`` or ``"calls"``.
        codes: the different cells of a column.

    Examples:
        >>> found = row_status("events", ["paid", "expired", "x"])
        >>> found.counting, found.others, found.unknown
        (('paid',), ('expired',), ('x',))
    """
    counting = [c for c in codes if re.fullmatch(_COUNTING.get(table, "(?!)"), plain_code(c))]
    others = [c for c in codes if re.fullmatch(_OTHER.get(table, "(?!)"), plain_code(c))]
    known = {*counting, *others}
    unknown = [code for code in codes if code not in known]
    return RowStatus(counting=tuple(counting), others=tuple(others), unknown=tuple(unknown))


def clearly_no_row(table: str, code: str) -> bool:
    """Return whether a code says with certainty that a row does not count.

    Examples:
        >>> clearly_no_row("events", "Mislukte incasso"), clearly_no_row("events", "Cancelled")
        (True, False)
        >>> clearly_no_row("events", "Gedeeltelijk terugbetaald")
        False
    """
    words = plain_code(code)
    in_part = re.search(rf"\b({_PART})\b", words)
    return not in_part and re.fullmatch(_CLEAR.get(table, "(?!)"), words) is not None


def may_decide(table: str, column: str) -> bool:
    """Return whether a column, by its name, may tell which rows of a table count.

    Examples:
        >>> may_decide("events", "Contribution Status"), may_decide("calls", "callType")
        (True, True)
    """
    return table in _NAMES and is_called(column, _NAMES[table])
