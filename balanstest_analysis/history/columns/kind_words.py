"""What exports call kinds of events and grounds of calls: suggested in a message, never assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from balanstest_analysis.history.columns.columns import Column

_KINDS: Final[Mapping[str, str]] = {
    "donation": r"((eenmalige|periodieke|vaste|maand|jaar|extra) ?)?(gift(en)?|donatie|schenking)"
    r"|gift|donatie|donation|donateurschap|machtiging"
    r"|bijdrage|recurring (gift|donation)|one[- ]?(off|time) (gift|donation)|pledge|sponsoring",
    "purchase": r"aankoop|bestelling|order|verkoop|sale|koop|product|webshop|los nummer|lot(en)?"
    r"|loterij(lot)?|factuur|invoice",
    "contract": r"(contract|abonnement|overeenkomst|polis|lidmaatschap|abo|subscription|membership"
    r"|proefabonnement|energiecontract|verzekering)(en|ten|s)?|lid|incasso",
    "service": r"dienst(verlening)?|service|advies|cursus|training|behandeling|hulp(verlening)?",
    "volunteer": r"vrijwillig(er|ster|erswerk)|volunteer(ing)?|collectant(e)?",
    "public_event": r"evenement|bijeenkomst|event|actie|publieksactie|petitie|handtekening|enquete",
}
_BASES: Final[Mapping[str, str]] = {
    "relation": r"(klant|bestaande |donateur)?-?relatie|bestaande klant|soft ?opt-?in|relation"
    r"|klant|donateur",
    "consent": r"toestemming|consent|opt-?in|akkoord|permission",
    "requested": r"(op )?(verzoek|aanvraag)|gevraagd|aangevraagd|requested|request"
    r"|inbound|inkomend",
    "callback": r"terugbel(afspraak|verzoek|len)?|call-?back|belafspraak",
}
# What the finding `kind_assumed` says: these are no gifts of the donor.
_NO_GIFT: Final = (
    r"nalatenschap(pen)?|legaat|legaten|erfenis(sen)?|erfstelling(en)?|testament|legac(y|ies)"
    r"|bequests?|collectes?|collecte-?opbrengst(en)?|collections?|inzameling(en)?"
    r"|(huis-?aan-?huis|straat|kerk|deur|bus)-?collectes?"
)
_WORDS: Final = {"kind": _KINDS, "basis": _BASES}


def suggested(column: Column, word: str) -> str:
    """Return the code that a word of an export probably stands for, or an empty text.

    Args:
        column: with codes, ``kind`` or ``basis``.
        word: a cell of the export.

    Examples:
        >>> from balanstest_analysis.history.columns.columns import TABLES
        >>> kind = next(column for column in TABLES["events"] if column.name == "kind")
        >>> suggested(kind, "Periodieke gift"), suggested(kind, "Jansen")
        ('donation', '')
    """
    plain = _plain(word)
    for code, pattern in _WORDS.get(column.name, {}).items():
        if re.fullmatch(pattern, plain):
            return code
    return ""


def kind_in_name(title: str) -> str:
    """Return the kind of event that the name of a file or a sheet tells, or an empty text.

    Args:
        title: such as ``"CRM Abonnementen 2024"``.

    Examples:
        >>> kind_in_name("export_abonnementen_2024"), kind_in_name("Donateurs"), kind_in_name("")
        ('contract', '', '')
        >>> kind_in_name("Giften en abonnementen")
        ''
    """
    words = re.split(r"[\W\d_]+", title.lower())
    kinds = {code for w in words for code, known in _KINDS.items() if re.fullmatch(known, w)}
    return kinds.pop() if len(kinds) == 1 else ""


def is_no_gift(column: Column, word: str) -> bool:
    """Return whether a kind says what comes in without being a gift of the donor.

    Args:
        column: with codes; only ``kind`` has such words.
        word: a cell of the export.

    Examples:
        >>> from balanstest_analysis.history.columns.columns import TABLES
        >>> kind = next(column for column in TABLES["events"] if column.name == "kind")
        >>> is_no_gift(kind, "Nalatenschap"), is_no_gift(kind, "Gift")
        (True, False)
    """
    return column.name == "kind" and re.fullmatch(_NO_GIFT, _plain(word)) is not None


def _plain(word: str) -> str:
    return re.sub(r"[\s_]+", " ", word.strip().lower())


def how_to_translate(table: str, column: Column, word: str) -> str:
    """Return what to state so that a word is taken for one of our codes, as part of a sentence.

    Args:
        table: the column stands in.
        column: with codes.
        word: a cell of the export; shown only where it is known to be a plain word.
    """
    if is_no_gift(column, word):
        return (
            f"leave such rows out with `where` in `[data.{table}]`, as a legacy or a collection "
            "is no gift of the donor; to count them all the same, state what the word means in "
            f"`[data.{table}.values]`"
        )
    code = suggested(column, word)
    listed = f'{code} = ["{word.strip()}"]' if code else f'{column.codes[0]} = ["..."]'
    return (
        f"state what its words mean in `[data.{table}.values]`, such as "
        f"{column.name} = {{ {listed} }}"
    )
