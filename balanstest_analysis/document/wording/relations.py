"""What sectors and kinds of relation are called, and what the conditions ask of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from balanstest_analysis.document.wording.numbers import enumerated
from balanstest_analysis.document.wording.sections import CONDITION_TEXTS

SECTORS: Final = {
    "charity": "goed doel of ideële organisatie",
    "charity_lottery": (
        "houder van een vergunning als bedoeld in artikel 3, 9 of 27b van de Wet op de kansspelen"
    ),
    "publisher": (
        "uitgever van dagbladen, weekbladen, tijdschriften of andere uitgaven die ten minste "
        "driemaal per jaar verschijnen"
    ),
    "commercial": "commerciële organisatie",
}

EVENT_KINDS: Final = {
    "purchase": "aankopen",
    "contract": "lidmaatschappen, abonnementen en andere contracten",
    "donation": "giften",
    "service": "afgenomen diensten",
    "volunteer": "vrijwilligerswerk",
    "public_event": "bijgewoonde manifestaties",
}

_CHARITABLE: Final = {
    "payment_obligation": (
        "Het telefoonnummer is verkregen in het kader van vrijwilligerswerk bij de organisatie, "
        "van het bijwonen van een manifestatie van de organisatie, of van een schenking waarbij "
        "een betalingsverplichting ontstond"
    ),
    "own_similar_products": (
        "De oproep dient eigen ideële of charitatieve doeleinden van de organisatie"
    ),
}
_SELLING: Final = {
    "payment_obligation": (
        "Het telefoonnummer is verkregen in het kader van een verkoop waarbij een "
        "betalingsverplichting ontstond"
    ),
    "own_similar_products": "De oproep betreft eigen gelijksoortige producten of diensten",
}


def sector_names(sectors: Collection[str]) -> str:
    """Return what an organisation is, in words.

    Examples:
        >>> sector_names(["charity"])
        'goed doel of ideële organisatie'
    """
    return enumerated([SECTORS[sector] for sector in sectors])


def kind_names(kinds: Collection[str]) -> str:
    """Return kinds of relation in words.

    Examples:
        >>> kind_names(["donation", "volunteer"])
        'giften en vrijwilligerswerk'
    """
    return enumerated([EVENT_KINDS[kind] for kind in kinds])


def condition_texts(sectors: Collection[str]) -> dict[str, str]:
    """Return what each of the five conditions asks of an organisation, by code.

    Examples:
        >>> condition_texts(["publisher"])["own_similar_products"]
        'De oproep betreft eigen gelijksoortige producten of diensten'
    """
    sells = set(sectors) != {"charity"}
    asked = [_CHARITABLE] if "charity" in sectors else []
    asked += [_SELLING] if sells else []
    texts = {code: [text[code] for text in asked] for code in _SELLING}
    return {code: _either(texts.get(code, [text])) for code, text in CONDITION_TEXTS.items()}


def _either(texts: list[str]) -> str:
    first, *others = texts
    return "; of: ".join([first, *(text[0].lower() + text[1:] for text in others)])
