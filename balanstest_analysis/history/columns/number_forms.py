"""Forms of numbers that are not read: what they are, and what to do."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    (
        r".*\d ?(cr|dr|c|d|s|h|af|bij|credit|debet|debit|soll|haben)\.?",
        "It ends with a mark of debit or credit, and whose books these are decides which of them "
        "is a reversal: write a minus before what was reversed, and no mark behind",
    ),
    (
        r"[\[<{].*\d.*[\]>}]",
        "It stands in brackets: write a minus before it if it was reversed, and leave them out",
    ),
    (
        r".*(?![0-9])\d.*",
        "It has digits of another script or width: write 0 to 9",
    ),
    (
        r"(?=.*\d)(?=.*o)[-+\do.,]+",
        "It has the letter O in place of a zero: correct the export",
    ),
    (
        r"\d{1,3}(([.,' \u00a0])\d{3})+([.,]0+)?",
        "It seems to have a mark between thousands: write it without",
    ),
)


def form_of_number(value: str) -> str:
    """Return what is odd in how a number is written, and what to do; empty where nothing is known.

    Args:
        value: a cell that is not read as a number; nothing of it is told.

    Examples:
        >>> form_of_number("[25,00]")
        'It stands in brackets: write a minus before it if it was reversed, and leave them out'
        >>> form_of_number("vijf")
        ''
    """
    text = value.strip().lower()
    return next((told for form, told in _FORMS if re.fullmatch(form, text)), "")
