"""Sentences about the dates of a report: its data, its quarter and its own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.page import Passage


@claim("rule", "Gegevens tot en met {through:date}; rapportdatum {reported:date}.")
def dates(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the last day of the data and the report date."""
    yield from said.is_day("through", facts.content["data_through"])
    yield from said.is_day("reported", facts.content["report_date"])


@claim("rule", "Onderbouwing van de klanttermijn · {quarter:quarter} · {reported:date}")
def foot(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check quarter and report date at the foot."""
    yield from said.is_quarter("quarter", facts.content["period"])
    yield from said.is_day("reported", facts.content["report_date"])


@claim(
    "rule",
    "{what=de hele aangeleverde historie|alle aangeleverde tellingen}, volgens de organisatie "
    "volledig tot en met {through:date}[; de laatste {call=belpoging} kan eerder zijn]",
    where="definition",
)
def history(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the last day of the data, and whether they are calls or counts."""
    yield from said.is_day("through", facts.content["data_through"])
    counts = from_counts(facts)
    yield from demand(counts == said["what"].startswith("alle"), f"counts: {counts}")
    yield from demand(counts == (at.term == "Tellingen"), f"counts: {counts}")
    yield from demand(counts != ("call" in said), f"counts: {counts}")


@claim(
    "rule",
    "{quarter:quarter}[, het laatste kwartaal dat geheel in de gegevens valt; de gegevens van "
    "{later=daarna} tellen ook mee]",
    where="definition",
)
def quarter(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the quarter, and whether the data run on after its last day."""
    yield from said.is_quarter("quarter", facts.content["period"])
    through = dt.date.fromisoformat(facts.content["data_through"]) + dt.timedelta(days=1)
    ends = through.day == 1 and through.month % 3 == 1
    yield from demand(ends != ("later" in said), f"the data end with a quarter: {ends}")


@claim("rule", "{day:date}", where="definition")
def a_day(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the report date; when the term is looked at again, only the dossier knows."""
    if at.term == "Rapportdatum":
        yield from said.is_day("day", facts.content["report_date"])
