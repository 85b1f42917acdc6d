"""Where these data are weak late in time: few contacts, or other people than before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.composition import REACH, share_of, shown_shares
from balanstest_analysis.presentation.places import APPENDIX_D
from balanstest_analysis.published.counts import number
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.people import CompositionRow
from balanstest_analysis.published.result import PublishedResult

THIN_PER_MONTH = 150
DENSE_TIMES = 5
MOVED = 0.1


def thin_tail(result: PublishedResult) -> str:
    """Return from which month contacts are few within the term, and what simulations say of it.

    A tail is thin where a row holds at most 150 contacts per month, a fifth or less of the densest
    row: there a sudden change goes unseen most often (`docs/calibration.md`).

    Args:
        result: published; without a term nothing is said.
    """
    term = result.proposal.evaluated_term_months
    if term is None:
        return ""
    tails = [_tail(result.outcomes[name].rows, term) for name in result.shown_outcomes]
    thin = [tail for tail in tails if tail]
    if not thin:
        return ""
    tail = min(thin, key=lambda rows: rows[0].month_from)
    most = max(_per_month(row) for row in tail)
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    return (
        f"Vanaf maand {tail[0].month_from} zijn er nog hooguit ongeveer {wording.count(most)} "
        f"{plural} per maand. Daar is de termijn minder zeker: in simulaties bleef een plotselinge "
        "verandering in zulke maanden in ongeveer een derde van de gevallen onopgemerkt."
    )


def _tail(rows: Sequence[RateRow], term: int) -> list[RateRow]:
    """Return the last rows that begin within the term, as far back as they are thin."""
    told = [row for row in rows if number(row.contacts)]
    densest = max((_per_month(row) for row in told), default=0)
    limit = min(THIN_PER_MONTH, densest / DENSE_TIMES)
    inside = reversed([row for row in told if row.month_from < term])
    return list(takewhile(lambda row: _per_month(row) <= limit, inside))[::-1]


def _per_month(row: RateRow) -> int:
    return round((number(row.contacts) or 0) / (row.month_to - row.month_from + 1))


def other_people_later(result: PublishedResult) -> str:
    """Return that other people may have been called late than early, where the data show it.

    Args:
        result: published; where it is not known who was called, that is said.
    """
    rows = result.composition
    moved = [
        words
        for name in shown_shares(result)
        if (words := _moved(rows, [share_of(row, name) for row in rows], _SHARES[name]))
    ]
    if not moved:
        return ""
    return (
        f"Van de eerste naar de laatste maanden ging {wording.enumerated(moved)}. In latere "
        f"maanden zijn dus misschien andere mensen gebeld dan in de eerste maanden; zie "
        f"{APPENDIX_D}."
    )


_SHARES = {
    "reached_share": REACH,
    "largest_campaign_share": "het aandeel van de grootste campagne",
}


def _moved(rows: Sequence[CompositionRow], shares: Sequence[float | None], name: str) -> str:
    known = [share for share in shares if share is not None]
    if len(rows) < 2 or len(known) < 2 or abs(known[-1] - known[0]) < MOVED:
        return ""
    first, last = (wording.percentage(share, 0) for share in (known[0], known[-1]))
    return f"{name} van {first} naar {last}"
