"""What calling up to the end of the term brings and costs, in people, from published rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from balanstest_analysis.presentation.conclusions.rows import (
    YEAR,
    MonthBlock,
    block_between,
    common_ends,
    first_month,
)
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed
from balanstest_analysis.published.people import IncidenceRow
from balanstest_analysis.published.result import PublishedResult


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Benefit and burden of a term.

    Attributes:
        whole: the months up to the last row that ends within the term; where none does, up to the
            first that ends after it.
        last_year: the part of it in about the last twelve months; None where that is the whole.
        people: share of the people with an event, by outcome, as long after their first contact
            as the term allows; only those that are followed. Of an outcome of which that is not
            told, an upper limit over a longer time, which holds for the shorter as well.
    """

    whole: MonthBlock
    last_year: MonthBlock | None
    people: dict[Outcome, IncidenceRow]

    @property
    def followed_to(self) -> int:
        """Last month since the first contact that is told of people; there are some."""
        return _followed_to(self.people)


def balance_of(result: PublishedResult) -> Balance | None:
    """Return the balance of the term, or None without a term or rows.

    Args:
        result: published.
    """
    term, ends = result.proposal.evaluated_term_months, common_ends(result)
    if term is None or not ends:
        return None
    inside = [end for end in ends if end < term]
    first, last = first_month(result), (inside or ends[:1])[-1]
    before = [end for end in inside if end <= last - YEAR]
    return Balance(
        whole=block_between(result, first, last),
        last_year=block_between(result, before[-1] + 1, last) if before else None,
        people=_people(result, min(last, term - 1)),
    )


def _people(result: PublishedResult, last: int) -> dict[Outcome, IncidenceRow]:
    found: dict[Outcome, IncidenceRow] = {}
    for outcome, rows in result.incidence_since_contact.items():
        inside = [row for row in rows if row.month_to <= last]
        row = inside[-1] if inside else next(iter(rows), None)
        if row is not None and row.share is not None:
            found[outcome] = _furthest(row, rows)
    asked = _followed_to(found) if found else 0
    return {
        outcome: _told_of(asked, row, result.incidence_since_contact[outcome])
        for outcome, row in found.items()
    }


def _followed_to(people: Mapping[Outcome, IncidenceRow]) -> int:
    """Return the last month that is told: that of known shares, where there are any.

    An upper limit that holds for longer holds until then.
    """
    known = [row for row in people.values() if isinstance(row.share, Observed)]
    return max(row.month_to for row in known or people.values())


def _told_of(month: int, row: IncidenceRow, rows: Sequence[IncidenceRow]) -> IncidenceRow:
    """Return a row whose limit holds up to a month: as many or fewer had the event by then."""
    if not isinstance(row.share, AtMost) or row.month_to >= month:
        return row
    limits = {
        one.share.upper: one for one in rows if one.month_to >= month and one.share is not None
    }
    if not limits:
        return row
    least = min(limits)
    return replace(limits[least], share=AtMost(upper=least))


def _furthest(row: IncidenceRow, rows: Sequence[IncidenceRow]) -> IncidenceRow:
    """Return the last row up to which an upper limit holds; a known share is told as it is."""
    if not isinstance(row.share, AtMost):
        return row
    limit = row.share.upper
    below = [
        one
        for one in rows
        if one.month_to >= row.month_to
        and isinstance(one.share, AtMost)
        and one.share.upper <= limit
    ]
    return below[-1]


def per_thousand(share: Observed | AtMost) -> tuple[float, bool]:
    """Return how many of a thousand, and whether that is known or only an upper limit.

    Examples:
        >>> per_thousand(AtMost(upper=0.02))
        (20.0, False)
    """
    if isinstance(share, Observed):
        return 1000 * share.rate, True
    return 1000 * share.upper, False
