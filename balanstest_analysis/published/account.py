"""The account of the rows that came in, and what was found in the history, as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balanstest_analysis.document.wording import finding_text
from balanstest_analysis.published.counts import Count, number

JOINT = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One line of the account, from ``"rows_in"`` to ``"in_exposure"``.

    Attributes:
        code: of what it counts; several, joined by ``+``, where one alone is small.
        count: calls.
    """

    code: str
    count: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are counted together."""
        return tuple(self.code.split(JOINT))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFinding:
    """Something about the history that a reader should know.

    Attributes:
        code: what was found.
        count: rows to which it applies; of some findings months, files or the like.
        text: in Dutch.
        kept_from: period of the earlier report that the count was kept from, or None.
    """

    code: str
    count: Count
    text: str
    kept_from: str | None = None


def told_finding(
    code: str, count: Count, *, minimum: int, kept_from: str | None = None
) -> PublishedFinding:
    """Return a finding with what a reader is told of it.

    Args:
        code: what was found.
        count: rows to which it applies; of some findings months, files or the like.
        minimum: the smallest count that is published.
        kept_from: period of the earlier report that the count was kept from, or None.

    Examples:
        >>> from balanstest_analysis.published.counts import Exact
        >>> told_finding("zero_amount_event", Exact(12), minimum=10).text[:3]
        '12 '
    """
    text = finding_text(code, number(count), minimum=minimum)
    return PublishedFinding(code=code, count=count, text=text, kept_from=kept_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedReading:
    """How some files of one table were read; nothing here counts people.

    Attributes:
        table: its name.
        kind: of file.
        files: number of them.
        delimiter: of a CSV file, else empty.
        encoding: of a CSV file, else empty.
        skipped_rows: above the column names.
        dates: order of day and month per column.
        decimal: decimal mark per column.
        timezone: of moments that state none.
    """

    table: str
    kind: str
    files: int
    delimiter: str
    encoding: str
    skipped_rows: int
    dates: Mapping[str, str]
    decimal: Mapping[str, str]
    timezone: str
