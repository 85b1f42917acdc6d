"""Recognises the internal result by what stands in it, whatever it calls itself."""

from __future__ import annotations

import re
from typing import Final

# Pairs of a name and a value, in JSON, in JavaScript and in YAML.
_PAIR: Final = re.compile(
    r"[\"']?\b([a-z][a-z_]{0,30})[\"']?\s*[:=]\s*(\"internal\"|'internal'|internal|-?\d+(?![\d.eE])|)"
)
_OURS: Final = frozenset({
    "month_from", "month_to", "at_risk", "net_contacts", "incidence_lower", "rate_lower",
    "criteria_hash", "incidence_since_contact", "design_effect", "fit_warning", "exposure",
})  # fmt: skip
_NEVER_PUBLISHED: Final = frozenset({"by_campaign", "entries", "exits", "followed"})
_COUNTS: Final = frozenset({
    "n", "k", "at_risk", "events", "net_contacts", "exposure", "calls", "called_after_objection",
})  # fmt: skip
_FEWEST_OURS: Final = 3
_FEWEST_PAIRS: Final = 30
_LINE: Final = re.compile(r"(?m)^[\"']?month[a-z_;,\t|\"' ]{5,400}$")
_BETWEEN: Final = re.compile(r"[;,\t|\"' ]+")
_FEWEST_COLUMNS: Final = 3


def holds_internal_counts(text: str, *, minimum: int) -> bool:
    """Return whether a text holds the internal result, or a part of it, or counts made of it.

    A published result holds none of these: single months of people and campaigns, and counts
    below the minimum.

    Args:
        text: in one of its forms.
        minimum: the smallest count that is published.
    """
    if any(_names_columns(line) for line in _LINE.findall(text)):
        return True
    if sum(name in text for name in _OURS) < _FEWEST_OURS and "audience" not in text:
        return False
    pairs = _PAIR.findall(text)
    names = {name for name, _ in pairs}
    if any(name == "audience" and "internal" in value for name, value in pairs):
        return True
    if len(names & _OURS) < _FEWEST_OURS or len(pairs) < _FEWEST_PAIRS:
        return False
    few = any(
        name in _COUNTS and value.isdigit() and 0 < int(value) < minimum for name, value in pairs
    )
    return few or bool(names & _NEVER_PUBLISHED)


def _names_columns(line: str) -> bool:
    """Return whether a line has the names of ours alone, as above a table that somebody made."""
    names = [name for name in _BETWEEN.split(line) if name]
    ours = _OURS | _COUNTS | {"month", "rate", "rate_upper"}
    return len(names) >= _FEWEST_COLUMNS and len(ours & set(names)) >= _FEWEST_COLUMNS
