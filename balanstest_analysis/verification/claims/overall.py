"""Sentences about a rate over all months of the term together, beside its last part."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.facts import Facts, Row, are_mixed
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import RATES, outcome_called

PARTS = 3


@claim(
    "observed",
    f"In {{whole:months}} was het {{name={RATES}}} {{rate:percentage}}; aan het eind daarvan, in "
    "{end:months}, was het {late:percentage}.",
)
def last_part(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the rate over the whole rows within the term, and in the last third of it."""
    item = criterion_at(facts, at)
    outcome, term = outcome_called(said["name"]), item.term or 0
    yield from demand(outcome == item.outcome, f"the criterion is about {item.outcome}")
    rows = [row for row in facts.rows(outcome) if row.last < term]
    late = [row for row in rows if row.last >= term - -(-term // PARTS)]
    for months, share, some in (("whole", "rate", rows), ("end", "late", late)):
        yield from said.is_stretch(months, some[0].first, some[-1].last)
        yield from said.shows_rate(share, _rate(some))


def _rate(rows: list[Row]) -> float | None:
    events = [row.events for row in rows if row.events is not None]
    contacts = [row.contacts for row in rows if row.contacts is not None]
    if are_mixed(rows) or len(events) < len(rows) or len(contacts) < len(rows):
        return None
    return sum(events) / sum(contacts)
