"""Days and moments as people and systems write them, as plain text: 2026-03-31 14:05:00.

Nothing is chosen here: each step takes a form that can be read in one way only. What is left with
two numbers before the year keeps them in the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

_MONTHS: Final = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|m(?:aa|a)?rt|m(?:aa|a)r|march|apr(?:il)?|mei|may|jun[ie]?"
    "|jul[iy]?|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    # German, then French.
    "|januar|j[äa]n(?:ner)?|februar|m[äa]rz|maerz|mrz|m[äa]r|mai|dez(?:ember)?"
    "|janv(?:ier)?|f[ée]v(?:r(?:ier)?)?|mars|avr(?:il)?|juin|juil(?:let)?|ao[ûu]t|septembre|octobre"
    "|novembre|d[ée]c(?:embre)?"
)
_NUMBERS: Final = {
    "jan": 1,
    "feb": 2,
    "maa": 3,
    "mar": 3,
    "mrt": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "jän": 1,
    "fév": 2,
    "fev": 2,
    "mär": 3,
    "mae": 3,
    "mrz": 3,
    "avr": 4,
    "mai": 5,
    "aoû": 8,
    "aou": 8,
    "déc": 12,
    "dez": 12,
}
_LONGER_NUMBERS: Final = {"juin": 6, "juil": 7}
_NAME: Final = rf"(^|[^a-z])({_MONTHS})($|[^a-z])"
_WEEKDAYS: Final = (
    "ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?"
    "|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    "|sat(?:urday)?|sun(?:day)?"
    "|mo(?:ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?|sa(?:mstag)?|sonnabend"
    "|so(?:nntag)?|lun(?:di)?|mardi|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?"
    "|dim(?:anche)?"
)
_BLANKS: Final = "[ \t\u00a0\u2007\u2009\u202f]+"
_TIME: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_YEAR: Final = "[0-9]{4}"
Steps = Sequence[tuple[str, str]]
# Thousandths of a second since 1970, as OData and older .NET write them.
OF_ODATA: Final = r"^/date[(]([0-9]{12,13})(?:[+-][0-9]{4})?[)]/$"
_PLAIN: Final[Steps] = (
    (_BLANKS, " "),
    (r"^([0-9]{8})[.,]0+$", r"\1"),
    (OF_ODATA, r"u\1"),
)
_WITHOUT_WEEKDAY: Final[Steps] = ((rf"^(?:{_WEEKDAYS})[.]?,? ", ""),)
_NAMED_ORDER: Final[Steps] = (
    (r"[ ./,'-]*(m[0-9]{2})[ ./,'-]*", r" \1 "),
    (r"^ +", ""),
    (rf"^(m[0-9]{{2}} [0-9]{{1,2}}) ({_TIME})(.*) ({_YEAR})$", r"\1 \4 \2\3"),
    (rf"^([0-9]{{1,2}})(?:st|nd|rd|th|er|e)? m([0-9]{{2}}) ({_YEAR})", r"\3-\2-\1"),
    (rf"^m([0-9]{{2}}) ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ({_YEAR})", r"\3-\1-\2"),
    (rf"^({_YEAR}) m([0-9]{{2}}) ([0-9]{{1,2}})", r"\1-\2-\3"),
    (r"^([0-9]{1,2}) m([0-9]{2}) ([0-6][0-9])($|[^0-9])", r"20\3-\2-\1\4"),
    (r"^([0-9]{1,2}) m([0-9]{2}) ([7-9][0-9])($|[^0-9])", r"19\3-\2-\1\4"),
)
_ZONES: Final[Steps] = (
    (r" ?[(][^()]*[)]$", ""),
    (r"(z|[+-][0-9]{2}:?[0-9]{2}) ?europe/amsterdam$", r"\1"),
    (r"(z|[+-][0-9]{2}:?[0-9]{2}) ?\[[a-z_]+/[a-z_]+\]$", r"\1"),
    (r" ?\[?europe/amsterdam\]?$", "@"),
    (r" ?(?:cet|mez)$", "+01:00"),
    (r" ?(?:cest|mesz)$", "+02:00"),
    (r" ?(?:utc|gmt|z)?([+-][0-9]{2}:?[0-9]{2})$", r"\1"),
    (r"(:[0-9]{2}.*) ?(?:utc|gmt) ?([+-][0-9]{2})$", r"\1\2"),
    (r" ([+-][0-9]{2})$", r"\1"),
    (r" ?(?:utc|gmt) ?[+]([0-9])$", r"+0\1"),
    (r" ?(?:utc|gmt) ?-([0-9])$", r"-0\1"),
    (r" ?(?:utc|gmt|z)$", "Z"),
    (r" ?(?:uur|u[.]|uhr)$", ""),
)
_DATES: Final[Steps] = (
    (r"^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", r"\1-\2-\3"),
    (r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})", r"\1-\2-\3"),
    (r"^([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{2})", r"\1-\2-\3"),
)
_COMPACT: Final[Steps] = (
    (r"^([0-9]{4})(0[0-9]|1[0-2])([0-3][0-9])($|[ t])", r"\1-\2-\3\4"),
    (r"^([0-9]{4})(0[0-9]|1[0-2])([0-3][0-9])([0-9]{2})([0-9]{2})", r"\1-\2-\3 \4:\5"),
    (r"^([0-3][0-9])([0-3][0-9])((?:19|20|29|99)[0-9]{2})($|[ t])", r"\1-\2-\3\4"),
)
_TIME_FIRST: Final[Steps] = ((rf"^({_TIME}),? ([0-9./-]+)$", r"\2 \1"),)
_BETWEEN: Final[Steps] = ((r"^([0-9]+-[0-9]+-[0-9]+)(?:t|,| om| at| um| à|:)+ ?([0-9])", r"\1 \2"),)
_CLOCK: Final[Steps] = (
    (r"^([0-9-]+)[ -]([0-9]{1,2})[.]([0-9]{2})[.]([0-9]{2})", r"\1 \2:\3:\4"),
    (r"^([0-9-]+) ([0-9]{1,2})[.uh]([0-9]{2})", r"\1 \2:\3"),
    (r"^([0-9-]+) ([0-9]{2})([0-9]{2})", r"\1 \2:\3"),
    (r"^([0-9-]+ [0-9]{2}:[0-9]{2})([0-9]{2})", r"\1:\2"),
    (r"(:[0-9]{2})[.,]([0-9]{1,6})[0-9]{0,3}", r"\1.\2"),
    (r"([0-9]) ?([ap])[.]? ?m[.]?($|[ Z@+-])", r"\1 \2m\3"),
    (r"^([0-9-]+ [0-9]{1,2}) ([ap]m)", r"\1:00 \2"),
)


_AFTER_NAMES: Final[Steps] = (
    *_ZONES,
    *_TIME_FIRST,
    *_DATES,
    *_COMPACT,
    *_BETWEEN,
    *_CLOCK,
)
_BEFORE_NAMES: Final[Steps] = (*_PLAIN, *_WITHOUT_WEEKDAY)
# Marks between two numbers and a year, by name; days so written can be read in two ways.
SEPARATORS: Final = {"dashes": "-", "slashes": "/", "dots": "[.]", "nothing": ""}
STEPS: Final = frozenset(
    [*(found for found, _ in (*_BEFORE_NAMES, *_NAMED_ORDER, *_AFTER_NAMES)), _NAME, *SEPARATORS]
)


def shape(text: ir.StringValue) -> ir.StringValue:
    """Return texts in small letters with every digit as 0: in a column few of them differ.

    Args:
        text: without spaces around it.
    """
    return text.lower().translate("123456789", "0" * 9)


def needed_steps(shapes: Iterable[str]) -> frozenset[str]:
    """Return the steps that may change a text of these shapes; all others can be left out.

    Args:
        shapes: from `shape`.

    Examples:
        >>> len(needed_steps(["0000-00-00 00:00"])), "dots" in needed_steps(["00.00.0000"])
        (0, True)
    """
    needed: set[str] = set()
    texts = _tried(set(shapes), _BEFORE_NAMES, needed)
    named = {re.sub(_NAME, r"\1m00\3", text) for text in texts}
    needed |= {_NAME} if named != texts else set()
    named = _tried(named, _NAMED_ORDER, needed)
    needed |= {
        name
        for name, mark in SEPARATORS.items()
        if any(re.search(f"^00?{mark}00?{mark}0000", text) for text in named)
    }
    _tried(named, _AFTER_NAMES, needed)
    return frozenset(needed)


def _tried(texts: set[str], steps: Steps, needed: set[str]) -> set[str]:
    """Return shapes after steps, with those that do something added to what is needed.

    A step that asks for certain digits may or may not take a text of a shape: both go on.
    """
    for found, written in steps:
        any_digit = re.sub(r"\[\d-\d\]|\(\?:19[|]20.*?\)", _any_digits, found)
        after = {re.sub(any_digit, written, text) for text in texts}
        if after != texts:
            needed.add(found)
        texts = after if any_digit == found else texts | after
    return texts


def _any_digits(digits: re.Match[str]) -> str:
    return "[0-9]" if digits[0].startswith("[") else "[0-9]{2}"


def _after(text: ir.StringValue, steps: Steps, having: Collection[str]) -> ir.StringValue:
    for found, written in steps:
        if found in having:
            text = text.re_replace(found, written)
    return text


def without_names(text: ir.StringValue, having: Collection[str] = STEPS) -> ir.StringValue:
    """Return moments in small letters with single blanks, and names of days and months as numbers.

    A month that is written as a word tells which number is the day, so such a day becomes ISO.

    Args:
        text: without spaces around it.
        having: the steps that are needed; see `needed_steps`.
    """
    text = _after(text.lower(), _BEFORE_NAMES, having)
    if _NAME in having:
        text = _with_numbers_of_months(text)
    return _after(text, _NAMED_ORDER, having)


def _with_numbers_of_months(text: ir.StringValue) -> ir.StringValue:
    name = text.re_extract(_NAME, 2).nullif("")
    known = [(name.left(len(w)) == w, f"m{n:02d}") for w, n in (_LONGER_NUMBERS | _NUMBERS).items()]
    number = ibis.cases(*known, else_="")
    return ibis.ifelse(name.isnull(), text, text.replace(name, number))


def simplified(text: ir.StringValue, having: Collection[str] = STEPS) -> ir.StringValue:
    """Return moments from `without_names` with dashes in days, colons in times, and plain zones.

    ``Z`` and an offset stay behind it, and ``@`` for a moment that says it is in Amsterdam.

    Args:
        text: from `without_names`.
        having: the steps that are needed; see `needed_steps`.
    """
    return _after(text, _AFTER_NAMES, having)
