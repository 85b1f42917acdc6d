"""Sentences about a rate over all months of the term together, beside its last part."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.facts import OVERALL, Criterion, Facts, Row, are_mixed
from balanstest_analysis.verification.claims.one_sided import one_sided
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


@claim(
    "tested",
    "De waarnemingen in de rij vanaf maand {month:count} liggen op zichzelf aantoonbaar boven de "
    "drempelwaarde; voorbij zulke maanden loopt geen termijn, hoe laag het percentage over alle "
    "maanden samen ook is.",
)
def own_contradiction(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the row in which a term ends, or none begins, and that its limit lies above."""
    item = criterion_at(facts, at)
    row = _against(item, facts)
    if row is None:
        yield "no row that ends the term is told"
        return
    yield from said.is_whole("month", row.first)
    lower = one_sided(row, facts.level, facts.minimum).lower or 0.0
    yield from demand(lower > (item.threshold or 0.0), f"its limit is {lower}")


@claim(
    "rule",
    "De termijn stopt bij dit criterium ook vóór maanden die op zichzelf aantoonbaar boven de "
    "drempelwaarde liggen, hoe laag het percentage over alle maanden samen ook is; of dat hier de "
    "reden is, is aan de afgedrukte rijen niet te zien.",
)
def no_row_against(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the term ends within the data, and that no row tells why."""
    item = criterion_at(facts, at)
    ends = item.kind == OVERALL and item.status == "reached"
    yield from demand(ends, f"{item.kind}, {item.status}")
    yield from demand(_against(item, facts) is None, "a row tells why the term ends")


def _against(item: Criterion, facts: Facts) -> Row | None:
    """Return the row that by itself lies above the threshold, where it bounds the term."""
    month = item.content["contradicted_from_month"]
    found = [row for row in facts.rows(item.outcome or "") if row.first == month]
    if item.kind != OVERALL or not found:
        return None
    if item.term is None:
        return found[0] if item.status == "too_little_data" else None
    return found[0] if month <= item.term <= found[0].last else None


def _rate(rows: list[Row]) -> float | None:
    events = [row.events for row in rows if row.events is not None]
    contacts = [row.contacts for row in rows if row.contacts is not None]
    if are_mixed(rows) or len(events) < len(rows) or len(contacts) < len(rows):
        return None
    return sum(events) / sum(contacts)
