"""What the columns of exports are commonly called, and which table an export probably is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from balanstest_analysis.history.columns.columns import TABLES

_DAY: Final = r"(datum|date|op|on|moment|tijdstip)"
_SYNONYMS: Final[Mapping[str, str]] = {
    "customer_id": r"(klant|relatie|customer|contact|donateur|donor|lid|debiteur|abonnee|client"
    r"|member|persoon)s?_?(id|nr|nummer|number|no|code|key|sleutel)|client|relatie",
    "called_at": r"(bel|call|gespreks?|contact)_?(datum|moment|tijd|tijdstip|date|time)"
    r"(_?(en_?)?(tijd|time))?|called?_?(at|on)|(datum|tijdstip)_?(gesprek|belpoging|call)"
    r"|(start_?)?datum_?(en_?)?(tijd|tijdstip)|date_?time|start_?(tijd|time)|timestamp",
    "net_contact": r"net(to)?_?contact|gesproken|reached|contact_?gehad",
    "converted": r"convert(ed)?|conversie|conversion|verkocht|sale|geworven|succes(s|vol)?",
    "call_id": r"(call|gespreks?|belpoging)_?(id|nr|nummer)",
    "campaign": r"campagne_?(naam|code)?|campaign_?(name|code|id)?|actie_?(naam|code)?"
    r"|(bel)?project_?(naam|code)?",
    "basis": r"basis|grondslag",
    "reference_date": r"reference_date|(referentie|peil)_?datum|laatste_?(aankoop|gift|bestelling)"
    r"(_?datum)?|last_?(purchase|order|gift)(_?date)?",
    "months_since_purchase": r"months_since_purchase|maanden(_?(sinds|geleden).*)?",
    "occurred_on": rf"occurred_on|(aankoop|bestel|order|gift|start|ingangs?|factuur|transactie"
    rf"|donatie|betaal)_?{_DAY}|datum_(van_)?(aankoop|bestelling|order|gift|donatie|start|ingang"
    r"|betaling|factuur|transactie)|(purchase|transaction|payment)_?date",
    "kind": r"kind|soort|type|gebeurtenis",
    "ends_on": rf"ends?_?(on|date)|(eind|opzeg|stop)_?{_DAY}|datum_(van_)?(einde|opzegging)|einde"
    rf"|beeindig(d|ings?)_?{_DAY}|geeindigd_op|opgezegd_(op|per)",
    "amount": r"amount|waarde|totaal|(totaal|gift|order|factuur|donatie)?_?bedrag"
    r"(_(in_)?(euro?|eur)|_(per_|p_)(m|mnd|maand))?",
    "objected_on": rf"objected_on|(verzet|afmeld|bezwaar|objection)_?{_DAY}"
    r"|datum_(van_)?(verzet|afmelding|bezwaar)",
    "complained_on": rf"complained_on|(klacht|complaint)_?{_DAY}|datum_(van_)?(de_)?klacht",
    "channel": r"channel|kanaal",
    "contacts": r"contacts|(netto_?)?contacten",
    "conversions": r"conversions|conversies",
    "objections": r"objections|verzetten",
    "complaints": r"complaints|klachten",
    "group": r"group|groep",
}
_RESULT: Final = re.compile(
    r"(gespreks?|bel|call|contact|lead)?_?(resultaat|uitkomst|result|outcome|disposition|dispositie"
    r"|status|afloop)(_?code)?|(afhandel|afrond|eind|wrap_?up)_?(code|reden|status)|afhandeling"
)
_FILE_NAMES: Final = {
    "calls": "bel|call|gesprek|dial",
    "events": "event|gift|donat|order|aankoop|contract|bestel|transact|betaal",
    "objections": "verzet|bezwaar|afmeld|objection|blokk",
    "complaints": "klacht|complaint",
    "counts": "count|aantal",
}
_MAIN: Final = {
    "calls": "called_at",
    "events": "occurred_on",
    "objections": "objected_on",
    "complaints": "complained_on",
    "counts": "months_since_purchase",
}


def ours_of(name: str) -> list[str]:
    """Return our names that a column of an export may stand for.

    Examples:
        >>> ours_of("Relatienr."), ours_of("Datum/tijd"), ours_of("Leeftijd")
        (['customer_id'], ['called_at'], [])
    """
    plain = _plain(name)
    return [
        ours
        for ours, pattern in _SYNONYMS.items()
        if plain == ours or re.fullmatch(pattern, plain) is not None
    ]


def is_dialler(name: str) -> bool:
    """Return whether a column, by its name, holds the result codes of a dialler.

    Examples:
        >>> is_dialler("Gespreksresultaat"), is_dialler("Resultaat per maand")
        (True, False)
    """
    return _RESULT.fullmatch(_plain(name)) is not None


def is_known(name: str) -> bool:
    """Return whether a text is what a column is commonly called."""
    return bool(ours_of(name)) or is_dialler(name)


def _plain(name: str) -> str:
    """Return a name in small letters without accents, with ``_`` for everything else."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def likely_table(file_stem: str, names: Sequence[str]) -> str:
    """Return the table of which most columns are found, or empty; the name of the file helps.

    Args:
        file_stem: name of the file, without its suffix.
        names: its columns.

    Examples:
        >>> likely_table("verzet 2026", ["Klantnr", "Ontvangen"])
        'objections'
    """
    found = {ours for name in names for ours in ours_of(name)} - {"customer_id", "call_id"}
    scores = {
        table: sum(column.name in found for column in columns)
        + 2 * (_MAIN[table] in found)
        + 2 * bool(re.search(_FILE_NAMES[table], file_stem.lower()))
        + 2 * (table == "calls" and any(map(is_dialler, names)))
        for table, columns in TABLES.items()
    }
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] > 1 else ""
