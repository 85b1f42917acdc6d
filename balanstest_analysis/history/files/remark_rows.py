"""Rows that are no rows of the table: what a program writes below it, and blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

END_OF_FILE: Final = "\x1a"
_START: Final = (
    r"(sub|eind|grand|generaal|algemeen)?[ -]?(totaal|totalen|total|totals|som|sum)|aantal|count"
    r"|records|rijen|regels|copyright|©|\(c\)|confidential|vertrouwelijk|strictly|gegenereerd"
    r"|generated|aangemaakt|gemaakt|created|exported|geexporteerd|geëxporteerd|export|rapport"
    r"|report|bron|source|pagina|page|filter|filters|selectie|einde|end|eof|trailer|footer"
    r"|printed|afgedrukt|peildatum|opgesteld|let op|note|noot|opmerking|disclaimer|datum"
    r"|gemiddelde?|gem|average|avg|mean|mediaan|median|minimum|maximum"
    r"|(zwischen|gesamt)?summe|gesamt|ergebnis|anzahl|quelle|seite|durchschnitt|somme|moyenne|suma"
    r"|bijgewerkt|as of|telling|geteld|legenda|toelichting|σ|n ?="
    r"|\(?\d+ (rows?|rij|rijen|records?|regels?|results?|resultaten)"
)
STARTS_AS_REMARK: Final = rf"^[-=*# ]*({_START})([^a-z].*)?$"
IS_TOTAL: Final = (
    r"^[-=*# ]*(sub|eind|grand|generaal|algemeen)?[ -]?(totaal|totalen|total|totals)"
    r"( .*|:.*|[ :=*-]*)$"
)
IS_SENTENCE: Final = (
    "[A-Za-zÀ-ÖØ-öø-ÿ]{2,}[^0-9A-Za-z]+.*[A-Za-zÀ-ÖØ-öø-ÿ]{2,}"
    "|^[A-Za-zÀ-ÖØ-öø-ÿ]{4,} (19|20)[0-9][0-9]$"  # the name of a report
)
# Before a number of rows, in a row that holds nothing else.
IS_TRAILER: Final = "^(t|trl|trailer|aantal|count|records?|rows|rijen|regels|eof|anzahl)$"
IS_NUMBER_OF_ROWS: Final = "^[0-9]{1,7}$"
IS_WORD: Final = "^([A-Za-zÀ-ÖØ-öø-ÿ]{4,}|[^0-9A-Za-zÀ-ÖØ-öø-ÿ]+)$"
_REMARK: Final = re.compile(STARTS_AS_REMARK)
_SENTENCE: Final = re.compile(IS_SENTENCE)
_WORD: Final = re.compile(IS_WORD)


def is_blank(row: Sequence[str]) -> bool:
    """Return whether nothing stands in a row of text; the end-of-file mark of DOS is nothing."""
    return not any(cell.strip(f" \t\x00{END_OF_FILE}") for cell in row)


def is_remark(row: Sequence[str]) -> bool:
    """Return whether a row of text is no row of the table, such as a total or a remark.

    A row that was cut off begins with a key, a number or a date, and is none.

    Examples:
        >>> is_remark(["Confidential Information - Do Not Distribute"]), is_remark([" "])
        (True, True)
        >>> is_remark(["K-0012", "2024-03-31"]), is_remark(["75 rijen"])
        (False, True)
    """
    if is_blank(row):
        return True
    first, *others = (cell.strip() for cell in row if cell.strip())
    if _REMARK.search(first.lower()):
        return True
    return not others and bool(_SENTENCE.match(first) or _WORD.match(first))
