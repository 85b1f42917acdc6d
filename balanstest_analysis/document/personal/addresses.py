"""Addresses inside a text: a street with a number, or a postcode."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = r"(?!20[1-3]\d\b)[1-9]\d{0,4}(?:\s?[-/]?\s?[a-zA-Z]|[-/]\d{1,4})?\b"
_WAYS: Final = (
    r"(?:straat|str\.?|laan|weg|plein|gracht|kade|dijk|singel|hof|pad|steeg|dreef|burgwal|plantsoen"
    r"|boulevard|brink|gaarde|laantje|straatje|pleintje|hofje|passage|allee|akker|haven|rak|erf"
    r"|stra(?:ß|ss)e|gasse|platz|ufer|street|road|avenue|lane|drive|close|square|terrace|crescent)"
)
_NO_WAY: Final = (
    r"(?:onder|van|half|door|voort|rug|uit|heen|thuis|mid|bij|ver|koop|hotel|geloof|betaal|gerechts"
    r"|rechts|kanto|beurs)"
)
_DUTCH: Final = re.compile(
    rf"\b(?!{_NO_WAY}{_WAYS}\b)[^\W\d_][\w'’.-]*{_WAYS},?\s*(?:nr\.?|no\.?|nummer)?\s*{_NUMBER}"
    rf"|\b[^\W\d_]{{3,}}\s(?:{_WAYS}|markt|rd\.?|ave\.?|st\.?)\s*,?\s*{_NUMBER}",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    rf"\b{_NUMBER},?\s(?:[^\W\d_][\w'’.-]*\s){{1,3}}(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane"
    r"|drive|close|square|terrace|crescent|boulevard|blvd\.?)\b"
    r"|\b(?:rue|avenue|av\.|place|boulevard|chauss[eé]e|via|viale|piazza|calle|avenida|rua|plaza"
    rf"|ulica|ul\.)\s(?:[^\W\d_][\w'’.-]*,?\s){{1,4}}{_NUMBER}"
    rf"|\b{_NUMBER},?\s(?:bis\s)?(?:rue|place|boulevard|chauss[eé]e|avenue)\s(?:d[eu']|la|le|[A-Z])",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(
    r"(?<![\w-])(?!20[1-3]\d)[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}(?![\w-])"
    r"|(?<![\w-])20[1-3]\d\s?(?!SA|SD|SS)[A-Z]{2}[\s,]+\d{1,4}(?!\w)"
    r"|(?<![\w-])(?!20[1-3]\d)[1-9]\d{3}[a-z]{2}(?![\w-])"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b(?:D|B|F|A|CH|PL)-\d{4,5}\b"
)
_POSTBUS: Final = re.compile(r"\b(?:postbus|p\.?o\.? ?box|antwoordnummer)\s*\d", re.IGNORECASE)


def has_address(text: str) -> bool:
    """Return whether a text holds a street with a number, or a postcode.

    Examples:
        >>> [has_address(text) for text in ("Zebrapad 3", "1012 AB", "221B Baker Street")]
        [True, True, True]
        >>> [has_address(text) for text in ("Kerkstraat 2024", "Voorjaar 2024 TM", "Onderweg 2")]
        [False, False, False]
    """
    return any(found.search(text) for found in (_DUTCH, _FOREIGN, _POSTCODE, _POSTBUS))
