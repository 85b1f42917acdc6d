"""Notes under the tables of page one and of the months asked for: which rows they are about."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.rate_sheets import asked_for


@claim(
    "words",
    "Het laatste van die tijdvakken eindigt met maand {last:count}.",
    where="note",
)
def whole_rows(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the last row that ends within the term, and that the term goes on after it."""
    term = facts.evaluated or 0
    last = max((end for end in facts.common_ends if end < term), default=None)
    yield from said.is_whole("last", last)
    yield from demand(said.whole("last") < term - 1, "the row ends with the term")


@claim(
    "words",
    "Geen tijdvak eindigt binnen de termijn; het eerste eindigt met maand {last:count}.",
    where="note",
)
def first_row(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the first row ends after the term."""
    yield from said.is_whole("last", facts.common_ends[0])
    yield from demand(said.whole("last") >= (facts.evaluated or 0), "it ends within the term")


@claim("words", "Een punt: voor deze maanden niet gepubliceerd.", where="note")
def hidden_here(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a rate up to the end of the term, or in the months asked for, is hidden."""
    if at.section == "De gevraagde maanden":
        hidden = [b for b in asked_for(facts) for name in facts.shown if b.rate(name) is None]
        yield from demand(bool(hidden), "all are told")
        return
    inside = [end for end in facts.common_ends if end < (facts.evaluated or 0)]
    last = max(inside, default=facts.common_ends[0])
    before = [end for end in inside if end <= last - 12]
    starts = [facts.starts, *(end + 1 for end in before[-1:])]
    blocks = [facts.stretch(start, last) for start in starts]
    hidden = [block for block in blocks for name in facts.shown if block.rate(name) is None]
    yield from demand(bool(hidden), "all are told")
