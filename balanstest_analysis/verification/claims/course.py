"""Sentences about how a rate moves over the rows: rises, falls, trends and turning points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from balanstest_analysis.verification.claims.claim import Said, claim, compiled, demand
from balanstest_analysis.verification.claims.facts import Facts, Row, are_mixed
from balanstest_analysis.verification.claims.observed import outcome_at
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import RATES, outcome_called

SIGNIFICANT = 0.05
RARE = 50
MOST_TURNS = 6
TEST = "(trendtoets van Cochran en Armitage, p {sign==|<} {p:number})"


@dataclass(frozen=True)
class Trend:
    """The test of Cochran and Armitage over the printed rows."""

    z: float
    p: float


def trend_of(rows: Sequence[Row]) -> Trend | None:
    """Return the trend of the rows, each divided by its design effect; None where one is hidden."""
    told = [
        ((row.first + row.last) / 2, row.contacts / row.effect, row.events / row.effect)
        for row in rows
        if row.contacts and row.events is not None
    ]
    if len(told) < max(2, len(rows)) or are_mixed(rows):
        return None
    contacts, events = sum(n for _, n, _ in told), sum(k for _, _, k in told)
    rate, middle = events / contacts, sum(m * n for m, n, _ in told) / contacts
    variance = rate * (1 - rate) * sum(n * (m - middle) ** 2 for m, n, _ in told)
    if variance <= 0:
        return None
    z = sum((m - middle) * (k - n * rate) for m, n, k in told) / math.sqrt(variance)
    return Trend(z, math.erfc(abs(z) / math.sqrt(2)))


def is_below(one: Row, other: Row) -> bool:
    """Return whether the interval of one row lies below that of another."""
    return other.lower is not None and one.upper < other.lower


def ends(facts: Facts, at: Passage) -> tuple[Row, Row]:
    """Return the first and the last row of the outcome of a section."""
    rows = facts.rows(outcome_at(at))
    return rows[0], rows[-1]


@claim(
    "observed",
    "De intervallen overlappen elkaar niet; het percentage is aan het einde dus "
    "{way=lager|hoger} dan aan het begin.",
)
def apart(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that first and last row differ, and in which direction."""
    first, last = ends(facts, at)
    yield from demand(first.kept == last.kept, "they are of two reports")
    low, high = (last, first) if said["way"] == "lager" else (first, last)
    yield from demand(is_below(low, high), f"first {first.rate}, last {last.rate}, not so apart")


@claim("observed", "Of dat een daling of een stijging is, laten deze aantallen niet zien.")
def not_told(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that one of the two rates is hidden."""
    first, last = ends(facts, at)
    yield from demand(first.rate is None or last.rate is None, "both rates are told")


@claim(
    "observed",
    "Alleen uit deze twee tijdvakken is geen daling of stijging af te leiden; zie de kromme voor "
    "het hele verloop.",
)
def no_difference(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the intervals overlap and that the rows allow no test."""
    yield from _overlap(facts, at)
    found = trend_of(facts.rows(outcome_at(at)))
    yield from demand(found is None, f"the rows have a trend: {found}")


def _overlap(facts: Facts, at: Passage) -> Iterator[str]:
    first, last = ends(facts, at)
    apart_ = is_below(first, last) or is_below(last, first)
    yield from demand(not apart_, "the intervals of first and last row do not overlap")


@claim(
    "observed",
    "De intervallen overlappen elkaar, en ook over alle tijdvakken samen is geen daling of "
    f"stijging aangetoond {TEST}.",
)
def no_trend(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the intervals overlap and that the rows together show no trend."""
    yield from _overlap(facts, at)
    found = trend_of(facts.rows(outcome_at(at)))
    yield from _p_value(said, found)
    yield from demand(found is not None and found.p >= SIGNIFICANT, f"the trend is {found}")


@claim(
    "observed",
    "{=De intervallen overlappen elkaar, maar|Toch is er een verloop te zien:} over alle "
    "tijdvakken "
    f"samen {{verb=stijgt|daalt}} het percentage {TEST}.",
)
def trend(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the rows together rise or fall."""
    found = trend_of(facts.rows(outcome_at(at)))
    yield from _p_value(said, found)
    up = said["verb"] == "stijgt"
    holds = found is not None and found.p < SIGNIFICANT and (found.z > 0) == up
    yield from demand(holds, f"the trend is {found}")


def _p_value(said: Said, found: Trend | None) -> Iterator[str]:
    if found is None:
        yield "the rows allow no test"
    elif said["sign"] == "<":
        yield from demand(found.p < said.number("p").value, f"p is {found.p}")
    else:
        yield from said.shows("p", found.p)


@claim(
    "observed",
    "Daartussen is het {way=lager|hoger}: in {months:months} was het {rate:percentage} "
    "({lower:percentage} tot {upper:percentage}).",
)
def in_between(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the course bends in between."""
    first, *inner, last = facts.rows(outcome_at(at))
    yield from demand(not are_mixed([first, *inner, last]), "they are of several reports")
    known = [row for row in inner if row.rate is not None]
    pick = min if said["way"] == "lager" else max
    row = pick(known, key=lambda one: one.rate or 0.0)
    yield from _row_said(said, row)
    yield from said.shows_rate("lower", row.lower)
    yield from said.shows_rate("upper", row.upper)
    for end in (first, last):
        low, high = (row, end) if said["way"] == "lager" else (end, row)
        yield from demand(is_below(low, high), f"months {end.first} to {end.last} do not differ")


def _row_said(said: Said, row: Row) -> Iterator[str]:
    yield from said.is_stretch("months", row.first, row.last)
    yield from said.shows_rate("rate", row.rate)


@claim(
    "observed",
    f"In {{months:months}} was het {{name={RATES}}} {{rate:percentage}}; daarna {{legs:text}}.",
)
def turns(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check every clear fall and rise."""
    outcome = outcome_at(at)
    yield from demand(outcome_called(said["name"]) == outcome, "of another outcome")
    due = turning_points([row for row in facts.rows(outcome) if row.rate is not None])
    parts = re.split(r", (?=daalde|steeg)| en (?=daalde|steeg)", said["legs"])
    yield from _row_said(said, due[0])
    shown = due[1 : MOST_TURNS + 1]
    yield from demand(len(parts) == len(shown), f"{len(shown)} turns are due")
    for part, (before, row) in zip(parts, pairwise(due), strict=False):
        yield from _leg(part, before, row)


def _leg(part: str, before: Row, row: Row) -> Iterator[str]:
    pattern = "{verb=daalde|steeg} het tot {rate:percentage} in {months:months}"
    found = compiled(pattern).fullmatch(part)
    if found is None:
        yield f"{part!r} cannot be read"
        return
    said = Said(found.groupdict())
    yield from _row_said(said, row)
    falls = (row.rate or 0) < (before.rate or 0)
    yield from demand(falls == (said["verb"] == "daalde"), f"{before.rate} to {row.rate}")


@claim("observed", "Daarna wisselt het nog vaker.")
def more_turns(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that there are more turns than are told."""
    due = turning_points([row for row in facts.rows(outcome_at(at)) if row.rate is not None])
    yield from demand(len(due) > MOST_TURNS + 1, f"there are {len(due)} turning points")


@claim(
    "observed",
    f"Een duidelijke daling of stijging van het {{name={RATES}}} is in de rijen niet te zien.",
)
def no_turns(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that no row clearly differs from an earlier one."""
    yield from demand(outcome_called(said["name"]) == outcome_at(at), "of another outcome")
    due = turning_points([row for row in facts.rows(outcome_at(at)) if row.rate is not None])
    yield from demand(not due, f"there are {len(due)} turning points")


def turning_points(rows: Sequence[Row]) -> list[Row]:
    """Return the rows between which the rate clearly falls or rises, in turn."""
    found: list[Row] = []
    for place, row in enumerate(rows):
        if not found:
            found = _start(rows[:place], row)
            continue
        start, end = found[-2:]
        falls = (end.rate or 0) < (start.rate or 0)
        further = (row.rate or 0) < (end.rate or 0) if falls else (row.rate or 0) > (end.rate or 0)
        if further and _differ(row, start):
            found[-1] = row
        elif not further and _differ(row, end):
            found.append(row)
    return found


def _differ(one: Row, other: Row) -> bool:
    return is_below(one, other) or is_below(other, one)


def _start(before: Sequence[Row], row: Row) -> list[Row]:
    if not before:
        return []
    high = max(before, key=lambda one: one.rate or 0.0)
    low = min(before, key=lambda one: one.rate or 0.0)
    if is_below(row, high):
        return [high, row]
    return [low, row] if is_below(low, row) else []


@claim(
    "observed",
    "Dat zijn er te weinig om per tijdvak iets te zeggen; kijk daarom vooral naar het totaal.",
)
def too_few(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the events are few, or too few to tell."""
    found = facts.total(outcome_at(at))
    few = found is not None and (
        found.events_hidden == "few" if found.events is None else 0 < found.events < RARE
    )
    yield from demand(few, f"the total is {found and found.events}")


@claim("observed", "Dat het percentage oploopt, is niet uitgesloten.")
def may_rise(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the rows show no trend."""
    found = trend_of(facts.rows(outcome_at(at)))
    yield from demand(found is None or found.p >= SIGNIFICANT, f"the trend is {found}")


@claim(
    "observed",
    "Er kan maar één tijdvak worden gepubliceerd.",
    "Een verloop is daaraan niet te zien; daarom is er geen kromme getekend.",
)
def one_row(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that there is one row only."""
    rows = facts.rows(outcome_at(at))
    yield from demand(len(rows) == 1, f"there are {len(rows)} rows")
