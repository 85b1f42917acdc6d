"""What was found in the history and what was left out: codes and counts, without words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something about the history that a reader should know.

    Attributes:
        code: what was found, for example ``"after_objection"``.
        count: rows to which it applies; a row can have several findings.
    """

    code: str
    count: int


@dataclass(frozen=True, kw_only=True)
class BridgeLine:
    """One line of the account from the rows that came in to the calls that are analysed.

    Attributes:
        code: ``"rows_in"``, an exclusion, or ``"in_exposure"``.
        count: calls; every call is in exactly one line after the first.
    """

    code: str
    count: int
