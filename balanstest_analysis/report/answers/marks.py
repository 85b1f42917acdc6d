"""The grey lines of the form, by which each place is found again however the file was edited."""

from __future__ import annotations

import re
from typing import Final

from balanstest_analysis.report.answers.fields import Field

ARROW: Final = "→"
SERIES, DOSSIER, FIELDS, FIXED = (
    "balanstest-reeks", "balanstest-dossier", "balanstest-velden", "balanstest-vast"
)  # fmt: skip
MARK_STYLE: Final = "Veldregel"
_MARK: Final = re.compile(r"\[(einde )?([a-z_0-9]+(?:\.[a-z_0-9]+|\[\d{1,3}\])*)\]")


def opening(field: Field) -> str:
    """Return the line above a place, or on which it stands."""
    if field.is_block:
        return f"[{field.key}] {field.label}: schrijf onder deze regel."
    return f"[{field.key}] {field.label} {ARROW}"


def closing(field: Field) -> str:
    """Return the line below a place."""
    return f"[einde {field.key}]"


def mark_of(text: str) -> tuple[str, bool] | None:
    """Return the key on a line, and whether it is the line below; None on any other line.

    Examples:
        >>> mark_of("[einde answers.1a]"), mark_of("[zie bijlage]")
        (('answers.1a', True), None)
    """
    found = _MARK.match(text.strip())
    return None if found is None else (found[2], bool(found[1]))
