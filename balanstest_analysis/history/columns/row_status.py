"""Columns that tell which rows count: payments that came through, calls that went out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.history.columns.column_names import is_called

_PAID: Final = (
    r"(volledig |fully )?(paid|betaald|voldaan)( ?out)?|complete|completed|succeeded|success"
    r"|successful|settled|geslaagd|gelukt|voltooid|afgerond|(closed|deal) ?won|won|gewonnen|posted"
    r"|received|ontvangen|verwerkt|geboekt|geind|geincasseerd|captured|collected|confirmed"
    r"|charge|payment|partially paid|deels betaald|gesloten gewonnen|afgesloten en gewonnen"
    r"|ok|okay|accepted|approved|goedgekeurd|uitgevoerd|bezahlt|gezahlt|erfolgreich|verbucht|gebucht"
    r"|abgeschlossen|eingegangen|eingezogen|erledigt|payee?|reglee?|encaissee?|reussie?|validee?"
    r"|terminee?|effectuee?|recue?|acceptee?"
)
_RETURN_CODE: Final = (
    "(ac0[146]|ac13|ag0[12]|am0[45]|be0[15]|ff0[15]|md0[1267]|ms0[23]|rc01|rr0[1-4]|sl01"
    "|cnor|dnor|focr|upay)"
)
_PLEDGED: Final = (
    r"toezegging(en)?|toegezegd|pledged?|promesses?( de don)?|zusagen?|zugesagt|offertes?|quotes?"
    r"|prospects?|leads?"
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
    rf"|{_PLEDGED}|{_RETURN_CODE}|nok|ko|(niet|not|nicht) ok|offen|ausstehend|in bearbeitung"
    r"|abgelaufen|entwurf|en attente|en cours|brouillon|expiree?"
    r"|needs analysis|value proposition|id decision makers|perception analysis"
)
_UNDONE: Final = (
    r"storn\w*|gestorn\w*|terug(boek|geboekt|betaa?l|gestort|storting|gedraaid)\w*|refund\w*"
    r"|charged? ?backs?|chargedback|revers\w*|mislukt\w*|fail\w*|geweigerd\w*|afgewezen|afgekeurd"
    r"|refused|reject\w*|declin\w*|denied|void\w*|nietig|bounced?|uncollectible"
    r"|(niet|not|non) (gelukt|geslaagd|succesvol|betaald|voldaan|geind|ontvangen|paid|successful"
    r"|completed?|received|collected)|r(ue|u)ck(erstatt|last|buch|gebuch|zahl)\w*|erstattet"
    r"|zur(ue|u)ck(gebucht|erstattet|gezahlt|gewiesen)|fehlgeschlagen|abgelehnt|unbezahlt"
    r"|nicht (bezahlt|erfolgreich|eingezogen)|rembourse\w*|ech(ec|oue\w*)|refuse\w*|rejete\w*"
    r"|impaye\w*|non (payee?|reglee?|encaissee?)"
    r"|(onvoldoende|insufficient) (saldo|funds)|r transacties?"
)
_UNSURE: Final = (
    r"cancel\w*|geannuleerd\w*|annulering|herroep\w*|revoked|rescinded|ingetrokken|withdrawn"
    r"|annule\w*|annulation|gel(oe|o)scht|supprimee?|abgebrochen|widerrufen|disput\w*|dispuut|abort\w*"
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
    "|anrufe?|appels?|api|dial"
)


def _among(words: str, beside: str) -> str:
    """Return a pattern of codes with any of the words, and otherwise only words beside them.

    A code with another word may hold a name.
    """
    return rf"(?:(?:{beside}) )*(?:{words})(?: (?:{beside}|{words}))*"


_OUT: Final = (
    r"out|uit|manual|autodial|auto ?dial|progressive|predictive|handmatig|o|u|gebeld|placed|made"
    r"|diall?ed|externa?l?|originat(ed|ing)|orig|from internal|tel|telefoon|telefonisch"
    r"|(tele)?phone|voice|call|anruf|appel|"
    + _among(
        r"outbound|outgoing|uitgaande?|uitbel\w*|call ?out|ausgehend\w*|abgehend\w*|sortante?"
        r"|click ?(2|to) ?call|preview",
        _BESIDE_CALLS,
    )
)
_IN: Final = _among(
    r"inbound|incoming|inkomende?|binnenkomende?|inbel\w*|call ?in|eingehend\w*|ankommend\w*"
    r"|entrante?|internal|intern|from (trunk|pstn|did( direct)?)|ext (did|queues|group)",
    _BESIDE_CALLS,
)
_NOT_OUT: Final = (
    rf"{_IN}|in|i|test( call)?|ontvangen|received|answered|beantwoord|missed|gemist"
    r"|terminat(ed|ing)|term"
    r"|sms|e? ?mail|whats ?app|(live ?)?chat|post|brief|letter|fax|courrier|face to face|f2f"
    r"|deur aan deur|straat|web(site|formulier)?|online|social( media)?|app|push|push ?bericht"
)
_KIND_NAMES: Final = r"(\w+_)?(\w*soort|\w*type|kind|\w*categor\w*|doel|purpose|art|genre)"
_KINDS_WITHOUT_ROW: Final = {
    "events": _PLEDGED,
    "calls": r"test\w*( (call|gesprek))?|proef\w*|training|oefen\w*|kwaliteit\w*"
    r"|quality\w*( check)?",
}
_OF_CUSTOMER: Final = r"wervings|acqui|herkomst|bron|source|voorkeur|prefer|instroom|aanmeld"
# What systems write for the direction of money and calls, by the name of a column and its codes.
_SIGNS: Final = {
    "events": (
        r"d_?c|c_?d|(af_?bij|debet_?credit|credit_?debet|(credit_?debit|debit_?credit)"
        r"|cdt_?dbt|soll_?haben)(_?ind(icator)?)?",
        "d|db|dbit|debit|debet|af|soll|s",
        "c|cr|crdt|credit|bij|haben|h",
    ),
    "calls": (
        r"\w+",
        r"(in|inbound|incoming|inkomende?|eingehend|entrant)( .+)?",
        r"(out|uit|outbound|outgoing|uitgaande?|ausgehend|sortant)( .+)?",
    ),
}
_NUMBERED: Final = {
    "events": r"(payment|betaal|betalings|transacti(e|on)|incasso|zahlungs|gift|donation|donatie)_?"
    r"(status|state)(_?(code|id))?|status_?code|state_?code",
    "calls": r"(call_?)?direction(_?(code|id))?|(bel|gespreks)?_?richting(_?code)?|sens|in_?out",
}
_UNDONE_PAYMENT: Final = _among(_UNDONE, _BESIDE_PAYMENTS)
_NOT_PAYMENT: Final = _among(f"{_UNDONE}|{_UNSURE}", _BESIDE_PAYMENTS)
_COUNTING: Final = {"events": _PAID, "calls": _OUT}
_OTHER: Final = {"events": f"{_NOT_PAID}|{_NOT_PAYMENT}", "calls": _NOT_OUT}
_CLEAR: Final = {"events": rf"unpaid|onbetaald|{_UNDONE_PAYMENT}", "calls": _IN}
_NAMES: Final = {
    "events": r"\w*status(_\w*)?|statut|(\w+_)?(stage|\w*fase|stadium|state|toestand)(_\w*)?"
    r"|storno|gestorneerd|voided|refunded|terugbetaald|captured|reporting_category"
    r"|transaction_type",
    "calls": r"(\w+_)?(direction|sens|\w*richting|call_type|in_out|type)(_\w*)?"
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


def status_in_signs(table: str, column: str, codes: Mapping[str, int]) -> tuple[str, ...] | None:
    """Return the codes that perhaps do not count, of a column of signs; None for another column.

    Where money is credited or debited the lesser part is in doubt; of numbers, such as 1 and 2 for
    directions, all are.

    Args:
        table: ``"events"`` or ``"calls"``; of others nothing is known.
        column: its name.
        codes: rows per filled cell.

    Examples:
        >>> status_in_signs("events", "DC", {"C": 90, "D": 10})
        ('D',)
        >>> status_in_signs("calls", "queue", {"out_donor": 9, "in_service": 2})
        ('in_service',)
        >>> status_in_signs("calls", "direction", {"1": 9, "2": 3})
        ('1', '2')
    """
    if table not in _SIGNS or len(codes) < 2:
        return None
    name, without, counting = _SIGNS[table]
    others = tuple(code for code in codes if re.fullmatch(without, plain_code(code)))
    rest = tuple(code for code in codes if re.fullmatch(counting, plain_code(code)))
    if others and rest and len(others) + len(rest) == len(codes) and is_called(column, name):
        is_lesser = table == "calls" or sum(map(codes.__getitem__, others)) <= sum(
            map(codes.__getitem__, rest)
        )
        return others if is_lesser else rest
    numbered = all(re.fullmatch("[0-9]{1,2}", code) for code in codes)
    return tuple(codes) if numbered and is_called(column, _NUMBERED[table]) else None


def is_kind_without_row(table: str, column: str, code: str) -> bool:
    """Return whether a code in a column of kinds perhaps tells of no event or no call.

    Examples:
        >>> is_kind_without_row("events", "Soort", "Toezegging")
        True
        >>> is_kind_without_row("calls", "Campagne", "test")
        False
    """
    words = _KINDS_WITHOUT_ROW.get(table, "(?!)")
    return is_called(column, _KIND_NAMES) and re.fullmatch(words, plain_code(code)) is not None


def is_of_customer(table: str, column: str) -> bool:
    """Return whether a column of calls tells of the customer, such as how one was recruited."""
    return table == "calls" and re.search(_OF_CUSTOMER, column.lower()) is not None
