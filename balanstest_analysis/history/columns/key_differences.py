"""In what keys of two tables may differ: forms in which they would be the same.

None of these is applied: each could make two persons one. They are looked at to tell what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

Form = Callable[[ir.StringValue], ir.StringValue]
_ZEROS: Final = "^0+"
_MARKS: Final = "[^A-Za-z0-9]+"
_FRONT: Final = "^[A-Za-z]+[^A-Za-z0-9]*0*|^0+"
_BEHIND: Final = "[^A-Za-z0-9]*[A-Za-z]+$"
PART_BEHIND: Final = "[-_/.: ][A-Za-z0-9]{1,3}$"
_NO_DIGITS: Final = "[^0-9]+"
_WIDE_DIGITS: Final = "".join(chr(0xFF10 + digit) for digit in range(10))
_DIGITS_AND_O: Final = "^[0-9Oo]*[0-9][0-9Oo]*$"
_SALESFORCE: Final = "^[A-Za-z0-9]{18}$"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A way in which keys may differ.

    Attributes:
        form: gives two keys that differ in nothing else the same text.
        words: what differs, after "they differ in".
        finding: the start of the code of the finding.
    """

    form: Form
    words: str
    finding: str = "key_form_differs"

    @property
    def as_sentence(self) -> str:
        """What differs, as a sentence."""
        return f"The keys differ in {self.words}."


def _without_zeros(key: ir.StringValue) -> ir.StringValue:
    return key.re_replace(_ZEROS, "")


def _digits(key: ir.StringValue) -> ir.StringValue:
    return key.re_replace(_NO_DIGITS, "").re_replace(_ZEROS, "")


def _short(key: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(key.re_search(_SALESFORCE), key.substr(0, 15), key)


def _zeros_for_o(key: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(key.re_search(_DIGITS_AND_O), key.translate("Oo", "00"), key)


# Simple ones first: the first that makes the tables match is told.
DIFFERENCES: Final[Mapping[str, Difference]] = {
    "zeros": Difference(
        form=_without_zeros,
        words="leading zeros, and so in length: one table dropped them",
        finding="leading_zeros_differ",
    ),
    "case": Difference(
        form=lambda key: key.lower(), words="case: the one writes capitals, the other small letters"
    ),
    "decimals": Difference(
        form=lambda key: key.re_replace(r"[.,]0+$", ""), words="`.0` or zeros behind a decimal mark"
    ),
    "salesforce": Difference(
        form=_short, words="length: 15 against 18 characters, as Salesforce writes its keys"
    ),
    "marks": Difference(
        form=lambda key: key.re_replace(_MARKS, ""),
        words="marks inside, such as dashes, dots, braces or spaces",
    ),
    "thousands": Difference(
        form=lambda key: key.re_replace(r"[.,]0{1,2}$", "").re_replace(_MARKS, ""),
        words="marks of thousands and zeros behind a decimal mark, as numbers are shown",
    ),
    "width": Difference(
        form=lambda key: key.translate(_WIDE_DIGITS, "0123456789"),
        words="the width of digits: the one writes \uff11\uff12\uff13, the other 123",
    ),
    "letter_o": Difference(
        form=_zeros_for_o, words="the letter O, where the other has the digit 0"
    ),
    "marks_case": Difference(
        form=lambda key: key.re_replace(_MARKS, "").lower(),
        words="marks inside, such as dashes or braces, and in case",
    ),
    "prefix": Difference(
        form=lambda key: key.re_replace(_FRONT, ""),
        words="a prefix of letters, such as REL-, or zeros in front",
        finding="prefix_differ",
    ),
    "suffix": Difference(
        form=lambda key: _without_zeros(key.re_replace(_BEHIND, "")), words="letters behind"
    ),
    "part_behind": Difference(
        form=lambda key: _without_zeros(key.re_replace(PART_BEHIND, "")),
        words="a short part behind, after a dash or another mark",
    ),
    "letters_too": Difference(
        form=lambda key: _without_zeros(key.re_replace(_MARKS, "").lower()),
        words="marks, case and leading zeros",
    ),
    "digits": Difference(
        form=_digits,
        words="everything but the digits: letters, marks and leading zeros",
        finding="prefix_differ",
    ),
}
