"""Keys that stand for nobody: what systems write where the customer is not known.

The persons behind such a key are many, and joining them into one would make wrong numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

_PERSON: Final = (
    "klant|relatie|donateur|gever|lid|beller|persoon|contact|contactpersoon|debiteur|customer|user"
    "|caller|donor|client|account|gebruiker|member|person"
    "|kunde|kundin|spender|spenderin|mitglied|nutzer|donatrice|membre|cliente|abonne"
)
_NUMBER: Final = (
    r"((klant|relatie|donateur|lid|debiteur|customer|client|donor|user|account|contact)[ .]?)?"
    r"(nummer|nr|no|id|key|sleutel|number|code)"
)
_UNKNOWN: Final = (
    "onbekende?|onbek|onb|anonieme?|anon|anonymous|anonymus|anonym|anonymised|anonymized"
    "|geanonimiseerd|unknown|unkn|unk|unidentified|niet bekend|nog onbekend|niet gevonden"
    "|not found|not known|niet gekoppeld|niet geregistreerd|unregistered|not identified"
    "|nog niet bekend|niet herkend|geen idee|niet toegewezen|unassigned|not assigned|deleted"
    "|removed|verwijderd|gewist|(avg|gdpr)( (verwijderd|gewist|deleted|removed))?"
    "|redacted|masked|censored|withheld|inconnu[es]?|anonymes?|anonyme[rs]|unbekannte?[rs]?"
    "|nicht bekannt|nicht zugeordnet|non (connue?|identifi[ée]e?|attribu[ée]e?)"
    "|anonymis(iert|[ée]e?)|gel(ö|oe?)scht|supprim[ée]e?"
    "|vergeten( [(]avg)?|anoniem gemaakt|onbekend ?[/&+,]? ?(en |of )?anoniem"
)
# The words are looked for in small letters, without brackets around them.
_NOTHING: Final = (
    rf"null|nul|nan|nat|none|nil|na|n/a|n\.a|n/b|n\.b|nvt|n\.v\.t|n\.?v\.?t|nihil|leeg|empty|blank"
    rf"|blanks|blanco|undefined|undef|void|missing|ontbreekt|ontbrekend|no data|no value|not set"
    rf"|not available|not applicable|niet van toepassing|niet beschikbaar|niet ingevuld|tbd|tba"
    rf"|n/d|nd|nb|nn|n\.n|n\.n\.b|nnb|n v t|-?inf(inity)?|object object|nieuw|new|pending"
    rf"|(null|none|nan),|(null|none|nan)( (null|none|nan))+"
    rf"|nader te bepalen|volgt|geen|no|false|true|onwaar|waar|default|\\n"
    rf"|vide|leer|keine?|aucune?|sans|ohne|rien|nichts|non (renseign[ée]|disponible)"
    rf"|nicht (verf(ü|ue?)gbar|angegeben)"
    rf"|(geen|no|zonder|without|keine?|ohne|aucune?"
    rf"|sans) ({_PERSON}|{_NUMBER}|data|gegevens|waarde|koppeling|match)"
)
_NOBODY: Final = (
    rf"(({_PERSON}|{_NUMBER}|naam|name|nummer) )?({_UNKNOWN})( ({_PERSON}|{_NUMBER}))?"
    r"|(onbekend|unknown|unbekannt|inconnu) [0-9]{1,2}"
    r"|(kassa|winkel|balie|baar|toon|shop|loop)[ -]?klant(en)?|winkel|kassa|filiaal|shop"
    r"|store|caisse|kasse|guichet|comptoir|magasin|laden|lauf(kunde|kundschaft)|client de passage"
    r"|invit[ée]e?|walk ?ins?( (customer|client|klant|donor))?|(cash|counter) (customer|sale)s?"
    r"|guest|gast|bezoeker|visitor|niemand|nobody|iemand|diversen|divers|diverse klanten|algemeen"
    r"|verzamel(klant|relatie|debiteur)|particulier|passant|passanten"
    rf"|{_PERSON}|(nieuwe|contante|losse) ({_PERSON})|anonieme (gift|donatie)|nomen nescio"
    r"|(john|jane) doe|contante?|balie|kas|collecte|prive|(webshop|web) ?(gast|guest)"
    r"|(diverse|overige|losse) (klanten|donateurs|relaties|gevers|giften)"
    r"|system|systeem|admin|administrator|prive ?nummer|privénummer|afgeschermd|private|withheld"
)
_TEST: Final = (
    rf"(test|dummy|demo|fake|proef|voorbeeld)[ .]?({_PERSON}|test|case|er|ing|data|call)?"
    r"|(test|dummy)[ .]?[0-9]{1,2}|x{2,}|z{4,}|asdf+|qwerty|lorem ipsum|tst"
)
_EXCEL: Final = (
    r"#(n/?[avbd]( n/?a)?|nvt|n\.v\.t|ref|verw|value|waarde|wert|valeur|name|naam|num|getal"
    r"|zahl|nom|nombre|null|leeg|nul"
    r"|nulo|div/0|deel/0|diviser/0|bezug|spill|overloop|calc|bereken|field|veld|blocked|busy|connect"
    r"|unknown|getting_data|error|fout|macro|python|external)"
    r"|(err|fout|error|fehler):[0-9]{1,4}|erreur|#error"
)
_ZEROS: Final = r"^[-+]?0[-0.,:/ ]*(aaa)?$"
_SIGNS: Final = r"^[-_.,;:?!*#+=/|~&%@$^()<>{}'\"“”‘’…– —\[\]\\]+$"
_NINES: Final = r"9{5,}|1{7,}|12345678(9|90)?|2147483647|4294967295|9223372036854775807"
_BELOW_ZERO: Final = r"1|9+|2147483648|9223372036854775808"
_FILLER: Final = (
    rf"^0*({_NINES})([.,]0+)?$|^-0*({_BELOW_ZERO})([.,]0+)?$"
    r"|^[{(]?f{8}-?f{4}-?f{4}-?f{4}-?f{12}[)}]?$"
)
_BRACKETS: Final = r"^[(<{*_\[]+|[)>}*_.!?:\]]+$"
_LIKE_PLAIN: Final = "^0*(9{5,18}|1{7,18}|12345678|123456789|1234567890|2147483647|4294967295)$"
EMPTY: Final = "empty"
# By kind, in words that come after "keys that are".
PLACEHOLDER_KINDS: Final = {
    EMPTY: "empty, in rows that the dossier leaves out",
    "excel_error": "an error of Excel, such as #N/B",
    "nothing": "a word for nothing, such as NULL, nan or (leeg)",
    "nobody": "a word for nobody, such as onbekend or anoniem",
    "test": "a word of a test, such as test, dummy or xxxxx",
    "zeros": "zeros only",
    "filler": "a number that fills a gap, such as -1 or 9999999",
    "signs": "signs only, such as - or ?",
}


def placeholder_kind(key: ir.StringValue) -> ir.StringValue:
    """Return the kind of `PLACEHOLDER_KINDS` of a key that stands for nobody, or an empty text.

    Args:
        key: as text, without spaces or quotes around it.
    """
    small = key.lower()
    word = small.re_replace(_BRACKETS, "").re_replace("[ _-]+", " ")
    bare = small.re_replace(_BRACKETS, "")
    found = {
        "excel_error": _is(bare, _EXCEL),
        "nothing": _is(word, _NOTHING) | _is(small, _NOTHING),
        "nobody": _is(word, _NOBODY),
        "test": _is(word, _TEST),
        "zeros": _where(small, _ZEROS) | _where(bare, _ZEROS),
        "filler": _where(small, _FILLER),
        "signs": _where(key, _SIGNS),
    }
    return ibis.cases(*((mark, ibis.literal(name)) for name, mark in found.items()), else_="")


def kinds_told(rows: Mapping[str, int]) -> str:
    """Return which kinds of words stand for nobody, most frequent first; never a key.

    Args:
        rows: by kind of `PLACEHOLDER_KINDS`.

    Examples:
        >>> kinds_told({"zeros": 3, "signs": 1})
        'The key is zeros only (3), or signs only, such as - or ? (1).'
    """
    kinds = sorted(rows.items(), key=lambda item: -item[1])
    told = [f"{PLACEHOLDER_KINDS[kind]} ({number})" for kind, number in kinds]
    return f"The key is {', or '.join(told)}."


def is_placeholder(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key stands for nobody.

    Args:
        key: as text, without spaces or quotes around it.
    """
    small = key.lower()
    bare = small.re_replace(_BRACKETS, "")
    word = bare.re_replace("[ _-]+", " ")
    words = _is(word, f"{_NOTHING}|{_NOBODY}|{_TEST}") | _is(small, _NOTHING) | _is(bare, _EXCEL)
    numbers = _where(small, f"{_ZEROS}|{_FILLER}") | _where(bare, _ZEROS)
    return words | numbers | _where(key, _SIGNS)


def is_filler_number(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is a plain number that may stand for nobody, such as 9999999."""
    return _where(key, _LIKE_PLAIN)


def _is(text: ir.StringValue, words: str) -> ir.BooleanValue:
    return _where(text, f"^({words})$")


def _where(text: ir.StringValue, pattern: str) -> ir.BooleanValue:
    return text.re_search(pattern).fill_null(False)
