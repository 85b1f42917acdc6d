"""Numbers that look like keys and are not: cut off by a spreadsheet, or the numbers of persons."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

_SURELY_SCIENTIFIC: Final = (
    r"^[+-]?[0-9]+([.,][0-9]+)?[eE][+][0-9]+$|^[+-]?[0-9]+[.,][0-9]+[eE][+-]?[0-9]+$"
)
_PERHAPS_SCIENTIFIC: Final = "^[0-9]+[eE][0-9]+$"
_LONG: Final = "^[1-9][0-9]{15,}$"
_CUT: Final = "^[1-9][0-9]{14}0+$"
_TOO_LONG_FOR_DECIMALS: Final = r"^[1-9][0-9]{16,}[.,]0+$"
_CITIZEN: Final = "^[0-9]{8,9}$"
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MOBILE: Final = "^(00|[+])?(31)?0?6[1-58][0-9]{7}$"
# The areas of the Dutch numbering plan, after the zero, of three digits and of two.
_THREE: Final = (
    "1(1[1347-8]|6[1-8]|7[24]|8[0-7])|2(2[2-9]|5[1-5]|9[479])|3(1[3-8]|2[01]|4[1-8])"
    "|4(1[1-8]|7[5-8]|8[15-8]|9[2-9])|5(1[1-9]|2[1-9]|4[13-8]|6[126]|7[0-578]|9[1-9])"
)
_TWO: Final = "1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7[0-9]|8[4578]"
_FIXED: Final = f"^(00|[+])?(31)?0?(({_THREE})[0-9]{{6}}|({_TWO})[0-9]{{7}})$"
_COUNTRIES: Final = "(3[02-9]|4[0-9]|90|212|297|597|599)"
_ABROAD: Final = f"^(00|[+]){_COUNTRIES}[0-9]{{7,10}}$"
_COUNTRY: Final = f"^((00|[+]){_COUNTRIES}[0-9]{{2}}|(00|[+])?(31)?)0?"
_NAMED: Final = "^[A-Za-z]{1,16}[ :.#_-]*"
_TRUNK: Final = "[(]0[)]"
_DIVIDED: Final = "[ .()/_-]+"
LONGEST: Final = 500
SHORTEST_PHONE: Final = 9


def is_scientific(key: ir.StringValue, *, perhaps: bool) -> ir.BooleanValue:
    """Return where a key is a number in scientific notation, such as 8,70001E+11.

    Args:
        key: as text.
        perhaps: whether 1e12 is one too; among keys with letters it may be a code.
    """
    pattern = f"{_SURELY_SCIENTIFIC}|{_PERHAPS_SCIENTIFIC}" if perhaps else _SURELY_SCIENTIFIC
    return key.re_search(pattern).fill_null(False)


def has_letters(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key has a letter."""
    return key.re_search("[A-Za-z]").fill_null(False)


def is_long(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is a number of more digits than a spreadsheet keeps."""
    return key.re_search(_LONG).fill_null(False)


def is_endless(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a text is too long for a key."""
    return (key.length() > LONGEST).fill_null(False)


def is_cut(key: ir.StringValue) -> ir.BooleanValue:
    """Return where such a number has zeros only after its fifteenth digit."""
    return key.re_search(_CUT).fill_null(False)


def is_rounded(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a number with decimals has more digits than are kept of one."""
    return key.re_search(_TOO_LONG_FOR_DECIMALS).fill_null(False)


def undivided(key: ir.StringValue) -> ir.StringValue:
    """Return a key without letters before it, and without what divides its digits.

    So 123.456.782, BSN 123456782 and +31 (0)6 12 34 56 78 are seen for what they are.
    """
    return key.re_replace(_NAMED, "").re_replace(_TRUNK, "").re_replace(_DIVIDED, "")


def citizen_digits(key: ir.StringValue) -> ir.IntegerValue:
    """Return eight or nine digits as a number, and -1 for what is no citizen number.

    Args:
        key: `undivided`; one of eight digits has lost its zero.
    """
    fits = key.re_search(_CITIZEN).fill_null(False)
    return ibis.ifelse(fits, key, ibis.literal("-1")).cast("int64")


def is_citizen_number(digits: ir.IntegerValue) -> ir.BooleanValue:
    """Return where a number passes the eleven test of citizen numbers; 1 in 11 does by chance.

    Args:
        digits: from `citizen_digits`, as a column: each use of an expression is computed anew.
    """
    places = enumerate(reversed(_WEIGHTS))
    terms = [(digits // 10**place) % 10 * weight for place, weight in places]
    total = sum(terms[1:], terms[0])
    return (digits >= 0) & (total % 11 == 0)


def is_mobile_number(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key may be a mobile telephone number, with or without its first zero."""
    return key.re_search(_MOBILE).fill_null(False)


def is_fixed_number(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key may be the number of a fixed telephone, with or without its zero.

    The plan of Dutch areas takes about half of all numbers, so a column of numbers tells.
    """
    return key.re_search(_FIXED).fill_null(False)


def is_number_abroad(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key may be a telephone number with the country of the people called."""
    return key.re_search(_ABROAD).fill_null(False)


def is_written_mobile(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is ten digits of which the first are those of a mobile telephone."""
    return key.re_search("^06[1-58][0-9]{7}$").fill_null(False)


def is_padded(key: ir.StringValue) -> ir.BooleanValue:
    """Return where a key is ten digits of which the first is zero."""
    return key.re_search("^0[0-9]{9}$").fill_null(False)


def subscriber_start(key: ir.StringValue) -> ir.StringValue:
    """Return the first three digits of a number after that of the country; they differ widely."""
    return key.re_replace(_COUNTRY, "").substr(0, 3)
