"""Result codes by which whoever is called says to be a customer or donor still."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from balanstest_analysis.history.columns.row_status import plain_code

_WHO: Final = (
    r"(donateurs?|donatrice|donor|klant|abonnee|lid|lezer|deelnemer|speler|member|subscriber"
    r"|customer|supporter)"
)
_STILL: Final = (
    rf"(is |zijn )?(al|reeds|nog|nog steeds|nog altijd|already|still|is)( (een|a|an|our))? {_WHO}"
    rf"|(bestaande?|huidige?|lopende?|actieve?|existing|current|active) {_WHO}"
    r"|(geeft|steunt|doneert|betaalt|heeft|leest|speelt|gives|donates|has) (al|reeds|nog|already)"
    r"|(lopende?|actie(f|ve)|bestaande?|current|active) "
    r"(abonnement|contract|machtiging|lidmaatschap|subscription|membership)"
)
_NOT: Final = r"\b(geen|niet|nooit|no|not|never|was|ex|oud|former)\b"


def says_customer(codes: Iterable[str]) -> list[str]:
    """Return the codes that say that a customer or donor still is one.

    Examples:
        >>> says_customer(["Reeds donateur", "Is al klant", "Geen klant", "Geen interesse"])
        ['Reeds donateur', 'Is al klant']
    """
    return [code for code in codes if _says_it(plain_code(code))]


def _says_it(words: str) -> bool:
    return re.search(rf"\b({_STILL})\b", words) is not None and not re.search(_NOT, words)
