"""What was found in the history and what was left out: codes and counts, without words."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

_OF_NO_PERSONS: Final = frozenset(
    {"months", "weeks", "codes", "campaigns", "sources", "sheets", "files"}
)


@dataclass(frozen=True, kw_only=True)
class FindingGuide:
    """What a finding means; the Dutch of the reports is in `wording.FINDING_TEXTS`.

    Attributes:
        table: where the rows are that it counts.
        counts: what it counts of that table.
        meaning: what was found and what follows from it, in English.
        remedy: what to do, in English.
        blocking: whether no analysis of the history can be trusted until it is solved.
    """

    table: str
    meaning: str
    remedy: str
    blocking: bool = False
    counts: str = "rows"

    @property
    def explains_counts(self) -> bool:
        """Whether it asks for nothing, and only tells why a count is what it is."""
        return self.remedy.startswith(("None needed.", "None needed;"))

    @property
    def counts_persons(self) -> bool:
        """Whether a small count may point at a person: of rows, and of all but a few nouns."""
        return self.counts not in _OF_NO_PERSONS


@cache
def all_guides() -> Mapping[str, FindingGuide]:
    """Return what each finding means, by code, from ``findings.toml``.

    Examples:
        >>> all_guides()["no_customer_match_events"].blocking
        True
    """
    rules = resources.files("balanstest_analysis.history") / "findings.toml"
    entries = tomllib.loads(rules.read_text("utf-8"))
    return {code: FindingGuide(**entry) for code, entry in entries.items()}


def guide(code: str) -> FindingGuide:
    """Return what a finding means.

    Raises:
        KeyError: the code is not in ``findings.toml``.
    """
    return all_guides()[code]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something about the history that a reader should know.

    Attributes:
        code: what was found, for example ``"after_objection"``.
        count: rows to which it applies; a row can have several findings.
        example_file: file with an example, where one was looked for; never published.
        example_row: number of the example's row in it, as an analyst counts rows.
        example_day: day of an example in a database, whose rows have no numbers.
        detail: what was found, in sentences: names of files, sheets or kinds, and never of persons;
            never published.
    """

    code: str
    count: int = field(repr=False)
    example_file: str | None = field(default=None, repr=False)
    example_row: int | None = field(default=None, repr=False)
    example_day: dt.date | None = field(default=None, repr=False)
    detail: str | None = field(default=None, repr=False)

    @property
    def table(self) -> str:
        """The table with the rows that it counts."""
        return guide(self.code).table

    @property
    def blocking(self) -> bool:
        """Whether no analysis of the history can be trusted until it is solved."""
        return guide(self.code).blocking


@dataclass(frozen=True, kw_only=True)
class BridgeLine:
    """One line of the account from the rows that came in to the calls that are analysed.

    Attributes:
        code: ``"rows_in"``, an exclusion, or ``"in_exposure"``.
        count: calls; every call is in exactly one line after the first.
    """

    code: str
    count: int = field(repr=False)
