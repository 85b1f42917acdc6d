"""Sentences about criteria that the data refute, and the rates that are told of it."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.facts import Criterion, Facts
from balanstest_analysis.verification.claims.observed import counted_unit, total_of
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import ANY_UNITS, RATES, outcome_called


@claim(
    "tested",
    "De gegevens weerleggen dit: over de eerste maanden samen[, vanaf maand {first:count},] wordt "
    "hieraan aantoonbaar niet voldaan.",
)
def refuted(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the data refute a criterion, and from which month."""
    item = criterion_at(facts, at)
    yield from demand(item.status in {"fails_from_start", "holds_between"}, item.status)
    if said.fields["first"] is not None:
        yield from said.is_whole("first", item.content["first_month_with_evidence"])


@claim(
    "observed",
    f"In {{months:months}} was het {{name={RATES}}} {{rate:percentage}} ({{events:count}} op "
    f"{{contacts:count}} {{unit={ANY_UNITS}}})[, bij een drempelwaarde van "
    "{threshold:percentage}].",
)
def beyond_at_first(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the rate of the rows with the first six months, which misses the threshold."""
    item = criterion_at(facts, at)
    start = item.content["first_month_with_evidence"] or 0
    rows = [row for row in facts.rows(item.outcome or "") if row.last >= start]
    ends = [row.last for row in rows if row.last >= start + 5]
    block = facts.stretch(rows[0].first, ends[0])
    name = item.outcome or ""
    yield from said.is_stretch("months", block.first, block.last)
    yield from missed(said, facts, item, block.events.get(name), block.contacts.get(name))


def missed(
    said: Said, facts: Facts, item: Criterion, events: int | None, contacts: int | None
) -> Iterator[str]:
    """Yield what is not so of a rate that misses the threshold of its criterion."""
    rate = None if events is None or not contacts else events / contacts
    yield from demand(item.outcome == outcome_called(said["name"]), "of another outcome")
    yield from counted_unit(said, facts)
    yield from said.is_whole("events", events)
    yield from said.is_whole("contacts", contacts)
    yield from said.shows_rate("rate", rate)
    if "threshold" in said:
        yield from said.shows_rate("threshold", item.content["threshold"])
    is_less = (rate or 0) < item.content["threshold"]
    yield from demand(is_less == (item.kind == "minimum_rate"), "the threshold is not missed")


@claim(
    "observed",
    f"Over alle maanden samen was het {{name={RATES}}} {{rate:percentage}} ({{events:count}} op "
    f"{{contacts:count}} {{unit={ANY_UNITS}}}), bij een drempelwaarde van "
    "{threshold:percentage}.",
)
def beyond_in_total(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the rate of all months together, which misses the threshold of its criterion."""
    item = criterion_at(facts, at)
    row = total_of(facts, item.outcome or "")
    yield from missed(said, facts, item, row.events, row.contacts)


@claim(
    "tested",
    "Pas vanaf maand {month:count} is aangetoond dat eraan wordt voldaan.",
    "Alleen een organisatie die vóór maand {month:count} niemand belt, en die keuze met een reden "
    "vastlegt, kan hierop voortbouwen.",
)
def holds_later(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check from which month a criterion holds after all."""
    yield from said.is_whole("month", criterion_at(facts, at).content["holds_from_month"])
