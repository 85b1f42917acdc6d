"""Amounts as people and systems write them, as a number with its marks: ``€ 25,-`` is 25,00."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

AMOUNTS: Final = {
    ".": r"^[+-]?((\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?|\.\d+)$",
    ",": r"^[+-]?((\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?|,\d+)$",
}
EURO: Final = "^€[ \u00a0]?"
_BLANKS: Final = "[ \t\u00a0\u2007\u2009\u202f]+"
_EURO: Final = "(?:€|eur|euros?)"
_OTHER_CURRENCY: Final = (
    r"[$£¥]|(?:^|[^a-z])(?:usd|us|gbp|chf|sek|nok|dkk|pln|cad|aud|jpy|kr|nlg|hfl|fl|bef)"
    r"(?:$|[^a-z])"
)
_STEPS: Final = (
    (_BLANKS, " "),
    ("[‐‑–—−﹣－]", "-"),
    ("[’´`]", "'"),
    (rf"^([-+(]?) ?{_EURO} ?", r"\1"),
    (rf" ?{_EURO} ?([-)]?)$", r"\1"),
    (r"^[(] ?(.+[^ ]) ?[)]$", r"-\1"),
    (r"[.](?:-+|=)$", ".00"),
    (r",(?:-+|=)$", ",00"),
    (r"^([0-9].*[0-9]) ?-$", r"-\1"),
    (r"^([0-9].*[0-9]) ?[+]$", r"\1"),
    (r"^([+-]) ", r"\1"),
)
_GROUPED: Final = r"^[+-]?[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?$"


def simplified_amount(text: ir.StringValue) -> ir.StringValue:
    """Return amounts without a sign of the euro, with a minus in front and without blanks inside.

    Args:
        text: without spaces around it.
    """
    text = text.lower()
    for found, written in _STEPS:
        text = text.re_replace(found, written)
    grouped = text.re_search(_GROUPED)
    return ibis.ifelse(grouped, text.re_replace("[ ']", ""), text)


def other_currency(text: ir.StringValue) -> ir.BooleanValue:
    """Return where an amount is in another currency than the euro."""
    return text.lower().re_search(_OTHER_CURRENCY)


def number_of(text: ir.StringValue, decimal: str) -> ir.FloatingValue:
    """Return amounts as numbers; what can only be read with the other decimal mark is read so.

    Args:
        text: from `simplified_amount`, or plain.
        decimal: the decimal mark.
    """
    other = "," if decimal == "." else "."
    mine, theirs = (text.re_search(AMOUNTS[mark]) for mark in (decimal, other))
    number = ibis.ifelse(mine, _plain(text, decimal), _plain(text, other))
    return ibis.ifelse(mine | theirs, number, ibis.null("string")).try_cast("float64")


def _plain(text: ir.StringValue, decimal: str) -> ir.StringValue:
    thousands = "." if decimal == "," else ","
    return text.replace(thousands, "").replace(decimal, ".")
