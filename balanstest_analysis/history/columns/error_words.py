"""Errors of spreadsheets as text exports write them, such as ``#N/B``, ``Err:502`` and kin."""

from __future__ import annotations

import re
from typing import Final

import ibis.expr.types as ir

_WORDS: Final = (
    "ref|verw|value|waarde|wert|valeur|name|naam|nom|num|getal|zahl|nombre|null|leeg|nul|nulo"
    "|div/0|deel/0|diviser/0|bezug|überlauf|spill|overloop|calc|bereken|field|veld|blocked"
    "|geblokkeerd|busy|connect|unknown|error|fout|macro|python|external"
)
# A campaign may well be called #veld, so that a word has the sign that such an error ends with.
_ERROR: Final = (
    rf"^(#n/?[avbd]|#nvt|#n\.v\.t\.?|#i/t|#getting_data|#error|#({_WORDS})[!?]"
    r"|(err|fout|fehler):[0-9]{3}|#?loading\.\.\.)$"
)
_PATTERN: Final = re.compile(_ERROR)


def is_error_word(value: str) -> bool:
    """Return whether a cell holds an error of a spreadsheet.

    Examples:
        >>> is_error_word("#N/B"), is_error_word("Err:502"), is_error_word("#veld")
        (True, True, False)
    """
    return bool(_PATTERN.search(value.strip().lower()))


def holds_error(text: ir.StringValue) -> ir.BooleanValue:
    """Return where a text, without spaces around it, is an error of a spreadsheet."""
    return text.lower().re_search(_ERROR).fill_null(False)
