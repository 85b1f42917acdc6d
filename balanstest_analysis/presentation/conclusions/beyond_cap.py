"""What delivered counts tell of contacts beyond the cap of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.composition import from_counts
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import number, total
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.published.result import PublishedResult


@dataclass(frozen=True, kw_only=True)
class _Beyond:
    """Contacts in the printed rows that lie beyond the cap as a whole.

    Attributes:
        first: month with which they begin.
        contacts: in those rows.
        every: in all rows together; 0 where that is hidden.
    """

    first: int
    contacts: int
    every: int


def contacts_beyond_cap(result: PublishedResult) -> str:
    """Return how many delivered contacts lie beyond the cap; nothing where no printed row does.

    Args:
        result: published. Of a history every call is tested, and the findings tell.
    """
    found = _beyond(result)
    if found is None:
        return ""
    unit = wording.DENOMINATORS[result.settings.denominator][1]
    told = f"{wording.count(found.contacts)}"
    verb = "valt" if found.contacts == 1 else "vallen"
    start = f"Van de {wording.count(found.every)} {unit} {verb} er {told}"
    if not found.every:
        start = f"Er {verb} {told} {unit}"
    return (
        f"{start} in maand {found.first} of later, buiten {wording.cap(_cap(result))}; of daarvoor "
        "een positief advies van het Compliance Comité was, is niet bekend."
    )


def advice_unknown(result: PublishedResult) -> str:
    """Return that it is open whether an advice covered those contacts; nothing without them.

    Args:
        result: published.
    """
    found = _beyond(result)
    if found is None:
        return ""
    return (
        f"Of er een positief advies van het Compliance Comité was om in maand {found.first} of "
        "later te bellen, is niet bekend."
    )


def _cap(result: PublishedResult) -> int:
    return result.regime.cap_months or 0


def _beyond(result: PublishedResult) -> _Beyond | None:
    if not from_counts(result) or result.regime.cap_months is None:
        return None
    found = (_of_outcome(result.outcomes[name], _cap(result)) for name in OUTCOMES)
    return next((one for one in found if one is not None), None)


def _of_outcome(outcome: PublishedOutcome, cap: int) -> _Beyond | None:
    rows = [row for row in outcome.rows if row.month_from >= cap]
    contacts = total(row.contacts for row in rows)
    if not contacts or are_mixed(outcome.rows):
        return None
    every = None if outcome.total is None else number(outcome.total.contacts)
    return _Beyond(first=rows[0].month_from, contacts=contacts, every=every or 0)
