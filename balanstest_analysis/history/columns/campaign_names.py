"""Campaigns that an export calls otherwise: which codes of a dossier are names of campaigns."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.history.columns.columns import NO_CONTACT, TABLES

CAMPAIGN: Final = "campaign"


def is_of_campaigns(table: str, name: str, given: object) -> bool:
    """Return whether codes are the names that campaigns have in an export, by our name of each.

    An export may itself call its column of result codes so: then our flags stand in it.

    Args:
        table: of which a source states values.
        name: under which they stand.
        given: the values.

    Examples:
        >>> is_of_campaigns("calls", "campaign", {"Voorjaar": ["VJ24"]})
        True
        >>> is_of_campaigns("calls", "campaign", {"converted": ["Donateur"]})
        False
    """
    flags = {column.name for column in TABLES[table] if column.kind == "flag"} | {NO_CONTACT}
    if table != "calls" or name != CAMPAIGN or not isinstance(given, dict):
        return False
    return not flags.intersection(given)
