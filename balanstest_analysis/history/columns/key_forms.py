"""How keys are written: what may be taken off because it is no part of them, and what may not.

Only that is taken off which cannot make two persons one: blanks, quotes, the braces and capitals of
a GUID, and the ``.0`` of numbers that were stored with decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import ibis
import ibis.expr.types as ir

# Soft hyphens, zero-width characters, marks of direction and the mark of byte order.
_INVISIBLE: Final = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
_BLANKS: Final = "\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_QUOTES: Final = "\"'`´‘’‚‛“”„‟«»"
_BLANK_EDGES: Final = f"^[{_BLANKS}]+|[{_BLANKS}]+$"
_EDGES: Final = f"^[{_BLANKS}{_QUOTES}=]+|[{_BLANKS}{_QUOTES}]+$"
_GUID: Final = (
    r"^[{(]?([0-9A-Fa-f]{8,12}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
    r"|[0-9A-Fa-f]{32})[)}]?$"
)
_BRACES: Final = "[{}()]+"
_DECIMALS: Final = r"^([0-9]+)[.,]0+$"
_FRACTION: Final = r"^[0-9]+[.,][0-9]*[1-9][0-9]*$"
_LETTERS: Final = "^[A-Za-z]{1,3}-?"
_CODE: Final = f"{_LETTERS}[0-9]{{1,15}}$"
_LONGEST_WHOLE: Final = 2**53
_LONGEST_SINGLE: Final = 2**24
# What was taken off, in words that come after "without".
TAKEN_OFF: Final = {
    "blanks": "no-break, zero-width or other odd blanks",
    "quotes": "quotes around it",
    "braces": "the braces and capitals of GUIDs",
    "decimals": "the .0 of numbers with decimals",
}


@dataclass(frozen=True, kw_only=True)
class KeyReading:
    """How the keys of some files are read.

    Attributes:
        is_plain: every key is plain, so that nothing needs to be taken off or left out.
        without_decimals: the ``.0`` is taken off.
        taken_off: rows by what was taken off, a name of `TAKEN_OFF`.
        nobody: rows by kind of word that stands for nobody; they are left out.
        nobodies: the keys of these rows as stored, which are quicker to look for than the words
            are; None where they are many or not known.
        digits: up to which numbers are filled up with zeros in front, as the dossier states.
        filled_up: rows of which the key is.
    """

    is_plain: bool = True
    without_decimals: bool = False
    taken_off: Mapping[str, int] = field(default_factory=dict)
    nobody: Mapping[str, int] = field(default_factory=dict)
    nobodies: tuple[object, ...] | None = None
    digits: int | None = None
    filled_up: int = 0

    @property
    def left_out(self) -> int:
        """Rows that are left out because their key stands for nobody."""
        return sum(self.nobody.values())


PLAIN: Final = KeyReading()


def key_text(raw: ir.Column) -> ir.StringValue:
    """Return stored keys as text; whole numbers that are stored with decimals as whole numbers.

    Numbers that decimals cannot hold exactly come out in scientific notation, which is refused.
    """
    stored = raw.type()
    if stored.is_floating():
        limit = _LONGEST_SINGLE if str(stored) == "float32" else _LONGEST_WHOLE
        known = ~raw.isnan()
        whole = known & (raw == raw.floor()) & (raw.abs() < limit)
        number = ibis.ifelse(whole, raw, ibis.literal(0).cast(stored)).cast("int64").cast("string")
        lost = ibis.ifelse(raw.abs() < limit, ibis.literal("0.5"), ibis.literal("1E+16"))
        other = ibis.ifelse(known, lost, ibis.literal("nan"))
        return ibis.ifelse(raw.isnull(), ibis.null("string"), ibis.ifelse(whole, number, other))
    return raw.cast("string")


def tidied(text: ir.StringValue) -> ir.StringValue:
    """Return keys without what is no part of them; empty where nothing is left."""
    return _without_braces(_without_quotes(text)).nullif("")


def is_code(text: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is a few letters and a number, such as R-100101.

    Nothing is taken off such a key; it is no word for nobody and no address, and neither a
    spreadsheet nor decimals have cut it off.

    Args:
        text: keys as stored.
    """
    return text.re_search(_CODE).fill_null(False)


def number_of_code(text: ir.StringValue) -> ir.StringValue:
    """Return the number of a key for which `is_code` holds."""
    return text.re_replace(_LETTERS, "")


def without_decimals(text: ir.StringValue) -> ir.StringValue:
    """Return keys such as 100101.0 as the whole number that they are."""
    return text.re_replace(_DECIMALS, r"\1")


def key_value(raw: ir.Column, reading: KeyReading) -> ir.StringValue:
    """Return stored keys as the text that tells customers apart."""
    text = key_text(raw)
    if not reading.is_plain:
        text = without_decimals(tidied(text)) if reading.without_decimals else tidied(text)
    return text if reading.digits is None else filled_up(text, reading.digits)


def is_short_of(text: ir.StringValue, digits: int) -> ir.BooleanValue:
    """Return where a key is a number of fewer digits."""
    return text.re_search(f"^[0-9]{{1,{digits - 1}}}$").fill_null(False)


def filled_up(text: ir.StringValue, digits: int) -> ir.StringValue:
    """Return keys of which shorter numbers have zeros in front up to so many digits."""
    return ibis.ifelse(is_short_of(text, digits), text.lpad(digits, "0"), text)


def taken_off(text: ir.StringValue) -> dict[str, ir.BooleanValue]:
    """Return where something is taken off, by name of `TAKEN_OFF`.

    Args:
        text: keys as stored.
    """
    spaced = text.re_replace("^ +| +$", "")
    plain, bare = _without_blanks(text), _without_quotes(text)
    decimal = _without_braces(bare)
    return {
        "blanks": _differ(spaced, plain),
        "quotes": _differ(plain, bare),
        "braces": _differ(bare, decimal),
        "decimals": decimal.re_search(_DECIMALS).fill_null(False),
    }


def has_fraction(text: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is a number that is not whole, so that .0 may tell persons apart."""
    return text.re_search(_FRACTION).fill_null(False)


def _without_blanks(text: ir.StringValue) -> ir.StringValue:
    return text.re_replace(_INVISIBLE, "").re_replace(_BLANK_EDGES, "")


def _without_quotes(text: ir.StringValue) -> ir.StringValue:
    return text.re_replace(_INVISIBLE, "").re_replace(_EDGES, "")


def _without_braces(text: ir.StringValue) -> ir.StringValue:
    """Return GUIDs in one form: hexadecimal digits have no capitals."""
    bare = text.re_replace(_BRACES, "").lower()
    return ibis.ifelse(text.re_search(_GUID), bare, text)


def _differ(one: ir.StringValue, other: ir.StringValue) -> ir.BooleanValue:
    return (one != other).fill_null(False)
