"""What the columns of exports are commonly called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from balanstest_analysis.history.columns import foreign_names
from balanstest_analysis.history.columns.key_names import (
    CALL_KEY,
    CUSTOMER_KEY,
    REFERENCE,
    ROW_NUMBER,
    WEAK_CUSTOMER_KEY,
)

_DAY: Final = r"(datum|date|op|on|moment|tijdstip)"
_OF_CONTRACT: Final = (
    r"(_(van_)?(het_|de_)?(abonnement|contract|machtiging|lidmaatschap|donatie|mandaat"
    r"|donateurschap))?"
)
_SYNONYMS: Final[Mapping[str, str]] = {
    "customer_id": CUSTOMER_KEY,
    "called_at": r"(bel|call|gespreks?|contact)_?(datum|moment|tijd|tijdstip|date|time)"
    r"(_?(en_?)?(tijd|time))?|called?_?(at|on)|(datum|tijdstip)_?(gesprek|belpoging|call)"
    r"|(start_?)?datum_?(en_?)?(tijd|tijdstip)|date_?(and_?)?time|start_?(tijd|time|timestamp)|time_start"
    r"|timestamp|gebeld_op|call_?start(ed)?(_at)?|(laatste|last|datum_laatste)_(local_)?(bel|call)"
    r"(ed)?_?(poging)?_?(datum|moment|tijd|tijdstip|date|time|at|on)?",
    "net_contact": r"net(to)?_?contact|gesproken|reached|contact_?gehad",
    "converted": r"convert(ed)?|conversie|conversion|verkocht|sale|geworven|succes(s|vol)?",
    "call_id": CALL_KEY,
    "campaign": r"campagne_?(naam|code)?|campaign_?(name|code|id)?|actie_?(naam|code)?"
    r"|(bel)?project_?(naam|code)?",
    "basis": r"basis|grondslag",
    "reference_date": r"reference_date|(referentie|peil)_?datum|laatste_?(aankoop|gift|bestelling)"
    r"(_?datum)?|last_?(purchase|order|gift)(_?date)?",
    "months_since_purchase": r"months_since_purchase|maanden(_?(sinds|geleden).*)?",
    "occurred_on": rf"occurred_on|(aankoop|bestel|order|gift|start|ingangs?|factuur|fact|transactie"
    rf"|donatie|betaal|betaald|incasso|contract|teken|machtigings?|afsluit|sluitings?|schenkings?"
    rf"|begin|aanvangs?|inning|paid|closed)_?({_DAY}|d_d|at){_OF_CONTRACT}|gift_d_d|start_utc"
    r"|datum_(van_)?(aankoop|bestelling|order|gift|donatie|start|ingang|betaling|factuur|transactie"
    r"|incasso|machtiging|contract|schenking)|ingang|(purchase|transaction|payment|donation|invoice"
    r"|closed?|contribution|receive|pledge|settlement|subscription|contract|gift)_?date"
    r"|date_(received|established)|(join|donat)(ed)?_(date|on|at)",
    "kind": r"kind|soort|type|gebeurtenis",
    "ends_on": rf"ends?_?(on|date)|(cancellation|termination|expiry|expiration)_?date"
    rf"|(eind|opzeg|stop)_?{_DAY}{_OF_CONTRACT}|einde|(ended|cancell?ed|geannuleerd)_(at|on|op)(_utc)?"
    r"|datum_(van_)?(einde|opzegging)"
    rf"|beeindig(d|ings?)_?{_DAY}|geeindigd_op|opgezegd_(op|per)",
    "amount": r"(order_|contribution_)?(total_|gift_|payment_|donation_|invoice_|order_)?amount"
    r"(_value)?|(main|transaction)_amount|waarde|totaal|order_total"
    r"|(totaal|gift|order|factuur|donatie|maand|jaar|kwartaal|termijn|incasso|betaal|contract"
    r"|machtigings?|netto|bruto|schenkings?|bijdrage)?_?bedrag(_(in_)?(euro?|eur)"
    r"|_(per_|p_)(m|mnd|maand|jaar|keer|termijn)|_(incl|excl)(_btw)?)?"
    r"|(abonnements?|abo|verkoop|koop|aankoop|bestel|order|jaar|maand|kwartaal|contract|totaal)_?prijs"
    r"|(abonnements?|lidmaatschaps?|contributie|les)_?(geld|bijdrage|tarief)|contributie"
    r"|(order|bestel|contract|abonnements?|factuur)_?waarde|(subscription|order|sale)_?price",
    "objected_on": rf"objected_on|(recht_van_)?(verzets?|afmeld|bezwaar|objection|uitschrijf"
    rf"|uitschrijvings?|opt_?out|blokkeer|unsubscribe|dnc|do_not_call|bel_?me_?niet)_?{_DAY}"
    r"|datum_(van_)?(recht_van_)?(verzet|afmelding|bezwaar|uitschrijving|opt_?out|blokkade|dnc"
    r"|bel_?me_?niet)|(afgemeld|uitgeschreven|unsubscribed|opted_out|bel_?me_?niet)_?(op|on|at"
    r"|sinds|since)|date_of_objection|(verzet|opt_?out)_?sinds",
    "complained_on": rf"complained_on|(klacht(en)?|complaint)_?{_DAY}|datum_(van_)?(de_)?klacht"
    r"|date_of_complaint|klacht_ontvangen(_op)?",
    "channel": r"channel|kanaal",
    "contacts": r"contacts|(netto_?)?contacten",
    "conversions": r"conversions|conversies",
    "objections": r"objections|verzetten",
    "complaints": r"complaints|klachten",
    "group": r"group|groep",
}
# What systems put before or after a name: Raiser's Edge, Dynamics, and fields of Salesforce.
_AFFIXES: Final = (
    (r"^(cn)?gf_(\d+_)?", "gift_"),
    (r"^.*?cnbio_", "constituent_"),
    (r"^(do_not_modify|niet_wijzigen)_", ""),
    (r"id_value$", "id"),
    (r"^(msnfp|new|cr[0-9a-f]{3})_(?=.*(id|nr|nummer|number)$)", ""),
)
_PACKAGE: Final = re.compile(r"^[a-z][a-z0-9]*__(?!c$)|__c$", re.IGNORECASE)
# Names that say little by themselves: used where no other column is what is looked for.
_WEAK: Final[Mapping[str, str]] = {
    "customer_id": WEAK_CUSTOMER_KEY,
    "day": rf"{_DAY}|datum_?tijd|created(_{_DAY})?(_utc)?|aangemaakt(_op)?|ontvangst_?datum"
    r"|datum_ontvangst|ontvangen(_op)?|boek(ings)?_?datum|verwerk_?datum|invoer_?datum|meld_?datum"
    r"|datum_melding|ingediend_op|received(_on|_at)?|activity_date|since|sinds|gemeld_op"
    r"|geregistreerd_op|registratie_?datum|entry_date|date_time_opened|date_opened|geopend_op"
    r"|creation_date",
    "amount": r"value|total|gross|bruto|netto|prijs|price|euro|eur",
    "called_at": r"start|begin|aanvang",
    "occurred_on": r"start|begin|vanaf",
}
_RESULT: Final = re.compile(
    r"(gespreks?|bel|call|contact|lead|eind|laatste|last|activity|activiteits?|action)?_?(resultaat"
    r"|uitkomst|result|outcome|disposition|dispositie|status|afloop)(_?(code|naam|name|omschrijving"
    r"|(van_het_)?gesprek|belpoging))?|(afhandel|afrond|afboek|eind|wrap_?up)_?(code|reden|status"
    r"|reason_?name)|wrap_?up|afhandeling|bel_?status"
)
_STATUS: Final = re.compile(r"(lead_?|contact_?)?status(_?code)?|tags?")
_CLOCK_TIME: Final = re.compile(
    r"((start|begin|bel|call|gespreks?|contact|aanvang|log|kies|dial)s?_?){0,2}"
    r"(tijd|tijdstip|time|uur)(_?(van_)?(het_|de_)?(gesprek|belpoging|call|start|local|lokaal))?"
    r"|(tijd|time)_of_(the_)?(call|day)|aanvang"
)


@lru_cache(maxsize=20_000)
def ours_of(name: str) -> tuple[str, ...]:
    """Return our names that a column of an export may stand for.

    Examples:
        >>> ours_of("Relatienr."), ours_of("Datum/tijd"), ours_of("Leeftijd")
        (('customer_id',), ('called_at',), ())
        >>> ours_of("Date du don"), ours_of("Spendenbetrag")
        (('occurred_on',), ('amount',))
    """
    return tuple(
        ours
        for ours, pattern in _SYNONYMS.items()
        if plain_name(name) == ours
        or is_called(name, pattern)
        or is_called(name, foreign_names.STRONG.get(ours, "(?!)"))
    )


def is_dialler(name: str) -> bool:
    """Return whether a column, by its name, holds the result codes of a dialler.

    Examples:
        >>> is_dialler("Gespreksresultaat"), is_dialler("Resultaat per maand")
        (True, False)
    """
    return any(is_called(name, known) for known in (_RESULT, _STATUS, foreign_names.RESULT))


def says_little(name: str) -> bool:
    """Return whether a column that may hold result codes is called so in payments as well.

    Examples:
        >>> says_little("Status"), says_little("Disposition")
        (True, False)
    """
    return is_called(name, _STATUS)


def may_stand_for(name: str, ours: str, *, is_day: bool = False) -> bool:
    """Return whether a column may be one of ours though its name says little by itself.

    Args:
        name: of the column.
        ours: our name.
        is_day: whether ours says when a row happened.

    Examples:
        >>> may_stand_for("Datum", "occurred_on", is_day=True), may_stand_for("Datum", "amount")
        (True, False)
    """
    keys = (ours, "day" if is_day else "")
    words = [known[key] for key in keys for known in (_WEAK, foreign_names.WEAK) if key in known]
    return any(is_called(name, pattern) for pattern in words)


def is_row_number(name: str) -> bool:
    """Return whether a name is that of a number of any row: of a payment or a call as well.

    Examples:
        >>> is_row_number("Record-ID"), is_row_number("Account")
        (True, False)
    """
    return is_called(name, ROW_NUMBER)


def is_reference(name: str) -> bool:
    """Return whether a key is called a reference, as what stands beside a payment is too.

    Examples:
        >>> is_reference("Customer Reference"), is_reference("Customer ID")
        (True, False)
    """
    return is_called(name, REFERENCE)


def holds_clock_times(name: str) -> bool:
    """Return whether a column, by its name, holds the time of a day that stands beside it."""
    return is_called(name, _CLOCK_TIME) or is_called(name, foreign_names.CLOCK_TIME)


def is_known(name: str) -> bool:
    """Return whether a text is what a column is commonly called."""
    return bool(ours_of(name)) or is_dialler(name)


def is_called(name: str, pattern: str | re.Pattern[str]) -> bool:
    """Return whether a name, or what a system made of it, is that of a pattern.

    Examples:
        >>> is_called("npe01__Paid__c", "paid"), is_called("Contact: Contact ID", "contact_id")
        (True, True)
    """
    return any(re.fullmatch(pattern, form) is not None for form in _forms(name))


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[str, ...]:
    """Return a plain name, without what systems put around it, and the last part of a path."""
    bare = _PACKAGE.sub("", name.rpartition("__r.")[2].strip())
    last = re.split(r": |\.(?=\w)", bare)[-1]
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", bare)
    forms = [plain_name(form) for form in (name, bare, split)]
    if not re.fullmatch(ROW_NUMBER, plain_name(last)):
        forms.append(plain_name(last))
    for pattern, word in _AFFIXES:
        forms += [re.sub(pattern, word, form) for form in forms]
    return tuple(dict.fromkeys(forms))


def plain_name(name: str) -> str:
    """Return a name in small letters without accents, with ``_`` for everything else."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
